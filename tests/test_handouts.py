"""PDF handouts: what they say, how their pages look, that they are accessible, and bad input."""

import os
import subprocess
import sys
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pdfua
import pytest
from fontTools.ttLib import TTFont
from pypdf import PdfReader, PdfWriter

from layout import broken_rules
from manual.cli import main
from manual.diagnostics import Code, as_text
from manual.download_names import FOLDER, handout_name
from manual.handout import handouts
from manual.handout.fonts import _COMMON, SHIPPED, coverage
from manual.handout.handouts import check_fonts, make_handout, standard_set
from manual.handout.layouts import LAYOUTS, Layout
from manual.handout.text_width import extent, least, most
from manual.handout.typeset import TypesetError
from manual.model import Manual
from manual.project import Project
from manual.references import References
from manual.verify.handout_facts import facts_of_handout
from manual.verify.handouts import verify_handout
from manual.verify.pdf_facts import read_facts
from manual.verify.pdf_tree import Document, Element, read_pdf
from manual.wording import wording_for
from manuals import ROOT, the_manual, write
from trying import TRYING, trying

OTHER = ROOT / "tests/manuals/shoulder"

each_layout = pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)


def _handout(root: Path, layout: Layout) -> bytes:
    manual = the_manual(root)
    return (root / "site" / FOLDER / handout_name(manual, layout)).read_bytes()


def _problems(manual: Manual, project: Project, layout: Layout, data: bytes) -> list[str]:
    """Every rule of layout that a handout breaks, and where it differs from the model."""
    references = References(manual)
    differences = verify_handout(manual, references, data, layout.name, layout)
    return [
        *broken_rules(data, layout, wording_for(manual.language)),
        *(f"{one.code}: {one.message}" for one in differences),
    ]


@each_layout
@pytest.mark.parametrize("which", ["shipped", "other"])
def test_every_page_is_well_laid_out(
    request: pytest.FixtureRequest, which: str, layout: Layout
) -> None:
    """In both manuals on every paper no rule of layout is broken, and nothing is lost."""
    root: Path = request.getfixturevalue(which)
    data = _handout(root, layout)
    assert not _problems(the_manual(root), Project(root), layout, data)


@pytest.mark.parametrize("name", TRYING)
def test_trying_manuals_are_well_laid_out(tmp_path: Path, name: str) -> None:
    """Long steps, notes, words, names and footnotes break no rule of layout, on any paper."""
    project = write(tmp_path, trying(name))
    manual = the_manual(tmp_path)
    problems = {
        layout.name: found
        for layout in LAYOUTS
        if (found := _problems(manual, project, layout, make_handout(manual, project, layout).data))
    }
    assert not problems


def test_a_note_longer_than_a_page_goes_on_under_its_signal_word(tmp_path: Path) -> None:
    """On each further page of a long note stands its signal word with "(continued)"."""
    project = write(tmp_path, trying("long notes"))
    manual = the_manual(tmp_path)
    document = read_pdf(make_handout(manual, project, LAYOUTS[0]).data)
    facts = read_facts(document.root, labels_behind=False)
    pages = [sorted({run.page for run in one.runs}) for one in facts if one.fact.kind == "note"]
    long = [found for found in pages if len(found) > 1]
    assert long
    for found in long:
        for page in found[1:]:
            shown = "".join(run.text for run in document.furniture[page - 1])
            assert "!(continued)" in shown.replace(" ", "")


@each_layout
def test_a_handout_is_accessible(tmp_path: Path, shipped: Path, layout: Layout) -> None:
    """Each PDF says that it is PDF/UA-1, has a title, a language, tags, and embedded fonts.

    An independent checker finds nothing. (In booklets it cannot see that the marks of what a sheet
    shows are inside the forms of the pages, which ISO 32000-1, 14.7.4.2 allows.)
    """
    data = _handout(shipped, layout)
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
    found = {one.rule_id for one in pdfua.validate(str(path)).findings}
    assert found == ({"UA-01-003"} if layout.folded else set())


@each_layout
def test_lists_and_notes_are_tagged(shipped: Path, layout: Layout) -> None:
    """Numbered steps are lists with their markers as labels; notes are notes with their word."""
    document = read_pdf(_handout(shipped, layout), folded=layout.folded)

    def all_of(element: Element, kind: str) -> list[Element]:
        below = [one for one in element.children if isinstance(one, Element)]
        found = [one for child in below for one in all_of(child, kind)]
        return ([element] if element.kind == kind else []) + found

    def text(element: Element) -> str:
        return "".join(run.text for run in element.runs()).strip()

    markers = [text(one) for item in all_of(document.root, "LI") for one in all_of(item, "Lbl")]
    assert {"1.", "2.", "a.", "b.", "c."} <= set(markers)
    notes = [text(one) for one in all_of(document.root, "Note")]
    assert sum("CAUTION!" in one for one in notes) == 1
    assert sum("IMPORTANT!" in one for one in notes) == 2
    assert sum(one.startswith("*") for one in notes) == 2  # the footnotes


@each_layout
def test_the_size_of_the_letters(shipped: Path, layout: Layout) -> None:
    """Large print has no letter below 18 points but the stars of footnotes; others none below 7."""
    document = read_pdf(_handout(shipped, layout), folded=layout.folded)
    runs = [run for page in document.furniture for run in page] + list(document.root.runs())
    smallest = min(run.size for run in runs if run.text.strip("*. \u2060"))
    assert smallest >= (18 if layout.large else 7)


def test_text_comes_out_in_reading_order(shipped: Path) -> None:
    """Copied or searched text has the markers `A)`, `1.` and `a.` before their steps."""
    reader = PdfReader(BytesIO(_handout(shipped, LAYOUTS[0])))
    text = "\n".join(page.extract_text() for page in reader.pages)
    wanted = [
        "G)",
        "If the psoas is very tender",
        "1.",
        "Use 3 communications",
        "a.",
        "Is this tender",
    ]
    at = text.index("If the psoas is very tender") - 20
    for piece in wanted:
        assert piece in text[at:]
        at = text.index(piece, at)


def test_booklets_are_imposed_for_folding(shipped: Path) -> None:
    """Beside page 1 lies the last of the booklet's pages; blank ones are at the end."""
    manual = the_manual(shipped)
    layout = next(one for one in LAYOUTS if one.folded)
    data = _handout(shipped, layout)
    reader = PdfReader(BytesIO(data))
    document: Document = read_pdf(data, folded=True)
    assert len(reader.pages) * 2 >= document.pages > len(reader.pages) * 2 - 4
    assert len(reader.pages) % 2 == 0
    width, height = reader.pages[0].mediabox.width, reader.pages[0].mediabox.height
    assert (round(width), round(height)) == (792, 612)  # a Letter sheet, lying
    wording = wording_for(manual.language)
    for number, runs in enumerate(document.furniture, 1):
        shown = "".join(run.text for run in runs)
        assert f"{wording.page_long} {number} {wording.of} {document.pages}" in shown


def test_handouts_are_the_same_bytes_every_time(tmp_path: Path) -> None:
    """Another process with another hash seed and time zone makes the same bytes."""
    program = (
        "import sys, hashlib; from pathlib import Path\n"
        "from manual.project import Project, read_manual\n"
        "from manual.handout.handouts import standard_set\n"
        "project = Project(Path(sys.argv[1])); manual, _ = read_manual(project)\n"
        "print([hashlib.sha256(one.data).hexdigest() for one in standard_set(manual, project)])\n"
    )

    def digests(seed: str, zone: str) -> bytes:
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone}
        command = [sys.executable, "-c", program, str(ROOT)]
        return subprocess.run(command, env=environment, check=True, capture_output=True).stdout

    assert digests("1", "UTC") == digests("2", "Asia/Tokyo")


# --- chosen sections


def _run(root: Path, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.chdir(root)
    return main(["handout", *arguments])


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A project with the shipped manual's source, and nothing built."""
    files = {path.name: path.read_bytes() for path in (ROOT / "source_manual").iterdir()}
    return write(tmp_path, dict(files))


def test_a_handout_of_chosen_sections(
    project: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It has those sections, the audience, their notes and footnotes; the rest is named absent."""
    assert _run(project.root, monkeypatch, "--paper", "a4", "Belly", "iliacus") == 0
    (made,) = (project.site / FOLDER).iterdir()
    assert str(made.name) in capsys.readouterr().out
    assert made.name == "manual-treatment-of-the-iliopsoas-belly-iliacus-a4.pdf"
    document = read_pdf(made.read_bytes())
    text = "".join(run.text for run in document.root.runs())
    manual = the_manual(project.root)
    assert "Only for experienced manual therapists" in text
    assert "Insertion of the psoas" not in text
    assert text.count("Arndt-Schultz Law: A weak stimulus") == 2
    facts = facts_of_handout(manual, References(manual), {"belly"}, {})
    assert sum(fact.kind == "summary" for fact in facts) == 1
    assert _run(project.root, monkeypatch, "Insertion") == 0
    (only,) = (project.site / FOLDER).glob("*insertion*")
    said = "".join(run.text for run in read_pdf(only.read_bytes()).root.runs())
    assert "Belly (not in this handout)" in said


@pytest.mark.parametrize(
    ("arguments", "name"),
    [
        ((), None),
        (("--paper", "a4"), "a4"),
        (("--large-print",), "large-print-letter"),
        (("--booklet", "--paper", "a4"), "booklet-a4"),
    ],
)
def test_options_choose_the_layout(
    project: Project, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], name: str | None
) -> None:
    """Without options, all layouts are made; with them, the one that they name."""
    assert _run(project.root, monkeypatch, *arguments) == 0
    made = sorted(path.name for path in (project.site / FOLDER).iterdir())
    names = [name] if name else [layout.name for layout in LAYOUTS]
    stem = "manual-treatment-of-the-iliopsoas"
    assert made == sorted(f"{stem}-{one}.pdf" for one in names)


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("Bely", "did you mean `Belly`?"),
        ("Belly A.1", "name its section, `Belly`"),
        ("xyzzy", "there are `Introduction`, `Pace`, `Psoas`"),
        ("The Iliopsoas Muscle", "there are `Introduction`"),
    ],
)
def test_an_unknown_section_is_answered(
    project: Project,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    asked: str,
    answer: str,
) -> None:
    """An unknown name, a step or an outside link gets a sentence with the way out."""
    assert _run(project.root, monkeypatch, "Belly", asked) == 1
    assert answer in capsys.readouterr().err
    assert not project.site.exists()


# --- bad input


def test_a_character_without_a_font_is_an_error(tmp_path: Path) -> None:
    """The first place of each character that no font has is said; no empty box is printed."""
    files = {"p.txt": "# P\n\n## S\n\nA) Press 漢字 and 漢 and 🙂.\n\nCAUTION! Not \u05d0.\n"}
    project = write(tmp_path, dict(files))
    found = check_fonts(the_manual(tmp_path), project)
    assert [one.code for one in found] == [Code.UNPRINTABLE_CHARACTER] * 4
    text = as_text(found)
    assert "p.txt:5:10" in text
    assert "U+6F22" in text
    assert "source_manual/fonts" in text


def test_an_instructors_font_mends_it(tmp_path: Path) -> None:
    """A font in source_manual/fonts is used for characters that ours lack."""
    from fontTools.ttLib import TTFont

    font = TTFont(SHIPPED / "SourceSans3-Regular.ttf")
    for table in font["cmap"].tables:
        table.cmap[0x5D0] = table.cmap[ord("N")]
    for name in font["name"].names:
        if name.nameID in (1, 4, 6, 16):
            name.string = "Aleph"
    project = write(tmp_path, {"p.txt": "# P\n\n## S\n\nA) Press \u05d0 gently.\n"})
    fonts = project.source / "fonts"
    fonts.mkdir()
    font.save(fonts / "aleph.ttf")
    manual = the_manual(tmp_path)
    assert check_fonts(manual, project) == []
    data = make_handout(manual, project, LAYOUTS[0]).data
    assert not _problems(manual, project, LAYOUTS[0], data)


def test_big_manuals_get_the_same_handouts(
    monkeypatch: pytest.MonkeyPatch, project: Project
) -> None:
    """What is made in processes of their own is the same to the byte, and errors come through."""
    manual = the_manual(project.root)
    here = list(standard_set(manual, project))
    monkeypatch.setattr(handouts, "_BIG", 1)
    assert list(standard_set(manual, project)) == here
    broken = replace(manual, title="")
    with pytest.raises(TypesetError, match="title"):
        list(standard_set(broken, project))
    monkeypatch.setattr(handouts, "_ONE", "raise SystemExit('out of memory')")
    with pytest.raises(TypesetError, match=r"letter could not be made: out of memory"):
        list(standard_set(manual, project))


@pytest.mark.parametrize("path", sorted(SHIPPED.glob("*.ttf")), ids=lambda path: path.stem)
def test_what_texts_take_is_bounded(path: Path) -> None:
    """No letter of our fonts is wider or narrower than what typesetting takes for granted."""
    with TTFont(path) as font:
        em = font["head"].unitsPerEm
        widths = font["hmtx"]
        letters = {chr(code): widths[name][0] / em for code, name in font.getBestCmap().items()}
    for char, width in letters.items():
        assert least(char) <= width <= most(char), char


@each_layout
def test_lines_on_paper_are_within_their_bounds(shipped: Path, layout: Layout) -> None:
    """Nor is a line on paper, with its pairs of letters moved together. (Ink begins and ends within
    its letters' widths; signal words are spaced.)
    """
    document = read_pdf(_handout(shipped, layout), folded=layout.folded)
    lines = [run for run in document.root.runs() if len(run.text.strip()) > 1]
    assert len(lines) > 100
    for line in lines:
        bounds, width = extent(line.text), (line.right - line.left) / line.size
        around = 0.3 * (len(line.text) - len(line.text.strip()))
        spaced = 0.05 * len(line.text) if line.text.strip().endswith("!") else 0
        assert bounds["least"] - 0.3 <= width <= bounds["most"] + around + spaced, line.text


def test_the_common_characters_are_in_every_font() -> None:
    """No font needs to be read to know that a text in a western language can be set."""
    assert {ord(char) for char in _COMMON} <= coverage(None) | {0xAD}
    assert len(list(SHIPPED.glob("*.ttf"))) == 5


def test_a_target_that_cannot_be_written(
    project: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file where the folder must go is a sentence, and stays as it is."""
    project.site.write_text("mine")
    assert _run(project.root, monkeypatch, "Belly") == 1
    assert "error: " in capsys.readouterr().err
    assert project.site.read_text() == "mine"


def test_a_mistake_in_the_source_leaves_the_last_good_handout(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a mistake nothing is written, and what was there stays."""
    assert _run(project.root, monkeypatch, "Belly") == 0
    (made,) = (project.site / FOLDER).iterdir()
    before = made.read_bytes()
    source = project.source / "psoas.txt"
    source.write_text(source.read_text() + "\nCAUTON! Oh.\n")
    assert _run(project.root, monkeypatch, "Belly") == 1
    source.write_text(source.read_text().replace("CAUTON! Oh.", "Press \u6f22 here."))
    assert _run(project.root, monkeypatch, "Belly") == 1
    assert made.read_bytes() == before
    assert [path.name for path in made.parent.iterdir()] == [made.name]


# --- damage


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
            data = make_handout(damaged, project, layout).data
            assert list(verify_handout(manual, references, data, "x", layout)), (old, layout.name)
            tried += 1
        path.write_text(original[path])
    assert tried == 42


def test_verify_sees_damage_in_the_file(shipped: Path) -> None:
    """Text drawn white, beside the paper or not at all, lost tags and half files are seen."""
    manual = the_manual(shipped)
    references = References(manual)
    layout = LAYOUTS[0]
    data = _handout(shipped, layout)

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
    from manual.verify.handouts import verify_handouts

    assert _run(project.root, monkeypatch) == 0
    assert _run(project.root, monkeypatch, "Belly") == 0
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
