"""What the downloads page must say of the files that are there."""

from collections.abc import Iterator
from pathlib import Path

from manual.download_names import FOLDER, archive_name, copy_lines
from manual.model import Manual
from manual.verify.handouts import handout_lines


def download_lines(manual: Manual, site: Path) -> Iterator[tuple[str, str, str]]:
    """What the downloads page must say of each file: title, name, and the line about it.

    A site out of its zip does not offer the zip.
    """
    yield from handout_lines(manual, site)
    folder = site / FOLDER
    sizes = {path.name: path.stat().st_size for path in folder.glob("*") if path.is_file()}
    for title, name, details in copy_lines(manual, sizes):
        if name != archive_name(manual) or name in sizes:
            yield title, name, details
