"""Which characters the fonts of the handouts have: our own fonts, and those an instructor adds.

Ours are Source Serif and Source Sans (SIL Open Font License, fonts/LICENSE-*.md). Fonts in
source_manual/fonts/ are used for characters that ours lack.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from manual.core.addresses import plain_address
from manual.core.characters import character_name, has_no_glyph
from manual.core.diagnostics import Code, Diagnostic
from manual.core.model import Footnote, Manual, Step, Words, blocks_of, nodes_of, texts_of
from manual.core.source import Span

SHIPPED = Path(__file__).parent / "fonts"

_SUFFIXES = (".ttf", ".otf", ".ttc", ".otc")
# Every font that we ship has these (a test sees to it), so most manuals need no look at the fonts.
_COMMON = frozenset(map(chr, (*range(0x20, 0x7F), *range(0xA0, 0x180)))) | frozenset(
    "–—‘’‚“”„†•…‹›€−"
)


# A letter or sign with what is set upon it.
_ACCENTED = re.compile(r"\S[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+")


def added_fonts(source: Path) -> Path | None:
    """The folder of an instructor's own fonts, if there are any."""
    folder = source / "fonts"
    return folder if _fonts_in(folder) else None


def families(folder: Path | None) -> list[str]:
    """The names of the font families in a folder, sorted."""
    from fontTools.ttLib import TTFont

    found = set()
    for path in _fonts_in(folder):
        with TTFont(path, fontNumber=0, lazy=True) as font:
            name = font["name"]
            found.add(name.getDebugName(16) or name.getDebugName(1) or path.stem)
    return sorted(found)


def unprintable(manual: Manual, fonts: Path | None) -> Iterator[Diagnostic]:
    """The first place of each character that no font has. `fonts` is a folder of further fonts."""
    seen = set(_COMMON)
    seen_letters: set[str] = set()
    for text, span in _texts(manual):
        for letter in _ACCENTED.findall(text):
            if letter in seen_letters or not all(
                ord(char) in coverage(fonts) or has_no_glyph(char) for char in letter
            ):
                continue
            seen_letters.add(letter)
            if not _in_one_font(letter, fonts):
                yield Diagnostic(
                    Code.UNPRINTABLE_CHARACTER,
                    f"no font of the handouts has both the character `{letter[0]}` "
                    f"({character_name(letter[0])}) and what is set upon it "
                    f"({', '.join(map(character_name, letter[1:]))})",
                    "write it another way, or put a font that has them (a .ttf or .otf file) into "
                    "source_manual/fonts",
                    _place(letter, span),
                )
        for char in dict.fromkeys(text):
            if char in seen:
                continue
            seen.add(char)
            if has_no_glyph(char) or ord(char) in coverage(fonts):
                continue
            yield Diagnostic(
                Code.UNPRINTABLE_CHARACTER,
                f"no font of the handouts has the character `{char}` ({character_name(char)})",
                "write it another way, or put a font that has it (a .ttf or .otf file) into "
                "source_manual/fonts",
                _place(char, span),
            )


def _place(text: str, span: Span) -> Span:
    """Where a text first stands in a span; the whole span, where it is not found in it."""
    at = span.source.text.find(text, span.start, span.end)
    return Span(span.source, at, at + len(text)) if at >= 0 else span


def lacking(manual: Manual, family: str) -> str:
    """The characters of a manual that one of our families has no glyph for.

    `family` is how the names of its files begin. Left to find out by itself, Typst would draw an
    accented letter from two glyphs, so that a screen reader would read it twice; and of a letter
    that it must take from another font, it would lose all but the accents.
    """
    uncommon = {char for text, _ in _texts(manual) for char in text} - _COMMON
    known = _covered(SHIPPED, f"{family}-")
    return "".join(
        char
        for char in sorted(uncommon)
        if ord(char) not in known and not unicodedata.combining(char) and not has_no_glyph(char)
    )


def _in_one_font(letter: str, fonts: Path | None) -> bool:
    """Whether one of the fonts has a letter with all its accents."""
    chars = [char for char in letter if not has_no_glyph(char)]
    forms = [unicodedata.normalize(form, "".join(chars)) for form in ("NFC", "NFD")]
    files: list[tuple[Path | None, str]] = [(SHIPPED, path.name) for path in _fonts_in(SHIPPED)]
    files += [(fonts, path.name) for path in _fonts_in(fonts)]
    known = (_covered(folder, name) for folder, name in files)
    return any(any(all(ord(char) in has for char in form) for form in forms) for has in known)


def coverage(fonts: Path | None) -> frozenset[int]:
    """The code points that our fonts and those in `fonts` have."""
    return _covered(SHIPPED) | _covered(fonts)


@cache
def _covered(fonts: Path | None, beginning: str = "") -> frozenset[int]:
    from fontTools.ttLib import TTFont

    found: set[int] = set()
    for path in _fonts_in(fonts):
        if path.name.startswith(beginning):
            with TTFont(path, fontNumber=0, lazy=True) as font:
                found.update(font.getBestCmap() or {})
    return frozenset(found)


def _fonts_in(folder: Path | None) -> list[Path]:
    if folder is None or not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if path.suffix.lower() in _SUFFIXES)


def _texts(manual: Manual) -> Iterator[tuple[str, Span]]:
    """Every text that a handout prints, with its place."""
    start = manual.introduction.span
    yield manual.title, start
    yield manual.edition, start
    for part in manual.all_parts:
        for node in nodes_of(part):
            yield f"{node.name} {node.title}", node.span
        for block in blocks_of(part):
            if isinstance(block, Footnote):
                yield block.term, block.span
            if isinstance(block, Step):
                yield block.label, block.span
    for text in texts_of(manual):
        for inline in text:
            yield (inline.text if isinstance(inline, Words) else ""), inline.span
    for link in manual.links:
        yield f"{link.title} {plain_address(link.url)}", link.span
