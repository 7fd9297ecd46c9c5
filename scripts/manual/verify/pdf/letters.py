"""The letters of a PDF, as its pages show them: what each glyph says, and where it stands."""

import codecs
import ctypes
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import pypdfium2.raw as pdfium

from manual.core.characters import has_no_glyph

# How light a letter may be, 0 to 255: #4f4f4f on white is 8:1 (https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio).
_LIGHTEST = 0x4F

# How far lengths of the same glyph can differ, in points.
_SAME = 0.05


@dataclass(slots=True)
class Run:
    """Letters on one line. Lengths are points from the left and the lower edge of `page`."""

    text: str
    page: int  # from 1
    left: float
    bottom: float
    right: float
    top: float
    size: float
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class _Glyph:
    """What a glyph, or a text of several, stands for; where its ink is, and its size of type."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    size: float

    def is_accent_of(self, letter: "_Glyph") -> bool:
        """Whether a glyph that stands for the same letter as the one before is an accent upon it.

        The letter once more would stand behind the first, and be as large.
        """
        same = (self.text, self.size) == (letter.text, letter.size)
        if not same or not _is_accented(self.text) or not _is_one_letter(self.text):
            return False
        wide, high = self.right - self.left, self.top - self.bottom
        wider, higher = wide - letter.right + letter.left, high - letter.top + letter.bottom
        if max(abs(wider), abs(higher)) < _SAME:  # a letter that is its own accent
            overlap = min(self.right, letter.right) - max(self.left, letter.left)
            return overlap > wide / 2 and abs(self.bottom - letter.bottom) < high
        middle = (self.left + self.right) / 2
        beside = letter.left - 0.5 * self.size < middle < letter.right + 0.2 * self.size
        return beside and abs(self.bottom - letter.bottom) < 2 * self.size


@dataclass(slots=True)
class Shown:
    """A text on a page: its run, how far the form that it is in is shifted, the span around it that
    says what it stands for, if there is one, and its characters in the text of the page.
    """

    run: Run
    shift: tuple[float, float]
    span: int
    said: str
    chars: list[tuple[int, str]] = field(default_factory=list)

    def glyphs(self, text: Any) -> list[_Glyph]:
        """Its glyphs, told apart only where some can be accents that are drawn on their own."""
        whole = self.said if self.span else _joined(char for _, char in self.chars)
        if self.span or not whole or max(whole) < "\u0300" or not _is_accented(whole):
            run = self.run
            box = (run.left, run.bottom, run.right, run.top)
            return [_Glyph(whole, *box, run.size)] if whole else []
        glyphs: list[tuple[list[float], list[str]]] = []
        right, up = self.shift
        for index, char in self.chars:
            edges = [ctypes.c_double() for _ in range(4)]
            pdfium.FPDFText_GetCharBox(text, index, edges[0], edges[2], edges[1], edges[3])
            ink = [edge.value for edge in edges]
            if not glyphs or glyphs[-1][0] != ink:
                glyphs.append((ink, []))
            glyphs[-1][1].append(char)
        return [
            _Glyph(_joined(chars), left - right, bottom - up, end - right, top - up, self.run.size)
            for (left, bottom, end, top), chars in glyphs
        ]


def fill_in(texts: Iterable[Shown], page: Any) -> None:
    """Give each text the letters that a reader finds in it; `page` is PDFium's text page."""
    letter, span = None, 0  # the last letter with its accents, and the span that it is in
    for shown_text in texts:
        # A span of several texts says what they are once.
        glyphs = [] if span and shown_text.span == span else shown_text.glyphs(page)
        span = shown_text.span
        run = shown_text.run
        for glyph in glyphs:
            # An accent that is drawn on its own stands for its whole letter once more.
            if letter is None or not glyph.is_accent_of(letter):
                run.text += glyph.text
                letter = glyph
        run.text = run.text or " "  # PDFium drops a space on its own


def actual_text(shown: Any) -> tuple[int, str]:
    """The span around a text that says by itself what it stands for, and what that is; 0: none.

    ISO 32000-1, 14.9.4. (PDFium applies it to a page's text, but loses characters beyond U+FFFF.)
    """
    for index in range(pdfium.FPDFPageObj_CountMarks(shown)):
        mark = pdfium.FPDFPageObj_GetMark(shown, index)
        size = ctypes.c_ulong()
        if pdfium.FPDFPageObjMark_GetParamBlobValue(mark, b"ActualText", None, 0, size):
            data = (ctypes.c_ubyte * size.value)()
            pdfium.FPDFPageObjMark_GetParamBlobValue(mark, b"ActualText", data, size.value, size)
            found = bytes(data)
            is_wide = found.startswith(codecs.BOM_UTF16_BE)
            said = found[2:].decode("utf-16-be", "replace") if is_wide else found.decode("latin-1")
            return ctypes.addressof(mark.contents), said
    return 0, ""


def _joined(chars: Iterable[str]) -> str:
    """Characters as one text. (PDFium gives them as UTF-16 has them.)"""
    return "".join(chars).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _is_accented(text: str) -> bool:
    return any(map(unicodedata.combining, unicodedata.normalize("NFD", text)))


def _is_one_letter(text: str) -> bool:
    """Whether a text is one letter with its accents: what a typesetter draws at one place."""
    plain = unicodedata.normalize("NFD", text)
    return sum(not (unicodedata.combining(c) or has_no_glyph(c)) for c in plain) <= 1


def is_hidden(shown: Any) -> bool:
    """Whether a text is drawn invisibly, or in a colour too light to read."""
    if pdfium.FPDFTextObj_GetTextRenderMode(shown) != pdfium.FPDF_TEXTRENDERMODE_FILL:
        return True
    parts = [ctypes.c_uint() for _ in range(4)]
    pdfium.FPDFPageObj_GetFillColor(shown, *parts)
    red, green, blue, alpha = (part.value for part in parts)
    return alpha < 255 or max(red, green, blue) > _LIGHTEST
