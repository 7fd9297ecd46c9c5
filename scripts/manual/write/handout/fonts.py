"""Which characters the fonts of the handouts have: our own fonts, and those an instructor adds.

Ours are Source Serif and Source Sans (SIL Open Font License, fonts/LICENSE-*.md). Fonts in
source_manual/fonts/ are used for characters that ours lack.
"""

import re
import struct
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
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
    return folder if fonts_in(folder) else None


def families(folder: Path | None) -> list[str]:
    """The names of the font families in a folder, sorted."""
    return sorted({family for family, _ in (_read(*font) for font in fonts_in(folder)) if family})


def unprintable(manual: Manual, fonts: Path | None) -> Iterator[Diagnostic]:
    """The first place of each character that no font has. `fonts` is a folder of further fonts."""
    seen = set(_COMMON)
    seen_letters: set[str] = set()
    covered: frozenset[int] | None = None
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
            covered = coverage(fonts) if covered is None else covered
            if has_no_glyph(char) or ord(char) in covered:
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
    known = _covered(SHIPPED, f"{family}-") if uncommon else frozenset()
    return "".join(
        char
        for char in sorted(uncommon)
        if ord(char) not in known and not unicodedata.combining(char) and not has_no_glyph(char)
    )


def _in_one_font(letter: str, fonts: Path | None) -> bool:
    """Whether one of the fonts has a letter with all its accents."""
    chars = "".join(char for char in letter if not has_no_glyph(char))
    forms = [unicodedata.normalize(form, chars) for form in ("NFC", "NFD")]
    known = [_read(*font)[1] for font in (*fonts_in(SHIPPED), *fonts_in(fonts))]
    return any(all(ord(char) in has for char in form) for has in known for form in forms)


def coverage(fonts: Path | None) -> frozenset[int]:
    """The code points that our fonts and those in `fonts` have."""
    return _covered(SHIPPED) | _covered(fonts)


def fonts_in(folder: Path | None) -> tuple[tuple[Path, int, int], ...]:
    """Each font in a folder with its size and time: what is known of it is kept by these, so that
    a font that is added or changed while serving is seen.
    """
    if folder is None or not folder.is_dir():
        return ()
    paths = sorted(path for path in folder.iterdir() if path.suffix.lower() in _SUFFIXES)
    return tuple((path, path.stat().st_size, path.stat().st_mtime_ns) for path in paths)


def _covered(fonts: Path | None, beginning: str = "") -> frozenset[int]:
    found = (_read(*font)[1] for font in fonts_in(fonts) if font[0].name.startswith(beginning))
    return frozenset().union(*found)


@lru_cache(maxsize=64)
def _read(path: Path, _size: int, _time: int) -> tuple[str, frozenset[int]]:
    """The family and the code points of a font; none of one that is damaged or half copied."""
    from fontTools.ttLib import TTFont, TTLibError

    try:
        with TTFont(path, fontNumber=0, lazy=True) as font:
            name = font["name"]
            family = name.getDebugName(16) or name.getDebugName(1) or path.stem
            return family, frozenset(font.getBestCmap() or ())
    except (TTLibError, LookupError, ValueError, AssertionError, struct.error):
        return "", frozenset()


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
