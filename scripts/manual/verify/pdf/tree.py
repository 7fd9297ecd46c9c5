"""A tagged PDF → its structure tree, with the letters of each mark and where they stand on paper.

The tree is what a screen reader reads (ISO 32000-1, 14.7); the letters are what the page shows. The
two come from different libraries: pypdf reads the tree, PDFium the pages.
"""

import ctypes
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from io import BytesIO
from typing import Any, TypeVar

import pypdfium2
import pypdfium2.raw as pdfium
from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from manual.verify.errors import UnreadableError
from manual.verify.pdf.letters import Run, Shown, actual_text, fill_in, is_hidden

# What the two libraries raise for broken files.
_UNREADABLE = (PyPdfError, pypdfium2.PdfiumError, KeyError, TypeError, ValueError, IndexError)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Place:
    """A place on paper: a page, from 1, and how far up from its lower edge.

    Of a text, `top` is where its letters end, and `line` is surely below the top of the line.
    """

    page: int
    top: float
    line: float = 0.0


@dataclass(slots=True)
class Element:
    """A structure element: its type, and in order its elements and its marks."""

    kind: str
    children: list["Element | list[Run]"] = field(default_factory=list)
    leads_to: Place | str | None = None  # of a link: a place, or the address of another site

    def runs(self) -> Iterator[Run]:
        """All letters in it, in reading order."""
        for child in self.children:
            if isinstance(child, Element):
                yield from child.runs()
            else:
                yield from child


@dataclass(slots=True)
class Document:
    """A tagged PDF as read."""

    root: Element
    pages: int
    width: float
    height: float
    chrome: list[list[Run]]  # of each page: what stands outside the tree (artifacts)
    bookmarks: list[str]
    title: str
    language: str
    keywords: list[str]


def sheet_sides(pages: int) -> list[tuple[int, int]]:
    """The pages on each side of a folded booklet's sheets, from the outermost sheet inwards."""
    total = pages + -pages % 4
    sides = []
    for first in range(1, total // 2, 2):
        sides += [(total + 1 - first, first), (first + 1, total - first)]
    return sides


def read_pdf(data: bytes, *, folded: bool = False) -> Document:
    """Read a PDF of single pages, or a folded booklet, two to a side. Raises UnreadableError."""
    try:
        return _Reader(data, folded).document()
    except _UNREADABLE as error:
        raise UnreadableError(f"it cannot be read as a tagged PDF: {error}") from error


@lru_cache(maxsize=64)
def count_pages(data: bytes, *, folded: bool = False) -> int:
    """How many pages a PDF has, or a folded booklet's sheets show. Raises UnreadableError."""
    return _read(data, _count if folded else lambda pdf: len(pdf.pages))


def keywords_of(data: bytes) -> list[str]:
    """The keywords of a PDF. Raises UnreadableError."""
    return _read(data, _keywords)


def _read(data: bytes, what: Callable[[PdfReader], T]) -> T:
    try:
        return what(PdfReader(BytesIO(data)))
    except _UNREADABLE as error:
        raise UnreadableError(f"it cannot be read: {error}") from error


def _count(booklet: Any) -> int:
    # each page is a form on its sheet
    return sum(len(page["/Resources"]["/XObject"]) for page in booklet.pages)


def _keywords(pdf: PdfReader) -> list[str]:
    keywords = pdf.metadata.get("/Keywords") if pdf.metadata else None
    return [word.strip() for word in str(keywords or "").split(",")]


class _Reader:
    def __init__(self, data: bytes, folded: bool) -> None:
        self.pdf: Any = PdfReader(BytesIO(data))  # a tree of PDF objects of many types
        self.shown = pypdfium2.PdfDocument(data)
        self.pages = len(self.shown)
        self.sides: list[tuple[int, int]] = []
        if folded:
            self.pages = _count(self.pdf)
            self.sides = sheet_sides(self.pages)
        sheets: list[Any] = list(self.pdf.pages)
        self.sheet_of = {
            sheet.indirect_reference.idnum: index for index, sheet in enumerate(sheets)
        }
        self.form_side = {
            form.idnum: 0 if name == "/L" else 1
            for page in sheets
            for name, form in page["/Resources"].get("/XObject", {}).items()
        }
        root: Any = self.pdf.trailer["/Root"]
        names = root.get("/Names", {}).get("/Dests", {})
        self.destinations = dict(_destinations(names))
        self.destinations |= {_name(key): place for key, place in root.get("/Dests", {}).items()}
        # (sheet, side, mark's number) → its letters; number -1 is what stands outside the tree
        self.marks: dict[tuple[int, int, int], list[Run]] = defaultdict(list)
        width, self.height = self.shown[0].get_size()
        self.width = width / 2 if self.sides else width

    def document(self) -> Document:
        for sheet in range(len(self.shown)):
            self.letters(sheet)
        root = self.pdf.trailer["/Root"]
        tree = Element("Root")
        self.grow(tree, root["/StructTreeRoot"], None)
        chrome: list[list[Run]] = [[] for _ in range(self.pages)]
        for (sheet, side, number), runs in self.marks.items():
            if number == -1:
                chrome[self.page(sheet, side) - 1] += runs
        information = self.pdf.metadata
        return Document(
            tree,
            self.pages,
            self.width,
            self.height,
            chrome,
            list(_titles(self.pdf.outline)),
            (information and information.title) or "",
            str(root.get("/Lang", "")),
            _keywords(self.pdf),
        )

    def page(self, sheet: int, side: int) -> int:
        """The number of a page, from 1."""
        return self.sides[sheet][side] if self.sides else sheet + 1

    # --- what the pages show

    def letters(self, sheet: int) -> None:
        page = self.shown[sheet]
        text = page.get_textpage()
        texts: dict[int, Shown] = {}
        for index in range(pdfium.FPDFPage_CountObjects(page)):
            shown = pdfium.FPDFPage_GetObject(page, index)
            if pdfium.FPDFPageObj_GetType(shown) == pdfium.FPDF_PAGEOBJ_FORM:
                matrix = pdfium.FS_MATRIX()
                pdfium.FPDFPageObj_GetMatrix(shown, matrix)
                for inner in range(pdfium.FPDFFormObj_CountObjects(shown)):
                    self.text(pdfium.FPDFFormObj_GetObject(shown, inner), sheet, matrix, texts)
            else:
                self.text(shown, sheet, None, texts)
        for index in range(pdfium.FPDFText_CountChars(text)):
            shown = pdfium.FPDFText_GetTextObject(text, index)
            # (PDFium also reads spaces into gaps.)
            if shown and not pdfium.FPDFText_IsGenerated(text, index):
                char = chr(pdfium.FPDFText_GetUnicode(text, index))
                # (It tells a hyphen at a line's end from others.)
                char = "-" if char == "\x02" else char
                texts[ctypes.addressof(shown.contents)].chars.append((index, char))
        fill_in(texts.values(), text)

    def text(self, shown: Any, sheet: int, form: Any, texts: dict[int, "Shown"]) -> None:
        """Note where a text stands, on the page or in a form; its letters come later."""
        if pdfium.FPDFPageObj_GetType(shown) != pdfium.FPDF_PAGEOBJ_TEXT:
            return
        side = int(bool(form) and form.e >= self.width / 2)
        box = [ctypes.c_float() for _ in range(4)]
        pdfium.FPDFPageObj_GetBounds(shown, *box)
        left, bottom, right, top = (value.value for value in box)
        size = ctypes.c_float()
        pdfium.FPDFTextObj_GetFontSize(shown, size)
        inside = left >= 0 and bottom >= 0 and right <= self.width and top <= self.height
        hidden = not inside or is_hidden(shown)
        run = Run("", self.page(sheet, side), left, bottom, right, top, size.value, hidden)
        number = pdfium.FPDFPageObj_GetMarkedContentID(shown)
        self.marks[sheet, side, number].append(run)
        shift = (form.e, form.f) if form else (0.0, 0.0)
        texts[ctypes.addressof(shown.contents)] = Shown(run, shift, *actual_text(shown))

    # --- the structure tree

    def grow(self, element: Element, node: Any, sheet: int | None) -> None:
        """Add what a node of the tree holds."""
        if "/Pg" in node:
            sheet = self.sheet_of[node.raw_get("/Pg").idnum]
        kids = node.get("/K", ())
        kids = _resolved(kids)
        for kid in kids if isinstance(kids, ArrayObject) else [kids]:
            child = _resolved(kid)
            if not isinstance(child, DictionaryObject):
                if sheet is None:
                    raise UnreadableError("a mark names no page")
                element.children.append(self.marks[sheet, 0, int(child)])
            elif child.get("/Type") == "/MCR":
                of = self.sheet_of[child.raw_get("/Pg").idnum] if "/Pg" in child else sheet
                side = self.form_side[child.raw_get("/Stm").idnum] if "/Stm" in child else 0
                element.children.append(self.marks[of or 0, side, int(str(child["/MCID"]))])
            elif child.get("/Type") == "/OBJR":
                element.leads_to = self.leads_to(child["/Obj"])
            else:
                below = Element(str(child["/S"])[1:])
                element.children.append(below)
                self.grow(below, child, sheet)

    def leads_to(self, annotation: Any) -> Place | str | None:
        target = _resolved(annotation.get("/Dest"))
        if target is None and "/A" in annotation:
            action = annotation["/A"]
            if "/URI" in action:
                return str(action["/URI"])
            target = _resolved(action.get("/D"))
        if isinstance(target, str | bytes):
            target = self.destinations.get(_name(target))
        if not isinstance(target, ArrayObject):
            return None
        page, left, top = target[0], target[2], target[3]
        sheet = self.sheet_of[
            page.idnum if isinstance(page, IndirectObject) else page.indirect_reference.idnum
        ]
        side = int(bool(self.sides) and float(left) >= self.width)
        return Place(self.page(sheet, side), float(top))


def _destinations(node: Any) -> Iterator[tuple[bytes, Any]]:
    """The named places of a PDF: ISO 32000-1, 7.9.6. (pypdf reads names in more than one way.)"""
    for kid in node.get("/Kids", ()):
        yield from _destinations(kid.get_object())
    names = node.get("/Names", ())
    for name, value in zip(names[::2], names[1::2], strict=True):
        place = _resolved(value)
        yield _name(name), _resolved(place["/D"]) if isinstance(place, DictionaryObject) else place


def _name(text: Any) -> bytes:
    original: bytes = getattr(text, "original_bytes", None) or str(text).encode()
    return original


def _resolved(thing: Any) -> Any:
    return thing.get_object() if isinstance(thing, IndirectObject) else thing


def _titles(outline: list[Any]) -> Iterator[str]:
    for entry in outline:
        if isinstance(entry, list):
            yield from _titles(entry)
        else:
            yield str(entry.title)
