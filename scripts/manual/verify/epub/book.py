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
from manual.core.model import Manual
from manual.core.references import References
from manual.verify.compare import compare, finding
from manual.verify.epub import frames
from manual.verify.epub.frames import FOLDER, PACKAGE
from manual.verify.epub.xml import parse_xml
from manual.verify.errors import UnexpectedError, UnreadableError
from manual.verify.expected.book import document_name, facts_of_document
from manual.verify.expected.facts import Fact
from manual.verify.frames import Frame, require_frames
from manual.verify.html.dialects import XHTML, dialect
from manual.verify.html.links import dead_links, foreign_requests_in
from manual.verify.html.reader import compare_blocks
from manual.verify.html.visibility import hidden_in_page, rules_of

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
    nothing: list[Frame] = []  # around the text, in files that are judged in another way
    expected: dict[str, Iterable[Frame]] = {
        "mimetype": nothing,
        _CONTAINER: frames.container(),
        PACKAGE: frames.package(manual, _identifier(files)),
        f"{FOLDER}nav.xhtml": frames.navigation(manual),
        _STYLE: nothing,
        _COVER: nothing,
        f"{FOLDER}cover.xhtml": frames.cover(manual),
    }
    parts = {FOLDER + document_name(manual, part): part for part in manual.all_parts}
    expected |= {name: frames.document(manual, part) for name, part in parts.items()}
    yield from compare(_packed(expected), _packed(files), where)
    pages: dict[str, ET.Element] = {}
    markup = dialect("book", manual.language)
    for name in sorted(files.keys() & expected.keys() - {"mimetype", _STYLE}):
        place = f"{where}/{name}"
        try:
            root = parse_xml(files[name], _NAMESPACES.get(name, XHTML))
            if name not in _NAMESPACES:
                pages[name] = root
            if name == _COVER:
                frames.require_picture(root, manual)
            else:
                require_frames(root, expected[name], inside="section" if name in parts else "")
            if name in parts:
                facts = facts_of_document(manual, references, parts[name])
                yield from compare_blocks(facts, next(root.iter("section")), markup, place)
        except UnreadableError as error:
            message = f"{place} cannot be read back: {error}"
            yield finding(Code.UNREADABLE_OUTPUT, message, None, place)
        except UnexpectedError as error:
            yield finding(Code.CHANGED, f"{place}: {error}", None, place)
    yield from _sight_and_links(pages, files, where)


def _sight_and_links(
    pages: dict[str, ET.Element], files: dict[str, bytes], where: str
) -> Iterator[Diagnostic]:
    """What the documents hold and do not show, where they lead, and what they ask for."""
    sheets = {name: files[name].decode("utf-8", "replace") for name in files if name == _STYLE}
    rules = [rule for name, css in sheets.items() for rule in rules_of(css, name)]
    for name, root in pages.items():
        if (body := root.find("body")) is not None:
            yield from hidden_in_page(root, body, f"{where}/{name}", rules)
    yield from dead_links(pages, files.__contains__, where)
    yield from foreign_requests_in(pages, sheets, where)


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
    """The identifier that the book must have: a digest of all that it holds."""
    match = re.search(rb'(?<=<dc:identifier id="identifier">)[^<]*', files.get(PACKAGE, b""))
    found = match[0] if match else b""
    digest = hashlib.sha256()
    for name, content in files.items():
        if name != "mimetype":
            bare = content.replace(found, b"", 1) if name == PACKAGE else content
            digest.update(b"%s\n%d\n%s" % (name.encode(), len(bare), bare))
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_OID, digest.hexdigest())}"
