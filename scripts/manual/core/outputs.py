"""The files to download: their names, and how the pages describe them."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from manual.core.layouts import LAYOUTS, Layout
from manual.core.model import Manual, Part, Section
from manual.core.source import squeeze
from manual.core.wording import Wording, wording_for

FOLDER = "downloads"  # in docs/ and in the site
SINGLE = "manual-single.html"

_STEM_LIMIT = 60


def file_stem(manual: Manual) -> str:
    """The manual's title as the beginning of file names, in plain letters that travel anywhere."""
    return _plain(manual.title) or "manual"


def handout_name(manual: Manual, layout: Layout, chosen: Iterable[Part | Section] = ()) -> str:
    """The file of a handout: `manual-treatment-of-the-iliopsoas-belly-a4.pdf`."""
    ids = "-".join(node.id for node in chosen)
    picked = _plain(ids)
    if picked != ids:  # it was cut, or lost letters: keep it apart from others
        picked = f"{picked}-{sha256(ids.encode()).hexdigest()[:8]}".strip("-")
    return "-".join(filter(None, (file_stem(manual), picked, f"{layout.name}.pdf")))


def book_name(manual: Manual) -> str:
    """The file of the EPUB."""
    return f"{file_stem(manual)}.epub"


def archive_name(manual: Manual) -> str:
    """The file of the whole site."""
    return f"{file_stem(manual)}.zip"


@dataclass(frozen=True, slots=True)
class Download:
    """A file to download: its name in downloads/, and what the downloads page says of it."""

    name: str
    title: str
    details: str


def copy_lines(manual: Manual, sizes: Mapping[str, int]) -> list[Download]:
    """What the downloads page says of each file other than PDFs; `sizes` are bytes, by name.

    The size of the whole site is left out, because the page that would give it is part of that.
    """
    wording = wording_for(manual.language)
    book = book_name(manual)
    single_size, book_size = (file_size(sizes.get(name, 0)) for name in (SINGLE, book))
    return [
        Download(SINGLE, wording.one_file, f"HTML, {single_size}. {wording.for_one_file}"),
        Download(book, wording.book, f"EPUB, {book_size}. {wording.for_book}"),
        Download(archive_name(manual), wording.whole_site, f"ZIP. {wording.for_whole_site}"),
    ]


def handout_line(manual: Manual, layout: Layout, pages: int, size: int) -> Download:
    """What the downloads page says of a handout; `size` is its bytes."""
    wording = wording_for(manual.language)
    purpose = (
        wording.for_booklet
        if layout.folded
        else wording.for_large_print
        if layout.large
        else wording.for_handout
    )
    count = wording.one_page if pages == 1 else f"{pages} {wording.pages}"
    details = f"PDF, {count}, {layout.paper}, {file_size(size)}. {purpose}"
    return Download(handout_name(manual, layout), handout_title(layout, wording), details)


def layouts_in(manual: Manual, site: Path) -> tuple[Layout, ...]:
    """The handouts that a site offers: all, or none in a build without them."""
    names = [handout_name(manual, layout) for layout in LAYOUTS]
    return LAYOUTS if any((site / FOLDER / name).is_file() for name in names) else ()


def handout_links(manual: Manual, layouts: Collection[Layout]) -> list[tuple[str, str]]:
    """The titles and file names of the handouts that each part's page offers."""
    wording = wording_for(manual.language)
    return [
        (handout_title(layout, wording, short=True), handout_name(manual, layout))
        for layout in layouts
    ]


def handout_title(layout: Layout, wording: Wording, *, short: bool = False) -> str:
    """What a handout is called: `Large print, A4`."""
    kind = wording.booklet if layout.folded else wording.large_print if layout.large else ""
    return ", ".join(filter(None, (kind or ("" if short else wording.handout), layout.paper)))


def file_size(size: int) -> str:
    """A size in bytes as people say it, in steps of a thousand."""
    return f"{max(1, round(size / 1000))} kB" if size < 1_000_000 else f"{size / 1_000_000:.1f} MB"


def _plain(text: str) -> str:
    ascii_only = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    whole = re.sub(r"[^a-z0-9]+", "-", ascii_only).strip("-")
    if len(whole) <= _STEM_LIMIT:
        return whole
    return whole[:_STEM_LIMIT].rpartition("-")[0] or whole[:_STEM_LIMIT]


def offline_words(manual: Manual) -> dict[str, str]:
    """What the pages' script says to readers: the names of its data attributes → words."""
    wording = wording_for(manual.language)
    return {
        "ready": wording.ready_offline,
        "missing": wording.not_offline,
        "full": wording.no_room,
        "edition": wording.edition,
        "current": squeeze(manual.edition),
        "new": wording.new_edition,
        "corrected": wording.corrected_edition,
        "load": wording.load_now,
        "close": wording.close,
    }
