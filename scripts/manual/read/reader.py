"""A part's text → (part, diagnostics). Reading never fails: any text makes a part.

NOTATION.md describes the notation. The reader only finds out what each line is and where it
belongs; whether markers, names and references make sense is for checks/.
"""

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, assert_never

from manual.core.diagnostics import Code, Diagnostic
from manual.core.markers import MARKER, level_of
from manual.core.model import (
    Block,
    Footnote,
    Level,
    Note,
    Paragraph,
    Part,
    Section,
    Step,
    Text,
    section_name,
    slug,
    step_label,
)
from manual.core.source import Line, Source, Span, squeeze
from manual.read.inlines import PHRASE_LIMIT, parse_text
from manual.read.near_misses import ORDINARY_TEXT, SIGNAL, at_line_start

_HEADING = re.compile(r"(?P<hashes>#{1,2})(?:\s+(?P<title>.*))?$")
# The term ends at a colon with a space behind it, or else at the first colon.
_DEFINITION = re.compile(r"\*(?=[^\s*])(?:(?P<spaced>.*?):(?=\s|$)|(?P<term>[^:]*):)?")


class Column(NamedTuple):
    """How far a line is indented when a tab takes eight columns, and when it takes one.

    Nobody sees which the author meant, so indentation must mean the same either way, as in Python:
    https://docs.python.org/3/reference/lexical_analysis.html#indentation
    """

    wide: int
    narrow: int


@dataclass(slots=True)
class _Draft:
    """A block while its lines are being read. `column` is where its marker stands."""

    kind: Literal["paragraph", "note", "footnote", "step"]
    span: Span
    column: Column
    pieces: list[tuple[str, int]] = field(default_factory=list)
    blocks: "list[_Draft]" = field(default_factory=list)
    level: Level = 1
    mark: str = ""  # the marker, signal word or term
    number: int = 1  # of footnotes whose terms make the same id


@dataclass(slots=True)
class _Container:
    """A part or section while its blocks are being read. A block can belong to any open step."""

    title: str
    span: Span
    blocks: list[_Draft] = field(default_factory=list)
    open_steps: list[_Draft] = field(default_factory=list)
    ended_steps: list[_Draft] = field(default_factory=list)  # by blocks since the last marker
    terms: Counter[str] = field(default_factory=Counter)  # of footnotes, as they stand in ids


def read_part(source: Source, name: str, id: str) -> tuple[Part, list[Diagnostic]]:
    """Read one part's text.

    `name` is the part's name in labels. Returns the part and the problems found on the way:
    headings, notes without a host, foreign markers, unknown signal words, incomplete definitions.
    """
    reading = _Reading(source)
    for line in source.lines():
        reading.line(line)
    part = reading.containers[0]
    return (
        Part(
            name=name,
            id=id,
            title=part.title,
            blocks=_freeze(source, part.blocks, name, id),
            sections=tuple(_section(source, section) for section in reading.containers[1:]),
            span=part.span,
        ),
        reading.diagnostics,
    )


class _Reading:
    """The state between lines: the containers so far, the draft that the next line continues."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.diagnostics: list[Diagnostic] = []
        self.containers = [_Container("", Span(source, 0, 0))]
        self.titled = False
        self.open: _Draft | None = None

    def line(self, line: Line) -> None:
        """Read one line."""
        text = line.text.strip()
        if not text:
            self.open = None
            return
        indent = line.text[: len(line.text) - len(line.text.lstrip())]
        column = Column(len(indent.expandtabs(8)), len(indent))
        start = line.start + len(indent)

        if heading := _HEADING.match(text):
            self.heading(heading, start)
        elif marker := MARKER.match(text):
            self.step(marker, text, start, column)
        elif signal := SIGNAL.match(text):
            self.note(signal, text, start, column)
        elif definition := _DEFINITION.match(text):
            self.footnote(definition, text, start, column)
        else:
            if miss := at_line_start(text):
                self.diagnostics.append(miss.in_span(self.span(start, len(text))))
            if self.open is None:
                self.open = _Draft("paragraph", self.span(start, len(text)), column)
                self.add(self.open)
            self.open.pieces.append((text, start))

    def span(self, start: int, length: int) -> Span:
        return Span(self.source, start, start + length)

    def problem(self, code: Code, message: str, help: str, span: Span) -> None:
        self.diagnostics.append(Diagnostic(code, message, help, span))

    def add(self, draft: _Draft) -> None:
        """Add a block other than a step to the step that it is indented under, or else to the
        lettered step above it.
        """
        container = self.containers[-1]
        open_steps = container.open_steps
        depth = self.depth(draft)
        container.ended_steps += open_steps[depth:]
        del open_steps[depth:]
        if any(step.column.wide < draft.column.wide for step in container.ended_steps):
            self.problem(
                Code.NOTE_WITHOUT_HOST,
                f"this is indented under `{container.ended_steps[-1].mark}`, but something "
                "above has ended that step",
                "indent what stands between the two in the same way, or indent this less",
                draft.span,
            )
        owner = open_steps[-1] if open_steps else container
        owner.blocks.append(draft)

    def depth(self, draft: _Draft) -> int:
        """How many of the open steps a block belongs under: at least the lettered one."""
        steps = self.containers[-1].open_steps
        depths = []
        for column in range(len(draft.column)):
            depth = len(steps)
            while depth > 1 and steps[depth - 1].column[column] >= draft.column[column]:
                depth -= 1
            depths.append(depth)
        if depths[0] != depths[1]:
            self.problem(
                Code.MIXED_INDENTATION,
                "tabs and spaces are mixed, so nobody can see which step this belongs to",
                "indent this line and the steps above it with spaces only",
                draft.span,
            )
        return depths[0]

    def heading(self, match: re.Match[str], start: int) -> None:
        self.open = None
        title = squeeze(match["title"] or "").strip()
        span = self.span(start, len(match[0]))
        if not title:
            self.problem(
                Code.MISSING_TITLE,
                f"the heading `{match['hashes']}` has no text",
                f"write the heading behind it, as in `{match['hashes']} Belly of the psoas`",
                span,
            )
        if match["hashes"] == "##":
            self.containers.append(_Container(title, span))
        elif self.titled:
            self.problem(
                Code.SECOND_TITLE,
                "a part has one title, and this is a second one",
                "write `##` for a section, or move this part to a file of its own",
                span,
            )
            # Kept as a section, so that nothing below it is lost to the other checks.
            self.containers.append(_Container(title, span))
        else:
            part = self.containers[0]
            part.title, part.span = title, span
            self.titled = True

    def step(self, match: re.Match[str], text: str, start: int, column: Column) -> None:
        level = level_of(match)
        span = self.span(start, match.end())
        draft = _Draft("step", span, column, level=level, mark=match[0])
        self.text_after(match, text, start, draft)
        container = self.containers[-1]
        while container.open_steps and container.open_steps[-1].level >= level:
            container.open_steps.pop()
        owner = container.open_steps[-1] if container.open_steps else container
        owner.blocks.append(draft)
        container.open_steps.append(draft)
        container.ended_steps.clear()
        self.open = draft

    def note(self, match: re.Match[str], text: str, start: int, column: Column) -> None:
        span = self.span(start, match.end())
        if not self.containers[-1].blocks:
            self.problem(
                Code.NOTE_WITHOUT_HOST,
                f"this {match['word']} stands before any step or paragraph that it could belong to",
                "move it below the step that it is about, or put a paragraph before it",
                span,
            )
        self.open = _Draft("note", span, column, mark=match["word"])
        self.text_after(match, text, start, self.open)
        self.add(self.open)

    def footnote(self, match: re.Match[str], text: str, start: int, column: Column) -> None:
        named = match["spaced"] if match["spaced"] is not None else match["term"]
        term = squeeze(named or "").strip()
        span = self.span(start, len(text) if named is None else len(match[0]))
        draft = _Draft("footnote", span, column, mark=term)
        terms = self.containers[-1].terms
        terms[slug(term)] += 1
        draft.number = terms[slug(term)]
        if named is None:
            draft.pieces.append((text, start))
        else:
            self.text_after(match, text, start, draft)
        if not 0 < len(term) <= PHRASE_LIMIT:
            lack = "no colon" if named is None else "no term" if not term else "too long a term"
            self.problem(
                Code.INCOMPLETE_DEFINITION,
                f"a line that begins with a star defines a term, and this one has {lack}",
                f"write `*Term: what it means`; {ORDINARY_TEXT}",
                span,
            )
        self.open = draft
        self.add(draft)

    @staticmethod
    def text_after(match: re.Match[str], text: str, start: int, draft: _Draft) -> None:
        rest = text[match.end() :]
        if stripped := rest.lstrip():
            draft.pieces.append((stripped, start + match.end() + len(rest) - len(stripped)))


def _section(source: Source, container: _Container) -> Section:
    name = section_name(container.title)
    section_id = slug(name)
    return Section(
        name=name,
        id=section_id,
        title=container.title,
        blocks=_freeze(source, container.blocks, name, section_id),
        span=container.span,
    )


def _freeze(
    source: Source, drafts: list[_Draft], name: str, id: str, above: tuple[str, ...] = ()
) -> tuple[Block, ...]:
    return tuple(_frozen(source, draft, name, id, above) for draft in drafts)


def _frozen(source: Source, draft: _Draft, name: str, id: str, above: tuple[str, ...]) -> Block:
    text: Text = parse_text(source, draft.pieces)
    match draft.kind:
        case "paragraph":
            return Paragraph(text, draft.span)
        case "note":
            return Note(draft.mark, text, draft.span)
        case "footnote":
            number = f"__{draft.number}" if draft.number > 1 else ""
            footnote_id = f"fn_{id}_{slug(draft.mark)}{number}"
            return Footnote(draft.mark, text, footnote_id, draft.span)
        case "step":
            markers = (*above, draft.mark)
            return Step(
                level=draft.level,
                marker=draft.mark,
                label=step_label(name, markers),
                id="-".join((id, *(marker[:-1].lower() for marker in markers))),
                text=text,
                blocks=_freeze(source, draft.blocks, name, id, markers),
                span=draft.span,
            )
        case _:
            assert_never(draft.kind)
