"""`manual handout`: sections and layouts as asked for, big manuals, and bad input."""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from manual.core.layouts import LAYOUTS
from manual.core.project import Project
from manual.core.references import References
from manual.verify.expected.handout import facts_of_handout
from manual.verify.pdf.tree import read_pdf
from manual.write.handout import handouts
from manual.write.handout.handouts import standard_set
from manual.write.handout.selection import select
from manual.write.handout.typeset import TypesetError
from manuals import the_manual, write
from pdfs import make


def test_a_handout_of_chosen_sections(
    project: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It has those sections, the audience, their notes and footnotes; the rest is named absent."""
    assert make(project.root, monkeypatch, "--paper", "a4", "Belly", "iliacus") == 0
    (made,) = project.root.glob("*.pdf")
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
    assert make(project.root, monkeypatch, "Insertion") == 0
    (only,) = project.root.glob("*insertion*")
    text = "".join(run.text for run in read_pdf(only.read_bytes()).root.runs())
    assert "Belly (not in this handout)" in text


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
    assert make(project.root, monkeypatch, *arguments) == 0
    made = sorted(path.name for path in project.root.glob("*.pdf"))
    names = [name] if name else [layout.name for layout in LAYOUTS]
    stem = "manual-treatment-of-the-iliopsoas"
    assert made == sorted(f"{stem}-{layout}.pdf" for layout in names)


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
    assert make(project.root, monkeypatch, "Belly", asked) == 1
    assert answer in capsys.readouterr().err
    assert not list(project.root.glob("*.pdf"))


@pytest.mark.parametrize(
    ("asked", "fault", "way_out"),
    [
        ("belly deep a.1", "`belly deep a.1` is a step", "its section, `Belly deep`"),
        ("Belly A", "`Belly A` is a step", "its section, `Belly`"),
        ("A", "`A` is a step", "its section, `Belly` or `Belly deep`"),
        ("Belly E.1", "`Belly E.1` is a link to another site", "did you mean `Belly"),
        ("E.1", "no part or section is called `E.1`", "there are `Introduction`"),
        ("Deep", "no part or section is called `Deep`", "did you mean `Belly deep`?"),
    ],
)
def test_a_step_is_told_from_what_looks_like_one(
    tmp_path: Path, asked: str, fault: str, way_out: str
) -> None:
    """A step belongs to the section that its label names; a link with such a title is a link."""
    text = "# Psoas\n\n## Belly\n\nA) One.\n\n## Belly deep: x\n\nA) Two.\n   1. Three.\n"
    link = "links: [{title: Belly E.1, url: 'https://example.org/'}]\n"
    settings = f"title: T\nedition: E\naudience: For all.\n{link}parts: [psoas]\n"
    write(tmp_path, {"psoas.txt": text, "manual.yml": settings})
    manual = the_manual(tmp_path)
    selected, (error,) = select(manual, References(manual), [asked])
    assert not selected
    assert fault in error
    assert way_out in error


def end_the_process(*_: object) -> None:
    """As when the system runs out of memory."""
    os._exit(9)


def test_big_manuals_get_the_same_handouts(
    monkeypatch: pytest.MonkeyPatch, project: Project
) -> None:
    """What is made in processes of their own is the same to the byte, and errors come through."""
    manual = the_manual(project.root)
    here = list(standard_set(manual, None))
    monkeypatch.setattr(handouts, "_BIG", 1)
    monkeypatch.chdir(project.root)
    Path("pickle.py").write_text("raise SystemExit('this must not run')\n")
    assert list(standard_set(manual, None)) == here
    broken = replace(manual, title="")
    with pytest.raises(TypesetError, match="title"):
        list(standard_set(broken, None))
    monkeypatch.setattr(handouts, "make_handout", end_the_process)
    with pytest.raises(TypesetError, match="a process was ended"):
        list(standard_set(manual, None))


def test_a_target_that_cannot_be_written(
    project: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file where the folder must go is a sentence, and stays as it is."""
    folder = project.root / "course"
    folder.write_text("mine")
    assert make(project.root, monkeypatch, "--to", "course", "Belly") == 1
    assert "error: " in capsys.readouterr().err
    assert folder.read_text() == "mine"


def test_a_file_of_a_person_is_not_overwritten(
    project: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where something else has the name of a handout, nothing is written; a handout is replaced."""
    folder = project.root / "this/evening"
    to = ("--to", "this/evening")
    assert make(project.root, monkeypatch, *to) == 0
    made = sorted(folder.iterdir())
    assert len(made) == len(LAYOUTS)
    before = made[0].read_bytes()
    settings = project.source / "manual.yml"
    settings.write_text(settings.read_text().replace("November 2026", "December 2026"))
    made[-1].write_bytes(b"mine")
    capsys.readouterr()
    assert make(project.root, monkeypatch, *to) == 1
    assert f"{made[-1].name}: this file is no handout of ours" in capsys.readouterr().err
    assert made[-1].read_bytes() == b"mine"
    assert made[0].read_bytes() == before
    made[-1].unlink()
    assert make(project.root, monkeypatch, *to) == 0
    assert made[0].read_bytes() != before
    assert sorted(folder.iterdir()) == made
    assert not project.site.exists()


def test_a_mistake_in_the_source_leaves_the_last_good_handout(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a mistake nothing is written, and what was there stays."""
    assert make(project.root, monkeypatch, "Belly") == 0
    (made,) = project.root.glob("*.pdf")
    before = made.read_bytes()
    source = project.source / "psoas.txt"
    source.write_text(source.read_text() + "\nCAUTON! Oh.\n")
    assert make(project.root, monkeypatch, "Belly") == 1
    source.write_text(source.read_text().replace("CAUTON! Oh.", "Press \u6f22 here."))
    assert make(project.root, monkeypatch, "Belly") == 1
    assert made.read_bytes() == before
    assert list(project.root.glob("*.pdf")) == [made]
