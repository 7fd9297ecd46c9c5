"""How handouts look: the rules of layout on every page, the size of letters, folding."""

from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from manual.core.layouts import LAYOUTS, Layout
from manual.core.wording import wording_for
from manual.verify.pdf.facts import read_facts
from manual.verify.pdf.tree import Document, read_pdf
from manual.write.handout.handouts import make_handout
from manuals import the_manual, write
from pdfs import each_layout, handout_of, problems_of
from trying import MORE_TRYING, TRYING, trying


@each_layout
@pytest.mark.parametrize("which", ["shipped", "other"])
def test_every_page_is_well_laid_out(
    request: pytest.FixtureRequest, which: str, layout: Layout
) -> None:
    """In both manuals on every paper no rule of layout is broken, and nothing is lost."""
    root: Path = request.getfixturevalue(which)
    data = handout_of(root, layout)
    assert not problems_of(the_manual(root), layout, data)


@pytest.mark.parametrize(
    "name", [*TRYING, *(pytest.param(name, marks=pytest.mark.audit) for name in MORE_TRYING)]
)
@pytest.mark.parametrize(
    "layouts",
    [
        pytest.param(LAYOUTS[::2], id="letter"),
        pytest.param(LAYOUTS[1::2], id="a4", marks=pytest.mark.audit),
    ],
)
def test_trying_manuals_are_well_laid_out(
    tmp_path: Path, name: str, layouts: tuple[Layout, ...]
) -> None:
    """Long steps, notes, words, names and footnotes break no rule of layout, on any paper."""
    write(tmp_path, trying(name))
    manual = the_manual(tmp_path)
    problems = {
        layout.name: found
        for layout in layouts
        if (found := problems_of(manual, layout, make_handout(manual, None, layout).data))
    }
    assert not problems


def test_a_note_longer_than_a_page_goes_on_under_its_signal_word(tmp_path: Path) -> None:
    """On each further page of a long note stands its signal word with "(continued)"."""
    write(tmp_path, trying("long notes"))
    manual = the_manual(tmp_path)
    document = read_pdf(make_handout(manual, None, LAYOUTS[0]).data)
    facts = read_facts(document.root, labels_behind=False)
    notes = [found for found in facts if found.fact.kind == "note"]
    pages = [sorted({run.page for run in note.runs}) for note in notes]
    long = [found for found in pages if len(found) > 1]
    assert long
    for found in long:
        for page in found[1:]:
            shown = "".join(run.text for run in document.chrome[page - 1])
            assert "!(continued)" in shown.replace(" ", "")


@each_layout
def test_the_size_of_the_letters(shipped: Path, layout: Layout) -> None:
    """Large print has no letter below 18 points but the stars of footnotes; others none below 7."""
    document = read_pdf(handout_of(shipped, layout), folded=layout.folded)
    runs = [run for page in document.chrome for run in page] + list(document.root.runs())
    smallest = min(run.size for run in runs if run.text.strip("*. \u2060"))
    assert smallest >= (18 if layout.large else 7)


def test_booklets_are_imposed_for_folding(shipped: Path) -> None:
    """Beside page 1 lies the last of the booklet's pages; blank ones are at the end."""
    manual = the_manual(shipped)
    layout = next(layout for layout in LAYOUTS if layout.folded)
    data = handout_of(shipped, layout)
    reader = PdfReader(BytesIO(data))
    document: Document = read_pdf(data, folded=True)
    assert len(reader.pages) * 2 >= document.pages > len(reader.pages) * 2 - 4
    assert len(reader.pages) % 2 == 0
    width, height = reader.pages[0].mediabox.width, reader.pages[0].mediabox.height
    assert (round(width), round(height)) == (792, 612)  # a Letter sheet, lying
    wording = wording_for(manual.language)
    for number, runs in enumerate(document.chrome, 1):
        shown = "".join(run.text for run in runs)
        assert f"{wording.page_long} {number} {wording.of} {document.pages}" in shown
