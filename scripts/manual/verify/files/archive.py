"""The files to download beside the PDFs: one HTML file, the EPUB, the whole site as a zip."""

import hashlib
import re
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path, PurePosixPath

from manual.core.diagnostics import Code, Diagnostic
from manual.core.made import files_of_persons, is_left_by_a_system
from manual.core.model import Manual
from manual.core.outputs import FOLDER, SINGLE, archive_name, book_name
from manual.core.references import References
from manual.verify.compare import compare_files, finding
from manual.verify.epub.book import verify_epub
from manual.verify.files.downloads import download_lines
from manual.verify.files.offline import verify_offline
from manual.verify.html.pages import verify_pages
from manual.verify.html.single_file import verify_single_file

_READ_ME = "READ ME FIRST.txt"
_SUMS = "SHA256SUMS.txt"

# Of the site in the zip, these differ from the site that offers it: no page offers the zip itself.
_DIFFERENT = frozenset({"downloads.html", "sw.js"})

# https://learn.microsoft.com/windows/win32/fileio/naming-a-file
_BAD_NAME = re.compile(r'[<>:"\\|?*\x00-\x1f]|[ .]$')
_LONGEST = 200

# What zipfile raises for broken, cut, encrypted or strangely packed archives.
_UNREADABLE = (OSError, RuntimeError, ValueError, EOFError, zipfile.BadZipFile, zlib.error)


def verify_copies(manual: Manual, references: References, site: Path) -> Iterator[Diagnostic]:
    """The single file and the EPUB say what the manual says."""
    for name, verify in ((SINGLE, verify_single_file), (book_name(manual), verify_epub)):
        where = f"{site.name}/{FOLDER}/{name}"
        try:
            data = (site / FOLDER / name).read_bytes()
        except OSError:
            yield finding(Code.UNREADABLE_OUTPUT, f"there is no file {where}", None, where)
        else:
            yield from verify(manual, references, data, where)


def verify_archive(manual: Manual, references: References, site: Path) -> Iterator[Diagnostic]:
    """The zip holds the site that offers it, and says how to open it.

    Files that are the site's byte for byte are held against the manual there; the page and the
    worker that must differ are held against it here.
    """
    name = archive_name(manual)
    where = f"{site.name}/{FOLDER}/{name}"
    if not (site / FOLDER / name).exists():
        return  # a site out of its zip; a page that offers what is not there has a dead link
    try:
        with zipfile.ZipFile(BytesIO((site / FOLDER / name).read_bytes())) as archive:
            entries = archive.infolist()
            contents = {entry.filename: archive.read(entry) for entry in entries}
    except _UNREADABLE as error:
        message = f"{where} cannot be read: {error}"
        yield finding(Code.UNREADABLE_OUTPUT, message, None, where)
        return
    yield from _names(entries, where)
    top = PurePosixPath(next(iter(contents), "")).parts[:1]
    files = {
        PurePosixPath(*PurePosixPath(full).parts[1:]).as_posix(): data
        for full, data in contents.items()
        if PurePosixPath(full).parts[:1] == top
    }
    if len(files) != len(entries) or _READ_ME not in files:
        yield finding(Code.LOST, f"{where} lacks {_READ_ME}, or is not one folder", None, where)
    inside = {
        path.removeprefix("site/"): data for path, data in files.items() if path.startswith("site/")
    }
    yield from _sums(files, where)
    own = {
        path.relative_to(site).as_posix(): path.read_bytes()
        for path in site.rglob("*")
        if path.is_file() and path.name != name
        if not is_left_by_a_system(path.relative_to(site).as_posix())
    }
    for kept in files_of_persons(site):
        own.pop(kept, None)
    same = {path: own.get(path) if path in _DIFFERENT else data for path, data in inside.items()}
    yield from compare_files(own, same, where)
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "site"
        for relative, data in inside.items():
            path = copy / relative
            if path.resolve().is_relative_to(copy.resolve()):
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)
        yield from verify_pages(manual, references, copy, download_lines(manual, copy))
        yield from verify_offline(manual, references, copy)


def _names(entries: list[zipfile.ZipInfo], where: str) -> Iterator[Diagnostic]:
    """Every name can be unpacked on Windows, macOS and Linux, in the folder, as a plain file."""
    seen: set[str] = set()
    for entry in entries:
        name = entry.filename
        parts = name.split("/")
        is_plain = entry.external_attr >> 16 in (0, 0o100644)
        fits = len(name) < _LONGEST and name.lower() not in seen and is_plain
        if not fits or any(part in ("", ".", "..") or _BAD_NAME.search(part) for part in parts):
            message = f"{where} has the name `{name}`, which cannot be unpacked everywhere"
            yield finding(Code.CHANGED, message, None, where)
        seen.add(name.lower())


def _sums(files: dict[str, bytes], where: str) -> Iterator[Diagnostic]:
    """The list of checksums is that of all files but itself and the READ ME."""
    expected = "".join(
        f"{hashlib.sha256(data).hexdigest()}  {name}\n"
        for name, data in files.items()
        if name not in (_READ_ME, _SUMS)
    )
    if files.get(_SUMS, b"").decode(errors="replace") != expected:
        yield finding(Code.CHANGED, f"{where} has a wrong list of checksums", None, where)
