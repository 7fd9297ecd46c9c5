"""What a reader must find: the model as a flat list of facts, in reading order.

An output is read back as the same kind of list, by other code than wrote it; the two must be equal.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from manual.core.model import (
    Block,
    CrossReference,
    Footnote,
    FootnoteReference,
    Inline,
    Manual,
    Note,
    Paragraph,
    Part,
    Section,
    Step,
    Text,
    Words,
    plain,
)
from manual.core.outputs import FOLDER, Download, handout_links
from manual.core.references import References, Target
from manual.core.source import Span, squeeze
from manual.core.wording import Wording, wording_for


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that a page says.

    `kind` is heading, step, note, footnote, paragraph, audience, edition, link or credit; `ours`
    are words of ours around the author's, and `way` a link among them.
    `name` is what marks it: a step's marker, a note's signal word, a footnote's term.
    `owner` is the id of the step, section or part that it stands in. `links` are the addresses
    that its words lead to. The span is where the source says it, and not compared.
    """

    kind: str
    text: str
    name: str = ""
    id: str = ""
    label: str = ""
    owner: str = ""
    links: tuple[str, ...] = ()
    level: int = 0  # of headings: 1 for <h1>
    span: Span | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Page:
    """The page of `part`, or the one with the whole manual (None)."""

    manual: Manual
    references: References
    part: Part | None
    labelled_headings: bool = False  # whether lettered steps show their labels, as all others do

    def page(self) -> Iterator[Fact]:
        """Every fact of the page, in order."""
        manual, introduction = self.manual, self.manual.introduction
        if self.part is None:
            yield from self._head(manual.title, introduction)
            yield from self._all_parts()
            yield Fact("ours", "·")
            yield self._way(self.wording.return_to_top, f"#{introduction.id}")
            yield self._way(self.wording.front_page, "index.html")
        elif self.part is introduction:
            yield from self._head(manual.title, introduction)
            yield from self._blocks(introduction.blocks, introduction.id, 2)
            yield from self._menu()
            yield from self._sections(introduction, introduction, 2)
            yield from self._sources()
            yield from self._foot(introduction)
        else:
            part = self.part
            yield from self._head(part.title, part)
            if part.sections:
                dots = " ·" * (len(part.sections) - 1)
                yield Fact("ours", f"{self.wording.sections}:{dots}")
            for section in part.sections:
                yield self._way(section.title, f"#{section.id}", section.span)
            handouts = handout_links(self.manual)
            yield Fact("ours", f"{self.wording.handouts}:{' ·' * len(handouts)}")
            for title, name in handouts:
                yield self._way(title, f"{FOLDER}/{name}")
            yield self._way(self.wording.downloads, "downloads.html")
            yield from self._blocks(part.blocks, part.id, 2)
            yield from self._sections(part, part, 2)
            yield from self._foot(part)

    def downloads(self, files: Iterable[Download]) -> Iterator[Fact]:
        """Every fact of the page that offers these files."""
        manual = self.manual
        yield Fact("heading", self.wording.downloads, id="downloads", level=1)
        yield self._text("audience", manual.audience, "downloads", manual.introduction.span)
        yield Fact("edition", squeeze(manual.edition), owner="downloads")
        for file in files:
            yield Fact("ours", file.details)
            yield self._way(file.title, f"{FOLDER}/{file.name}")
        yield Fact("ours", "·")
        yield self._way(self.wording.return_to_top, "#downloads")
        yield self._way(self.wording.front_page, "index.html")

    def single_file(self) -> Iterator[Fact]:
        """Every fact of the file that holds the whole manual, in order."""
        introduction = self.manual.introduction
        yield from self._head(self.manual.title, introduction)
        yield Fact("ours", self.wording.contents)
        listed: list[Part | Section] = [*introduction.sections]
        for part in self.manual.parts:
            listed += [part, *part.sections]
        for one in listed:
            yield self._link(one.title, f"#{one.id}", one.span)
        yield from self._all_parts()
        yield self._way(self.wording.return_to_top, f"#{introduction.id}")

    @property
    def wording(self) -> Wording:
        """The words of our own links."""
        return wording_for(self.manual.language)

    def _all_parts(self) -> Iterator[Fact]:
        """The whole manual below its head, on one page."""
        introduction = self.manual.introduction
        yield from self._blocks(introduction.blocks, introduction.id, 2)
        yield from self._sections(introduction, introduction, 2)
        for part in self.manual.parts:
            yield self._heading(part.title, part, 2)
            yield from self._blocks(part.blocks, part.id, 3)
            yield from self._sections(part, introduction, 3)
        yield from self._sources()

    def _head(self, title: str, part: Part) -> Iterator[Fact]:
        yield self._heading(title, part, 1)
        yield self._text("audience", self.manual.audience, part.id, part.span)
        if part is self.manual.introduction:
            yield Fact("edition", squeeze(self.manual.edition), owner=part.id)

    def _heading(self, title: str, node: Part | Section, level: int) -> Fact:
        return Fact("heading", squeeze(title), id=node.id, level=level, span=node.span)

    def _sections(self, part: Part, top: Part, level: int) -> Iterator[Fact]:
        for section in part.sections:
            yield self._heading(section.title, section, level)
            yield from self._blocks(section.blocks, section.id, level + 1)
            yield self._way(self.wording.return_to_top, f"#{top.id}")

    def _menu(self) -> Iterator[Fact]:
        yield Fact("ours", self.wording.parts)
        yield from self._contents()
        yield self._link(self.wording.whole_manual, "print.html")
        yield self._link(self.wording.downloads, "downloads.html")

    def _contents(self) -> Iterator[Fact]:
        for part in self.manual.parts:
            yield self._link(part.title, self._page_of(part), part.span)
            for section in part.sections:
                yield self._link(section.title, f"{self._page_of(part)}#{section.id}", section.span)

    def _sources(self) -> Iterator[Fact]:
        if self.manual.links:
            yield Fact("ours", self.wording.elsewhere)
        for link in self.manual.links:
            yield self._link(link.title, link.url, link.span)
        if self.manual.credits:
            yield Fact("ours", self.wording.sources)
        for credit in self.manual.credits:
            yield self._text("credit", credit, "", credit[0].span)

    def _foot(self, part: Part) -> Iterator[Fact]:
        parts = self.manual.all_parts
        at = parts.index(part)
        around = [(self.wording.previous_part, other) for other in parts[max(1, at - 1) : at]]
        around += [(self.wording.next_part, other) for other in parts[at + 1 : at + 2]]
        ours = ["·"] * bool(at) + [f"· {relation}:" for relation, _ in around]
        if ours:
            yield Fact("ours", " ".join(ours))
        yield self._way(self.wording.return_to_top, f"#{part.id}")
        if at:
            yield self._way(self.wording.front_page, "index.html")
        for _, other in around:
            yield self._way(other.title, self._page_of(other), other.span)

    def _way(self, text: str, address: str, span: Span | None = None) -> Fact:
        return Fact("way", squeeze(text), links=(address,), span=span)

    def _link(self, text: str, address: str, span: Span | None = None) -> Fact:
        return Fact("link", squeeze(text), links=(address,), span=span)

    def _page_of(self, part: Part) -> str:
        return "index.html" if part is self.manual.introduction else f"{part.id}.html"

    def _blocks(self, blocks: tuple[Block, ...], owner: str, level: int) -> Iterator[Fact]:
        for block in blocks:
            match block:
                case Paragraph():
                    yield self._text("paragraph", block.text, owner, block.span)
                case Note():
                    yield self._text("note", block.text, owner, block.span, name=block.word)
                case Footnote():
                    yield self._text(
                        "footnote", block.text, owner, block.span, name=block.term, id=block.id
                    )
                case Step():
                    yield self._text(
                        "step",
                        block.text,
                        owner if block.level > 1 else "",
                        block.span,
                        name=block.marker,
                        id=block.id,
                        label=block.label if block.level > 1 or self.labelled_headings else "",
                        level=level if block.level == 1 else 0,
                    )
                    yield from self._blocks(block.blocks, block.id, level)

    def _text(
        self,
        kind: str,
        text: Text,
        owner: str,
        span: Span,
        *,
        name: str = "",
        id: str = "",
        label: str = "",
        level: int = 0,
    ) -> Fact:
        links: list[str] = []
        for inline in text:
            match inline:
                case CrossReference():
                    target = self.references.target(inline)
                    links.append(self._address(target) if target else "")
                case FootnoteReference():
                    footnote = self.references.footnote(inline)
                    links.append(f"#{footnote.id}" if footnote else "")
                case Words():
                    pass
        said = squeeze(plain(self._resolved(text)))
        return Fact(kind, said, name, id, label, owner, tuple(links), level, span)

    def _resolved(self, text: Text) -> Text:
        """References under the label that the manual gives the target, whatever their case."""
        resolved: list[Inline] = []
        for inline in text:
            if isinstance(inline, CrossReference) and (target := self.references.target(inline)):
                resolved.append(CrossReference(target.label, inline.span))
            else:
                resolved.append(inline)
        return tuple(resolved)

    def _address(self, target: Target) -> str:
        """Where a link must lead from this page: a page of the site is its id and `.html`."""
        part = target.part
        if part is None:
            return target.url
        if self.part is None or part is self.part:
            return f"#{target.id}"
        page = self._page_of(part)
        return page if target.id == part.id else f"{page}#{target.id}"


def facts_of_downloads(
    manual: Manual, references: References, files: Iterable[Download]
) -> list[Fact]:
    """Every fact of the downloads page that offers these files."""
    page = Page(manual, references, manual.introduction)
    return list(page.downloads(files))


def facts_of_page(manual: Manual, references: References, part: Part | None) -> list[Fact]:
    """Every fact of the page of `part`, or of the page with the whole manual (None), in order."""
    return list(Page(manual, references, part).page())


def facts_of_single_file(manual: Manual, references: References) -> list[Fact]:
    """Every fact of the file that holds the whole manual and its contents, in order."""
    return list(Page(manual, references, None, labelled_headings=True).single_file())
