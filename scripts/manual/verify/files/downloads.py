"""What the downloads page must say of the files that are there."""

from pathlib import Path

from manual.core.model import Manual
from manual.core.outputs import FOLDER, Download, archive_name, copy_lines
from manual.verify.pdf.handouts import handout_lines


def download_lines(manual: Manual, site: Path) -> list[Download]:
    """What the downloads page must say of each file.

    A site out of its zip does not offer the zip.
    """
    folder = site / FOLDER
    sizes = {path.name: path.stat().st_size for path in folder.glob("*") if path.is_file()}
    copies = copy_lines(manual, sizes)
    archive = archive_name(manual)
    there = [line for line in copies if line.name != archive or line.name in sizes]
    return [*handout_lines(manual, site), *there]
