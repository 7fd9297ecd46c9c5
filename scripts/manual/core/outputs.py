"""The files that readers can take along: their names, and what the pages say of them."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256

from manual.core.layouts import LAYOUTS, Layout
from manual.core.model import Manual, Part, Section
from manual.core.source import squeeze
from manual.core.wording import Wording, wording_for

FOLDER = "downloads"  # in docs/ and in the site
SINGLE = "manual-single.html"

_MOST = 60


def file_stem(manual: Manual) -> str:
    """The manual's title as the beginning of file names, in plain letters that travel anywhere."""
    return _plain(manual.title) or "manual"


def handout_name(manual: Manual, layout: Layout, chosen: Iterable[Part | Section] = ()) -> str:
    """The file of a handout: `manual-treatment-of-the-iliopsoas-belly-a4.pdf`."""
    ids = "-".join(one.id for one in chosen)
    picked = _plain(ids)
    if picked != ids:  # it was cut, or is written in other letters: keep it apart from others
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
    """A file to take along: its name in downloads/, and what the downloads page says of it."""

    name: str
    title: str
    details: str


def copy_lines(manual: Manual, sizes: Mapping[str, int]) -> list[Download]:
    """What the downloads page says of each file that is no PDF; `sizes` are bytes, by name.

    The whole site's size is left out, because that file holds the page that would give it.
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
    """What the downloads page says of a handout of so many pages and bytes."""
    wording = wording_for(manual.language)
    whom = (
        wording.for_booklet
        if layout.folded
        else wording.for_large_print
        if layout.large
        else wording.for_handout
    )
    count = wording.one_page if pages == 1 else f"{pages} {wording.pages}"
    details = f"PDF, {count}, {layout.paper}, {file_size(size)}. {whom}"
    return Download(handout_name(manual, layout), handout_title(layout, wording), details)


def handout_links(manual: Manual) -> list[tuple[str, str]]:
    """The titles and file names of the handouts to offer on every part's page."""
    wording = wording_for(manual.language)
    return [
        (handout_title(layout, wording, short=True), handout_name(manual, layout))
        for layout in LAYOUTS
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
    return whole if len(whole) <= _MOST else whole[:_MOST].rpartition("-")[0] or whole[:_MOST]


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
