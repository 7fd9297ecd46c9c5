"""A built HTML page → the facts that a reader finds in its article.

It accepts what the templates write, and nothing else: an element, an attribute, a class or a word
that no template writes is an error.
"""

import xml.etree.ElementTree as ET
from collections.abc import Iterator

from manual.core.markers import marker as marker_of
from manual.core.source import squeeze
from manual.verify.errors import UnexpectedError
from manual.verify.expected import Fact

# Our own words around the author's.
FURNITURE = frozenset(
    {"contents", "download", "handouts", "list-title", "page-foot", "return-to-top", "whole-site"}
)

# Links that are signs, not words, and what they show; a label shows its step's.
_SIGNS = {"headerlink": "#", "footnote-back": "↩", "label": None}
SIGNS = frozenset(_SIGNS)

_HEADINGS = ("h1", "h2", "h3", "h4")
_PARAGRAPHS = frozenset({"audience", "edition", "credit", "footnote"})
_NOTES = frozenset({"caution", "important", "warning", "note"})
_CLASSES = (
    FURNITURE
    | SIGNS
    | _PARAGRAPHS
    | _NOTES
    | {"admonition", "admonition-title", "footnote-ref", "step"}
)
_ATTRIBUTES = {
    "a": {"class", "href", "id", "role", "title"},
    "div": {"aria-label", "class", "role"},
    "h1": {"id"},
    "h2": {"class", "id"},
    "h3": {"class", "id"},
    "h4": {"class", "id"},
    "li": {"id", "value"},
    "ol": {"start", "type"},
    "p": {"class", "data-search-exclude", "id"},
    "ul": set[str](),
}


def article_of(root: ET.Element) -> ET.Element:
    """The article of a page. Raises UnexpectedError."""
    found = [one for one in root.iter("article") if "md-content__inner" in one.get("class", "")]
    if len(found) != 1:
        raise UnexpectedError(f"the page has {len(found)} articles, not one")
    return found[0]


def read_article(article: ET.Element) -> list[Fact]:
    """The facts of an article in order. Raises UnexpectedError."""
    for element in article.iter():
        if element is not article:
            _see_that_a_template_writes(element)
    return list(_Article().children(article))


def _see_that_a_template_writes(element: ET.Element) -> None:
    known = _ATTRIBUTES.get(element.tag)
    if known is None:
        raise UnexpectedError(f"<{element.tag}> stands where no page of a manual has one")
    for attribute in set(element.attrib) - known:
        raise UnexpectedError(f"<{element.tag}> has an attribute {attribute}")
    for name in set(element.get("class", "").split()) - _CLASSES:
        raise UnexpectedError(f"<{element.tag}> has a class {name}")


class _Article:
    def __init__(self) -> None:
        self.owner = ""

    def children(self, parent: ET.Element) -> Iterator[Fact]:
        _no_loose_text(parent.text, parent)
        for child in parent:
            yield from self.element(child)
            _no_loose_text(child.tail, parent)

    def element(self, element: ET.Element) -> Iterator[Fact]:
        classes = element.get("class", "").split()
        match element.tag:
            case tag if tag in _HEADINGS:
                yield self.heading(element, is_step="step" in classes)
            case "p" if not FURNITURE.isdisjoint(classes):
                yield from self.furniture(element)
            case "p":
                kind = next((name for name in classes if name in _PARAGRAPHS), "paragraph")
                yield self.paragraph(element, kind)
            case "div" if "admonition" in classes:
                yield self.note(element, classes)
            case "ol":
                yield from self.steps(element)
            case "ul":
                yield from self.menu(element)
            case _:
                raise UnexpectedError(f"<{element.tag}> stands where no template puts one")

    def heading(self, element: ET.Element, is_step: bool) -> Fact:
        text, links = _said(element, signs=("headerlink", "label"))
        self.owner = element.get("id", "")
        level = int(element.tag[1])
        if not is_step:
            return Fact("heading", text, id=self.owner, links=links, level=level)
        name, _, rest = text.partition(" ")
        label = _label(element, self.owner)
        return Fact("step", rest, name, self.owner, label or "", links=links, level=level)

    def paragraph(self, element: ET.Element, kind: str) -> Fact:
        text, links = _said(element, signs=("footnote-back",) if kind == "footnote" else ())
        if kind == "edition":
            text = text.partition(": ")[2]
        if kind == "footnote":
            name, _, rest = text.removeprefix("*").partition(": ")
            return Fact(kind, rest, name, element.get("id", ""), "", self.owner, links)
        owner = "" if kind == "credit" else self.owner
        return Fact(kind, text, owner=owner, links=links)

    def note(self, element: ET.Element, classes: list[str]) -> Fact:
        _no_loose_text(element.text, element)
        for part in element:
            _no_loose_text(part.tail, element)
        if [part.tag for part in element] != ["p", "p"]:
            raise UnexpectedError("a note is a signal word and one text")
        word, _ = _said(element[0])
        text, links = _said(element[1])
        if element[0].get("class") != "admonition-title" or classes != ["admonition", word.lower()]:
            raise UnexpectedError(f"the note {word} is dressed as {' '.join(classes)}")
        if element.get("role") != "note" or element.get("aria-label") != word:
            raise UnexpectedError(f"the note {word} is not announced to screen readers")
        return Fact("note", text, word, owner=self.owner, links=links)

    def steps(self, ordered: ET.Element) -> Iterator[Fact]:
        _no_loose_text(ordered.text, ordered)
        level = {"1": 2, "a": 3}.get(ordered.get("type", ""))
        start = ordered.get("start", "1")
        if level is None or not start.isdigit():
            raise UnexpectedError("a list of steps that is neither numbered nor third-level")
        owner = self.owner
        for number, item in enumerate(ordered, int(start)):
            if item.tag != "li":
                raise UnexpectedError(f"<{item.tag}> stands in a list of steps")
            if item.get("value") != str(number):
                raise UnexpectedError(f"a step in a list is not the number {number}")
            yield from self.step(item, marker_of(2 if level == 2 else 3, number), owner)
            _no_loose_text(item.tail, ordered)
        self.owner = owner

    def step(self, item: ET.Element, marker: str, owner: str) -> Iterator[Fact]:
        self.owner = item.get("id", "")
        # A tight item holds its text itself, a loose one in its first paragraph.
        loose = len(item) > 0 and item[0].tag == "p" and not (item.text or "").strip()
        host = item[0] if loose else item
        inlines = 1 if loose else next((i for i, c in enumerate(item) if c.tag != "a"), len(item))
        text, links = _said(host, None if loose else inlines, signs=("label",))
        label = _label(host, self.owner)
        if label is None:
            raise UnexpectedError(f"the step {marker} has no label that links to it")
        if loose:
            _no_loose_text(host.tail, item)
        yield Fact("step", text, marker, self.owner, label, owner, links)
        for block in item[inlines:]:
            self.owner = item.get("id", "")
            yield from self.element(block)
            _no_loose_text(block.tail, item)

    def menu(self, unordered: ET.Element) -> Iterator[Fact]:
        """A list of links, with lists of links in it."""
        _no_loose_text(unordered.text, unordered)
        for item in unordered:
            tags = [child.tag for child in item]
            if item.tag != "li" or item.attrib or tags not in (["a"], ["a", "ul"]):
                raise UnexpectedError("a list of links holds something else")
            _no_loose_text(item.text, item)
            yield _link("link", item[0])
            for child in item:
                _no_loose_text(child.tail, item)
            for below in item[1:]:
                yield from self.menu(below)
            _no_loose_text(item.tail, unordered)

    def furniture(self, element: ET.Element) -> Iterator[Fact]:
        """Our own words, without the links among them, then these."""
        ours = squeeze(" ".join([element.text or "", *(one.tail or "" for one in element)]))
        if element.get("class") == "list-title":
            ours, _ = _said(element)
        if ours:
            yield Fact("ours", ours)
        for anchor in element:
            yield _link("way", anchor)


def _label(host: ET.Element, identity: str) -> str | None:
    """The label of a step, which links to it; None where there is none."""
    labels = [one for one in host if one.get("class") == "label"]
    if [one.get("href") for one in labels] != [f"#{identity}"] * len(labels) or len(labels) > 1:
        raise UnexpectedError(f"{identity} has labels that are not its own")
    return squeeze("".join(labels[0].itertext())) if labels else None


def _link(kind: str, anchor: ET.Element) -> Fact:
    text, _ = _said(anchor)
    return Fact(kind, text, links=(anchor.get("href", ""),))


def _said(
    element: ET.Element, count: int | None = None, *, signs: tuple[str, ...] = ()
) -> tuple[str, tuple[str, ...]]:
    """The words of an element with its first `count` children, and where their links lead.

    `signs` are the links in it that may be signs, and no words.
    """
    words: list[str] = [element.text or ""]
    links: list[str] = []
    for child in element[:count]:
        if child.tag != "a" or len(child):
            raise UnexpectedError(f"<{child.tag}> stands inside a text")
        sign = child.get("class", "")
        if sign not in SIGNS:
            words.append(child.text or "")
            links.append(child.get("href", ""))
        elif sign not in signs or _SIGNS[sign] not in (None, child.text):
            raise UnexpectedError(f"the sign “{child.text}” stands where no template puts it")
        words.append(child.tail or "")
    return squeeze("".join(words)), tuple(links)


def _no_loose_text(text: str | None, parent: ET.Element) -> None:
    if text and text.strip(" \t\n\r\f"):
        raise UnexpectedError(f"the text “{squeeze(text)[:40]}” stands loose in <{parent.tag}>")
