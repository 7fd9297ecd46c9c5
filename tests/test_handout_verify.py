"""Verify sees whatever is wrong with a handout."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfWriter

from manual.core.diagnostics import Code
from manual.core.layouts import LAYOUTS
from manual.core.model import Manual
from manual.core.outputs import FOLDER
from manual.core.project import Project
from manual.core.references import References
from manual.verify.pdf.handouts import verify_handout, verify_handouts
from manual.write.handout.handouts import make_handout
from manuals import the_manual
from pdfs import handout_of, make


def _changed(data: bytes, old: bytes, new: bytes) -> bytes:
    """The PDF with other words in what its pages draw or in its objects."""
    writer = PdfWriter(clone_from=BytesIO(data))
    objects: list[Any] = list(writer._objects)
    for thing in objects:
        if hasattr(thing, "get_data"):
            drawn = thing.get_data()
            if old in drawn:
                thing.set_data(drawn.replace(old, new, 1))
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def test_verify_sees_every_other_text(project: Project) -> None:
    """A handout of another text, edition, title, order or label is not taken for this one."""
    manual = the_manual(project.root)
    references = References(manual)
    psoas = project.source / "psoas.txt"
    settings = project.source / "manual.yml"
    original = {path: path.read_text() for path in (psoas, settings)}
    tried = 0
    for path, old, new in (
        (psoas, "IMPORTANT!", "CAUTION!"),
        (psoas, "12 seconds", "21 seconds"),
        (psoas, "is a very tiny", "is a tiny"),
        (psoas, "femoral pulse.\n", "pulse.\n"),
        (psoas, "## Belly of the psoas", "## Belly of a psoas"),
        (psoas, "*Arndt-Schultz Law: A weak", "*Arndt-Schultz Law: Some weak"),
        (psoas, "[[Ilium C]]", "[[Ilium B]]"),
        (psoas, "The client is in control.", "The client leads."),
        (psoas, "   5. If static pressure", "   If static pressure"),
        (settings, "edition: November 2026", "edition: October 2026"),
        (settings, "title: Manual treatment", "title: The treatment"),
        (settings, "Only for experienced", "For experienced"),
        (settings, "language: en", "language: en-GB"),
        (settings, "  - psoas\n  - iliacus", "  - iliacus\n  - psoas"),
    ):
        assert old in original[path]
        path.write_text(original[path].replace(old, new, 1))
        damaged = the_manual(project.root)
        for layout in (LAYOUTS[0], LAYOUTS[2], LAYOUTS[4]):
            data = make_handout(damaged, None, layout).data
            assert list(verify_handout(manual, references, data, "x", layout)), (old, layout.name)
            tried += 1
        path.write_text(original[path])
    assert tried == 42


def test_verify_sees_damage_in_the_file(shipped: Path) -> None:
    """Text drawn white, beside the paper or not at all, lost tags and half files are seen."""
    manual = the_manual(shipped)
    references = References(manual)
    layout = LAYOUTS[0]
    data = handout_of(shipped, layout)

    def findings(damaged: bytes) -> list[Code]:
        return [one.code for one in verify_handout(manual, references, damaged, "x", layout)]

    assert findings(data) == []
    assert findings(data[: len(data) // 2]) == [Code.UNREADABLE_OUTPUT]
    assert findings(b"") == [Code.UNREADABLE_OUTPUT]
    assert findings(b"%PDF-1.7\n%%EOF") == [Code.UNREADABLE_OUTPUT]
    assert findings(_changed(data, b"BT 0 Tr", b"BT 3 Tr"))  # invisible letters
    assert findings(_changed(data, b"<</MCID 3>>BDC", b"<</MCID 99>>BDC"))  # an untagged text
    assert findings(_changed(data, b"<</MCID 5>>BDC", b"<</MCID 6>>BDC"))  # in another's place
    assert findings(_changed(data, b"1 0 0 -1 82 ", b"1 0 0 -1 9982 "))  # beside the paper
    assert Code.HIDDEN in findings(_changed(data, b"c0 cs 0 scn\nBT", b"c0 cs 1 scn\nBT"))  # white


def test_verify_wants_every_handout_and_no_stale_one(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A lost handout and one of chosen sections that is out of date are found; others' PDFs not."""
    assert make(project.root, monkeypatch) == 0
    assert make(project.root, monkeypatch, "Belly") == 0
    folder = project.site / FOLDER
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    with (folder / "consent-form.pdf").open("wb") as file:
        writer.write(file)
    manual = the_manual(project.root)

    def findings(manual: Manual) -> list[str]:
        return [one.message for one in verify_handouts(manual, References(manual), project.site)]

    assert findings(manual) == []
    source = project.source / "psoas.txt"
    source.write_text(source.read_text().replace("12 seconds", "10 seconds"))
    stale = findings(the_manual(project.root))
    assert any("belly-letter.pdf" in one for one in stale)
    next(folder.glob("*iliopsoas-a4.pdf")).unlink()
    assert any("there is no handout" in one for one in findings(manual))
