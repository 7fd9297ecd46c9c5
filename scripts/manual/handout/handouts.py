"""The handouts of a manual: made from it, checked for characters that no font has."""

import pickle
import subprocess
import sys
from collections.abc import Collection, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial

from pypdfium2 import PdfDocument

from manual.diagnostics import Diagnostic
from manual.download_names import handout_name
from manual.handout.booklet import impose
from manual.handout.data import handout_data
from manual.handout.fonts import added_fonts, families, unprintable
from manual.handout.layouts import LAYOUTS, Layout
from manual.handout.typeset import TypesetError, typeset
from manual.model import Manual, Part, Section, blocks_of
from manual.project import Project

# Typst keeps all that it has laid out, for the next time. That makes the handouts of most manuals
# faster, and of big ones (of so many blocks) slower, by gigabytes: each of theirs is made in a
# process of its own, so many at once.
_BIG = 500
_AT_ONCE = 2
_ONE = """
import pickle, sys
from manual.handout.handouts import TypesetError, make_handout
try:
    made = make_handout(*pickle.load(sys.stdin.buffer))
except TypesetError as error:
    made = error
pickle.dump(made, sys.stdout.buffer)
"""


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
    if sum(1 for part in manual.all_parts for _ in blocks_of(part)) < _BIG:
        yield from map(partial(make_handout, manual, project), LAYOUTS)
        return
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        yield from pool.map(partial(_make_apart, manual, project), LAYOUTS)


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


def _make_apart(manual: Manual, project: Project, layout: Layout) -> Handout:
    """The same as `make_handout`, in a process of its own."""
    done = subprocess.run(  # noqa: S603  (this very program)
        [sys.executable, "-c", _ONE],
        input=pickle.dumps((manual, project, layout)),
        capture_output=True,
        check=False,
    )
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().rpartition("\n")[2]
        raise TypesetError(f"the handout {layout.name} could not be made: {said}")
    made: Handout | TypesetError = pickle.loads(done.stdout)  # noqa: S301  (ours)
    if isinstance(made, TypesetError):
        raise made
    return made
