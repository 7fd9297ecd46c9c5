"""What the downloads page must say of the files that are there."""

from collections.abc import Iterator
from pathlib import Path

from manual.core.model import Manual
from manual.core.outputs import FOLDER, Download, archive_name, copy_lines
from manual.verify.pdf.handouts import handout_lines


def download_lines(manual: Manual, site: Path) -> Iterator[Download]:
    """What the downloads page must say of each file.

    A site out of its zip does not offer the zip.
    """
    yield from handout_lines(manual, site)
    folder = site / FOLDER
    sizes = {path.name: path.stat().st_size for path in folder.glob("*") if path.is_file()}
    for line in copy_lines(manual, sizes):
        if line.name != archive_name(manual) or line.name in sizes:
            yield line
