"""What the documents of an EPUB must say."""

from collections.abc import Iterator
from dataclasses import dataclass

from manual.core.addresses import plain_address
from manual.core.model import Manual, Part
from manual.core.references import References
from manual.core.source import squeeze
from manual.verify.expected.facts import CHROME, Fact
from manual.verify.expected.pages import Page


def facts_of_document(manual: Manual, references: References, part: Part) -> list[Fact]:
    """Every fact in the body of the document that shows a part, in order."""
    return list(_Document(manual, references, shown=(part,)).body(part))


def document_name(manual: Manual, part: Part) -> str:
    """The file of a part. Plain names: not every reading system knows others."""
    number = manual.all_parts.index(part)
    return f"part-{number}.xhtml" if number else "front.xhtml"


@dataclass(slots=True)
class _Document(Page):
    """A document of the book: a page of the site, without its links around."""

    def body(self, part: Part) -> Iterator[Fact]:
        """Every fact of the document's body, in order."""
        is_front = part is self.manual.introduction
        yield from self.head(self.manual.title if is_front else part.title, part)
        yield from self.blocks(part.blocks, part, 2)
        if is_front and self.manual.parts:
            yield Fact(CHROME, squeeze(self.wording.parts), id="parts_")
            yield from self.contents()
        for section in part.sections:
            yield self.heading(section.title, section, 2)
            yield from self.blocks(section.blocks, section, 3)
        if is_front:
            yield from self.sources()

    def file(self, part: Part) -> str:
        """The file of a part's document."""
        return document_name(self.manual, part)

    def outside(self, url: str) -> str:
        """In a book, addresses hold plain characters only."""
        return plain_address(url)
