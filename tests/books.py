"""EPUBs for tests: their files, and files as an EPUB again."""

import io
import re
import shutil
import zipfile
from pathlib import Path

from manual.core.model import Manual
from manual.write.epub.book import identifier_of
from manuals import ROOT, the_manual

PACKAGE = "EPUB/package.opf"
_IDENTIFIER = re.compile(rb'(?<=<dc:identifier id="identifier">)[^<]*')


def both_manuals(folder: Path) -> list[Manual]:
    """The shipped manual, and another instructor's. The folder is one to write to."""
    shutil.copytree(ROOT / "tests/manuals/shoulder", folder / "source_manual")
    return [the_manual(ROOT), the_manual(folder)]


def unpacked(book: bytes) -> dict[str, bytes]:
    """The files of a book by name, in its order."""
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(files: dict[str, bytes], *, first: int = zipfile.ZIP_STORED) -> bytes:
    """Files as a book. `first` says how the first one is compressed."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data, first if name == "mimetype" else zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def sealed(files: dict[str, bytes]) -> dict[str, bytes]:
    """The files with the identifier that belongs to them, so that it gives no damage away."""
    documents = {name: data for name, data in files.items() if name != "mimetype"}
    documents[PACKAGE] = _IDENTIFIER.sub(b"", documents.get(PACKAGE, b""))
    identifier = identifier_of(documents).encode()
    resealed = _IDENTIFIER.sub(identifier, files.get(PACKAGE, b""))
    return {name: resealed if name == PACKAGE else data for name, data in files.items()}
