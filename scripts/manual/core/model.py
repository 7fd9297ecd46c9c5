"""The manual as a tree of frozen nodes, each with its span; labels and ids are made here."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, assert_never

from manual.core.source import Span, squeeze

SIGNAL_WORDS = ("CAUTION", "IMPORTANT", "WARNING", "NOTE")

# A longer name is an error, and cut off here, because the label of every step begins with it.
NAME_LIMIT = 60

# A longer title or edition is an error: no heading, menu or running head can hold it.
TITLE_LIMIT = 200

Level = Literal[1, 2, 3]


# --- inlines: what a text is made of


@dataclass(frozen=True, slots=True)
class Words:
    """Literal text."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class FootnoteReference:
    """The star after a term. `phrase` is the text before it, which ends in the term."""

    phrase: str
    span: Span


@dataclass(frozen=True, slots=True)
class CrossReference:
    """A `[[label]]`: a part, section, step or outside link by its label."""

    label: str
    span: Span


Inline = Words | FootnoteReference | CrossReference
Text = tuple[Inline, ...]


# --- blocks


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Prose."""

    text: Text
    span: Span


@dataclass(frozen=True, slots=True)
class Note:
    """A safety note. `word` is the author's signal word, never mapped to another."""

    word: str
    text: Text
    span: Span


@dataclass(frozen=True, slots=True)
class Footnote:
    """The definition of a starred term."""

    term: str
    text: Text
    id: str
    span: Span


@dataclass(frozen=True, slots=True)
class Step:
    """A lettered (1), numbered (2) or third-level (3) step, and in order what belongs to it."""

    level: Level
    marker: str
    label: str
    id: str
    text: Text
    blocks: "tuple[Block, ...]"
    span: Span


Block = Paragraph | Note | Footnote | Step


@dataclass(frozen=True, slots=True)
class Section:
    """A section of a part. `name` begins the labels of its steps."""

    name: str
    id: str
    title: str
    blocks: tuple[Block, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Part:
    """One source file: a page. `blocks` stand before its first section."""

    name: str
    id: str
    title: str
    blocks: tuple[Block, ...]
    sections: tuple[Section, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Link:
    """A link to another site; its title is a label."""

    title: str
    url: str
    span: Span


@dataclass(frozen=True, slots=True)
class Manual:
    """The whole manual: what manual.yml says, the introduction, and the parts in order."""

    title: str
    edition: str
    language: str
    description: str
    audience: Text
    credits: tuple[Text, ...]
    links: tuple[Link, ...]
    introduction: Part
    parts: tuple[Part, ...]

    @property
    def all_parts(self) -> tuple[Part, ...]:
        """The introduction, then the parts: the reading order."""
        return (self.introduction, *self.parts)


# --- labels and ids


def section_name(title: str) -> str:
    """The name of a section in labels: its title up to a colon, else its first word."""
    before, colon, _ = title.partition(":")
    if colon and before.strip():
        return squeeze(before)[: NAME_LIMIT + 1]
    word = title.split(maxsplit=1)[0] if title.strip() else ""
    return (word.rstrip(".,;:!?") or word)[: NAME_LIMIT + 1]


def part_name(stem: str) -> str:
    """The name of a part in labels: its file name as words, `hip-flexors` → `Hip flexors`."""
    words = " ".join(re.split(r"[\s_-]+", stem)).strip()
    return (words[:1].upper() + words[1:])[: NAME_LIMIT + 1]


def label_key(label: str) -> str:
    """What labels are compared by: case, spacing and Unicode composition do not matter."""
    return unicodedata.normalize("NFC", " ".join(label.split())).casefold()


def slug(name: str) -> str:
    """A name as an id: NFKC, lower case, letters and digits of any script, hyphens between.

    Never holds `_`, so ids of other kinds begin with a prefix such as `fn_` and cannot collide.
    """
    folded = unicodedata.normalize("NFKC", name).lower()
    return re.sub(r"[\W_]+", "-", folded).strip("-")


def step_label(container: str, markers: tuple[str, ...]) -> str:
    """`Belly`, (`E)`, `1.`) → `Belly E.1`."""
    return f"{container} {'.'.join(marker[:-1] for marker in markers)}"


# --- walking


def walk(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """Every block below, in reading order. (Steps nest three deep, so recursion is bounded.)"""
    for block in blocks:
        yield block
        if isinstance(block, Step):
            yield from walk(block.blocks)


def blocks_of(part: Part) -> Iterator[Block]:
    """Every block of a part, in reading order."""
    yield from walk(part.blocks)
    for section in part.sections:
        yield from walk(section.blocks)


def nodes_of(part: Part) -> tuple[Part | Section, ...]:
    """A part and its sections, in reading order."""
    return (part, *part.sections)


def texts_of(manual: Manual) -> Iterator[Text]:
    """Every text of the manual that may hold references, in reading order."""
    yield manual.audience
    for part in manual.all_parts:
        for block in blocks_of(part):
            yield block.text
    yield from manual.credits


def plain(text: Text) -> str:
    """A text as readers see it, without links: stars stay, references show their labels."""
    return "".join(map(_plain, text))


def _plain(inline: Inline) -> str:
    match inline:
        case Words():
            return inline.text
        case FootnoteReference():
            return "*"
        case CrossReference():
            return inline.label
        case _:
            assert_never(inline)
