"""What is wrong in a source, for the person who wrote it: one type, several formats."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from manual.core.source import Span, display_width

# Nobody finds a caret under column 10,000: of longer lines, a window around the span is shown.
_WINDOW = 100


class Code(StrEnum):
    """Every kind of problem. NOTATION.md lists each; tests/cases holds a case for each."""

    # markers and steps
    SKIPPED_MARKER = "skipped-marker"
    """A marker leaves out one or more markers before it."""
    REPEATED_MARKER = "repeated-marker"
    """A marker was used already in the same list, or goes backwards."""
    WRONG_FIRST_MARKER = "wrong-first-marker"
    """A list does not begin with A), 1. or a."""
    STEP_TOO_DEEP = "step-too-deep"
    """A numbered step with no lettered one above it, or a third-level with no numbered one."""
    TOO_MANY_STEPS = "too-many-steps"
    """A third-level list goes beyond z."""
    GLUED_STEP = "glued-step"
    """The next marker is stuck to the end of the text before it."""
    EMPTY_STEP = "empty-step"
    """A marker with no text."""
    UNKNOWN_MARKER = "unknown-marker"
    """A marker in another style, such as `1)` or `A.`."""

    # notes
    EMPTY_NOTE = "empty-note"
    """A signal word with no text."""
    NOTE_WITHOUT_HOST = "note-without-host"
    """A note before any step or paragraph that it could belong to."""
    UNKNOWN_SIGNAL_WORD = "unknown-signal-word"
    """A signal word misspelt, or another word written like one at the start of a line."""
    GLUED_NOTE = "glued-note"
    """A signal word in the middle of a text, where it would not become a note."""

    # footnotes
    MISSING_DEFINITION = "missing-definition"
    """A starred term without a definition in its part."""
    UNUSED_DEFINITION = "unused-definition"
    """A definition whose term nobody stars."""
    REPEATED_DEFINITION = "repeated-definition"
    """The same term is defined twice for one place."""
    INCOMPLETE_DEFINITION = "incomplete-definition"
    """A line that starts with a star, with no colon, no term, or no text."""

    # references, names, headings
    UNKNOWN_REFERENCE = "unknown-reference"
    """A `[[reference]]` to nothing in the manual."""
    AMBIGUOUS_REFERENCE = "ambiguous-reference"
    """A `[[reference]]` that names more than one step."""
    REPEATED_NAME = "repeated-name"
    """Two parts, sections or links with the same name, or names that make the same address."""
    UNUSABLE_NAME = "unusable-name"
    """A name with no letter or digit in it, or one that is taken by the site itself."""
    MISSING_TITLE = "missing-title"
    """A part does not begin with its title, or a heading has no text."""
    SECOND_TITLE = "second-title"
    """A second title in one part, or a title in the introduction."""
    UNKNOWN_HEADING = "unknown-heading"
    """A heading that is neither `# Title` nor `## Section`."""
    LONG_TITLE = "long-title"
    """A title or an edition that is too long for headings, menus and running heads."""
    EMPTY_SECTION = "empty-section"
    """A section, part or introduction with nothing in it."""

    MIXED_INDENTATION = "mixed-indentation"
    """Tabs and spaces are mixed, so that two readings of the indentation differ."""
    LIST_IN_NOTE = "list-in-note"
    """A note announces a list, whose entries would be steps and not part of the note."""

    # files
    MISSING_FILE = "missing-file"
    """A part is named in manual.yml, and its file is not there; or manual.yml is not there."""
    UNNAMED_FILE = "unnamed-file"
    """A text file that manual.yml does not name."""
    NOT_UTF8 = "not-utf8"
    """A file in another encoding."""
    CONTROL_CHARACTER = "control-character"
    """An invisible control character, which no output can show."""
    INVISIBLE_CHARACTER = "invisible-character"
    """A character that nobody sees and that changes how a text reads (a warning)."""
    UNPRINTABLE_CHARACTER = "unprintable-character"
    """A character that no font of the handouts has."""
    UNREADABLE_FILE = "unreadable-file"
    """The system refuses to read a file."""
    PAGE_IN_THE_WAY = "page-in-the-way"
    """A hand-written page has the name that a generated page needs."""

    # manual.yml
    BAD_YAML = "bad-yaml"
    """manual.yml is not YAML, or uses YAML beyond plain keys, lists and texts."""
    UNKNOWN_KEY = "unknown-key"
    """A key that manual.yml does not have."""
    REPEATED_KEY = "repeated-key"
    """A key that stands twice."""
    MISSING_KEY = "missing-key"
    """A key that manual.yml must have."""
    BAD_VALUE = "bad-value"
    """A value of the wrong kind."""

    # built outputs, held against the model (verify/)
    LOST = "lost"
    """An output lacks something that the source says."""
    ADDED = "added"
    """An output says something that the source does not."""
    CHANGED = "changed"
    """An output says something in other words, or under another marker, label or signal word."""
    MOVED = "moved"
    """An output says something in another place."""
    HIDDEN = "hidden"
    """An output holds something but does not show it."""
    DEAD_LINK = "dead-link"
    """A link or file that a page needs is not in the output."""
    FOREIGN_REQUEST = "foreign-request"
    """A page asks another host for something."""
    UNREADABLE_OUTPUT = "unreadable-output"
    """An output is missing, or cannot be read back."""
    OWN_FILE = "own-file"
    """A file in the site that no build made: kept (a warning), or in the way (an error)."""


class Severity(StrEnum):
    """How bad: an error stops the build, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One problem: `message` states it, `help` says how to fix it, `span` is where."""

    code: Code
    message: str
    help: str
    span: Span
    severity: Severity = Severity.ERROR


def errors_in(diagnostics: Iterable[Diagnostic]) -> bool:
    """Whether any of them stops the build."""
    return any(diagnostic.severity is Severity.ERROR for diagnostic in diagnostics)


def in_source_order(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Sorted by file, then place, without duplicates."""
    return sorted(
        dict.fromkeys(diagnostics), key=lambda d: (d.span.source.name, d.span.start, d.span.end)
    )


def as_text(diagnostics: Iterable[Diagnostic]) -> str:
    """`file:line:col: error[code] message`, the source line, a caret and a help line for each."""
    return "".join(map(_text_of, diagnostics))


def as_json(diagnostics: Iterable[Diagnostic]) -> str:
    """A JSON array of objects: file, line, column, severity, code, message, help."""
    rows = []
    for diagnostic in diagnostics:
        line, column = diagnostic.span.position
        rows.append(
            {
                "file": diagnostic.span.source.name,
                "line": line,
                "column": column,
                "severity": diagnostic.severity,
                "code": diagnostic.code,
                "message": diagnostic.message,
                "help": diagnostic.help,
            }
        )
    return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"


def as_github(diagnostics: Iterable[Diagnostic]) -> str:
    """GitHub workflow commands, so that each problem shows beside its line in a pull request."""
    return "".join(map(_github_of, diagnostics))


def _text_of(diagnostic: Diagnostic) -> str:
    span = diagnostic.span
    line, column = span.position
    before, behind, marks = span.source.around(span.start, _WINDOW // 2)
    lead, tail = marks[0].strip(), marks[1].strip()
    caret = "^" * max(1, display_width(behind[: span.end - span.start]))
    padding = " " * display_width(lead + before)
    return (
        f"{span.source.name}:{line}:{column}: "
        f"{diagnostic.severity}[{diagnostic.code}] {diagnostic.message}\n"
        f"    {lead}{_printable(before + behind)}{tail}\n"
        f"    {padding}{caret}\n"
        f"    help: {diagnostic.help}\n"
    )


def _printable(text: str) -> str:
    """The line with a stand-in for each invisible character, so that the caret lines up."""
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else " " if char == "\t" else "�" for char in text)


def _github_of(diagnostic: Diagnostic) -> str:
    line, column = diagnostic.span.position
    properties = (
        f"file={_escaped(diagnostic.span.source.name, ':,')},line={line},col={column},"
        f"title={_escaped(diagnostic.code, ':,')}"
    )
    text = _escaped(f"{diagnostic.message}\n{diagnostic.help}")
    return f"::{diagnostic.severity} {properties}::{text}\n"


def _escaped(text: str, also: str = "") -> str:
    # The escapes of GitHub's workflow commands: https://github.com/actions/toolkit, command.ts
    for char in "%\r\n" + also:
        text = text.replace(char, f"%{ord(char):02X}")
    return text
