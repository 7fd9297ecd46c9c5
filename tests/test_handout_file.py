"""Handouts as files: accessible, tagged, read in order, the same bytes every time."""

import os
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from typing import Any

import pdfua
from pypdf import PdfReader

from manual.core.layouts import LAYOUTS, Layout
from manual.verify.pdf.tree import Element, read_pdf
from manuals import ROOT, the_manual
from pdfs import each_layout, handout_of


@each_layout
def test_a_handout_is_accessible(tmp_path: Path, shipped: Path, layout: Layout) -> None:
    """Each PDF says that it is PDF/UA-1, has a title, a language, tags, and embedded fonts.

    An independent checker finds nothing. (In booklets it cannot see that the marks of what a sheet
    shows are inside the forms of the pages, which ISO 32000-1, 14.7.4.2 allows.)
    """
    data = handout_of(shipped, layout)
    reader = PdfReader(BytesIO(data))
    root: Any = reader.trailer["/Root"]
    assert root["/Lang"] == "en"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata is not None
    assert reader.metadata.title == the_manual(shipped).title
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_object().get_data()
    for thing in reader.resolved_objects.values():
        if isinstance(thing, dict) and thing.get("/Type") == "/FontDescriptor":
            assert {"/FontFile2", "/FontFile3"} & set(thing)
    path = tmp_path / "handout.pdf"
    path.write_bytes(data)
    found = {finding.rule_id for finding in pdfua.validate(str(path)).findings}
    assert found == ({"UA-01-003"} if layout.folded else set())


@each_layout
def test_lists_and_notes_are_tagged(shipped: Path, layout: Layout) -> None:
    """Numbered steps are lists with their markers as labels; notes are notes with their word."""
    document = read_pdf(handout_of(shipped, layout), folded=layout.folded)

    def all_of(element: Element, kind: str) -> list[Element]:
        below = [child for child in element.children if isinstance(child, Element)]
        found = [inner for child in below for inner in all_of(child, kind)]
        return ([element] if element.kind == kind else []) + found

    def text(element: Element) -> str:
        return "".join(run.text for run in element.runs()).strip()

    items = all_of(document.root, "LI")
    markers = [text(label) for item in items for label in all_of(item, "Lbl")]
    assert {"1.", "2.", "a.", "b.", "c."} <= set(markers)
    notes = [text(note) for note in all_of(document.root, "Note")]
    assert sum("CAUTION!" in note for note in notes) == 1
    assert sum("IMPORTANT!" in note for note in notes) == 2
    assert sum(note.startswith("*") for note in notes) == 2  # the footnotes


def test_text_comes_out_in_reading_order(shipped: Path) -> None:
    """Copied or searched text has the markers `A)`, `1.` and `a.` before their steps."""
    reader = PdfReader(BytesIO(handout_of(shipped, LAYOUTS[0])))
    text = "\n".join(page.extract_text() for page in reader.pages)
    expected = [
        "G)",
        "If the psoas is very tender",
        "1.",
        "Use 3 communications",
        "a.",
        "Is this tender",
    ]
    at = text.index("If the psoas is very tender") - 20
    for piece in expected:
        assert piece in text[at:]
        at = text.index(piece, at)


def test_handouts_are_the_same_bytes_every_time(tmp_path: Path) -> None:
    """Another process with another hash seed and time zone makes the same bytes."""
    program = (
        "import sys, hashlib; from pathlib import Path\n"
        "from manual.build import read_manual\n"
        "from manual.core.project import Project\n"
        "from manual.write.handout.handouts import standard_set\n"
        "project = Project(Path(sys.argv[1])); manual, _ = read_manual(project)\n"
        "print([hashlib.sha256(made.data).hexdigest() for made in standard_set(manual, None)])\n"
    )

    def digests(seed: str, zone: str) -> bytes:
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone}
        command = [sys.executable, "-c", program, str(ROOT)]
        return subprocess.run(command, env=environment, check=True, capture_output=True).stdout

    assert digests("1", "UTC") == digests("2", "Asia/Tokyo")
