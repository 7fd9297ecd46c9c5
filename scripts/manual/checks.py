"""Whether a manual makes sense: one small generator a check, each over the whole model.

Each check's docstring shows the bad and the good; each code has its case in tests/cases.
"""

import re
from collections.abc import Callable, Iterator
from itertools import chain
from typing import TypeGuard

from manual import near_misses
from manual.diagnostics import Code, Diagnostic
from manual.markers import MARKER, level_of, marker, ordinal
from manual.model import (
    NAME_LIMIT,
    Block,
    CrossReference,
    Footnote,
    FootnoteReference,
    Link,
    Manual,
    Note,
    Part,
    Section,
    Step,
    Words,
    blocks_of,
    label_key,
    plain,
    texts_of,
    walk,
)
from manual.near_misses import ORDINARY_TEXT
from manual.references import References, named
from manual.source import Span

# Addresses of the site itself; a part of one of these names would overwrite a page.
TAKEN_NAMES = ("index", "print", "404", "introduction", "assets", "search", "downloads")
# https://learn.microsoft.com/windows/win32/fileio/naming-a-file
WINDOWS_NAMES = frozenset(
    ("con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10)))
)
MOST_THIRD_LEVEL = 26

Check = Callable[[Manual, References], Iterator[Diagnostic]]


def check(manual: Manual) -> Iterator[Diagnostic]:
    """Every problem that the checks below find in the model."""
    references = References(manual)
    return chain.from_iterable(one(manual, references) for one in CHECKS)


def titles(manual: Manual, _: References) -> Iterator[Diagnostic]:
    """A part begins with its title; the introduction's title is the manual's own.

    Bad: a part that begins with a step. Good: `# Manual treatment of the psoas` on its first line.
    """
    for part in manual.parts:
        first = next(chain(part.blocks, part.sections), None)
        before = [block for block in part.blocks if block.span.start < part.span.start]
        if not part.title:
            where = first.span if first else part.span
            yield Diagnostic(
                Code.MISSING_TITLE,
                "the part does not begin with its title",
                "write `# ` and the title on the first line",
                where,
            )
        elif before:
            yield Diagnostic(
                Code.MISSING_TITLE,
                "this stands before the part's title",
                "move the line `# …` to the top of the file",
                before[0].span,
            )
    if manual.introduction.title:
        yield Diagnostic(
            Code.SECOND_TITLE,
            "the introduction's title is the manual's own, from manual.yml",
            "delete this line, or write `##` for a section",
            manual.introduction.span,
        )


def contents(manual: Manual, _: References) -> Iterator[Diagnostic]:
    """Every part and section holds something.

    Bad: `## Insertion` with nothing below it. Good: a heading with steps or prose.
    """
    for part in manual.all_parts:
        if not part.blocks and not part.sections:
            yield _empty("part", part)
        for section in part.sections:
            if not section.blocks:
                yield _empty("section", section)


def _empty(kind: str, node: Part | Section) -> Diagnostic:
    return Diagnostic(
        Code.EMPTY_SECTION,
        f"the {kind} `{node.title or node.name}` has nothing in it",
        "write its steps below, or delete it",
        node.span,
    )


def names(manual: Manual, _: References) -> Iterator[Diagnostic]:
    """Parts, sections and outside links have names of their own, which make addresses of their own.

    Bad: `## Belly of the psoas`, and later `## Belly of the iliacus`: both are `Belly`.
    Good: `## Upper belly: psoas` — the words before a colon are the name.
    """
    owners: dict[str, str] = {}
    for part in manual.all_parts:
        for block in blocks_of(part):
            if isinstance(block, Step):
                owners[f"#{block.id}"] = owners[label_key(block.label)] = block.label
    for name, node in named(manual):
        keys = [label_key(name)]
        if not isinstance(node, Link):
            keys.append(f"#{node.id}")
            yield from _usable(name, node, node is manual.introduction)
        owner = next((owners[key] for key in keys if key in owners), None)
        if owner is not None:
            yield Diagnostic(
                Code.REPEATED_NAME,
                f"`{name}` has the same name or address as `{owner}`",
                "a section's name is its heading up to a colon, or else its first word: "
                "begin it with another word, as in `## Upper belly: psoas`"
                if isinstance(node, Section)
                else "give one of the two another name",
                node.span,
            )
        for key in keys:
            owners.setdefault(key, name)


def _usable(name: str, node: Part | Section, is_introduction: bool) -> Iterator[Diagnostic]:
    is_part = isinstance(node, Part)
    wrong = ""
    if not node.id and (node.title or is_part):
        wrong = f"the name `{name}` has no letter or digit to make an address from"
    elif len(name) > NAME_LIMIT or len(node.id) > NAME_LIMIT:
        wrong = f"the name `{name[:20]}…` is longer than {NAME_LIMIT} characters"
    elif is_part and node.id in TAKEN_NAMES and not is_introduction:
        wrong = f"the site has a page `{node.id}` of its own"
    elif is_part and node.id in WINDOWS_NAMES:
        wrong = f"Windows has no files of the name `{node.id}`"
    if wrong:
        yield Diagnostic(
            Code.UNUSABLE_NAME,
            wrong,
            "give the file another name, here and in manual.yml"
            if is_part
            else "begin the heading with a short name and a colon, as in `## Belly: …`",
            node.span,
        )


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
            if step.level == 3 and number > MOST_THIRD_LEVEL:
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
                case _:
                    raise AssertionError("a paragraph begins with its text")


# How far into a line a near miss of its beginning can reach.
_LINE_LEAD = 60

_MARKER_INSIDE = re.compile(r"(?P<marker>[A-Z]{1,2}\)|[0-9]{1,4}\.|[a-z]\.)(?=\s|[A-Z])")


def glued(manual: Manual, _: References) -> Iterator[Diagnostic]:
    """No step or note is stuck to the text before it, where it would be lost in a line.

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
    if start and not _said_of_line(span, start.start):
        yield _diagnostic(start, span)
    for miss in near_misses.inside(text):
        said_of_text = start is not None and miss.start <= start.end
        if not said_of_text and not _said_of_line(span, miss.start):
            yield _diagnostic(miss, span)


def _diagnostic(miss: near_misses.NearMiss, span: Span) -> Diagnostic:
    at = Span(span.source, span.start + miss.start, span.start + miss.end)
    return Diagnostic(miss.code, miss.message, miss.help, at)


def _said_of_line(span: Span, index: int) -> bool:
    """Whether the reader has reported the line, because this is what it begins with."""
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
    """A marker without a space before it, where just this marker would come next."""
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
                _part_of(span, match),
            )


def _ends_a_word(before: str, after_punctuation_only: bool) -> bool:
    """Whether the text ends in a word of at least three small letters, with one mark behind it or
    none; so `L4.` and `e.g.` are left alone.
    """
    if before and before[-1] in '.:;,!?)”’"':
        word = before[:-1]
    elif after_punctuation_only:
        return False
    else:
        word = before
    tail = word[-3:]
    return len(tail) == 3 and tail.isalpha() and tail.islower()


def _part_of(span: Span, match: re.Match[str]) -> Span:
    return Span(span.source, span.start + match.start(), span.start + match.end())


def headings(manual: Manual, _: References) -> Iterator[Diagnostic]:
    """No heading is a note: a heading is no box, and a note is no section.

    Bad: `## CAUTION! Hook under`. Good: the note on a line of its own, below the step.
    """
    for part in manual.all_parts:
        nodes: tuple[Part | Section, ...] = (part, *part.sections)
        for node in nodes:
            text = node.span.text
            title = text.lstrip("#").lstrip()
            misses = [near_misses.at_text_start(title), *near_misses.inside(title)]
            if miss := next(filter(None, misses), None):
                offset = len(text) - len(title)
                place = Span(node.span.source, node.span.start + offset, node.span.end)
                yield _diagnostic(miss, place)


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
            continue  # the reader has said so
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


CHECKS: tuple[Check, ...] = (
    titles,
    contents,
    names,
    markers,
    texts,
    glued,
    headings,
    lists_in_notes,
    footnotes,
    cross_references,
)
