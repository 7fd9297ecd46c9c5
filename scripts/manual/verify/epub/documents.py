"""The documents of an EPUB → the facts that a reader finds in them.

As in html_facts.py, what no template writes is an error; here every attribute is held against the
one that must be there.
"""

import xml.etree.ElementTree as ET
from collections import defaultdict
from collections.abc import Iterator

from manual.core.source import squeeze
from manual.core.wording import Wording
from manual.verify.errors import UnexpectedError
from manual.verify.expected import Fact

XHTML = "http://www.w3.org/1999/xhtml"
SIGN = "{http://www.w3.org/2000/svg}svg"
EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"

_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_SPACES = " \t\n\r\f"
_SVG = "{http://www.w3.org/2000/svg}"
_STYLE = {"rel": "stylesheet", "type": "text/css", "href": "style.css"}
_SIGN_ATTRIBUTES = {
    "class": "sign",
    "aria-hidden": "true",
    "width": "1.2em",
    "height": "1.2em",
    "viewBox": "0 0 24 24",
    "fill": "none",
    "stroke": "currentColor",
    "stroke-width": "2",
}
# The outline of each word's sign, and the strokes in it.
_SIGNS: dict[str, tuple[str, dict[str, str], str]] = {
    "CAUTION": ("path", {"d": "M12 2L23 21H1Z"}, "M12 9v6M12 17v2"),
    "IMPORTANT": ("path", {"d": "M12 1L23 12L12 23L1 12Z"}, "M12 6v8M12 16v2"),
    "WARNING": ("path", {"d": "M8 1H16L23 8V16L16 23H8L1 16V8Z"}, "M12 5v9M12 17v2"),
    "NOTE": ("circle", {"cx": "12", "cy": "12", "r": "11"}, "M12 5v2M12 10v9"),
}
_HEADINGS = frozenset(("h1", "h2", "h3", "h4"))


def read_page(root: ET.Element, wording: Wording) -> list[Fact]:
    """The facts of the front page or of a part's, in order. Raises UnexpectedError."""
    title, body = _head_and_body(root)
    (section,) = only(body, "section")
    role = section.get(EPUB_TYPE, "")
    page = _Page(wording)
    facts = [title, Fact("role", role), *page.blocks(elements(section))]
    at = facts[2].id if len(facts) > 2 else ""
    see(section, {EPUB_TYPE: role, "role": f"doc-{role}", "aria-labelledby": at})
    page.see_that_footnotes_lead_back()
    return facts


def read_cover(root: ET.Element) -> list[Fact]:
    """The facts of the page that shows the cover. Raises UnexpectedError."""
    title, body = _head_and_body(root)
    (section,) = only(body, "section")
    label = section.get("aria-label", "")
    see(section, {"class": "cover", EPUB_TYPE: "cover", "aria-label": label})
    (picture,) = only(section, "img")
    alternative = picture.get("alt", "")
    see(picture, {"src": "cover.svg", "alt": alternative, "role": "doc-cover"})
    return [title, Fact("cover", squeeze(alternative), label)]


def read_navigation(root: ET.Element) -> list[Fact]:
    """The facts of the navigation document. Raises UnexpectedError."""
    title, body = _head_and_body(root)
    contents, landmarks = only(body, "nav", "nav")
    see(contents, {EPUB_TYPE: "toc", "role": "doc-toc", "aria-labelledby": "contents"})
    see(landmarks, {EPUB_TYPE: "landmarks"})
    heading, entries = only(contents, "h1", "ol")
    see(heading, {"id": "contents"})
    facts = [title, Fact("heading", plain_text(heading), level=1), *_entries(entries, 1)]
    (places,) = only(landmarks, "ol")
    see(places, {})
    for item in elements(places):
        (anchor,) = only(item, "a")
        see(item, {})
        kind, address = anchor.get(EPUB_TYPE, ""), anchor.get("href", "")
        see(anchor, {EPUB_TYPE: kind, "href": address})
        facts.append(Fact("landmark", plain_text(anchor), kind, links=(address,)))
    return facts


def _entries(ordered: ET.Element, level: int) -> Iterator[Fact]:
    """The entries of a table of contents, each with its depth."""
    see(ordered, {})
    for item in elements(ordered):
        anchor, *below = elements(item)
        if item.tag != "li" or anchor.tag != "a" or [one.tag for one in below] not in ([], ["ol"]):
            raise UnexpectedError("an entry of the contents is a link, and a list below it")
        see(item, {})
        see(anchor, {"href": anchor.get("href", "")})
        yield Fact("entry", plain_text(anchor), links=(anchor.get("href", ""),), level=level)
        for further in below:
            yield from _entries(further, level + 1)


def _head_and_body(root: ET.Element) -> tuple[Fact, ET.Element]:
    """What a document says of itself, and its body."""
    language, direction = root.get("lang", ""), root.get("dir", "")
    see(root, {"lang": language, _LANGUAGE: language, "dir": direction})
    head, body = only(root, "head", "body")
    charset, title, style = only(head, "meta", "title", "link")
    for element, attributes in ((head, {}), (title, {}), (body, {}), (style, _STYLE)):
        see(element, attributes)
    see(charset, {"charset": "UTF-8"})
    return Fact("title", plain_text(title), language, direction), body


class _Page:
    def __init__(self, wording: Wording) -> None:
        self.wording = wording
        self.owner = ""
        self.stars: dict[str, list[str]] = defaultdict(list)
        self.backs: dict[str, list[str]] = {}

    def blocks(self, found: list[ET.Element]) -> Iterator[Fact]:
        for element in found:
            yield from self.block(element)

    def block(self, element: ET.Element) -> Iterator[Fact]:
        kind = element.get("class", "")
        match element.tag, kind:
            case tag, "" | "step" if tag in _HEADINGS:
                yield self.heading(element, kind)
            case "p", "" | "audience" | "credit" | "edition":
                yield self.paragraph(element, kind)
            case "p", "footnote":
                yield self.footnote(element)
            case "p", "menu-title":
                see(element, {"class": kind} | ({"id": "parts_"} if "id" in element.attrib else {}))
                yield Fact("ours", plain_text(element), id=element.get("id", ""))
            case "div", _:
                yield self.note(element)
            case "ul", "steps":
                yield from self.steps(element)
            case "ul", "menu":
                yield from self.menu(element)
            case _:
                raise UnexpectedError(f"<{element.tag}> stands where no template puts one")

    def heading(self, element: ET.Element, kind: str) -> Fact:
        self.owner = element.get("id", "")
        level = int(element.tag[1])
        if not kind:
            see(element, {"id": self.owner})
            return Fact("heading", plain_text(element), id=self.owner, level=level)
        see(element, {"class": kind, "id": self.owner})
        marker = _marker(element)
        text, links = self.said(element, before=1)
        return Fact("step", text, marker, self.owner, links=links, level=level)

    def paragraph(self, element: ET.Element, kind: str) -> Fact:
        see(element, {"class": kind} if kind else {})
        text, links = self.said(element)
        if kind == "edition":
            text = text.removeprefix(f"{self.wording.edition}: ")
        owner = "" if kind == "credit" else self.owner
        return Fact(kind or "paragraph", text, owner=owner, links=links)

    def footnote(self, element: ET.Element) -> Fact:
        identity = element.get("id", "")
        see(
            element,
            {"class": "footnote", "id": identity, EPUB_TYPE: "footnote", "role": "doc-footnote"},
        )
        backs = [one for one in element if one.get("class") == "back"]
        for back in backs:
            attributes = {"role": "doc-backlink", "aria-label": self.wording.back_to_text}
            see(back, {**attributes, "class": "back", "href": back.get("href", "")})
            if plain_text(back) != "↑":
                raise UnexpectedError("a link back from a footnote is an arrow")
        text, links = self.said(element, behind=len(backs))
        name, _, rest = text.removeprefix("*").partition(": ")
        self.backs[identity] = [back.get("href", "") for back in backs]
        return Fact("footnote", rest, name, identity, "", self.owner, links)

    def note(self, element: ET.Element) -> Fact:
        title, body = only(element, "p", "p")
        word = squeeze(title[0].tail or "") if len(title) == 1 else ""
        see(
            element,
            {
                "class": f"notice {word.lower()}",
                EPUB_TYPE: "notice",
                "role": "note",
                "aria-label": word,
            },
        )
        see(title, {"class": "word"})
        see(body, {})
        if word not in _SIGNS or (title.text or "").strip(_SPACES):
            raise UnexpectedError("a note begins with its sign and its signal word")
        outline, attributes, strokes = _SIGNS[word]
        sign = title[0]
        shape, path = only(sign, _SVG + outline, _SVG + "path")
        for one, due in ((sign, _SIGN_ATTRIBUTES), (shape, attributes), (path, {"d": strokes})):
            see(one, due)
        if sign.tag != SIGN:
            raise UnexpectedError(f"the sign of the {word} is no picture")
        for one in (shape, path):
            only(one)
        text, links = self.said(body)
        return Fact("note", text, word, owner=self.owner, links=links)

    def steps(self, unordered: ET.Element) -> Iterator[Fact]:
        see(unordered, {"class": "steps"})
        owner = self.owner
        for item in elements(unordered):
            identity = item.get("id", "")
            head, *below = elements(item)
            if (item.tag, head.tag) != ("li", "p") or len(head) < 2:
                raise UnexpectedError("a step is an item with a paragraph first")
            see(item, {"id": identity})
            see(head, {"class": "text"})
            marker, label = _marker(head), head[-1]
            if label.tag != "span":
                raise UnexpectedError(f"the step {marker} has no label")
            see(label, {"class": "place"})
            text, links = self.said(head, before=1, behind=1)
            yield Fact("step", text, marker, identity, plain_text(label), owner, links)
            for element in below:
                self.owner = identity
                yield from self.block(element)
        self.owner = owner

    def menu(self, unordered: ET.Element) -> Iterator[Fact]:
        """A list of links, with lists of links in it."""
        see(unordered, {"class": "menu"})
        for item in elements(unordered):
            anchor, *below = elements(item)
            if item.tag != "li" or anchor.tag != "a" or len(below) > 1:
                raise UnexpectedError("a list of links holds something else")
            see(item, {})
            see(anchor, {"href": anchor.get("href", "")})
            yield Fact("link", plain_text(anchor), links=(anchor.get("href", ""),))
            for further in below:
                if further.tag != "ul":
                    raise UnexpectedError(f"<{further.tag}> stands in a list of links")
                yield from self.menu(further)

    def said(
        self, element: ET.Element, before: int = 0, behind: int = 0
    ) -> tuple[str, tuple[str, ...]]:
        """The words of an element without its first and last children, and where links lead."""
        children = list(element)
        text, end = children[before : len(children) - behind], children[len(children) - behind :]
        apart = [element.text] * bool(before) + [one.tail for one in end]
        if any((one or "").strip(_SPACES) for one in apart):
            raise UnexpectedError(f"words stand loose in <{element.tag}>")
        words = [(children[before - 1].tail if before else element.text) or ""]
        links = []
        for anchor in text:
            if anchor.tag != "a":
                raise UnexpectedError(f"<{anchor.tag}> stands inside a text")
            address = anchor.get("href", "")
            if EPUB_TYPE in anchor.attrib:
                identity = anchor.get("id", "")
                kind = {EPUB_TYPE: "noteref", "role": "doc-noteref"}
                see(anchor, {**kind, "id": identity, "href": address})
                self.stars[address].append(f"#{identity}")
            else:
                see(anchor, {"href": address})
            links.append(address)
            words += [_inner(anchor), anchor.tail or ""]
        return squeeze("".join(words)), tuple(links)

    def see_that_footnotes_lead_back(self) -> None:
        for identity, backs in self.backs.items():
            if backs != self.stars[f"#{identity}"]:
                raise UnexpectedError(f"the footnote {identity} does not lead back to its stars")


def see(element: ET.Element, attributes: dict[str, str]) -> None:
    """That an element has just these attributes. Raises UnexpectedError."""
    if element.attrib != attributes:
        raise UnexpectedError(f"<{element.tag}> has the attributes {element.attrib}")


def elements(parent: ET.Element) -> list[ET.Element]:
    """The children of an element that has some, and no words between. Raises UnexpectedError."""
    for text in (parent.text, *(child.tail for child in parent)):
        if (text or "").strip(_SPACES):
            raise UnexpectedError(f"the text “{squeeze(text or '')[:40]}” stands loose")
    if not len(parent):
        raise UnexpectedError(f"<{parent.tag}> is empty")
    return list(parent)


def only(parent: ET.Element, *tags: str) -> list[ET.Element]:
    """The children, which must be of these tags. Raises UnexpectedError."""
    found = elements(parent) if tags else list(parent)
    if tuple(child.tag for child in found) != tags or (not tags and parent.text):
        raise UnexpectedError(f"<{parent.tag}> holds {[child.tag for child in found]}")
    return found


def _marker(element: ET.Element) -> str:
    if not len(element) or element[0].tag != "span":
        raise UnexpectedError("a step begins with its marker")
    see(element[0], {"class": "marker"})
    return _inner(element[0])


def plain_text(element: ET.Element) -> str:
    """The words of an element without elements in it. Raises UnexpectedError."""
    return squeeze(_inner(element))


def _inner(element: ET.Element) -> str:
    if len(element):
        raise UnexpectedError(f"<{element[0].tag}> stands in <{element.tag}>")
    return element.text or ""
