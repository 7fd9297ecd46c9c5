"""The whole site as one zip, to unpack on any computer and read without a network.

It holds READ ME FIRST.txt, SHA256SUMS.txt and the folder site/ with every file of the site except
the zip itself, which the downloads page in there does not offer.
"""

import hashlib
import re
import shutil
import tempfile
from pathlib import Path

from manual.core.files import write_whole
from manual.core.model import Manual, plain
from manual.core.outputs import FOLDER, archive_name, file_stem
from manual.core.wording import wording_for
from manual.site.offline import write_offline
from manual.write.zipping import zipped

READ_ME = "READ ME FIRST.txt"
SUMS = "SHA256SUMS.txt"

_OFFER = re.compile(r'<p class="download whole-site".*?</p>\s*', re.DOTALL)


def write_archive(manual: Manual, folder: Path) -> None:
    """Put the zip into the downloads of a finished site. Call it before write_offline, which lists
    the files of the site. Raises OSError.
    """
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}.") as beside:
        copy = Path(beside) / "site"
        shutil.copytree(folder, copy)
        (copy / FOLDER / archive_name(manual)).unlink(missing_ok=True)
        page = copy / "downloads.html"
        page.write_bytes(_OFFER.sub("", page.read_text(encoding="utf-8")).encode())
        write_offline(manual, copy)
        files = {
            f"site/{path.relative_to(copy).as_posix()}": path.read_bytes()
            for path in sorted(copy.rglob("*"))
            if path.is_file()
        }
    sums = "".join(f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in files.items())
    files = {READ_ME: read_me(manual).encode("utf-8-sig"), SUMS: sums.encode(), **files}
    (folder / FOLDER).mkdir(exist_ok=True)
    top = file_stem(manual)
    packed = zipped({f"{top}/{name}": data for name, data in files.items()})
    write_whole(folder / FOLDER / archive_name(manual), packed)


def read_me(manual: Manual) -> str:
    """The text that says what to open, with line ends that the plainest editor shows as such."""
    wording = wording_for(manual.language)
    lines = [
        manual.title,
        f"{wording.edition}: {manual.edition}",
        "",
        plain(manual.audience),
        "",
        *wording.read_me,
    ]
    return "".join(f"{' '.join(line.split())}\r\n" for line in lines)
