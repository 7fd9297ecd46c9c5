"""Markers, steps and notes: whether the markers count up, and every text says something."""

import re
from collections.abc import Iterator
from typing import assert_never

from manual.core.diagnostics import Code, Diagnostic
from manual.core.markers import MARKER, level_of, marker, ordinal
from manual.core.model import (
    Block,
    Footnote,
    Manual,
    Note,
    Paragraph,
    Step,
    Words,
    blocks_of,
    plain,
    walk,
)
from manual.core.references import References
from manual.core.source import Span
from manual.read import near_misses
from manual.read.near_misses import ORDINARY_TEXT

_THIRD_LEVEL_LIMIT = 26

# How far into a line a near miss at its beginning can reach.
_LINE_LEAD = 60

_MARKER_INSIDE = re.compile(r"(?P<marker>[A-Z]{1,2}\)|[0-9]{1,4}\.|[a-z]\.)(?=\s|[A-Z])")


def markers(manual: Manual, _: References) -> Iterator[Diagnostic]:
    """Markers count up from the first, without gaps, and each step has a parent one level up.

    Bad: `A)` then `C)`; a list that begins with `2.`; `a.` directly under `A)`.
    Good: `A)`, `B)`, below it `1.`, `2.`, below that `a.`, `b.`
    """
    for part in manual.all_parts:
        for blocks in (part.blocks, *(section.blocks for section in part.sections)):
            yield from _markers_in(blocks, None)


def _markers_in(blocks: tuple[Block, ...], parent: Step | None) -> Iterator[Diagnostic]:
    level = parent.level + 1 if parent else 1
    expected, after_a_jump = 1, -1
    before = ""
    for step in blocks:
        if not isinstance(step, Step):
            continue
        if step.level != level:
            yield _too_deep(step, parent, after_its_parent=bool(before))
        else:
            number = ordinal(step.marker)
            if number not in (expected, after_a_jump):
                yield _out_of_order(step, number, expected, before)
                after_a_jump = number + 1
            else:
                expected, after_a_jump = number + 1, -1
            before = step.marker
            if step.marker != marker(step.level, number) and number:
                yield Diagnostic(
                    Code.UNKNOWN_MARKER,
                    f"the marker `{step.marker}` begins with a zero",
                    f"write `{marker(step.level, number)}`",
                    step.span,
                )
            if step.level == 3 and number > _THIRD_LEVEL_LIMIT:
                yield Diagnostic(
                    Code.TOO_MANY_STEPS,
                    "the third level ends with `z.`",
                    "make two numbered steps of the one above",
                    step.span,
                )
        yield from _markers_in(step.blocks, step)


def _too_deep(step: Step, parent: Step | None, after_its_parent: bool) -> Diagnostic:
    needed = "`A)`" if step.level == 2 else "`1.`"
    above = f"under `{parent.marker}`" if parent else "with no step above it"
    return Diagnostic(
        Code.STEP_TOO_DEEP,
        f"`{step.marker}` stands {above}, and it needs a step {needed} to belong to",
        "a note or paragraph above has ended that step: indent it, so that it belongs to the step"
        if after_its_parent
        else f"write that step first; {ORDINARY_TEXT}",
        step.span,
    )


def _out_of_order(step: Step, number: int, expected: int, before: str) -> Diagnostic:
    right = marker(step.level, expected)
    if not before:
        code, message = (
            Code.WRONG_FIRST_MARKER,
            f"the list begins with `{step.marker}` and not with `{right}`",
        )
    elif number > expected:
        code, message = (
            Code.SKIPPED_MARKER,
            f"`{step.marker}` follows `{before}`, and `{right}` is missing",
        )
    else:
        code, message = (
            Code.REPEATED_MARKER,
            f"`{step.marker}` comes after `{before}`, where `{right}` should follow",
        )
    return Diagnostic(
        code, message, f"write `{right}`, or add what is missing; {ORDINARY_TEXT}", step.span
    )


def texts(manual: Manual, _: References) -> Iterator[Diagnostic]:
    """Steps, notes and definitions say something.

    Bad: `CAUTION!` alone on its line. Good: `CAUTION! Hook under with the thumbs.`
    """
    for part in manual.all_parts:
        for block in blocks_of(part):
            if block.text:
                continue
            match block:
                case Step():
                    yield Diagnostic(
                        Code.EMPTY_STEP,
                        f"the step `{block.marker}` has no text",
                        "write its text behind the marker, or delete the marker",
                        block.span,
                    )
                case Note():
                    yield Diagnostic(
                        Code.EMPTY_NOTE,
                        f"this {block.word} has no text",
                        "write what to heed behind the signal word, on the same line",
                        block.span,
                    )
                case Footnote():
                    yield Diagnostic(
                        Code.INCOMPLETE_DEFINITION,
                        f"the term `{block.term}` has no text to define it",
                        "write `*Term: what it means`",
                        block.span,
                    )
                case Paragraph():
                    raise AssertionError("a paragraph begins with its text")
                case _:
                    assert_never(block)


def glued(manual: Manual, _: References) -> Iterator[Diagnostic]:
    """No step or note is glued to the text before it, where it would be lost in a line.

    Bad: `until tenderness decreases2. Move along`. Good: `2. Move along` on a line of its own.
    """
    for part in manual.all_parts:
        for blocks in (part.blocks, *(section.blocks for section in part.sections)):
            counts = {1: 0, 2: 0, 3: 0}
            for block in walk(blocks):
                if isinstance(block, Step):
                    counts[block.level] = ordinal(block.marker)
                    counts.update({deeper: 0 for deeper in (2, 3) if deeper > block.level})
                spans = [inline.span for inline in block.text if isinstance(inline, Words)]
                for span in spans:
                    yield from _glued_notes(span, starts_text=span is spans[0])
                    if counts[1]:
                        yield from _glued_steps(span, counts)


def _glued_notes(span: Span, starts_text: bool) -> Iterator[Diagnostic]:
    text = span.text
    start = near_misses.at_text_start(text) if starts_text else None
    if start and not _reported_by_reader(span, start.start):
        yield start.in_span(span)
    for miss in near_misses.inside(text):
        already_reported = start is not None and miss.start <= start.end
        if not already_reported and not _reported_by_reader(span, miss.start):
            yield miss.in_span(span)


def _reported_by_reader(span: Span, index: int) -> bool:
    """Whether the reader has reported this already, because the line begins with it."""
    text, at = span.source.text, span.start + index
    reach = max(0, at - _LINE_LEAD)
    start = max(text.rfind("\n", reach, at), text.rfind("\r", reach, at)) + 1
    if not start and reach:
        return False  # the line begins too far away
    line = text[start : at + _LINE_LEAD].lstrip()
    miss = near_misses.at_line_start(line)
    offset = at - start - (len(text[start : at + _LINE_LEAD]) - len(line))
    return miss is not None and offset <= miss.end


def _glued_steps(span: Span, counts: dict[int, int]) -> Iterator[Diagnostic]:
    """Markers with no space before them, where just that marker would come next."""
    deepest = 3 if counts[2] else 2
    text = span.text
    for match in _MARKER_INSIDE.finditer(text):
        glued_marker = match["marker"]
        level = level_of(MARKER.match(glued_marker) or match)
        if (
            level <= deepest
            and ordinal(glued_marker) == counts[level] + 1
            and _ends_a_word(text[max(0, match.start() - 4) : match.start()], level == 3)
        ):
            yield Diagnostic(
                Code.GLUED_STEP,
                f"the step `{glued_marker}` is stuck to the text before it",
                f"begin a new line with `{glued_marker}`; if it is ordinary text, "
                "put a space before it",
                Span(span.source, span.start + match.start(), span.start + match.end()),
            )


def _ends_a_word(before: str, after_punctuation_only: bool) -> bool:
    """Whether the text ends in a word of three or more small letters and at most one punctuation
    mark; so `L4.` and `e.g.` are left alone.
    """
    if before and before[-1] in '.:;,!?)”’"':
        word = before[:-1]
    elif after_punctuation_only:
        return False
    else:
        word = before
    tail = word[-3:]
    return len(tail) == 3 and tail.isalpha() and tail.islower()


def lists_in_notes(manual: Manual, _: References) -> Iterator[Diagnostic]:
    """A note does not announce a list: its entries would be steps, and say the opposite.

    Bad: `CAUTION! Never do this:` and below it `1. Press straight down`.
    Good: `CAUTION! Never press straight down, and never push through pain.`
    """
    for part in manual.all_parts:
        before: Block | None = None
        for block in blocks_of(part):
            if (
                isinstance(before, Note)
                and isinstance(block, Step)
                and ordinal(block.marker) == 1
                and plain(before.text).endswith(":")
            ):
                yield Diagnostic(
                    Code.LIST_IN_NOTE,
                    f"the {before.word} ends with a colon, and `{block.marker}` below it is a step "
                    "and not part of the note",
                    "write what to heed in the note's own sentence, or begin a note for each; "
                    "if the step stands on its own, end the note with a full stop",
                    before.span,
                )
            before = block
