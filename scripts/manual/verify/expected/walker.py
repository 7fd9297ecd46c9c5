"""The model → facts, block by block: what every output says in the same way."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import assert_never

from manual.core.model import (
    Block,
    CrossReference,
    Footnote,
    FootnoteReference,
    Manual,
    Note,
    Paragraph,
    Part,
    Section,
    Step,
    Text,
    Words,
)
from manual.core.references import References
from manual.core.source import Span, squeeze
from manual.core.wording import Wording, wording_for
from manual.verify.expected.facts import Fact

Owner = Part | Section | Step

# What a star or reference shows, and where its links lead.
Shown = tuple[str, Iterable[str]]


@dataclass(slots=True)
class Walker(ABC):
    """Facts of a manual's blocks. Subclasses know an output: its names, links and footnotes."""

    manual: Manual
    references: References
    labelled_headings: bool = False  # whether lettered steps show their labels, as all others do

    @property
    def wording(self) -> Wording:
        """The words of our own that the output adds."""
        return wording_for(self.manual.language)

    def blocks(self, blocks: tuple[Block, ...], owner: Owner, level: int) -> Iterator[Fact]:
        """Every fact of the blocks of `owner`, whose lettered steps are headings of `level`."""
        name = self.owner_name(owner)
        for block in blocks:
            match block:
                case Paragraph():
                    yield from self.text("paragraph", block.text, block.span, owner=name)
                case Note():
                    yield from self.note(block, owner)
                case Footnote():
                    yield from self.footnote(block, owner)
                case Step():
                    lettered = block.level == 1
                    yield from self.text(
                        "step",
                        block.text,
                        block.span,
                        name=block.marker,
                        id=block.id,
                        label=block.label if self.labelled_headings or not lettered else "",
                        owner="" if lettered else name,
                        level=level if lettered else 0,
                    )
                    yield from self.blocks(block.blocks, block, level)
                case _:
                    assert_never(block)

    def text(
        self,
        kind: str,
        text: Text,
        span: Span,
        *,
        name: str = "",
        id: str = "",
        label: str = "",
        owner: str = "",
        level: int = 0,
    ) -> Iterator[Fact]:
        """The fact that a text makes, and what stands behind it."""
        words: list[str] = []
        links: list[str] = []
        for inline in text:
            match inline:
                case Words():
                    words.append(inline.text)
                case CrossReference():
                    shown, addresses = self.reference(inline)
                    words.append(shown)
                    links += addresses
                case FootnoteReference():
                    shown, addresses = self.star(inline)
                    words.append(shown)
                    links += addresses
                case _:
                    assert_never(inline)
        yield Fact(kind, squeeze("".join(words)), name, id, label, owner, tuple(links), level, span)
        yield from self.behind(text)

    def behind(self, _: Text) -> Iterator[Fact]:
        """What the output shows behind a text."""
        return iter(())

    def heading(self, title: str, node: Part | Section, level: int) -> Fact:
        """The fact of a heading."""
        return Fact("heading", squeeze(title), id=node.id, level=level, span=node.span)

    def note(self, note: Note, owner: Owner) -> Iterator[Fact]:
        """The facts of a safety note."""
        name = self.owner_name(owner)
        yield from self.text("note", note.text, note.span, name=note.word, owner=name)

    def footnote(self, footnote: Footnote, owner: Owner) -> Iterator[Fact]:
        """The facts of a definition, where it stands in the source."""
        yield from self.text(
            "footnote",
            footnote.text,
            footnote.span,
            name=footnote.term,
            id=footnote.id,
            owner=self.owner_name(owner),
        )

    def owner_name(self, owner: Owner) -> str:
        """What the output calls the part, section or step that a block belongs to."""
        return owner.id

    def star(self, star: FootnoteReference) -> Shown:
        """What a star shows, and where it leads."""
        footnote = self.references.footnote(star)
        return "*", [f"#{footnote.id}" if footnote else ""]

    @abstractmethod
    def reference(self, reference: CrossReference) -> Shown:
        """What a reference shows, and where it leads."""
