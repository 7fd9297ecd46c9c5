"""Links and requests of built pages: the first must lead somewhere, the second must stay home."""

import functools
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import SplitResult, unquote, urlsplit

from manual.core.diagnostics import Code, Diagnostic
from manual.verify.compare import finding

# Attributes that make a browser ask for something, and those that only lead somewhere.
_REQUESTS = frozenset(
    ("src", "srcset", "data", "poster", "background", "action", "formaction", "ping", "manifest")
)
_RELATIONS_WITHOUT_REQUEST = frozenset(
    ("canonical", "alternate", "next", "prev", "author", "license")
)
_CSS_ADDRESS = re.compile(r"url\(\s*(['\"]?)(?P<url>.*?)\1\s*\)|@import\s+(['\"])(?P<plain>.*?)\3")


def dead_links(
    pages: dict[str, ET.Element], is_file: Callable[[str], bool], where: str
) -> Iterator[Diagnostic]:
    """Links and files inside the output `where` that are not there, place for place."""
    ids = {name: {element.get("id", "") for element in root.iter()} for name, root in pages.items()}
    base = _base(pages)
    for name, root in pages.items():
        for element, attribute, url in _addresses(root):
            if not _is_inside(url):
                continue
            target, fragment = _resolve(name, url, base)
            if target in ids:
                if fragment and fragment not in ids[target] and attribute == "href":
                    message = f"leads to `{url}`, and that page has no such place"
                    yield _at(where, name, Code.DEAD_LINK, f"<{element.tag}> {message}")
            elif not is_file(target):
                message = f"<{element.tag}> needs `{url}`, and there is no such file"
                yield _at(where, name, Code.DEAD_LINK, message)


def foreign_requests(pages: dict[str, ET.Element], site: Path) -> Iterator[Diagnostic]:
    """Whatever would make a browser ask another host: in pages and in style sheets."""
    for name, root in pages.items():
        yield from _policy(root, site.name, name)
    sheets = {
        path.relative_to(site).as_posix(): path.read_text(encoding="utf-8", errors="replace")
        for path in sorted(site.rglob("*.css"))
    }
    yield from foreign_requests_in(pages, sheets, site.name)


def foreign_requests_in(
    pages: dict[str, ET.Element], sheets: dict[str, str], where: str
) -> Iterator[Diagnostic]:
    """As foreign_requests, for the pages and style sheets of any output `where`."""
    for name, root in pages.items():
        for element, attribute, url in _addresses(root):
            if _asks(element, attribute) and _is_foreign(url):
                message = f"<{element.tag} {attribute}> asks for `{url}`"
                yield _at(where, name, Code.FOREIGN_REQUEST, message)
    styles = [(name, style.text or "") for name in pages for style in pages[name].iter("style")]
    for name, css in [*styles, *sheets.items()]:
        for url in filter(_is_foreign, _in_css(css)):
            yield _at(where, name, Code.FOREIGN_REQUEST, f"a style asks for `{url}`")


def needs_of_single_file(root: ET.Element, where: str) -> Iterator[Diagnostic]:
    """What a file that stands alone would ask for, and links to places that it does not have."""
    ids = {element.get("id", "") for element in root.iter()} - {""}
    requests = [url for style in root.iter("style") for url in _in_css(style.text or "")]
    for element, attribute, url in _addresses(root):
        if _asks(element, attribute):
            requests.append(url)
        elif _is_inside(url) and not (url.startswith("#") and unquote(url[1:]) in ids):
            message = f"{where}: a link leads to `{url}`, and the file has no such place"
            yield finding(Code.DEAD_LINK, message, None, where)
    for url in requests:
        yield finding(Code.FOREIGN_REQUEST, f"{where} asks for `{url}`", None, where)


def _policy(root: ET.Element, where: str, name: str) -> Iterator[Diagnostic]:
    """Each page tells the browser, before anything else, to ask this site only, or nobody."""
    metas = list(root.iter("meta"))[:2]
    policy = next((meta.get("content", "") for meta in metas if meta.get("http-equiv")), "")
    sources = policy.replace(";", " ").split()
    own = sources[:2] in (["default-src", "'self'"], ["default-src", "'none'"])
    if not own or not all(map(_is_of_policy, sources)):
        message = "the page has no policy that keeps the browser from asking other hosts"
        yield _at(where, name, Code.FOREIGN_REQUEST, message)


def _is_of_policy(word: str) -> bool:
    quoted = word in ("'self'", "'none'") or word.startswith("'sha256-")
    return quoted or word == "data:" or re.fullmatch(r"[a-z]+-(?:src|uri|action)", word) is not None


def _addresses(root: ET.Element) -> Iterator[tuple[ET.Element, str, str]]:
    for element in root.iter():
        for attribute, value in element.items():
            if attribute == "srcset":
                for candidate in value.split(","):
                    yield element, attribute, candidate.strip().partition(" ")[0]
            elif attribute in _REQUESTS or attribute in ("href", "xlink:href"):
                yield element, attribute, value.strip()
            elif attribute == "style":
                for url in _in_css(value):
                    yield element, "style", url
        if element.tag == "meta" and element.get("http-equiv", "").lower() == "refresh":
            yield element, "content", element.get("content", "").partition("=")[2]


def _asks(element: ET.Element, attribute: str) -> bool:
    if attribute not in ("href", "xlink:href"):
        return True
    if element.tag == "a":
        return False
    relations = set(element.get("rel", "").lower().split())
    return not (element.tag == "link" and relations and relations <= _RELATIONS_WITHOUT_REQUEST)


@functools.lru_cache(maxsize=100_000)  # menus repeat the same addresses on every page
def _split(url: str) -> SplitResult:
    try:
        return urlsplit(url)
    except ValueError:
        return urlsplit("broken:")


def _is_foreign(url: str) -> bool:
    parts = _split(url)
    return bool(parts.netloc) or parts.scheme not in ("", "data")


def _is_inside(url: str) -> bool:
    parts = _split(url)
    return not parts.scheme and not parts.netloc


def _base(pages: dict[str, ET.Element]) -> str:
    """The path that a published site lies under, as its front page says; `/` where none does."""
    links = pages["index.html"].iter("link") if "index.html" in pages else ()
    canonical = next(
        (link.get("href", "") for link in links if link.get("rel") == "canonical"), "/"
    )
    return f"{dirname(_split(canonical).path).rstrip('/')}/"


def _resolve(page: str, url: str, base: str) -> tuple[str, str]:
    """The file in the site, and the place in it, that a page's link leads to."""
    parts = _split(url)
    path = unquote(parts.path)
    if not path:
        return page, unquote(parts.fragment)
    # The error page is served for any address, so its links start at the host's root.
    if path.startswith(base):
        file = normpath(join("/", path.removeprefix(base)))
    elif path.startswith("/"):
        return f"outside of the site: {path}", ""
    else:
        file = normpath(join("/", dirname(page), path))
    file = file.lstrip("/")
    return file if file not in ("", ".") else "index.html", unquote(parts.fragment)


def _in_css(css: str) -> Iterator[str]:
    if "url(" in css or "@import" in css:
        for match in _CSS_ADDRESS.finditer(css):
            yield match["url"] or match["plain"] or ""


def _at(where: str, name: str, code: Code, message: str) -> Diagnostic:
    place = f"{where}/{name}"
    return finding(code, f"{place}: {message}", None, place)
