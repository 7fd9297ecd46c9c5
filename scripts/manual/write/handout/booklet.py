"""Pages → a booklet: two pages on each side of a sheet, to print on both sides, fold and staple.

Each page becomes a form XObject (ISO 32000-1, 8.10) that its sheet draws whole, so the content of
pages stays as it is. The structure tree keeps its order; its references to marked content then lead
into the forms (14.7.4.2).
"""

import gc
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NumberObject,
)


def sheets(pages: int) -> Iterator[tuple[int, int]]:
    """The left and the right page on each side of each sheet, front then back; pages count from 1.

    Numbers beyond `pages` are blank pages: all are at the booklet's end, towards its back cover.
    """
    total = -(-pages // 4) * 4
    for sheet in range(total // 4):
        yield total - 2 * sheet, 2 * sheet + 1
        yield 2 * sheet + 2, total - 2 * sheet - 1


def impose(pdf: bytes) -> bytes:
    """A tagged PDF of single pages → the booklet, to print duplex, flipped on the short edge."""
    # Garbage collection would take a third of the time: a PDF has many objects, and all of them are
    # in use to the end.
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        return _Imposition(PdfWriter(clone_from=BytesIO(pdf))).booklet()
    finally:
        if was_enabled:
            gc.enable()


class _Imposition:
    # pypdf's objects are a tree of many types; they are Any here.
    def __init__(self, writer: Any) -> None:
        self.writer = writer
        self.pages: list[Any] = list(writer.pages)
        first = self.pages[0].mediabox
        self.width, self.height = float(first.width), float(first.height)
        # The object number of each page → its form, its sheet, its offset from the sheet's left.
        self.places: dict[int, tuple[Any, Any, float]] = {}

    def booklet(self) -> bytes:
        root = self.writer.root_object
        kids = ArrayObject(self.sheet(pair) for pair in sheets(len(self.pages)))
        root["/Pages"][NameObject("/Kids")] = kids
        root["/Pages"][NameObject("/Count")] = NumberObject(len(kids))
        self.move_marks(root["/StructTreeRoot"])
        self.move_destinations()
        root[NameObject("/ViewerPreferences")].get_object()[NameObject("/Duplex")] = NameObject(
            "/DuplexFlipShortEdge"
        )
        for page in self.pages:
            reference = page.indirect_reference
            self.writer._objects[reference.idnum - 1] = None
        self.writer.pdf_header = "%PDF-1.7"
        out = BytesIO()
        self.writer.write(out)
        return out.getvalue()

    def sheet(self, pair: tuple[int, int]) -> Any:
        """One side of a sheet, with its left and right page; numbers past the last stay blank."""
        forms = DictionaryObject()
        annotations = ArrayObject()
        operators = []
        sheet = self.writer._add_object(DictionaryObject())
        for number, shift, name in zip(pair, (0.0, self.width), ("/L", "/R"), strict=True):
            if number > len(self.pages):
                continue
            page = self.pages[number - 1]
            form = self.form(page)
            forms[NameObject(name)] = form
            operators.append(f"q 1 0 0 1 {shift:g} 0 cm {name} Do Q")
            self.places[page.indirect_reference.idnum] = (form, sheet, shift)
            for annotation in page.get("/Annots", ()):
                _shift(annotation.get_object(), shift)
                annotations.append(annotation)
        contents = DecodedStreamObject()
        contents.set_data("\n".join(operators).encode())
        side = sheet.get_object()
        side[NameObject("/Type")] = NameObject("/Page")
        side[NameObject("/Parent")] = self.writer.root_object.raw_get("/Pages")
        side[NameObject("/MediaBox")] = _box(2 * self.width, self.height)
        side[NameObject("/Resources")] = DictionaryObject({NameObject("/XObject"): forms})
        side[NameObject("/Contents")] = self.writer._add_object(contents)
        side[NameObject("/Tabs")] = NameObject("/S")
        if annotations:
            side[NameObject("/Annots")] = annotations
        return sheet

    def form(self, page: Any) -> Any:
        """The page as a form; marked content keeps its numbers and its entries in ParentTree."""
        form = page.raw_get("/Contents").get_object()
        form[NameObject("/Type")] = NameObject("/XObject")
        form[NameObject("/Subtype")] = NameObject("/Form")
        form[NameObject("/BBox")] = _box(self.width, self.height)
        form[NameObject("/Resources")] = page.raw_get("/Resources")
        if "/StructParents" in page:
            form[NameObject("/StructParents")] = page["/StructParents"]
        return form.indirect_reference

    def move_marks(self, element: Any) -> None:
        """Make references to pages, in this part of the structure tree, lead into their forms."""
        waiting = [element]
        while waiting:
            element = waiting.pop()
            page = element.raw_get("/Pg") if "/Pg" in element else None
            kids = element.get("/K")
            if kids is None:
                continue
            listed = kids if isinstance(kids, ArrayObject) else ArrayObject([element.raw_get("/K")])
            moved = ArrayObject()
            for kid in listed:
                child = kid.get_object()
                if isinstance(child, DictionaryObject) and "/S" in child:
                    waiting.append(child)
                    moved.append(kid)
                else:
                    moved.append(self.moved(child, page))
            element[NameObject("/K")] = moved
            if page is not None:
                element[NameObject("/Pg")] = self.places[page.idnum][1]

    def moved(self, mark: Any, page: IndirectObject | None) -> DictionaryObject:
        """A reference to marked content or to an object of a page → one by way of the sheet."""
        if isinstance(mark, DictionaryObject):
            page = mark.raw_get("/Pg") if "/Pg" in mark else page
        if page is None:
            raise ValueError("a mark in the structure tree names no page")
        form, sheet, _ = self.places[page.idnum]
        if isinstance(mark, DictionaryObject) and mark.get("/Type") == "/OBJR":
            mark[NameObject("/Pg")] = sheet
            return mark
        number = mark["/MCID"] if isinstance(mark, DictionaryObject) else mark
        return DictionaryObject(
            {
                NameObject("/Type"): NameObject("/MCR"),
                NameObject("/Pg"): sheet,
                NameObject("/Stm"): form,
                NameObject("/MCID"): NumberObject(number),
            }
        )

    def move_destinations(self) -> None:
        """Make destinations (12.3.2.2) on pages lead to the same places on their sheets."""
        for target in self.writer._objects:
            if not isinstance(target, ArrayObject) or len(target) != 5 or target[1] != "/XYZ":
                continue
            page = target[0]
            if isinstance(page, IndirectObject) and page.idnum in self.places:
                _, sheet, shift = self.places[page.idnum]
                target[0] = sheet
                target[2] = FloatObject(float(target[2]) + shift)


def _box(width: float, height: float) -> ArrayObject:
    return ArrayObject([NumberObject(0), NumberObject(0), FloatObject(width), FloatObject(height)])


def _shift(annotation: Any, shift: float) -> None:
    for key in ("/Rect", "/QuadPoints"):
        if key in annotation:
            points = annotation[key].get_object()
            annotation[NameObject(key)] = ArrayObject(
                FloatObject(float(value) + (0 if index % 2 else shift))
                for index, value in enumerate(points)
            )
