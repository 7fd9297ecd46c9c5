"""The EPUB: what it says, what it shows, where it leads, and that all of it is there and listed."""

import copy
import hashlib
import io
import re
import uuid
import xml.etree.ElementTree as ET
import zipfile
import zlib
from collections.abc import Callable, Iterator
from functools import partial

from manual.core.diagnostics import Code, Diagnostic
from manual.core.model import Manual
from manual.core.references import References
from manual.core.wording import wording_for
from manual.verify.compare import compare, finding
from manual.verify.epub.documents import SIGN, XHTML, read_cover, read_navigation, read_page
from manual.verify.epub.expected import FOLDER, STYLE, expected_files
from manual.verify.epub.package import (
    CONTAINER,
    OPF,
    SVG,
    read_container,
    read_package,
    read_picture,
)
from manual.verify.epub.xml import parse_xml
from manual.verify.errors import UnexpectedError, UnreadableError
from manual.verify.expected import Fact
from manual.verify.html.links import dead_links_in, foreign_requests_in
from manual.verify.html.visibility import hidden_in_page

Read = Callable[[ET.Element], list[Fact]]

_MEDIA_TYPE = b"application/epub+zip"
_PACKAGE = f"{FOLDER}package.opf"
_READERS: dict[str, tuple[str, Read]] = {
    "META-INF/container.xml": (CONTAINER, read_container),
    _PACKAGE: (OPF, read_package),
    f"{FOLDER}nav.xhtml": (XHTML, read_navigation),
    f"{FOLDER}cover.svg": (SVG, read_picture),
    f"{FOLDER}cover.xhtml": (XHTML, read_cover),
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
    expected = expected_files(manual, references)
    yield from compare(_names(expected), _names(files), where)
    yield from _identifier(files, where)
    page: tuple[str, Read] = (XHTML, partial(read_page, wording=wording_for(manual.language)))
    pages: dict[str, ET.Element] = {}
    for name, facts in expected.items():
        if not facts or name not in files:
            continue
        place = f"{where}/{name}"
        namespace, read = _READERS.get(name, page)
        try:
            root = parse_xml(files[name], namespace)
        except UnreadableError as error:
            message = f"{place} cannot be read back: {error}"
            yield finding(Code.UNREADABLE_OUTPUT, message, None, place)
            continue
        if namespace == XHTML:
            pages[name] = root
        try:
            found = read(root)
        except UnexpectedError as error:
            yield finding(Code.CHANGED, f"{place}: {error}", _with_place(facts), place)
        else:
            yield from compare(facts, found, place)
    sheets = {STYLE: files[STYLE].decode("utf-8", "replace")} if STYLE in files else {}
    for name, root in pages.items():
        yield from _hidden(root, "".join(sheets.values()), f"{where}/{name}")
    yield from dead_links_in(pages, files.__contains__, where)
    yield from foreign_requests_in(pages, sheets, where)


def _hidden(root: ET.Element, css: str, place: str) -> Iterator[Diagnostic]:
    """What a document holds and does not show, when the style sheet stands in it."""
    page = copy.deepcopy(root)
    for paragraph in page.iter("p"):
        # What was read back as a note has its sign, which is for eyes only.
        for sign in paragraph.findall(SIGN):
            sign.attrib.pop("aria-hidden", None)
    body = page.find("body")
    if body is not None:
        ET.SubElement(page, "style").text = css
        yield from hidden_in_page(page, body, place)


def _with_place(facts: list[Fact]) -> Fact | None:
    return next((fact for fact in facts if fact.span), None)


def _names(files: dict[str, list[Fact]] | dict[str, bytes]) -> list[Fact]:
    return [Fact("packed file", name) for name in files]


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


def _identifier(files: dict[str, bytes], where: str) -> Iterator[Diagnostic]:
    """The identifier is made of all that the book holds, so no two editions share one."""
    package = files.get(_PACKAGE, b"")
    match = re.search(rb'(?<=<dc:identifier id="identifier">)[^<]*', package)
    found = match[0] if match else b""
    digest = hashlib.sha256()
    for name, content in files.items():
        if name != "mimetype":
            bare = content.replace(found, b"", 1) if name == _PACKAGE else content
            digest.update(b"%s\n%d\n%s" % (name.encode(), len(bare), bare))
    due = f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_OID, digest.hexdigest())}"
    if found != due.encode():
        message = f"{where} has another identifier than its content makes, `{due}`"
        yield finding(Code.CHANGED, message, None, where)
