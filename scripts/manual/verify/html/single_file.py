"""The whole manual in one HTML file: what it says and shows, and that it needs nothing else.

Its article is read back as those of the site are. What stands around the article is compared
element by element with what must stand there.
"""

import base64
import hashlib
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

from manual.core.diagnostics import Code, Diagnostic
from manual.core.model import Manual
from manual.core.references import References
from manual.core.source import squeeze
from manual.core.wording import direction, wording_for
from manual.verify.compare import finding
from manual.verify.errors import UnexpectedError
from manual.verify.expected.pages import facts_of_single_file
from manual.verify.frames import Frame, require_frames
from manual.verify.html.dialects import single_dialect
from manual.verify.html.links import needs_of_single_file
from manual.verify.html.reader import compare_blocks
from manual.verify.html.running_foot import running_foot_in, strip_running_foot
from manual.verify.html.tree import parse_html
from manual.verify.html.visibility import hidden_in_page

_ASSETS = Path(__file__).parents[2] / "write/single/templates"

_METAS = {
    "viewport": "width=device-width, initial-scale=1",
    "color-scheme": "light dark",
    "format-detection": "telephone=no, date=no, address=no, email=no",
}
_INPUT = {
    "id": "find_words",
    "type": "search",
    "autocomplete": "off",
    "autocapitalize": "none",
    "spellcheck": "false",
    "enterkeyhint": "search",
}


def verify_single_file(
    manual: Manual, references: References, data: bytes, where: str
) -> Iterator[Diagnostic]:
    """Hold the file's bytes against the manual; `where` names it in messages.

    Yields what differs: every fact of the manual and its contents, what is hidden, what would be
    asked of a network, dead links, and whatever no template writes. Nothing is the proof.
    """
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        yield finding(Code.UNREADABLE_OUTPUT, f"{where} cannot be read back: {error}", None, where)
        return
    root = parse_html(text)
    if not text.startswith("<!doctype html>\n<html "):
        yield finding(Code.CHANGED, f"{where} does not begin as a page of HTML", None, where)
    yield from needs_of_single_file(root, where)
    yield from _policy(root, where)
    expected = facts_of_single_file(manual, references)
    try:
        require_frames(root, _expected(root, manual), inside="article")
        article = next(root.iter("article"))
        strip_running_foot(root)
        yield from hidden_in_page(root, article, where)
        dialect = single_dialect(wording_for(manual.language))
        yield from compare_blocks(expected, article, dialect, where)
    except UnexpectedError as error:
        yield finding(Code.CHANGED, f"{where}: {error}", expected[0])


def _policy(root: ET.Element, where: str) -> Iterator[Diagnostic]:
    """The policy is the first thing after the encoding: ask nobody; run and style by hash alone."""

    def hashes(tag: str) -> str:
        codes = ("".join(element.itertext()).encode() for element in root.iter(tag))
        digests = (base64.b64encode(hashlib.sha256(code).digest()).decode() for code in codes)
        return " ".join(f"'sha256-{digest}'" for digest in digests)

    expected = (
        f"default-src 'none'; script-src {hashes('script')}; style-src {hashes('style')}; "
        "base-uri 'none'; form-action 'none'"
    )
    metas = list(root.iter("meta"))[:2]
    found = [meta.get("content") for meta in metas if meta.get("http-equiv") is not None]
    if found != [expected]:
        message = f"{where}: the file has no policy that keeps the browser from asking anybody"
        yield finding(Code.FOREIGN_REQUEST, message, None, where)


def _expected(root: ET.Element, manual: Manual) -> Iterator[Frame]:
    """What stands around the article, the find box included."""
    wording = wording_for(manual.language)
    language = manual.language
    yield Frame(0, "html", {"lang": language, "dir": direction(language)})
    yield Frame(1, "head", {})
    yield Frame(2, "meta", {"charset": "utf-8"})
    for meta in root.iter("meta"):
        if "http-equiv" in meta.attrib:  # its content is judged by _policy
            policy = {**meta.attrib, "http-equiv": "Content-Security-Policy"}
            yield Frame(2, "meta", policy)
    for name, content in _METAS.items():
        yield Frame(2, "meta", {"name": name, "content": content})
    yield Frame(2, "title", {}, squeeze(f"{manual.title} · {manual.edition}"))
    yield Frame(2, "style", {}, _asset("style.css"))
    yield Frame(2, "style", {}, _asset("paper.css"))
    yield Frame(2, "style", {}, running_foot_in(root, manual))
    yield Frame(1, "body", {})
    yield Frame(2, "template", {"id": "find_form"})
    data = {
        "data-none": wording.find_none,
        "data-some": wording.find_some,
        "data-first": wording.find_first,
    }
    yield Frame(3, "form", {"class": "find", "role": "search", **data})
    yield Frame(4, "label", {"for": "find_words"}, wording.find)
    yield Frame(4, "input", {**_INPUT, "placeholder": wording.find})
    clear = {"type": "button", "aria-label": wording.find_clear, "hidden": ""}
    yield Frame(4, "button", clear, "×")
    yield Frame(4, "div", {"class": "found", "hidden": ""})
    yield Frame(5, "p", {"role": "status"})
    yield Frame(5, "ul", {})
    yield Frame(2, "main", {})
    yield Frame(3, "article", {})
    yield Frame(2, "script", {}, _asset("find.js"))


def _asset(name: str) -> str:
    return (_ASSETS / name).read_text(encoding="utf-8")
