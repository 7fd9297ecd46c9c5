"""The whole site as one zip, to unpack on any computer and to read with no network.

It holds READ ME FIRST.txt, SHA256SUMS.txt and the folder site/ with all files of the site but the
zip itself, which its downloads page does not offer.
"""

import hashlib
import re
import shutil
import tempfile
import zipfile
from io import BytesIO
from pathlib import Path

from manual.core.files import write_whole
from manual.core.model import Manual, plain
from manual.core.outputs import FOLDER, archive_name, file_stem
from manual.core.wording import wording_for
from manual.site.offline import write_offline

READ_ME = "READ ME FIRST.txt"
SUMS = "SHA256SUMS.txt"

_TIME = (1980, 1, 1, 0, 0, 0)  # where zip files begin: the same site makes the same bytes
_OFFER = re.compile(r'<p class="download whole-site".*?</p>\s*', re.DOTALL)


def write_archive(manual: Manual, folder: Path) -> None:
    """Put the zip into the downloads of a finished site; call it before write_offline, which lists
    what the site holds. Raises OSError.
    """
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}.") as beside:
        copy = Path(beside) / "site"
        shutil.copytree(folder, copy)
        (copy / FOLDER / archive_name(manual)).unlink(missing_ok=True)
        page = copy / "downloads.html"
        page.write_text(_OFFER.sub("", page.read_text(encoding="utf-8")), encoding="utf-8")
        write_offline(manual, copy)
        files = {
            f"site/{path.relative_to(copy).as_posix()}": path.read_bytes()
            for path in sorted(copy.rglob("*"))
            if path.is_file()
        }
    sums = "".join(f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in files.items())
    files = {READ_ME: read_me(manual).encode("utf-8-sig"), SUMS: sums.encode(), **files}
    (folder / FOLDER).mkdir(exist_ok=True)
    write_whole(folder / FOLDER / archive_name(manual), _zipped(file_stem(manual), files))


def read_me(manual: Manual) -> str:
    """What to open first; lines end as every system's simplest editor wants them."""
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


def _zipped(top: str, files: dict[str, bytes]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in files.items():
            entry = zipfile.ZipInfo(f"{top}/{name}", _TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # the same on every system that builds
            entry.external_attr = 0o100644 << 16
            archive.writestr(entry, data, compresslevel=9)
    return out.getvalue()
