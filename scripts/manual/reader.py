"""A part's text → (part, diagnostics). Reading never fails: whatever the text, there is a part.

The notation is described in NOTATION.md. The reader only finds what each line is and where it
belongs; whether markers, names and references make sense is for checks.py.
"""

import re
from dataclasses import dataclass, field
from difflib import get_close_matches

from manual.diagnostics import Code, Diagnostic
from manual.inlines import parse_text
from manual.markers import FOREIGN_MARKER, MARKER, level_of
from manual.model import (
    SIGNAL_WORDS,
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
from manual.source import Line, Source, Span

_HEADING = re.compile(r"(?P<hashes>#{1,2})(?:\s+(?P<title>.*))?$")
_FOREIGN_HEADING = re.compile(r"#{3,}(?=\s)|#{2,}(?=[^\s#])")
_SIGNAL = re.compile(rf"(?P<word>{'|'.join(SIGNAL_WORDS)})!(?=\s|$)")
_LIKE_SIGNAL = re.compile(
    rf"(?P<capitals>[A-Z]{{3,}})!|(?P<known>{'|'.join(SIGNAL_WORDS)})\b(?P<colon>\s*[!:])?", re.I
)
_DEFINITION = re.compile(r"\*(?=[^\s*])(?P<term>[^:]*)(?P<colon>:?)")

ORDINARY_TEXT = "if it is ordinary text, let the line begin with another word"
NOTES = ", ".join(f"`{word}!`" for word in SIGNAL_WORDS)


@dataclass(slots=True)
class _Draft:
    """A block while its lines are read. `column` is where its marker stands."""

    make: type[Block]
    span: Span
    column: int
    pieces: list[tuple[str, int]] = field(default_factory=list)
    blocks: "list[_Draft]" = field(default_factory=list)
    level: Level = 1
    mark: str = ""  # the marker, signal word or term


@dataclass(slots=True)
class _Container:
    """A part or section while its blocks are read; `open_steps` are those a block can belong to."""

    title: str
    span: Span
    blocks: list[_Draft] = field(default_factory=list)
    open_steps: list[_Draft] = field(default_factory=list)


def read_part(source: Source, name: str, identity: str) -> tuple[Part, list[Diagnostic]]:
    """Read one part's text.

    `name` is the part's name in labels, `identity` its id. Returns the part, whatever the text,
    and the problems found on the way: headings, notes without a host, foreign markers,
    unknown signal words and incomplete definitions.
    """
    reading = _Reading(source)
    for line in source.lines():
        reading.line(line)
    part = reading.containers[0]
    return (
        Part(
            name=name,
            id=identity,
            title=part.title,
            blocks=_freeze(source, part.blocks, name, identity),
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
        """Take in one line."""
        text = line.text.strip()
        if not text:
            self.open = None
            return
        column = len(line.text.expandtabs(4)) - len(line.text.expandtabs(4).lstrip())
        start = line.start + len(line.text) - len(line.text.lstrip())

        if heading := _HEADING.match(text):
            self.heading(heading, start)
        elif marker := MARKER.match(text):
            self.step(marker, text, start, column)
        elif signal := _SIGNAL.match(text):
            self.note(signal, text, start, column)
        elif definition := _DEFINITION.match(text):
            self.footnote(definition, text, start, column)
        else:
            self.look_for_near_misses(text, start)
            if self.open is None:
                self.open = _Draft(Paragraph, self.span(start, len(text)), column)
                self.add(self.open)
            self.open.pieces.append((text, start))

    def span(self, start: int, length: int) -> Span:
        return Span(self.source, start, start + length)

    def problem(self, code: Code, message: str, help: str, start: int, length: int) -> None:
        self.diagnostics.append(Diagnostic(code, message, help, self.span(start, length)))

    def add(self, draft: _Draft) -> None:
        """Put a block that is no step where it belongs: to the step that it is indented under,
        or else to the lettered step above it.
        """
        container = self.containers[-1]
        while len(container.open_steps) > 1 and container.open_steps[-1].column >= draft.column:
            container.open_steps.pop()
        owner = container.open_steps[-1] if container.open_steps else container
        owner.blocks.append(draft)

    def heading(self, match: re.Match[str], start: int) -> None:
        self.open = None
        title = " ".join((match["title"] or "").split())
        length = len(match[0])
        span = self.span(start, length)
        if not title:
            self.problem(
                Code.MISSING_TITLE,
                f"the heading `{match['hashes']}` has no text",
                f"write the heading behind it, as in `{match['hashes']} Belly of the psoas`",
                start,
                length,
            )
        if match["hashes"] == "##":
            self.containers.append(_Container(title, span))
        elif self.titled:
            self.problem(
                Code.SECOND_TITLE,
                "a part has one title, and this is a second one",
                "write `##` for a section, or move this part to a file of its own",
                start,
                length,
            )
            # Kept as a section, so that nothing below it is lost to the other checks.
            self.containers.append(_Container(title, span))
        else:
            part = self.containers[0]
            part.title, part.span = title, span
            self.titled = True

    def step(self, match: re.Match[str], text: str, start: int, column: int) -> None:
        level = level_of(match)
        span = self.span(start, match.end())
        draft = _Draft(Step, span, column, level=level, mark=match[0])
        self.text_behind(match, text, start, draft)
        container = self.containers[-1]
        while container.open_steps and container.open_steps[-1].level >= level:
            container.open_steps.pop()
        owner = container.open_steps[-1] if container.open_steps else container
        owner.blocks.append(draft)
        container.open_steps.append(draft)
        self.open = draft

    def note(self, match: re.Match[str], text: str, start: int, column: int) -> None:
        container = self.containers[-1]
        if not container.blocks:
            self.problem(
                Code.NOTE_WITHOUT_HOST,
                f"this {match['word']} stands before any step or paragraph that it could belong to",
                "move it below the step that it is about, or put a paragraph before it",
                start,
                match.end(),
            )
        self.open = _Draft(Note, self.span(start, match.end()), column, mark=match["word"])
        self.text_behind(match, text, start, self.open)
        self.add(self.open)

    def footnote(self, match: re.Match[str], text: str, start: int, column: int) -> None:
        term = " ".join(match["term"].split()) if match["colon"] else ""
        self.open = _Draft(Footnote, self.span(start, len(match[0])), column, mark=term)
        if match["colon"]:
            self.text_behind(match, text, start, self.open)
        else:
            self.open.pieces.append((text, start))
        if not (match["colon"] and term):
            self.problem(
                Code.INCOMPLETE_DEFINITION,
                "a line that begins with a star defines a term, and this one has no "
                + ("term" if match["colon"] else "colon"),
                f"write `*Term: what it means`; {ORDINARY_TEXT}",
                start,
                len(match[0]),
            )
        self.add(self.open)

    @staticmethod
    def text_behind(match: re.Match[str], text: str, start: int, draft: _Draft) -> None:
        rest = text[match.end() :]
        if stripped := rest.lstrip():
            draft.pieces.append((stripped, start + match.end() + len(rest) - len(stripped)))

    def look_for_near_misses(self, text: str, start: int) -> None:
        """Report what was surely meant as a marker, note or heading, but would stay plain text."""
        if match := _FOREIGN_HEADING.match(text):
            self.problem(
                Code.UNKNOWN_HEADING,
                f"`{match[0]}` is not a heading of this notation",
                "write `# Title` for the part's title and `## Section` for a section, "
                "with a space behind the signs",
                start,
                match.end(),
            )
        elif match := FOREIGN_MARKER.match(text):
            body = match[0][:-1]
            right = (
                f"{match[0]} " if match["tight"] else f"{body}." if match["round"] else f"{body})"
            )
            self.problem(
                Code.UNKNOWN_MARKER,
                f"`{match[0]}` at the start of a line is not a marker of this notation"
                if not match["tight"]
                else f"the marker `{match[0]}` needs a space behind it",
                f"write `{right}` for a step; {ORDINARY_TEXT}",
                start,
                match.end(),
            )
        elif (match := _LIKE_SIGNAL.match(text)) and self.is_like_signal(match):
            word = (match["capitals"] or match["known"]).upper()
            nearest = _nearest(word)
            self.problem(
                Code.UNKNOWN_SIGNAL_WORD,
                f"`{match[0].strip()}` is not written as a signal word, "
                "so this would not become a note",
                (f"write `{nearest}! …`" if nearest else f"the signal words are {NOTES}")
                + f"; {ORDINARY_TEXT}",
                start,
                len(match[0].rstrip()),
            )

    @staticmethod
    def is_like_signal(match: re.Match[str]) -> bool:
        if match["capitals"]:
            return match["capitals"].isupper() or match["capitals"].upper() in SIGNAL_WORDS
        return bool(match["colon"]) or match["known"].isupper()


def _nearest(word: str) -> str | None:
    return next(iter(get_close_matches(word, SIGNAL_WORDS, n=1, cutoff=0.6)), None)


def _section(source: Source, container: _Container) -> Section:
    name = section_name(container.title)
    identity = slug(name)
    return Section(
        name=name,
        id=identity,
        title=container.title,
        blocks=_freeze(source, container.blocks, name, identity),
        span=container.span,
    )


def _freeze(
    source: Source, drafts: list[_Draft], name: str, identity: str, above: tuple[str, ...] = ()
) -> tuple[Block, ...]:
    return tuple(_frozen(source, draft, name, identity, above) for draft in drafts)


def _frozen(
    source: Source, draft: _Draft, name: str, identity: str, above: tuple[str, ...]
) -> Block:
    text: Text = parse_text(source, draft.pieces)
    if draft.make is Paragraph:
        return Paragraph(text, draft.span)
    if draft.make is Note:
        return Note(draft.mark, text, draft.span)
    if draft.make is Footnote:
        return Footnote(draft.mark, text, f"fn_{identity}_{slug(draft.mark)}", draft.span)
    markers = (*above, draft.mark)
    return Step(
        level=draft.level,
        marker=draft.mark,
        label=step_label(name, markers),
        id="-".join((identity, *(marker[:-1].lower() for marker in markers))),
        text=text,
        blocks=_freeze(source, draft.blocks, name, identity, markers),
        span=draft.span,
    )
