"""Source files, and the spans that point into them."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

# Only these end a line. str.splitlines() also breaks at form feeds and U+2028, which are text.
_SPACES = re.compile(r"[ \t\n\r\f]+")
_LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a source: its text without the line end, and the offset where it starts."""

    text: str
    start: int


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """A source file as read: `name` is the path that people see, `text` the decoded content."""

    name: str
    text: str = field(repr=False)
    _starts: list[int] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        starts = [0, *(match.end() for match in _LINE_END.finditer(self.text))]
        object.__setattr__(self, "_starts", starts)

    def lines(self) -> Iterator[Line]:
        """Yield each line in order."""
        for number in range(1, len(self._starts) + 1):
            yield Line(self.line_text(number), self._starts[number - 1])

    def line_text(self, number: int) -> str:
        """The text of line `number` (1-based), without its line end."""
        start = self._starts[number - 1]
        end = self._starts[number] if number < len(self._starts) else len(self.text)
        return self.text[start:end].rstrip("\r\n")

    def around(self, offset: int, width: int) -> tuple[str, str, str]:
        """A window of the line: at most `width` characters on either side of an offset.

        Returns what stands before the offset, what follows it, and a string of two characters: "…"
        where the window cuts off the line's beginning or end, else a space.
        """
        number = bisect_right(self._starts, offset)
        start = self._starts[number - 1]
        end = self._starts[number] if number < len(self._starts) else len(self.text)
        begin = max(start, offset - width)
        stop = min(end, offset + width)
        before, behind = self.text[begin:offset], self.text[offset:stop].rstrip("\r\n")
        marks = ("…" if begin > start else " ") + ("…" if stop < end else " ")
        return before, behind, marks

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column (both 1-based, in characters) of a character offset."""
        number = bisect_right(self._starts, offset)
        return number, offset - self._starts[number - 1] + 1


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a source: character offsets, `end` exclusive."""

    source: Source
    start: int
    end: int

    @property
    def position(self) -> tuple[int, int]:
        """Line and column (1-based) of the first character."""
        return self.source.position(self.start)

    @property
    def text(self) -> str:
        """The characters that the span covers."""
        return self.source.text[self.start : self.end]


def squeeze(text: str) -> str:
    """The text with each run of spaces, tabs and line ends as one space, as HTML shows it, and
    none at its ends. Other white space, such as the no-break space, is the author's, and stays.
    """
    return spaced(text).strip(" ")


def spaced(text: str) -> str:
    """As squeeze, but keeps a space at either end: for a piece of a longer text."""
    return _SPACES.sub(" ", text)


def display_width(text: str) -> int:
    """How many columns `text` takes in a terminal: two for wide East Asian characters, none for
    combining marks.
    """
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1
        for char in text
    )
