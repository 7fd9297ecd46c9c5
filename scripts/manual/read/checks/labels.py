"""Footnotes and cross-references: whether every star and every label leads somewhere."""

from collections.abc import Iterator
from typing import TypeGuard

from manual.core.diagnostics import Code, Diagnostic
from manual.core.model import (
    Block,
    CrossReference,
    Footnote,
    FootnoteReference,
    Manual,
    Words,
    blocks_of,
    label_key,
    texts_of,
    walk,
)
from manual.core.references import References
from manual.core.source import Span


def footnotes(manual: Manual, references: References) -> Iterator[Diagnostic]:
    """Each starred term is defined in its part, once, and each definition is used.

    Bad: `citing a law*` without a line `*A law: what it says.` Good: both.
    """
    for part in manual.all_parts:
        for block in blocks_of(part):
            for inline in block.text:
                if isinstance(inline, FootnoteReference) and references.footnote(inline) is None:
                    word = inline.phrase.split()[-1]
                    yield Diagnostic(
                        Code.MISSING_DEFINITION,
                        f"`{word}*` has a star, and no definition in this part ends with that term",
                        f"add a line `*{word}: what it means` below; if the star is ordinary "
                        "text, put a space before it",
                        inline.span,
                    )
        for blocks in (part.blocks, *(section.blocks for section in part.sections)):
            yield from _definitions(blocks, references)


def _definitions(blocks: tuple[Block, ...], references: References) -> Iterator[Diagnostic]:
    seen: set[str] = set()
    for footnote in filter(_is_footnote, walk(blocks)):
        key = label_key(footnote.term)
        if not key:
            continue  # the reader has reported it
        if key in seen:
            yield Diagnostic(
                Code.REPEATED_DEFINITION,
                f"the term `{footnote.term}` is defined a second time here",
                "delete one of the two definitions",
                footnote.span,
            )
        elif not references.stars_of(footnote):
            yield Diagnostic(
                Code.UNUSED_DEFINITION,
                f"nothing in this part cites the term `{footnote.term}`",
                f"put a star behind the term where it is used, as in `{footnote.term}*`, "
                "or delete the definition",
                footnote.span,
            )
        seen.add(key)


def _is_footnote(block: Block) -> TypeGuard[Footnote]:
    return isinstance(block, Footnote)


def cross_references(manual: Manual, references: References) -> Iterator[Diagnostic]:
    """Each `[[label]]` is the label of a part, section, step or outside link.

    Bad: `see [[Bely E.1]]`, `see [[E.1]]`. Good: `see [[Belly E.1]]`.
    """
    for text in texts_of(manual):
        for inline in text:
            if isinstance(inline, CrossReference) and references.target(inline) is None:
                yield _unknown(inline, references)
            elif isinstance(inline, Words) and "[[" in inline.text:
                opening = inline.span.text.find("[[")
                at = inline.span.start + max(0, opening)
                yield Diagnostic(
                    Code.UNKNOWN_REFERENCE,
                    "`[[` begins a reference, and no `]]` with a label before it ends it",
                    "write `[[Belly E.1]]`; if the brackets are ordinary text, "
                    "put a space between the two",
                    Span(inline.span.source, at, at + 2),
                )


def _unknown(reference: CrossReference, references: References) -> Diagnostic:
    label = reference.label
    candidates = references.with_tail(label)
    if len(candidates) > 1:
        listed = " or ".join(f"`[[{candidate}]]`" for candidate in candidates[:4])
        return Diagnostic(
            Code.AMBIGUOUS_REFERENCE,
            f"`{label}` is a step of {len(candidates)} sections",
            f"write the section's name too: {listed}",
            reference.span,
        )
    nearest = candidates[0] if candidates else references.nearest(label)
    return Diagnostic(
        Code.UNKNOWN_REFERENCE,
        f"nothing in the manual has the label `{label}`",
        f"did you mean `[[{nearest}]]`?"
        if nearest
        else "write the label of a part, section, step or outside link, as in `[[Belly E.1]]`",
        reference.span,
    )
