"""The EPUB: what it says, what it shows, where it leads, and that all of it is there and listed."""

import hashlib
import io
import re
import uuid
import xml.etree.ElementTree as ET
import zipfile
import zlib
from collections.abc import Iterable, Iterator

from manual.core.diagnostics import Code, Diagnostic
from manual.core.model import Manual, Part
from manual.core.references import References
from manual.core.wording import wording_for
from manual.verify.compare import compare, finding
from manual.verify.epub import frames
from manual.verify.epub.frames import FOLDER, PACKAGE
from manual.verify.epub.xml import parse_xml
from manual.verify.errors import UnexpectedError, UnreadableError
from manual.verify.expected.book import (
    document_name,
    facts_of_document,
)
from manual.verify.expected.facts import Fact
from manual.verify.frames import require_frames
from manual.verify.html.dialects import XHTML, book_dialect
from manual.verify.html.links import dead_links_in, foreign_requests_in
from manual.verify.html.reader import compare_blocks
from manual.verify.html.visibility import hidden_in_page

_MEDIA_TYPE = b"application/epub+zip"
_STYLE = f"{FOLDER}style.css"
_COVER = f"{FOLDER}cover.svg"
_CONTAINER = "META-INF/container.xml"
_NAMESPACES = {
    _CONTAINER: "urn:oasis:names:tc:opendocument:xmlns:container",
    PACKAGE: "http://www.idpf.org/2007/opf",
    _COVER: "http://www.w3.org/2000/svg",
}
_UNREADABLE = (zipfile.BadZipFile, zlib.error, ValueError, EOFError, RuntimeError)


def verify_epub(
    manual: Manual, references: References, data: bytes, where: str
) -> Iterator[Diagnostic]:
    """Hold the bytes of an EPUB, the file `where`, against the manual.

    Yields what differs. Nothing is the proof that every word, marker, label, note, footnote and
    link is there, in order and seen; that every link inside leads somewhere; that nothing asks
    another host; and that the package lists all that it holds.
    """
    try:
        files = _unpacked(data)
    except _UNREADABLE as error:
        yield finding(Code.UNREADABLE_OUTPUT, f"{where} cannot be read back: {error}", None, where)
        return
    parts = {FOLDER + document_name(manual, part): part for part in manual.all_parts}
    names = ("nav.xhtml", "style.css", "cover.svg", "cover.xhtml")
    expected = ["mimetype", _CONTAINER, PACKAGE, *(FOLDER + name for name in names), *parts]
    yield from compare(_packed(expected), _packed(files), where)
    identifier = _identifier(files)
    pages: dict[str, ET.Element] = {}
    for name, data in files.items():
        if name not in expected or name in ("mimetype", _STYLE):
            continue
        place = f"{where}/{name}"
        try:
            root = parse_xml(data, _NAMESPACES.get(name, XHTML))
            if name not in _NAMESPACES:
                pages[name] = root
            _require_frame(manual, name, root, parts.get(name), identifier)
            if part := parts.get(name):
                yield from _compare_text(manual, references, part, root, place)
        except UnreadableError as error:
            message = f"{place} cannot be read back: {error}"
            yield finding(Code.UNREADABLE_OUTPUT, message, None, place)
        except UnexpectedError as error:
            yield finding(Code.CHANGED, f"{place}: {error}", None, place)
    sheets = {name: files[name].decode("utf-8", "replace") for name in files if name == _STYLE}
    for name, root in pages.items():
        yield from _hidden(root, "".join(sheets.values()), f"{where}/{name}")
    yield from dead_links_in(pages, files.__contains__, where)
    yield from foreign_requests_in(pages, sheets, where)


def _require_frame(
    manual: Manual, name: str, root: ET.Element, part: Part | None, identifier: str
) -> None:
    """Raises UnexpectedError where a file holds anything around the text of its part that it must
    not, or lacks what it must hold.
    """
    if part:
        require_frames(root, frames.document(manual, part), inside="section")
    elif name == _COVER:
        frames.require_picture(root, manual)
    elif name == PACKAGE:
        require_frames(root, frames.package(manual, identifier))
    elif name == _CONTAINER:
        require_frames(root, frames.container())
    else:
        is_cover = name.endswith("cover.xhtml")
        require_frames(root, frames.cover(manual) if is_cover else frames.navigation(manual))


def _compare_text(
    manual: Manual, references: References, part: Part, root: ET.Element, place: str
) -> Iterator[Diagnostic]:
    """What the document of a part says against what it must say. Raises UnexpectedError."""
    expected = facts_of_document(manual, references, part)
    dialect = book_dialect(wording_for(manual.language))
    yield from compare_blocks(expected, next(root.iter("section")), dialect, place)


def _hidden(page: ET.Element, css: str, place: str) -> Iterator[Diagnostic]:
    """What a document holds and does not show, when the style sheet stands in it."""
    body = page.find("body")
    if body is not None:
        style = ET.SubElement(page, "style")
        style.text = css
        yield from hidden_in_page(page, body, place)
        page.remove(style)


def _packed(names: Iterable[str]) -> list[Fact]:
    return [Fact("packed file", name) for name in names]


def _unpacked(data: bytes) -> dict[str, bytes]:
    """The files of the archive, in its order. Raises UnreadableError or one of _UNREADABLE.

    The first file shows any system what this is:
    https://www.w3.org/TR/epub-33/#sec-zip-container-mime
    """
    if data[30 : 38 + len(_MEDIA_TYPE)] != b"mimetype" + _MEDIA_TYPE:
        raise UnreadableError("it does not begin with its media type")
    files: dict[str, bytes] = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if archive.comment:
            raise UnreadableError("the archive has a remark")
        for info in archive.infolist():
            if info.filename in files or info.is_dir() or info.extra or info.comment:
                raise UnreadableError(f"the archive holds more than the file {info.filename}")
            files[info.filename] = archive.read(info)
    if files.get("mimetype") != _MEDIA_TYPE:
        raise UnreadableError("its media type is that of something else")
    return files


def _identifier(files: dict[str, bytes]) -> str:
    """The identifier that the book must have: made of all that it holds, so no two editions share
    one.
    """
    match = re.search(rb'(?<=<dc:identifier id="identifier">)[^<]*', files.get(PACKAGE, b""))
    found = match[0] if match else b""
    digest = hashlib.sha256()
    for name, content in files.items():
        if name != "mimetype":
            bare = content.replace(found, b"", 1) if name == PACKAGE else content
            digest.update(b"%s\n%d\n%s" % (name.encode(), len(bare), bare))
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_OID, digest.hexdigest())}"
