"""Titles, names and headings: whether the manual's parts and sections make sense."""

from collections.abc import Iterator
from itertools import chain

from manual.core.characters import letters
from manual.core.diagnostics import Code, Diagnostic
from manual.core.model import (
    NAME_LIMIT,
    TITLE_LIMIT,
    Link,
    Manual,
    Part,
    Section,
    Step,
    blocks_of,
    label_key,
    nodes_of,
)
from manual.core.references import References, named
from manual.core.source import Span
from manual.read import near_misses

# Addresses of the site itself: a part with one of these names would overwrite a page.
_TAKEN_NAMES = ("index", "print", "404", "introduction", "assets", "search", "downloads")

# https://learn.microsoft.com/windows/win32/fileio/naming-a-file
_WINDOWS_NAMES = frozenset(
    ("con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10)))
)


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
        for node in nodes_of(part):
            yield from _visible(node.title, node.span)
    for section in manual.introduction.sections:
        yield from _visible(section.title, section.span)
    yield from _visible(manual.title, _in_settings(manual, manual.title))
    if manual.introduction.title:
        yield Diagnostic(
            Code.SECOND_TITLE,
            "the introduction's title is the manual's own, from manual.yml",
            "delete this line, or write `##` for a section",
            manual.introduction.span,
        )


def _visible(title: str, span: Span) -> Iterator[Diagnostic]:
    if title and not letters(title):
        yield Diagnostic(
            Code.MISSING_TITLE,
            "nobody can see this title: it has no letter, digit or sign",
            "write a title that can be seen",
            span,
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
    """Parts, sections and outside links have unique names, which make unique addresses.

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
    elif is_part and node.id in _TAKEN_NAMES and not is_introduction:
        wrong = f"the site has a page `{node.id}` of its own"
    elif is_part and node.id in _WINDOWS_NAMES:
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


def lengths(manual: Manual, _: References) -> Iterator[Diagnostic]:
    """Titles and the edition fit into headings, menus and the heads of pages.

    Bad: a title of several sentences. Good: a short title, and the sentences as a paragraph.
    """
    for part in manual.all_parts:
        for node in nodes_of(part):
            yield from _short(node.title, node.span)
    for text in (manual.title, manual.edition):
        yield from _short(text, _in_settings(manual, text))


def _in_settings(manual: Manual, text: str) -> Span:
    """Where a text stands in manual.yml; where that is not known, the introduction's beginning."""
    settings = manual.audience[0].span.source if manual.audience else None
    at = settings.text.find(text) if settings else -1
    return Span(settings, at, at + len(text)) if settings and at >= 0 else manual.introduction.span


def _short(title: str, span: Span) -> Iterator[Diagnostic]:
    if len(title) > TITLE_LIMIT:
        yield Diagnostic(
            Code.LONG_TITLE,
            f"this is {len(title)} characters long, too long for a heading, a menu and the head of "
            "a page",
            f"shorten it to {TITLE_LIMIT} characters, and say the rest in a paragraph",
            span,
        )


def headings(manual: Manual, _: References) -> Iterator[Diagnostic]:
    """No heading looks like a note: it would not become one.

    Bad: `## CAUTION! Hook under`. Good: the note on a line of its own, below the step.
    """
    for part in manual.all_parts:
        for node in nodes_of(part):
            text = node.span.text
            title = text.lstrip("#").lstrip()
            misses = [near_misses.at_text_start(title), *near_misses.inside(title)]
            if miss := next(filter(None, misses), None):
                offset = len(text) - len(title)
                place = Span(node.span.source, node.span.start + offset, node.span.end)
                yield miss.in_span(place)
