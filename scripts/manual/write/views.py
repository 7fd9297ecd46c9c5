"""The manual as every writer sees it: plain values, with each text as its author wrote it.

Escaping, and the address of what a reference leads to, are up to the writer, which knows the format
and the page. What each kind of inline and block holds is in `_Views` below; every place that tells
kinds apart ends in `unknown`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby
from typing import Any, NoReturn, assert_never

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
    plain,
)
from manual.core.references import References, Target

View = dict[str, Any]


def manual_view(manual: Manual) -> View:
    """The whole manual, which must have passed its checks."""
    views = _Views(References(manual))
    introduction, *parts = map(views.node, manual.all_parts)
    return {
        "title": manual.title,
        "edition": manual.edition,
        "language": manual.language,
        "description": manual.description or plain(manual.audience),
        "audience": views.text(manual.audience),
        "introduction": introduction,
        "parts": parts,
        "links": manual.links,
        "credits": [views.text(credit) for credit in manual.credits],
    }


def unknown(kind: str) -> NoReturn:
    """Raise an error: no branch before this one knows a view of this kind."""
    raise AssertionError(f"nothing says how to write `{kind}`")


def address(
    target: Target, shown: str | None, file: Callable[[str], str], outside: Callable[[str], str]
) -> str:
    """Where a link to `target` goes from the page with the id `shown`, which shows the part with
    that id or none, or from a page that holds the whole manual (None).

    `file` names the page of a part, by its id; `outside` writes a URL.
    """
    if target.part is None:
        return outside(target.url)
    if shown in (None, target.part.id):
        return f"#{target.id}"
    page = file(target.part.id)
    return page if target.id == target.part.id else f"{page}#{target.id}"


@dataclass(frozen=True, slots=True)
class _Views:
    """Makes views of nodes; `references` says what their references and stars lead to."""

    references: References

    def node(self, node: Part | Section) -> View:
        blocks = self.blocks(node.blocks)
        view: View = {"id": node.id, "name": node.name, "title": node.title, "blocks": blocks}
        if isinstance(node, Part):
            view["sections"] = [self.node(section) for section in node.sections]
        return view

    def blocks(self, blocks: tuple[Block, ...]) -> list[View]:
        """Blocks in order; neighbouring steps below the lettered ones make up one list."""
        views: list[View] = []
        for level, group in groupby(blocks, _list_level):
            found = [self.block(block) for block in group]
            views += [{"kind": "list", "level": level, "steps": found}] if level else found
        return views

    def block(self, block: Block) -> View:
        text = self.text(block.text)
        match block:
            case Paragraph():
                return {"kind": "paragraph", "text": text}
            case Note():
                return {"kind": "note", "word": block.word, "text": text}
            case Footnote():
                return {
                    "kind": "footnote",
                    "id": block.id,
                    "term": block.term,
                    "text": text,
                    "backs": self.references.star_ids(block),
                }
            case Step():
                return {
                    "kind": "item" if _list_level(block) else "step",
                    "id": block.id,
                    "label": block.label,
                    "marker": block.marker,
                    "number": ordinal(block.marker),
                    "text": text,
                    "blocks": self.blocks(block.blocks),
                }
            case _:
                assert_never(block)

    def text(self, text: Text) -> list[View]:
        return [self.inline(inline) for inline in text]

    def inline(self, inline: Inline) -> View:
        match inline:
            case Words():
                return {"kind": "words", "text": inline.text}
            case CrossReference():
                target = self.references.target(inline)
                if target is None:
                    raise AssertionError("a checked manual has no unknown reference")
                return {"kind": "reference", "text": target.label, "target": target}
            case FootnoteReference():
                _, footnote = self.references.star_number(inline)
                star_id = self.references.star_id(inline)
                return {"kind": "star", "id": star_id, "footnote": footnote.id}
            case _:
                assert_never(inline)


def _list_level(block: Block) -> int:
    """The level of a step that stands in a list; 0 for what stands alone."""
    return block.level if isinstance(block, Step) and block.level > 1 else 0
