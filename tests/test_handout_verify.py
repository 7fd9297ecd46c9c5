"""Verify catches whatever is wrong with a handout."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfWriter

from manual.core.diagnostics import Code
from manual.core.layouts import LAYOUTS
from manual.core.model import Manual
from manual.core.outputs import FOLDER
from manual.core.references import References
from manual.verify.pdf.handouts import verify_handout, verify_handouts
from manual.write.handout.handouts import make_handout
from manuals import the_manual, write
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


SETTINGS = """\
title: Manual treatment
edition: November 2026
audience: Only for experienced hands.
language: en
parts: [psoas, iliacus]
"""
PSOAS = """\
# The psoas

## Belly of the psoas

The client is in control.

A) Ask for a very tiny movement, as in [[Contact A]].
   1. Press for 12 seconds, beside the femoral pulse.
   2. If static pressure helps, stay. Heed the Law*.

IMPORTANT! Not on the pulse.

*Law: A weak stimulus wakes.
"""
SMALL: dict[str, str | bytes] = {
    "manual.yml": SETTINGS,
    "psoas.txt": PSOAS,
    "iliacus.txt": "# The iliacus\n\n## Contact\n\nA) Hook.\n\nB) Wait.\n",
}


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("psoas.txt", "IMPORTANT!", "CAUTION!"),
        ("psoas.txt", "12 seconds", "21 seconds"),
        ("psoas.txt", "a very tiny", "a tiny"),
        ("psoas.txt", "femoral pulse.\n", "pulse.\n"),
        ("psoas.txt", "## Belly of the psoas", "## Belly of a psoas"),
        ("psoas.txt", "*Law: A weak", "*Law: Some weak"),
        ("psoas.txt", "[[Contact A]]", "[[Contact B]]"),
        ("psoas.txt", "The client is in control.", "The client leads."),
        ("psoas.txt", "   2. If static pressure", "   If static pressure"),
        ("manual.yml", "edition: November 2026", "edition: October 2026"),
        ("manual.yml", "title: Manual treatment", "title: The treatment"),
        ("manual.yml", "Only for experienced", "For experienced"),
        ("manual.yml", "language: en", "language: en-GB"),
        ("manual.yml", "[psoas, iliacus]", "[iliacus, psoas]"),
    ],
)
def test_a_handout_of_another_text_is_caught(tmp_path: Path, name: str, old: str, new: str) -> None:
    """Of another text, edition, title, order or label, it is not taken for this manual's."""
    manual = the_manual(write(tmp_path / "this", SMALL).root)
    source = str(SMALL[name])
    assert old in source
    other = the_manual(write(tmp_path / "other", {**SMALL, name: source.replace(old, new)}).root)
    for layout in (LAYOUTS[0], LAYOUTS[2], LAYOUTS[4]):
        for made_of, is_caught in ((manual, False), (other, True)):
            data = make_handout(made_of, None, layout).data
            found = any(verify_handout(manual, References(manual), data, "x", layout))
            assert found == is_caught, layout.name


def test_damage_in_the_file_is_caught(shipped: Path) -> None:
    """Text drawn white, beside the paper or not at all, lost tags and half files are caught."""
    manual = the_manual(shipped)
    references = References(manual)
    layout = LAYOUTS[0]
    data = handout_of(shipped, layout)

    def findings(damaged: bytes) -> list[Code]:
        return [
            difference.code
            for difference in verify_handout(manual, references, damaged, "x", layout)
        ]

    assert findings(data) == []
    assert findings(data[: len(data) // 2]) == [Code.UNREADABLE_OUTPUT]
    assert findings(b"") == [Code.UNREADABLE_OUTPUT]
    assert findings(b"%PDF-1.7\n%%EOF") == [Code.UNREADABLE_OUTPUT]
    assert findings(_changed(data, b"BT 0 Tr", b"BT 3 Tr"))  # invisible letters
    assert findings(_changed(data, b"<</MCID 3>>BDC", b"<</MCID 99>>BDC"))  # an untagged text
    assert findings(_changed(data, b"<</MCID 5>>BDC", b"<</MCID 6>>BDC"))  # in another's place
    assert findings(_changed(data, b"1 0 0 -1 82 ", b"1 0 0 -1 9982 "))  # beside the paper
    assert Code.HIDDEN in findings(_changed(data, b"c0 cs 0 scn\nBT", b"c0 cs 1 scn\nBT"))  # white


def test_every_handout_is_required_and_none_may_be_stale(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A lost handout and one of chosen sections that is out of date are found; others' PDFs not."""
    project = write(tmp_path, SMALL)
    folder = project.site / FOLDER
    assert make(project.root, monkeypatch, "--to", str(folder)) == 0
    assert make(project.root, monkeypatch, "--to", str(folder), "Belly") == 0
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    with (folder / "consent-form.pdf").open("wb") as file:
        writer.write(file)
    manual = the_manual(project.root)

    def findings(manual: Manual) -> list[str]:
        found = verify_handouts(manual, References(manual), project.site)
        return [difference.message for difference in found]

    assert findings(manual) == []
    source = project.source / "psoas.txt"
    source.write_text(source.read_text().replace("12 seconds", "10 seconds"))
    assert any("belly-letter.pdf" in message for message in findings(the_manual(project.root)))
    (folder / "manual-treatment-a4.pdf").unlink()
    assert any("there is no handout" in message for message in findings(manual))
