"""The blocks of an HTML document → the facts that a reader finds in them.

It accepts what the dialect's table lists, and nothing else: an element, an attribute, a class or a
word that no template writes is an error.
"""

import xml.etree.ElementTree as ET
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from typing import NamedTuple
from urllib.parse import unquote

from manual.core.diagnostics import Code, Diagnostic
from manual.core.markers import marker as marker_of
from manual.core.model import Level
from manual.core.source import squeeze
from manual.verify.compare import compare, finding
from manual.verify.errors import UnexpectedError
from manual.verify.expected.facts import CHROME, CHROME_LINK, Fact
from manual.verify.html.dialects import Attributes, Dialect

_HEADINGS = ("h1", "h2", "h3", "h4")
_INLINE = ("a", "span")
_LEVELS: dict[str, Level] = {"1": 2, "a": 3}  # of the steps in a list, by its type
_PARAGRAPHS = ("audience", "edition", "credit")
_SPACES = " \t\n\r\f"


def compare_blocks(
    expected: list[Fact], root: ET.Element, dialect: Dialect, where: str
) -> Iterator[Diagnostic]:
    """What differs between what must stand in `root`, an element of the output `where`, and what
    does. Raises UnexpectedError.
    """
    yield from compare(expected, read_blocks(root, dialect), where)
    counts = Counter(element.get("id") for element in root.iter() if "id" in element.attrib)
    for key, count in counts.items():
        if count > 1:
            yield finding(Code.CHANGED, f"{where}: {count} places have the id `{key}`", None, where)
    stars: dict[str, list[str]] = defaultdict(list)
    for link in root.iter("a"):
        if link.get("role") == "doc-noteref":
            stars[link.get("href", "")].append(f"#{link.get('id')}")
    for footnote in root.iterfind(".//p[@class='footnote']"):
        links = [link.get("href") for link in footnote if link.get("class") == dialect.back]
        if links != stars[f"#{footnote.get('id')}"]:
            message = f"{where}: `{footnote.get('id')}` does not lead back to its stars"
            yield finding(Code.CHANGED, message, None, where)


def read_blocks(root: ET.Element, dialect: Dialect) -> list[Fact]:
    """The facts of all that stands in `root`, in order. Raises UnexpectedError."""
    for element in root.iter():
        if element is not root:
            role = element.get("role", "") if element.tag == "a" else ""
            kind = element.get("class", role)
            allowed = dialect.elements.get((element.tag, kind))
            if allowed is None:
                raise UnexpectedError(f"<{element.tag} {kind}> stands where no template writes it")
            require_attributes(element, allowed)
    return list(_Reader(dialect).blocks(root))


def require_attributes(element: ET.Element, allowed: Attributes) -> None:
    """Raises UnexpectedError unless the element has just these attributes, with these values."""
    for name, value in element.attrib.items():
        if name not in allowed or allowed[name][1] not in (None, value):
            raise UnexpectedError(f"<{element.tag}> has the attribute {name}=“{value}”")
    for name, (is_required, _) in allowed.items():
        if is_required and name not in element.attrib:
            raise UnexpectedError(f"<{element.tag}> has no attribute {name}")


def require_children(parent: ET.Element, *tags: str) -> list[ET.Element]:
    """The children of an element with no text between them, which must be of these tags; without
    tags, any. Raises UnexpectedError.
    """
    for text in (parent.text, *(child.tail for child in parent)):
        _require_blank(text, parent)
    if tags and [child.tag for child in parent] != list(tags):
        raise UnexpectedError(f"<{parent.tag}> holds {[child.tag for child in parent]}")
    return list(parent)


def require_empty(element: ET.Element) -> None:
    """Raises UnexpectedError where an element holds anything."""
    if len(element) or (element.text or "").strip(_SPACES):
        raise UnexpectedError(f"<{element.tag}> is not empty")


def plain_text(element: ET.Element) -> str:
    """The text of an element that must hold nothing else. Raises UnexpectedError."""
    if len(element):
        raise UnexpectedError(f"<{element[0].tag}> stands in <{element.tag}>")
    return squeeze(element.text or "")


class _Text(NamedTuple):
    """A text as read: its marker where that is a sign of its own, its words, where its links lead,
    and the signs at its end by their kind.
    """

    marker: str
    words: str
    links: tuple[str, ...]
    signs: Mapping[str, list[ET.Element]]


class _Reader:
    def __init__(self, dialect: Dialect) -> None:
        self.dialect = dialect
        self.owner = ""

    def blocks(self, parent: ET.Element) -> Iterator[Fact]:
        for child in require_children(parent):
            yield from self.block(child)

    def block(self, element: ET.Element) -> Iterator[Fact]:
        classes = element.get("class", "")
        is_chrome = not self.dialect.chrome.isdisjoint(classes.split())
        match element.tag:
            case tag if tag in _HEADINGS:
                yield self.heading(element, is_step=classes == "step")
            case "p" if is_chrome:
                yield from self.chrome(element)
            case "p" if classes == "footnote":
                yield self.footnote(element)
            case "p" if not classes or classes in _PARAGRAPHS:
                yield self.paragraph(element, classes)
            case "div":
                yield self.note(element)
            case "nav":
                yield Fact("navigation", element.get("aria-label", ""))
                for fact in self.blocks(element):
                    if fact.kind not in (CHROME, "link"):
                        raise UnexpectedError(f"the {fact.kind} stands among the contents")
                    yield fact
            case tag if (tag, classes) == self.dialect.step_list:
                yield from self.steps(element)
            case "ul":
                yield from self.menu(element, classes)
            case _:
                raise UnexpectedError(f"<{element.tag}> stands where no template puts one")

    def heading(self, element: ET.Element, is_step: bool) -> Fact:
        text = self.text(element, ("permalink", "marker", "label") if is_step else ("permalink",))
        self.owner = element.get("id", "")
        level = int(element.tag[1])
        if not is_step:
            return Fact("heading", text.words, id=self.owner, links=text.links, level=level)
        marker, words = text.marker, text.words
        if not marker:
            marker, _, words = text.words.partition(" ")
        label = self.label(text, self.owner) or ""
        return Fact("step", words, marker, self.owner, label, links=text.links, level=level)

    def paragraph(self, element: ET.Element, kind: str) -> Fact:
        text = self.text(element)
        words = text.words.removeprefix(self.dialect.edition) if kind == "edition" else text.words
        owner = "" if kind == "credit" else self.owner
        return Fact(kind or "paragraph", words, owner=owner, links=text.links)

    def footnote(self, element: ET.Element) -> Fact:
        text = self.text(element, ("back",))
        name, _, words = text.words.removeprefix("*").partition(": ")
        return Fact("footnote", words, name, element.get("id", ""), "", self.owner, text.links)

    def note(self, element: ET.Element) -> Fact:
        title, body = require_children(element, "p", "p")
        word = self.signal_word(title)
        if title.get("class") != self.dialect.note_title or "class" in body.attrib:
            raise UnexpectedError("a note is a signal word and a text")
        if element.get("class") != f"{self.dialect.note} {word.lower()}":
            raise UnexpectedError(f"the note {word} looks like {element.get('class')}")
        text = self.text(body)
        return Fact("note", text.words, word, owner=self.owner, links=text.links)

    def signal_word(self, title: ET.Element) -> str:
        """The signal word of a note, behind its picture where it has one."""
        if self.dialect.icon is None:
            return self.text(title).words
        _require_blank(title.text, title)
        icon = title[0] if len(title) == 1 else None
        word = "" if icon is None else squeeze(icon.tail or "")
        if icon is None or (icon.tag, icon.get("class")) != self.dialect.icon:
            raise UnexpectedError("a note begins with a picture and its signal word")
        shapes = tuple((shape.tag, shape.attrib) for shape in require_children(icon))
        if any(len(shape) or shape.text for shape in icon):
            raise UnexpectedError("a picture of a note holds words")
        if shapes != self.dialect.icons.get(word):
            raise UnexpectedError(f"the picture before {word} is not its own")
        return word

    def steps(self, steps: ET.Element) -> Iterator[Fact]:
        level = _LEVELS.get(steps.get("type", ""))
        start = steps.get("start", "1")
        if steps.tag == "ol" and (level is None or not start.isdecimal()):
            raise UnexpectedError("a list of steps is neither numbered nor third-level")
        owner = self.owner
        for number, item in enumerate(require_children(steps), int(start)):
            if item.tag != "li" or "id" not in item.attrib:
                raise UnexpectedError(f"<{item.tag}> stands in a list of steps")
            if steps.tag == "ol" and item.get("value") != str(number):
                raise UnexpectedError(f"a step in a list is not the number {number}")
            yield from self.step(item, marker_of(level, number) if level else "", owner)
        self.owner = owner

    def step(self, item: ET.Element, marker: str, owner: str) -> Iterator[Fact]:
        # A tight item holds its text itself, a loose one in its first paragraph.
        key, wanted = item.get("id", ""), self.dialect.step_text
        loose = len(item) > 0 and item[0].tag == "p" and item[0].get("class", "") == wanted
        if loose:
            _require_blank(item.text, item)
            _require_blank(item[0].tail, item)
            count, text = 1, self.text(item[0], ("marker", "label"))
        elif self.dialect.step_text:
            raise UnexpectedError("a step does not begin with its text")
        else:
            count = next((i for i, child in enumerate(item) if child.tag not in _INLINE), len(item))
            text = self.text(item, ("marker", "label"), count)
        marker = text.marker or marker
        label = self.label(text, key)
        if label is None:
            raise UnexpectedError(f"the step {marker} has no label")
        yield Fact("step", text.words, marker, key, label, owner, text.links)
        for block in item[count:]:
            self.owner = key
            yield from self.block(block)
            _require_blank(block.tail, item)

    def menu(self, entries: ET.Element, classes: str) -> Iterator[Fact]:
        """A list of links, with lists of links in it."""
        for item in require_children(entries):
            if item.tag != "li" or item.attrib:
                raise UnexpectedError("a list of links holds something else")
            link, *below = require_children(item, *(["a", "ul"] if len(item) > 1 else ["a"]))
            yield self.link("link", link)
            for further in below:
                if further.get("class", "") != classes:
                    raise UnexpectedError("a list of links holds another list")
                yield from self.menu(further, classes)

    def chrome(self, element: ET.Element) -> Iterator[Fact]:
        """Our own words, without the links among them, then these."""
        words = squeeze(" ".join([element.text or "", *(link.tail or "" for link in element)]))
        if words:
            yield Fact(CHROME, words, id=element.get("id", ""))
        for link in element:
            yield self.link(CHROME_LINK, link)

    def link(self, kind: str, link: ET.Element) -> Fact:
        if link.tag != "a" or "class" in link.attrib:
            raise UnexpectedError(f"<{link.tag}> stands where a link must")
        return Fact(kind, plain_text(link), links=(_address(link),))

    def label(self, text: _Text, key: str) -> str | None:
        """The label of a step, which leads to it where it is a link; None where there is none."""
        labels = text.signs.get("label", [])
        if len(labels) > 1 or any(label.get("href", f"#{key}") != f"#{key}" for label in labels):
            raise UnexpectedError(f"{key} has labels that are not its own")
        return plain_text(labels[0]) if labels else None

    def text(
        self, host: ET.Element, signs: tuple[str, ...] = (), count: int | None = None
    ) -> _Text:
        """The text of an element with its first `count` children.

        `signs` are the kinds that may stand in it: a marker at its start, the others at its end.
        """
        words: list[str] = [host.text or ""]
        links: list[str] = []
        found: dict[str, list[ET.Element]] = defaultdict(list)
        for child in host[:count]:
            kind, shown = self.dialect.signs.get(child.get("class", ""), ("", ""))
            ended = any(name != "marker" for name in found)
            if kind:
                if kind not in signs or shown not in ("", child.text) or len(child):
                    raise UnexpectedError(f"the sign “{child.text}” stands in the wrong place")
                if kind == "marker" and (found or links or "".join(words).strip(_SPACES)):
                    raise UnexpectedError("a marker stands behind words")
                found[kind].append(child)
                ended = kind != "marker"
            elif child.tag != "a" or len(child) or ended:
                raise UnexpectedError(f"<{child.tag}> stands inside a text")
            else:
                words.append(child.text or "")
                links.append(_address(child))
            if ended:
                _require_blank(child.tail, host)
            words.append(child.tail or "")
        marker = "".join(map(plain_text, found.pop("marker", ())))
        return _Text(marker, squeeze("".join(words)), tuple(links), found)


def _address(link: ET.Element) -> str:
    """Where a link leads; inside the site, `h%C3%BCfte.html` is `hüfte.html`."""
    address = link.get("href", "")
    return address if ":" in address else unquote(address)


def _require_blank(text: str | None, parent: ET.Element) -> None:
    if text and text.strip(_SPACES):
        raise UnexpectedError(f"the text “{squeeze(text)[:40]}” stands loose in <{parent.tag}>")
