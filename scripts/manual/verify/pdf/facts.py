"""The structure tree of a handout → the facts that a reader finds in it, and where they stand.

It accepts what the template writes and nothing else.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from manual.verify.errors import UnexpectedError
from manual.verify.expected.facts import Fact
from manual.verify.pdf.letters import Run
from manual.verify.pdf.tree import Element, Place

_HEADINGS = ("H1", "H2", "H3")
_LETTERED = re.compile(r"\s*(?P<marker>[A-Z]{1,2}\))\s*(?P<words>.*)", re.DOTALL)
_INLINE = ("P", "Span", "Div", "Link", "Reference")
_LABEL = "Strong"


@dataclass(slots=True)
class Found:
    """A fact, its letters on paper in reading order, and where its links lead."""

    fact: Fact
    runs: list[Run]
    links: list[Place | str | None] = field(default_factory=list)
    own: list[Run] = field(default_factory=list)  # of them: its label

    @property
    def place(self) -> Place:
        """Where it begins."""
        first = next((run for run in self.runs if run.text.strip()), None)
        # Accents reach above the line that a link leads to.
        return Place(first.page, first.top, first.top - 0.35 * first.size) if first else Place(0, 0)


@dataclass(slots=True)
class _Text:
    """A text: its letters, its links, and the footnotes that hang on its stars."""

    runs: list[Run] = field(default_factory=list)
    links: list[tuple[Place | str | None, str]] = field(default_factory=list)  # with their words
    footnotes: list[Element] = field(default_factory=list)

    @property
    def words(self) -> str:
        return "".join(run.text for run in self.runs)


def read_facts(document: Element, *, labels_behind: bool) -> list[Found]:
    """The facts of a handout in reading order. Raises UnexpectedError.

    `labels_behind`: labels stand behind the text of their steps, and not before it.
    """
    match document.children:
        case [Element(kind="Document") as root]:
            pass
        case _:
            raise UnexpectedError("its structure is not one document")
    reader = _Reader(labels_behind)
    return [found for child in root.children for found in reader.block(child)]


class _Reader:
    def __init__(self, labels_behind: bool) -> None:
        self.labels_behind = labels_behind
        self.owner = ""

    def block(self, element: "Element | list[Run]") -> Iterator[Found]:
        if not isinstance(element, Element):
            if "".join(run.text for run in element).strip():
                raise UnexpectedError(f"the text “{element[0].text[:40]}” stands loose")
            return
        match element.kind:
            case "Title":
                yield from self.plain("title", element)
            case "P":
                yield from self.plain("paragraph", element)
            case kind if kind in _HEADINGS:
                yield from self.heading(element)
            case "TOC" | "TOCI":
                yield from self.contents(element)
            case "L":
                yield from self.list(element)
            case "Note":
                yield from self.note(element)
            case "Div":
                for child in element.children:
                    yield from self.block(child)
            case _:
                raise UnexpectedError(f"a {element.kind} stands where no handout has one")

    def plain(self, kind: str, element: Element) -> Iterator[Found]:
        text = _text(element)
        yield _found(Fact(kind, text.words, owner=self.owner), text)
        yield from self.footnotes(text)

    def heading(self, element: Element) -> Iterator[Found]:
        level = int(element.kind[1])
        label, rest = self.labelled(element.children)
        if label is None:
            text = _text(element)
            self.owner = text.words.strip()
            yield _found(Fact("heading", text.words, level=level), text)
            return
        text = _text(Element("P", rest))
        self.owner = label.words
        found = _LETTERED.match(text.words)
        if not found:
            raise UnexpectedError(f"the step {label.words} has no marker")
        fact = Fact("step", found["words"], found["marker"], level=level)
        yield _found(fact, text, label)
        yield from self.footnotes(text)

    def labelled(
        self, children: list["Element | list[Run]"]
    ) -> tuple[_Text | None, list["Element | list[Run]"]]:
        """The label of a step, strong at one end of its paragraph, and what is left.

        (A page's end makes two of one.)
        """
        host = children[0] if children else None
        if not isinstance(host, Element) or host.kind != "P" or not host.children:
            return None, children
        text = list(host.children)
        end = -1 if self.labels_behind else 0
        label: list[Element] = []
        while text and isinstance(last := text[end], Element) and last.kind == _LABEL:
            label.append(last)
            text.pop(end)
        if not label:
            return None, children
        in_order = label[::-1] if self.labels_behind else label
        letters = [child for element in in_order for child in element.children]
        return _text(Element(_LABEL, letters)), [Element("P", text), *children[1:]]

    def contents(self, element: Element) -> Iterator[Found]:
        for child in element.children:
            if isinstance(child, Element) and child.kind in ("TOC", "TOCI"):
                yield from self.contents(child)
            elif isinstance(child, Element):
                text = _text(child)
                page = _last_mark(child)
                title = text.words.removesuffix(page).replace("\u2060", "")
                yield _found(Fact("contents", title, page.strip("\u2060")), text)
            else:
                yield from self.block(child)

    def list(self, element: Element) -> Iterator[Found]:
        owner = self.owner
        for child in element.children:
            if isinstance(child, Element) and child.kind == "L":  # it belongs to the item before it
                yield from self.list(child)
            elif isinstance(child, Element) and child.kind == "LI":
                self.owner = owner
                yield from self.item(child)
            else:
                yield from self.block(child)
        self.owner = owner

    def item(self, element: Element) -> Iterator[Found]:
        parts = [child for child in element.children if isinstance(child, Element)]
        if [part.kind for part in parts] != ["Lbl", "LBody"]:
            raise UnexpectedError("an item of a list is not a marker and a body")
        marker, body = parts
        sign = _text(marker)
        if not sign.words.strip():
            text = _text(body)
            yield self.summary(text)
            yield from self.footnotes(text)
            return
        label, rest = self.labelled(body.children)
        first = rest[0] if rest else None
        if label is None or not isinstance(first, Element) or first.kind != "P":
            raise UnexpectedError(f"the step {sign.words} has no label")
        text = _text(first)
        owner, self.owner = self.owner, label.words
        fact = Fact("step", text.words, sign.words.strip(), owner=owner)
        yield _found(fact, text, label, sign)
        yield from self.footnotes(text)
        for child in rest[1:]:
            self.owner = label.words
            yield from self.block(child)
        self.owner = label.words

    def summary(self, text: _Text) -> Found:
        """A safety note in the summary: its signal word, its text, and where it stands."""
        word, _, words = text.words.strip().partition("!")
        text.links = [(to, shown) for to, shown in text.links if shown != "*"]
        return _found(Fact("summary", words, word), text)

    def note(self, element: Element) -> Iterator[Found]:
        parts = [paragraph for paragraph in _paragraphs(element) if paragraph.children]
        if not parts:
            raise UnexpectedError("a note has no text")
        label, (first, *_) = self.labelled([parts[-1]])
        if label is None or not isinstance(first, Element):
            raise UnexpectedError("a note does not say what it belongs to")
        head = [run for part in parts[:-1] for run in part.runs()]
        text = _text(first)
        text.runs = head + text.runs
        word, _, words = text.words.strip().partition("!")
        yield _found(Fact("note", words, word, owner=self.owner), text, label)
        yield from self.footnotes(text)

    def footnotes(self, text: _Text) -> Iterator[Found]:
        for element in text.footnotes:
            inner = _text(Element("P", element.children[1:]))
            term, _, words = inner.words.partition(": ")
            yield _found(Fact("footnote", words, term), inner)
            yield from self.footnotes(inner)


def _found(fact: Fact, text: _Text, label: _Text | None = None, sign: _Text | None = None) -> Found:
    """A fact with its letters and links, and with its label where it has one."""
    runs = [*(sign.runs if sign else []), *text.runs]
    links = [place for place, _ in text.links]
    if label is None:
        return Found(fact, runs, links)
    return Found(replace(fact, label=label.words), runs, links, label.runs)


def _last_mark(element: Element) -> str:
    """The letters of the last mark in an element: in an entry of the contents, its page."""
    while element.children and isinstance(last := element.children[-1], Element):
        element = last
    last_runs = element.children[-1] if element.children else []
    return "" if isinstance(last_runs, Element) else "".join(run.text for run in last_runs)


def _paragraphs(element: Element) -> Iterator[Element]:
    """What stands in a note's grid: its signal word and its text, or both in one."""
    for child in element.children:
        if isinstance(child, Element) and child.kind == "Div":
            yield from _paragraphs(child)
        elif isinstance(child, Element):
            yield child
        elif "".join(run.text for run in child).strip():
            raise UnexpectedError(f"the text “{child[0].text[:40]}” stands loose in a note")


def _text(element: Element) -> _Text:
    """What an element says. A star is a label with a link in it; behind it is its footnote."""
    text = _Text()

    def read(element: Element) -> None:
        for child in element.children:
            if not isinstance(child, Element):
                text.runs += child
            elif child.kind == "Note":
                text.footnotes.append(child)
            elif child.kind == "Lbl" or child.kind in _INLINE:
                if child.kind == "Link":
                    shown = "".join(run.text for run in child.runs())
                    text.links.append((child.leads_to, shown))
                read(child)
            else:
                raise UnexpectedError(f"a {child.kind} stands inside a text")

    read(element)
    return text
