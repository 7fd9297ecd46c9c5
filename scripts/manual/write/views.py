"""The model as templates of HTML see it: plain values, with every text as the author wrote it.

The templates escape. References lead to places in the same document.
"""

from dataclasses import dataclass
from itertools import groupby
from typing import Any, assert_never

from manual.core.markers import ordinal
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
)
from manual.core.references import References, Target

View = dict[str, Any]

# What `<ol type>` says of a level's markers; lettered steps are headings, and in no list.
_LIST_TYPES = {2: "1", 3: "a"}


@dataclass(frozen=True, slots=True)
class HtmlViews:
    """Views of a manual that makes one document."""

    manual: Manual
    references: References

    def document(self) -> View:
        """The whole manual."""
        manual = self.manual
        return {
            "title": manual.title,
            "edition": manual.edition,
            "language": manual.language,
            "audience": self.text(manual.audience),
            "introduction": self.part(manual.introduction),
            "parts": [self.part(part) for part in manual.parts],
            "links": [{"text": link.title, "href": link.url} for link in manual.links],
            "credits": [self.text(credit) for credit in manual.credits],
        }

    def part(self, part: Part) -> View:
        """A part: its heading, the blocks before its sections, the sections."""
        sections = [self.section(section) for section in part.sections]
        blocks = self.blocks(part.blocks)
        return {"id": part.id, "title": part.title, "blocks": blocks, "sections": sections}

    def section(self, section: Section) -> View:
        """A section: its heading and its blocks."""
        blocks = self.blocks(section.blocks)
        return {"id": section.id, "title": section.title, "blocks": blocks}

    def blocks(self, blocks: tuple[Block, ...]) -> list[View]:
        """Blocks in order. Neighbouring steps below the lettered ones stand in one list."""
        views: list[View] = []
        for level, group in groupby(blocks, _list_level):
            found = list(group)
            if level:
                first = found[0]
                start = ordinal(first.marker) if isinstance(first, Step) else 1
                items = [self.block(block) for block in found]
                views.append(
                    {"kind": "list", "type": _LIST_TYPES[level], "start": start, "items": items}
                )
            else:
                views += [self.block(block) for block in found]
        return views

    def block(self, block: Block) -> View:
        """One block, with all below it."""
        text = self.text(block.text)
        match block:
            case Paragraph():
                return {"kind": "paragraph", "text": text}
            case Note():
                return {"kind": "note", "word": block.word, "text": text}
            case Footnote():
                backs = self.references.star_ids(block)
                view: View = {"kind": "footnote", "id": block.id, "term": block.term}
                return {**view, "text": text, "backs": backs}
            case Step():
                view = {"kind": "step", "id": block.id, "label": block.label}
                view |= {"marker": block.marker, "number": ordinal(block.marker), "text": text}
                return {**view, "blocks": self.blocks(block.blocks)}
            case _:
                assert_never(block)

    def text(self, text: Text) -> list[View]:
        """A text: its words, links and stars."""
        return [self.inline(inline) for inline in text]

    def inline(self, inline: Inline) -> View:
        """One of them."""
        match inline:
            case Words():
                return {"kind": "words", "text": inline.text}
            case CrossReference():
                target = self.references.target(inline)
                if target is None:
                    raise AssertionError("a checked manual has no unknown reference")
                return {"kind": "link", "text": target.label, "href": self.address(target)}
            case FootnoteReference():
                _, footnote = self.references.star_number(inline)
                return {
                    "kind": "star",
                    "href": f"#{footnote.id}",
                    "id": self.references.star_id(inline),
                }
            case _:
                assert_never(inline)

    def address(self, target: Target) -> str:
        """Where a link to the target goes."""
        return target.url or f"#{target.id}"


def _list_level(block: Block) -> int:
    """The level of a step that stands in a list; 0 for what stands alone."""
    return block.level if isinstance(block, Step) and block.level in _LIST_TYPES else 0
