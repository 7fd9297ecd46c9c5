"""Which characters the fonts of the handouts have: our own fonts, and those an instructor adds.

Ours are Source Serif and Source Sans (SIL Open Font License, fonts/LICENSE-*.md). Fonts in
source_manual/fonts/ are used for characters that ours lack.
"""

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
    covered: frozenset[int] | None = None
    for text, span in _texts(manual):
        for char in dict.fromkeys(text):
            if char in seen:
                continue
            seen.add(char)
            covered = coverage(fonts) if covered is None else covered
            if has_no_glyph(char) or ord(char) in covered:
                continue
            at = span.source.text.find(char, span.start, span.end)
            place = Span(span.source, at, at + 1) if at >= 0 else span
            yield Diagnostic(
                Code.UNPRINTABLE_CHARACTER,
                f"no font of the handouts has the character `{char}` ({character_name(char)})",
                "write it another way, or put a font that has it (a .ttf or .otf file) into "
                "source_manual/fonts",
                place,
            )


def accented_without_glyph(manual: Manual, family: str) -> str:
    """The accented letters of a manual that one of our families has no glyph for.

    A typesetter would draw them from two glyphs, and a screen reader would read them twice: they
    must come from another font. `family` is how the names of its files begin.
    """
    uncommon = {char for text, _ in _texts(manual) for char in text} - _COMMON
    accented = sorted(char for char in uncommon if unicodedata.normalize("NFD", char) != char)
    covered = _covered(SHIPPED, f"{family}-") if accented else frozenset()
    return "".join(char for char in accented if ord(char) not in covered)


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
