"""The handouts of a manual, in every layout or in one."""

import os
from collections.abc import Collection, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from pypdfium2 import PdfDocument

from manual.core.layouts import LAYOUTS, Layout
from manual.core.model import Manual, Part, Section, blocks_of
from manual.core.outputs import handout_name
from manual.write.handout.booklet import impose
from manual.write.handout.data import handout_data
from manual.write.handout.fonts import families
from manual.write.handout.typeset import TypesetError, typeset

# Typst caches all that it lays out. That speeds up the next handout of most manuals, but takes
# gigabytes for big ones (of this many blocks) and slows them down. So each handout of a big manual
# is made in a process of its own, this many at a time.
_BIG = 500
_AT_ONCE = 2


@dataclass(frozen=True, slots=True)
class Handout:
    """A finished PDF: its file name, its layout, and how many pages it has."""

    name: str
    layout: Layout
    pages: int
    data: bytes


def standard_set(manual: Manual, fonts: Path | None) -> Iterator[Handout]:
    """The whole manual in every layout. `fonts` is a folder of further fonts.

    Raises TypesetError.
    """
    make = partial(make_handout, manual, fonts)
    if sum(1 for part in manual.all_parts for _ in blocks_of(part)) < _BIG:
        yield from map(make, LAYOUTS)
        return
    # A new Python looks for modules in the current folder first, which is the instructor's.
    os.environ["PYTHONSAFEPATH"] = "1"
    spawn = get_context("spawn")
    with ProcessPoolExecutor(_AT_ONCE, mp_context=spawn, max_tasks_per_child=1) as pool:
        try:
            yield from pool.map(make, LAYOUTS)
        except BrokenProcessPool as error:
            raise TypesetError("the handouts could not be made: a process was ended") from error


def make_handout(
    manual: Manual, fonts: Path | None, layout: Layout, chosen: Collection[Part | Section] = ()
) -> Handout:
    """A handout of the manual, or of chosen parts and sections. Raises TypesetError."""
    pdf = typeset(handout_data(manual, layout, chosen, families(fonts)), fonts)
    with PdfDocument(pdf) as document:
        pages = len(document)
    if layout.folded:
        pdf = impose(pdf)
    return Handout(handout_name(manual, layout, chosen), layout, pages, pdf)
