"""The cover of the EPUB: a picture of the title and the edition, drawn as SVG.

A reading app draws the text in whatever font it has, so lines are broken as for a wide font, and a
long text is set small enough to fit on the cover whole.
"""

import unicodedata
from typing import Any

from manual.core.model import Manual
from manual.core.wording import direction, wording_for

WIDTH, HEIGHT = 1600, 2400  # pixels; the least that shops and libraries ask for

_MARGIN = 160
_LEADING = 1.25  # from line to line, in font sizes
_SMALLEST_WITH_WHOLE_WORDS = 64  # pixels; in smaller letters, long words may be broken
# Those of DejaVu Sans Bold: few fonts are wider.
_NARROW, _WIDE = frozenset("!'(),-./:;I[]fijlrt|"), frozenset("%&@MWmw—…")


def cover_view(manual: Manual) -> dict[str, Any]:
    """What the template of the cover needs: sizes, and each line with its position, in pixels."""
    edition = f"{wording_for(manual.language).edition}: {manual.edition}"
    return {
        "width": WIDTH,
        "height": HEIGHT,
        "alt": f"{manual.title}. {edition}",
        "blocks": [
            _block(manual, manual.title, top=360, height=1080, largest=170),
            _block(manual, edition, top=1990, height=260, largest=76),
        ],
    }


def _block(manual: Manual, text: str, top: int, height: int, largest: int) -> dict[str, Any]:
    size, lines = _fitted(text, WIDTH - 2 * _MARGIN, height, largest)
    return {
        "x": _MARGIN if direction(manual.language) == "ltr" else WIDTH - _MARGIN,
        "size": round(size, 2),
        "lines": [
            {"text": line, "y": round(top + (number * _LEADING + 1) * size, 2)}
            for number, line in enumerate(lines)
        ],
    }


def _fitted(text: str, width: float, height: float, largest: float) -> tuple[float, list[str]]:
    """The largest font size up to `largest` at which the text fits, and its lines at that size."""
    size = largest
    while True:
        lines, words_are_whole = _lines(text, width / size)
        is_low_enough = len(lines) * _LEADING * size <= height
        if is_low_enough and (words_are_whole or size <= _SMALLEST_WITH_WHOLE_WORDS):
            return size, lines
        size *= 0.95


def _lines(text: str, width: float) -> tuple[list[str], bool]:
    """Lines of at most `width` font sizes, and whether no word is broken."""
    lines: list[str] = []
    whole = True
    for word in text.split(" "):
        if lines and _text_width(f"{lines[-1]} {word}") <= width:
            lines[-1] += f" {word}"
            continue
        lines.append("")
        for cluster in _clusters(word):
            if lines[-1] and _text_width(lines[-1] + cluster) > width:
                whole = False
                lines.append("")
            lines[-1] += cluster
    return lines, whole


def _clusters(word: str) -> list[str]:
    """Characters, each with the marks and joiners that belong to it."""
    found: list[str] = []
    for char in word:
        if found and (_width(char) == 0 or found[-1].endswith("\u200d")):
            found[-1] += char
        else:
            found.append(char)
    return found


def _text_width(text: str) -> float:
    """A generous estimate of how wide a text is in bold letters, in font sizes."""
    return sum(map(_width, unicodedata.normalize("NFKC", text)))


def _width(char: str) -> float:
    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    if char in _NARROW or char == " ":
        return 0.5
    if char in _WIDE or unicodedata.east_asian_width(char) in "WF":
        return 1.2
    if char.isascii() or unicodedata.name(char, "").startswith("LATIN"):
        return 0.85 if char.isupper() else 0.72
    return 1.2
