"""Manual → EPUB 3.3: one file for reading apps and e-readers.

The templates hold the documents and escape what they are given. What the format asks for is in
https://www.w3.org/TR/epub-33/ and https://www.w3.org/TR/epub-a11y-11/.
"""

import hashlib
import io
import uuid
import zipfile
from dataclasses import dataclass
from importlib.resources import files as files_of
from typing import Any

import jinja2

from manual.core.addresses import plain_address
from manual.core.model import (
    Manual,
    Note,
    Part,
    blocks_of,
    plain,
)
from manual.core.references import References, Target
from manual.core.wording import direction, wording_for
from manual.write.epub.cover import cover_view
from manual.write.views import HtmlViews

MEDIA_TYPE = "application/epub+zip"

_FOLDER = "EPUB/"
_PACKAGE = f"{_FOLDER}package.opf"
# The format wants a time. The edition is the only date in any output, so it is where zip begins.
_MODIFIED = "1980-01-01T00:00:00Z"
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
# https://www.w3.org/community/reports/a11y-discov-vocab/CG-FINAL-vocabulary-20241209/
# There is no dcterms:conformsTo: whoever claims that must have tried the book, and sign for it.
_FEATURES = (
    "alternativeText",
    "ARIA",
    "displayTransformability",
    "readingOrder",
    "structuralNavigation",
    "tableOfContents",
    "unlocked",
)

View = dict[str, Any]


def make_epub(manual: Manual) -> bytes:
    """The bytes of the manual's EPUB. The same manual makes the same bytes.

    The manual must have passed its checks.
    """
    return _zipped({"mimetype": MEDIA_TYPE.encode(), **_documents(manual)})


def identifier_of(documents: dict[str, bytes]) -> str:
    """An identifier for what the documents say, in their order: other content, another book.

    A reading app that keeps the book under its identifier then takes a new edition for a new book,
    and not for one that it has already.
    """
    digest = hashlib.sha256()
    for name, data in documents.items():
        digest.update(f"{name}\n{len(data)}\n".encode() + data)
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_OID, digest.hexdigest())}"


def _documents(manual: Manual) -> dict[str, bytes]:
    """Every file but the first, in the order of the archive."""
    environment = _environment(manual)
    views = _Views(manual, References(manual))
    front, *parts = (views.document_of(part) for part in manual.all_parts)
    book: View = {
        "folder": _FOLDER,
        "front": front,
        "parts": parts,
        "files": [*_OWN_FILES, *map(_file_of, (front, *parts))],
        "cover": cover_view(manual),
        "audience": plain(manual.audience),
        "description": manual.description or plain(manual.audience),
        "features": _FEATURES,
        "modified": _MODIFIED,
    }

    def document(template: str, **more: object) -> bytes:
        return environment.get_template(f"{template}.j2").render(**book, **more).encode()

    documents = {
        "META-INF/container.xml": document("container.xml"),
        _PACKAGE: document("package.opf", identifier=""),
        f"{_FOLDER}nav.xhtml": document("nav.xhtml"),
        f"{_FOLDER}style.css": (files_of("manual.write.epub") / "templates/style.css").read_bytes(),
        f"{_FOLDER}cover.svg": document("cover.svg"),
        f"{_FOLDER}cover.xhtml": document("cover.xhtml"),
    }
    for page, part in zip((front, *parts), manual.all_parts, strict=True):
        own = _Views(manual, views.references, part)
        documents[f"{_FOLDER}{page['file']}"] = document(
            "page.xhtml",
            page=page,
            audience_text=own.text(manual.audience),
            credits=[own.text(credit) for credit in manual.credits],
            links=[{"text": link.title, "href": plain_address(link.url)} for link in manual.links],
        )
    documents[_PACKAGE] = document("package.opf", identifier=identifier_of(documents))
    return documents


@dataclass(frozen=True, slots=True)
class _File:
    """A file as the package lists it."""

    id: str
    href: str
    media_type: str = "application/xhtml+xml"
    properties: str = ""
    in_spine: bool = False


_OWN_FILES = (
    _File("nav", "nav.xhtml", properties="nav"),
    _File("style", "style.css", "text/css"),
    _File("cover-image", "cover.svg", "image/svg+xml", properties="cover-image"),
    _File("cover", "cover.xhtml", in_spine=True),
)


def _file_of(page: View) -> _File:
    name: str = page["file"]
    properties = "svg" if page["has_signs"] else ""
    return _File(name.removesuffix(".xhtml"), name, properties=properties, in_spine=True)


def _zipped(contents: dict[str, bytes]) -> bytes:
    """A zip of the files in order; the first is stored, so that the file's type can be seen."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in contents.items():
            info = zipfile.ZipInfo(name, _ZIP_DATE)
            info.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            info.create_system = 3  # the same on every system
            info.external_attr = 0o100644 << 16
            archive.writestr(info, data, compresslevel=9)
    return buffer.getvalue()


def _environment(manual: Manual) -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("manual.write.epub"),
        undefined=jinja2.StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals["manual"] = manual
    environment.globals["wording"] = wording_for(manual.language)
    environment.globals["direction"] = direction(manual.language)
    return environment


@dataclass(frozen=True, slots=True)
class _Views(HtmlViews):
    """The model as the templates see it, in the document of `shown`."""

    shown: Part | None = None

    def document_of(self, part: Part) -> View:
        """A part as a document of its own; the introduction is the front."""
        own = _Views(self.manual, self.references, part)
        is_front = part is self.manual.introduction
        return {
            **own.part(part),
            "file": self.file(part),
            "role": "introduction" if is_front else "chapter",
            "title": self.manual.title if is_front else part.title,
            "has_signs": any(isinstance(block, Note) for block in blocks_of(part)),
        }

    def file(self, part: Part) -> str:
        """Plain names: not every reading system knows others, and a part may have any."""
        number = self.manual.all_parts.index(part)
        return f"part-{number}.xhtml" if number else "front.xhtml"

    def address(self, target: Target) -> str:
        """Where a link to the target goes from this document."""
        if target.part is None:
            return plain_address(target.url)
        if target.part is self.shown:
            return f"#{target.id}"
        file = self.file(target.part)
        return file if target.id == target.part.id else f"{file}#{target.id}"
