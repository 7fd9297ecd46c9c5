"""Pages → a booklet: two pages on each side of a sheet, to print on both sides, fold and staple.

Each page becomes a form (ISO 32000-1, 8.10) that its sheet shows whole, so nothing inside it
changes; the structure tree keeps its order, and its marks then point into the forms (14.7.4.2).
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
    """For each side of each sheet, front then back, its left and its right page, from 1.

    A number beyond `pages` is a blank page; all of them come last, where the back cover is.
    """
    total = -(-pages // 4) * 4
    for sheet in range(total // 4):
        yield total - 2 * sheet, 2 * sheet + 1
        yield 2 * sheet + 2, total - 2 * sheet - 1


def impose(pdf: bytes) -> bytes:
    """A tagged PDF of single pages → the booklet, duplex on the short edge."""
    # A file's objects are many, and none is garbage before the end: looking for some takes a third
    # of the time.
    collects = gc.isenabled()
    gc.disable()
    try:
        return _Imposition(PdfWriter(clone_from=BytesIO(pdf))).made()
    finally:
        if collects:
            gc.enable()


class _Imposition:
    # What pypdf hands out is a tree of PDF objects of many types, here Any.
    def __init__(self, writer: Any) -> None:
        self.writer = writer
        self.pages: list[Any] = list(writer.pages)
        first = self.pages[0].mediabox
        self.width, self.height = float(first.width), float(first.height)
        # The id of each page's object → its form, its sheet, and how far right it stands there.
        self.places: dict[int, tuple[Any, Any, float]] = {}

    def made(self) -> bytes:
        made = [self.sheet(pair) for pair in sheets(len(self.pages))]
        root = self.writer.root_object
        kids = ArrayObject(made)
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
        """One side of a sheet with a left and a right page, blank where there is none."""
        forms = DictionaryObject()
        annotations = ArrayObject()
        drawn = []
        sheet = self.writer._add_object(DictionaryObject())
        for number, shift, name in zip(pair, (0.0, self.width), ("/L", "/R"), strict=True):
            if number > len(self.pages):
                continue
            page = self.pages[number - 1]
            form = self.form(page)
            forms[NameObject(name)] = form
            drawn.append(f"q 1 0 0 1 {shift:g} 0 cm {name} Do Q")
            self.places[page.indirect_reference.idnum] = (form, sheet, shift)
            for annotation in page.get("/Annots", ()):
                _shift(annotation.get_object(), shift)
                annotations.append(annotation)
        contents = DecodedStreamObject()
        contents.set_data("\n".join(drawn).encode())
        made = sheet.get_object()
        made[NameObject("/Type")] = NameObject("/Page")
        made[NameObject("/Parent")] = self.writer.root_object.raw_get("/Pages")
        made[NameObject("/MediaBox")] = _box(2 * self.width, self.height)
        made[NameObject("/Resources")] = DictionaryObject({NameObject("/XObject"): forms})
        made[NameObject("/Contents")] = self.writer._add_object(contents)
        made[NameObject("/Tabs")] = NameObject("/S")
        if annotations:
            made[NameObject("/Annots")] = annotations
        return sheet

    def form(self, page: Any) -> Any:
        """The page as a form; its marks keep their numbers, and their parents (ParentTree)."""
        form = page.raw_get("/Contents").get_object()
        form[NameObject("/Type")] = NameObject("/XObject")
        form[NameObject("/Subtype")] = NameObject("/Form")
        form[NameObject("/BBox")] = _box(self.width, self.height)
        form[NameObject("/Resources")] = page.raw_get("/Resources")
        if "/StructParents" in page:
            form[NameObject("/StructParents")] = page["/StructParents"]
        return form.indirect_reference

    def move_marks(self, element: Any) -> None:
        """In the structure tree, from here down, what points to a page points into its form."""
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
        """A mark in a page, or a reference to an object on it, on the sheet."""
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
        """What leads to a place on a page leads to that place on the sheet."""
        for thing in self.writer._objects:
            if not isinstance(thing, ArrayObject) or len(thing) != 5 or thing[1] != "/XYZ":
                continue
            page = thing[0]
            if isinstance(page, IndirectObject) and page.idnum in self.places:
                _, sheet, shift = self.places[page.idnum]
                thing[0] = sheet
                thing[2] = FloatObject(float(thing[2]) + shift)


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
