"""What downloads are called: their files, and on the pages that offer them."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from hashlib import sha256

from manual.handout.layouts import LAYOUTS, Layout
from manual.model import Manual, Part, Section
from manual.wording import Wording, wording_for

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


def copy_lines(manual: Manual, sizes: Mapping[str, int]) -> list[tuple[str, str, str]]:
    """The title, the file name and the line about each file that is no PDF; `sizes` in bytes, by
    name. The whole site's is not said, because it holds the page that would say it.
    """
    wording = wording_for(manual.language)
    book, archive = book_name(manual), archive_name(manual)
    single = file_size(sizes.get(SINGLE, 0))
    return [
        (wording.one_file, SINGLE, f"HTML, {single}. {wording.for_one_file}"),
        (wording.book, book, f"EPUB, {file_size(sizes.get(book, 0))}. {wording.for_book}"),
        (wording.whole_site, archive, f"ZIP. {wording.for_whole_site}"),
    ]


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


def handout_details(layout: Layout, pages: int, size: int, wording: Wording) -> str:
    """Size, pages and paper of a handout, and whom it is for, in one line."""
    whom = (
        wording.for_booklet
        if layout.folded
        else wording.for_large_print
        if layout.large
        else wording.for_handout
    )
    count = wording.one_page if pages == 1 else f"{pages} {wording.pages}"
    return f"PDF, {count}, {layout.paper}, {file_size(size)}. {whom}"


def file_size(size: int) -> str:
    """A size in bytes as people say it, in steps of a thousand."""
    return f"{max(1, round(size / 1000))} kB" if size < 1_000_000 else f"{size / 1_000_000:.1f} MB"


def _plain(text: str) -> str:
    ascii_only = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    whole = re.sub(r"[^a-z0-9]+", "-", ascii_only).strip("-")
    return whole if len(whole) <= _MOST else whole[:_MOST].rpartition("-")[0] or whole[:_MOST]
