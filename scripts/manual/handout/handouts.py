"""The handouts of a manual: made from it, checked for characters that no font has."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from pypdfium2 import PdfDocument

from manual.diagnostics import Diagnostic
from manual.download_names import handout_name
from manual.handout.booklet import impose
from manual.handout.data import handout_data
from manual.handout.fonts import added_fonts, families, unprintable
from manual.handout.layouts import LAYOUTS, Layout
from manual.handout.typeset import typeset
from manual.model import Manual, Part, Section
from manual.project import Project


@dataclass(frozen=True, slots=True)
class Handout:
    """A finished PDF: its file name, its layout, and how many pages it has."""

    name: str
    layout: Layout
    pages: int
    data: bytes


def check_fonts(manual: Manual, project: Project) -> list[Diagnostic]:
    """What the handouts' fonts lack."""
    return list(unprintable(manual, added_fonts(project.source)))


def standard_set(manual: Manual, project: Project) -> Iterator[Handout]:
    """The whole manual in every layout. Raises TypesetError."""
    for layout in LAYOUTS:
        yield make_handout(manual, project, layout)


def make_handout(
    manual: Manual, project: Project, layout: Layout, chosen: Collection[Part | Section] = ()
) -> Handout:
    """One handout, of the manual or of chosen parts and sections. Raises TypesetError."""
    fonts = added_fonts(project.source)
    pdf = typeset(handout_data(manual, layout, chosen, families(fonts)), fonts)
    with PdfDocument(pdf) as document:
        pages = len(document)
    if layout.folded:
        pdf = impose(pdf)
    return Handout(handout_name(manual, layout, chosen), layout, pages, pdf)
