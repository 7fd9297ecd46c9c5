"""Manual → EPUB 3.3: one file for reading apps and e-readers.

The templates hold the documents and escape every text. What the format asks for is in
https://www.w3.org/TR/epub-33/ and https://www.w3.org/TR/epub-a11y-11/.
"""

import hashlib
import uuid
from functools import partial
from importlib.resources import files as files_of

from manual.core.addresses import plain_address
from manual.core.model import Manual, Note, blocks_of, plain
from manual.write.epub.cover import cover_view
from manual.write.templating import environment
from manual.write.views import address, manual_view
from manual.write.zipping import zipped

MEDIA_TYPE = "application/epub+zip"

_FOLDER = "EPUB/"
_PACKAGE = f"{_FOLDER}package.opf"
_STYLE = files_of("manual.write.epub") / "templates/style.css"


def make_epub(manual: Manual) -> bytes:
    """The bytes of the manual's EPUB. The same manual makes the same bytes.

    The manual must have passed its checks.
    """
    # The first file is not compressed, so that the type of the whole can be told from its bytes.
    return zipped({"mimetype": MEDIA_TYPE.encode(), **_documents(manual)}, stored=["mimetype"])


def identifier_of(documents: dict[str, bytes]) -> str:
    """An identifier made from what the documents say, in their order: other content, another book.

    A reading app that keeps the book under its identifier then takes a new edition for a new book,
    and not for one that it has already.
    """
    digest = hashlib.sha256()
    for name, data in documents.items():
        digest.update(f"{name}\n{len(data)}\n".encode() + data)
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_OID, digest.hexdigest())}"


def _documents(manual: Manual) -> dict[str, bytes]:
    """Every file but the first, in the order of the archive."""
    view = manual_view(manual)
    front, *parts = pages = [view["introduction"], *view["parts"]]
    front["title"] = manual.title
    for number, (page, part) in enumerate(zip(pages, manual.all_parts, strict=True)):
        # Plain names: not every reading system can open others, and a part may have any.
        page["file"] = f"part-{number}.xhtml" if number else "front.xhtml"
        page["has_signs"] = any(isinstance(block, Note) for block in blocks_of(part))
    files = {page["id"]: page["file"] for page in pages}
    templates = environment("epub", view)
    templates.filters["plain_address"] = plain_address
    templates.globals |= {
        "folder": _FOLDER,
        "front": front,
        "parts": parts,
        "cover": cover_view(manual),
        "audience": plain(manual.audience),
    }

    def document(template: str, **more: object) -> bytes:
        return templates.get_template(f"{template}.j2").render(**more).encode()

    documents = {
        "META-INF/container.xml": document("container.xml"),
        _PACKAGE: document("package.opf", identifier=""),
        f"{_FOLDER}nav.xhtml": document("nav.xhtml"),
        f"{_FOLDER}style.css": _STYLE.read_text("utf-8").encode(),  # its line ends: \n everywhere
        f"{_FOLDER}cover.svg": document("cover.svg"),
        f"{_FOLDER}cover.xhtml": document("cover.xhtml"),
    }
    for page in pages:
        to = partial(address, shown=page["id"], file=files.__getitem__, outside=plain_address)
        documents[_FOLDER + page["file"]] = document("page.xhtml", page=page, address=to)
    documents[_PACKAGE] = document("package.opf", identifier=identifier_of(documents))
    return documents
