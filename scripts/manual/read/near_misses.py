"""What was surely meant as a marker, a note or a heading, but would be read as ordinary text.

Each is an error, because ordinary text would soften the caution or lose the step.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from manual.core.characters import skeleton
from manual.core.diagnostics import Code, Diagnostic
from manual.core.markers import MARKER
from manual.core.model import SIGNAL_WORDS
from manual.core.source import Span

ORDINARY_TEXT = "if it is ordinary text, let the line begin with another word"
NOTES = ", ".join(f"`{word}!`" for word in SIGNAL_WORDS)

_ANY = "|".join(SIGNAL_WORDS)
_TITLED = "|".join(word.capitalize() for word in SIGNAL_WORDS)
SIGNAL = re.compile(rf"(?P<word>{_ANY})!(?=\s|$)")

# At the start of a text: a signal word in any case with any mark behind it, or in capitals with
# none; a word that other manuals use for notes; any word in capitals with an exclamation mark.
_LIKE_SIGNAL = re.compile(
    rf"[*_\"'“„«(\[•·–-]*\s*(?P<typed>"
    rf"(?:{_ANY}|{_TITLED})S?s?[*_]*\s*[!:.,;–—-]"
    rf"|(?:{_ANY})\b"
    rf"|(?:DANGER|ATTENTION|NOTICE|HAZARD|BEWARE)[*_]*\s*[!:]"
    rf"|(?i:{_ANY})[*_]*\s*[!:]"
    rf"|[^\W\d_a-zß-öø-ÿ][^\W_a-zß-öø-ÿ]{{3,}}!"
    rf"|(?:[A-Z] ){{3,}}[A-Z] ?[!:]"
    rf")"
)
# Inside a text: in capitals, or capitalised, with an exclamation mark or a colon.
_SIGNAL_INSIDE = re.compile(
    rf"(?<![A-Z])(?P<typed>(?:{_ANY})[*_]*\s?[!:]|(?<![^\W_])(?:{_TITLED})[*_]*[!:])"
)

_HEADING = re.compile(r"#{3,}(?=\s)|#{2,}(?=[^\s#])")
# `1)`, `a)`, `(a)`, `A.`, `II.`, `3:`, `4 .`; or a marker with no space behind it.
_MARKER = re.compile(
    r"(?P<round>(?:[0-9]{1,3}|[a-z])\))(?=\s|$)"
    r"|(?P<brackets>\((?:[0-9]{1,3}|[A-Za-z])\))(?=\s|$)"
    r"|(?P<dotted>(?:[A-Z]|[IVX]{2,5})\.)(?=\s|$)"
    r"|(?P<apart>[0-9]{1,3} [.)])(?=\s)"
    r"|(?P<other>[0-9]{1,3}[:-])(?=\s)"
    r"|(?P<tight>(?:[A-Z]{1,2}\)|[0-9]{1,3}\.)(?=[^\s\d])|[a-z]\.(?=[A-Z“„\"(\[]))"
)


@dataclass(frozen=True, slots=True)
class NearMiss:
    """One near miss: its offsets in the text, and what to tell the author."""

    code: Code
    start: int
    end: int
    message: str
    help: str

    def in_span(self, span: Span) -> Diagnostic:
        """The diagnostic, where the text stands at `span` in the source."""
        at = Span(span.source, span.start + self.start, span.start + self.end)
        return Diagnostic(self.code, self.message, self.help, at)


def at_line_start(text: str) -> NearMiss | None:
    """The near miss with which a line begins, which is neither step, note nor heading."""
    plain, origins = skeleton(text)
    if plain != text and (match := MARKER.match(plain) or SIGNAL.match(plain)):
        return NearMiss(
            Code.UNKNOWN_MARKER if match.re is MARKER else Code.UNKNOWN_SIGNAL_WORD,
            0,
            origins[match.end() - 1] + 1,
            f"this looks like `{match[0]}`, but is written with other or invisible characters",
            f"delete it and type `{match[0]}` again; {ORDINARY_TEXT}",
        )
    if match := _HEADING.match(plain):
        return NearMiss(
            Code.UNKNOWN_HEADING,
            0,
            origins[match.end() - 1] + 1,
            f"`{match[0]}` is not a heading of this notation",
            "write `# Title` for the part's title and `## Section` for a section, "
            "with a space behind the signs",
        )
    if match := _MARKER.match(plain):
        typed = match[0]
        body = re.sub(r"[^0-9A-Za-z]", "", typed)
        right = f"{body})" if body.isupper() else f"{body}."
        return NearMiss(
            Code.UNKNOWN_MARKER,
            0,
            origins[match.end() - 1] + 1,
            f"the marker `{typed}` needs a space behind it"
            if match["tight"]
            else f"`{typed}` at the start of a line is not a marker of this notation",
            f"write `{right} …` for a step; {ORDINARY_TEXT}",
        )
    return at_text_start(text)


def at_text_start(text: str) -> NearMiss | None:
    """The near miss of a signal word with which a text begins."""
    plain, origins = skeleton(text)
    match = _LIKE_SIGNAL.match(plain)
    if not match:
        return None
    typed = match["typed"].strip()
    word = re.sub(r"[\W_]", "", typed).upper()
    nearest = next(iter(get_close_matches(word, SIGNAL_WORDS, n=1, cutoff=0.6)), None)
    return NearMiss(
        Code.UNKNOWN_SIGNAL_WORD,
        origins[match.start("typed")],
        origins[match.end() - 1] + 1,
        f"`{typed}` is not written as a signal word, so this would not become a note",
        (
            f"write `{nearest}! …` on a line of its own"
            if nearest
            else f"the signal words are {NOTES}"
        )
        + f"; {ORDINARY_TEXT}",
    )


def inside(text: str) -> Iterator[NearMiss]:
    """The signal words inside a text."""
    plain, origins = skeleton(text)
    for match in _SIGNAL_INSIDE.finditer(plain):
        yield NearMiss(
            Code.GLUED_NOTE,
            origins[match.start()],
            origins[match.end() - 1] + 1,
            f"`{match[0]}` stands inside a text, where it does not become a note",
            f"begin a new line with it, as one of {NOTES}; if it is ordinary text, write it in "
            "small letters or without the mark behind it",
        )
