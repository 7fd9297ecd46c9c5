"""The model → facts, block by block: what every output says in the same way."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
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
from manual.core.source import squeeze
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
                    fact = Fact("paragraph", "", owner=name, span=block.span)
                    yield from self.text(fact, block.text)
                case Note():
                    label = self.note_label(owner)
                    fact = Fact("note", "", block.word, label=label, owner=name, span=block.span)
                    yield from self.text(fact, block.text)
                case Footnote():
                    yield from self.footnote(block, owner)
                case Step():
                    yield from self.step(block, name, level)
                case _:
                    assert_never(block)

    def step(self, step: Step, owner: str, level: int) -> Iterator[Fact]:
        """Every fact of a step and of what belongs to it."""
        is_heading = step.level == 1
        fact = Fact(
            "step",
            "",
            step.marker,
            step.id,
            label=step.label if self.labelled_headings or not is_heading else "",
            owner="" if is_heading else owner,
            level=level if is_heading else 0,
            span=step.span,
        )
        yield from self.text(fact, step.text)
        yield from self.blocks(step.blocks, step, level)

    def text(self, fact: Fact, text: Text) -> Iterator[Fact]:
        """The fact with the words and links of a text, and what stands behind the text."""
        words: list[str] = []
        links: list[str] = []
        addresses: Iterable[str]
        for inline in text:
            match inline:
                case Words():
                    shown, addresses = inline.text, ()
                case CrossReference():
                    shown, addresses = self.reference(inline)
                case FootnoteReference():
                    shown, addresses = self.star(inline)
                case _:
                    assert_never(inline)
            words.append(shown)
            links += addresses
        yield replace(fact, text=squeeze("".join(words)), links=tuple(links))
        yield from self.behind(text)

    def behind(self, _: Text) -> Iterator[Fact]:
        """What the output shows behind a text."""
        return iter(())

    def heading(self, title: str, node: Part | Section, level: int) -> Fact:
        """The fact of a heading."""
        return Fact("heading", squeeze(title), id=node.id, level=level, span=node.span)

    def footnote(self, footnote: Footnote, owner: Owner) -> Iterator[Fact]:
        """The facts of a definition, where it stands in the source."""
        name = self.owner_name(owner)
        fact = Fact("footnote", "", footnote.term, footnote.id, owner=name, span=footnote.span)
        yield from self.text(fact, footnote.text)

    def note_label(self, _: Owner) -> str:
        """How a note names what it belongs to, where the output shows that."""
        return ""

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
