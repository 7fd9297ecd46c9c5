"""The whole manual in one HTML file: what it says and shows, and that it needs nothing else.

Its article is written as that of the page to print and read back by the same code; what it has
more (contents, signs of notes, numbers, names for screen readers) is judged here and taken off.
"""

import base64
import hashlib
import xml.etree.ElementTree as ET
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path

from manual.core.diagnostics import Code, Diagnostic
from manual.core.model import Manual
from manual.core.references import References
from manual.core.source import squeeze
from manual.core.wording import Wording, wording_for
from manual.verify.compare import compare, finding
from manual.verify.errors import UnexpectedError, UnreadableError
from manual.verify.expected import facts_of_single_file
from manual.verify.html.article import read_article
from manual.verify.html.links import needs_of_single_file
from manual.verify.html.running_foot import running_foot_in, take_off_running_foot
from manual.verify.html.tree import parse_html
from manual.verify.html.visibility import hidden_in_page

_ASSETS = Path(__file__).parents[2] / "write/single/templates"

# Which attributes the elements of the article may have, by tag and class.
_DRESS = {
    ("a", ""): {"href"},
    ("a", "footnote-back"): {"aria-label", "class", "href", "role"},
    ("a", "footnote-ref"): {"class", "href", "id", "role"},
    ("a", "label"): {"class", "href"},
    **{("div", f"admonition {one}"): {"aria-label", "class", "role"}
       for one in ("caution", "important", "note", "warning")},
    **{(f"h{level}", ""): {"id"} for level in (1, 2, 3)},
    **{(f"h{level}", "step"): {"class", "id"} for level in (2, 3, 4)},
    ("li", ""): {"id", "value"},
    ("nav", ""): {"aria-label"},
    ("ol", ""): {"start", "type"},
    ("p", ""): set[str](),
    **{("p", one): {"class"} for one in ("admonition-title", "audience", "credit", "edition")},
    **{("p", one): {"class"} for one in ("list-title", "page-foot", "return-to-top")},
    ("p", "footnote"): {"class", "id"},
    ("path", ""): {"d", "fill", "fill-rule"},
    ("svg", "icon"): {"aria-hidden", "class", "viewbox"},
    ("ul", ""): set[str](),
}  # fmt: skip

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

# An element around the article: how deep it stands, its tag, its attributes, its words.
_Frame = tuple[int, str, dict[str, str], str]


def verify_single_file(
    manual: Manual, references: References, data: bytes, where: str
) -> Iterator[Diagnostic]:
    """Hold the file's bytes against the manual; `where` names it in messages.

    Yields what differs: every fact of the manual and its contents, what is hidden, what would be
    asked of a network, dead links, and whatever no template writes. Nothing is the proof.
    """
    try:
        text = data.decode()
        root = parse_html(text)
    except (UnreadableError, UnicodeDecodeError) as error:
        yield finding(Code.UNREADABLE_OUTPUT, f"{where} cannot be read back: {error}", None, where)
        return
    if not text.startswith("<!doctype html>\n<html "):
        yield finding(Code.CHANGED, f"{where} does not begin as a page of HTML", None, where)
    wording = wording_for(manual.language)
    yield from needs_of_single_file(root, where)
    yield from _policy(root, where)
    expected = facts_of_single_file(manual, references)
    try:
        article = _article_in(root, manual, wording)
        _see_dress(article)
        _take_off_icons(article)
        take_off_running_foot(root)
        yield from hidden_in_page(root, article, where)
        _take_off_names(article, wording)
        found = read_article(article)
    except UnexpectedError as error:
        yield finding(Code.CHANGED, f"{where}: {error}", expected[0])
    else:
        yield from compare(expected, found, where)
        yield from _ids(root, where)


def _policy(root: ET.Element, where: str) -> Iterator[Diagnostic]:
    """The policy is the first thing after the encoding: ask nobody; run and style by hash alone."""

    def hashes(tag: str) -> str:
        codes = ("".join(one.itertext()).encode() for one in root.iter(tag))
        digests = (base64.b64encode(hashlib.sha256(code).digest()).decode() for code in codes)
        return " ".join(f"'sha256-{digest}'" for digest in digests)

    due = (
        f"default-src 'none'; script-src {hashes('script')}; style-src {hashes('style')}; "
        "base-uri 'none'; form-action 'none'"
    )
    metas = list(root.iter("meta"))[:2]
    said = [one.get("content") for one in metas if one.get("http-equiv") is not None]
    if said != [due]:
        message = f"{where}: the file has no policy that keeps the browser from asking anybody"
        yield finding(Code.FOREIGN_REQUEST, message, None, where)


# --- around the article


def _article_in(root: ET.Element, manual: Manual, wording: Wording) -> ET.Element:
    """The article. Raises UnexpectedError when anything around it is not what a template writes."""
    found = list(_frames(root))
    for due, one in zip_longest(_due(root, manual, wording), found):
        if due != one:
            place = f"<{due[1]}>" if due else "nothing"
            raise UnexpectedError(f"{_named(one)} stands where {place} must stand")
    return next(root.iter("article"))


def _frames(element: ET.Element, depth: int = 0) -> Iterator[_Frame]:
    """An element and all below it, but nothing below the article."""
    text = element.text or ""
    if element.tag == "article":
        yield depth, element.tag, element.attrib, ""
        return
    exact = element.tag in ("script", "style")
    yield depth, element.tag, element.attrib, text if exact else squeeze(text)
    for child in element:
        yield from _frames(child, depth + 1)
        if (child.tail or "").strip():
            raise UnexpectedError(f"words stand loose in <{element.tag}>")


def _due(root: ET.Element, manual: Manual, wording: Wording) -> Iterator[_Frame]:
    """What stands around the article, the find box included."""
    direction = root.get("dir", "")
    if direction not in ("ltr", "rtl"):
        raise UnexpectedError(f"its direction of writing is `{direction}`")
    yield 0, "html", {"lang": manual.language, "dir": direction}, ""
    yield 1, "head", {}, ""
    yield 2, "meta", {"charset": "utf-8"}, ""
    for one in root.iter("meta"):
        if "http-equiv" in one.attrib:  # its content is judged by _policy
            content = one.get("content", "")
            due = {"http-equiv": "Content-Security-Policy", "content": content}
            yield 2, "meta", due, ""
    for name, content in _METAS.items():
        yield 2, "meta", {"name": name, "content": content}, ""
    yield 2, "title", {}, squeeze(f"{manual.title} · {manual.edition}")
    yield 2, "style", {}, _asset("style.css")
    yield 2, "style", {}, _asset("paper.css")
    yield 2, "style", {}, running_foot_in(root, manual)
    yield 1, "body", {}, ""
    yield 2, "template", {"id": "find_form"}, ""
    said = {"none": wording.find_none, "some": wording.find_some, "first": wording.find_first}
    data = {f"data-{name}": text for name, text in said.items()}
    yield 3, "form", {"class": "find", "role": "search", **data}, ""
    yield 4, "label", {"for": "find_words"}, wording.find
    yield 4, "input", {**_INPUT, "placeholder": wording.find}, ""
    yield 4, "button", {"type": "button", "aria-label": wording.find_clear, "hidden": ""}, "×"
    yield 4, "div", {"class": "found", "hidden": ""}, ""
    yield 5, "p", {"role": "status"}, ""
    yield 5, "ul", {}, ""
    yield 2, "main", {}, ""
    yield 3, "article", {}, ""
    yield 2, "script", {}, _asset("find.js")


def _asset(name: str) -> str:
    return (_ASSETS / name).read_text(encoding="utf-8")


def _named(frame: _Frame | None) -> str:
    return f"<{frame[1]}> {frame[3][:40]}".strip() if frame else "nothing"


# --- in the article


def _see_dress(article: ET.Element) -> None:
    """See that every element has a class and attributes that a template gives it."""
    for element in article.iter():
        if element is article:
            continue
        dress = _DRESS.get((element.tag, element.get("class", "")))
        if dress is None:
            raise UnexpectedError(f"<{element.tag} class={element.get('class')}> is no template's")
        for attribute in set(element.attrib) - dress:
            raise UnexpectedError(f"<{element.tag}> has an attribute {attribute}")
        role = {"footnote-ref": "doc-noteref", "footnote-back": "doc-backlink"}
        if element.tag == "a" and element.get("role") != role.get(element.get("class", "")):
            raise UnexpectedError(f"a link is announced as {element.get('role')}")


def _take_off_icons(article: ET.Element) -> None:
    """Take the sign off each note's word: a shape of its own for each word, and no words in it."""
    shapes: dict[str, str] = {}
    for note in article.iter("div"):
        title = note.find("p[@class='admonition-title']")
        icon = None if title is None else title.find("svg")
        if title is None or icon is None:
            raise UnexpectedError("a note has no sign")
        paths = [one.get("d", "") for one in icon if one.tag == "path" and not len(one)]
        words = "".join([title.text or "", *icon.itertext(), *(one.tail or "" for one in icon)])
        if len(paths) != 1 or len(icon) != 1 or words.strip() or icon.get("aria-hidden") != "true":
            raise UnexpectedError("a note's sign is not one shape without words")
        word = squeeze(icon.tail or "")
        if shapes.setdefault(word, paths[0]) != paths[0]:
            raise UnexpectedError(f"two signs stand for the word {word}")
        title.text = icon.tail
        title.remove(icon)
    if len(set(shapes.values())) < len(shapes):
        raise UnexpectedError("one sign stands for two words")
    if next(article.iter("svg"), None) is not None:
        raise UnexpectedError("a sign stands outside a note")


def _take_off_names(article: ET.Element, wording: Wording) -> None:
    """Take off what is named for screen readers: the contents, and the ways back from footnotes."""
    for back in article.findall(".//a[@class='footnote-back']"):
        if back.attrib.pop("aria-label", "") != wording.back_to_text:
            raise UnexpectedError("a way back to the text is not named so")
    navs = list(article.iter("nav"))
    if len(navs) != 1 or navs[0] not in list(article):
        raise UnexpectedError("the contents are not in one place")
    nav = navs[0]
    if nav.get("aria-label") != wording.contents or (nav.text or "").strip():
        raise UnexpectedError("the contents are not named so")
    at = list(article).index(nav)
    last = nav[-1] if len(nav) else nav
    last.tail = (last.tail or "") + (nav.tail or "")
    article[at : at + 1] = list(nav)


def _ids(root: ET.Element, where: str) -> Iterator[Diagnostic]:
    """Each id is that of one place, and each footnote leads back to all its stars, in order."""
    counts = Counter(one.get("id") for one in root.iter() if one.get("id") is not None)
    for identity, count in counts.items():
        if count > 1:
            message = f"{where}: {count} places have the id `{identity}`"
            yield finding(Code.CHANGED, message, None, where)
    stars: dict[str, list[str]] = defaultdict(list)
    for star in root.iterfind(".//a[@class='footnote-ref']"):
        stars[star.get("href", "")].append(f"#{star.get('id')}")
    for footnote in root.iterfind(".//p[@class='footnote']"):
        backs = [one.get("href") for one in footnote.iterfind("a[@class='footnote-back']")]
        if backs != stars[f"#{footnote.get('id')}"]:
            message = f"{where}: `{footnote.get('id')}` does not lead back to its stars"
            yield finding(Code.CHANGED, message, None, where)
