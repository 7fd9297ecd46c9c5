"""The command as an instructor meets it: what it prints, what it leaves behind."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from manual.cli import main
from manual.core.layouts import LAYOUTS
from manuals import write
from projects import small_project

GOOD = "# Psoas\n\n## Belly\n\nA) One.\n"
BAD = "# Psoas\n\n## Belly\n\nB) One.\n\nCAUTON! Two.\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, and the current one."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def snapshot(folder: Path) -> dict[str, bytes]:
    """Every file below a folder and what it holds."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_check_only_reports(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """All problems come in one run, exit status 1, and nothing is written."""
    write(folder, {"psoas.txt": BAD})
    before = snapshot(folder)
    assert main(["check"]) == 1
    output = capsys.readouterr().out
    assert "source_manual/psoas.txt:5:1: error[wrong-first-marker]" in output
    assert "source_manual/psoas.txt:7:1: error[unknown-signal-word]" in output
    assert snapshot(folder) == before


def test_check_of_a_good_manual(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without problems, it says what it read, exit status 0."""
    write(folder, {"psoas.txt": GOOD})
    assert main(["check"]) == 0
    assert "1 part, 1 section, 1 step, 0 safety notes" in capsys.readouterr().out


def test_formats(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Programs get JSON, GitHub gets its annotations."""
    write(folder, {"psoas.txt": BAD})
    assert main(["check", "--format", "json"]) == 1
    first = json.loads(capsys.readouterr().out)[0]
    assert (first["file"], first["line"], first["column"]) == ("source_manual/psoas.txt", 5, 1)
    assert (first["severity"], first["code"]) == ("error", "wrong-first-marker")
    assert main(["check", "--format", "github"]) == 1
    line = capsys.readouterr().out.splitlines()[0]
    assert line.startswith("::error file=source_manual/psoas.txt,line=5,col=1,title=wrong-first")
    assert "%0Awrite `A)`" in line


def test_pages_are_written_and_old_ones_go(folder: Path) -> None:
    """Pages follow the source; hand-written pages stay; git is told which are generated."""
    project = write(folder, {"psoas.txt": GOOD, "iliacus.txt": "# Iliacus\nText.\n"})
    (folder / "docs").mkdir()
    (folder / "docs/mine.md").write_text("# Mine\n", encoding="utf-8")
    assert main(["pages"]) == 0
    names = {"index.md", "psoas.md", "iliacus.md", "print.md", "downloads.md", "mine.md"}
    names |= {f"downloads/a-manual-{layout.name}.pdf" for layout in LAYOUTS}
    names |= {".gitignore", "downloads/a-manual.epub", "downloads/manual-single.html"}
    assert set(snapshot(project.docs)) == names
    ignored = (folder / "docs/.gitignore").read_text(encoding="utf-8").splitlines()
    temporary = {"/.*.*", "/downloads/.*.*"}
    assert set(ignored) == {f"/{name}" for name in names - {"mine.md"}} | temporary
    (project.source / "iliacus.txt").unlink()
    write(folder, {"psoas.txt": GOOD})
    assert main(["pages"]) == 0
    assert set(snapshot(project.docs)) == names - {"iliacus.md"}


def test_errors_leave_the_last_good_pages(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """After a mistake, the pages are those of before, byte for byte."""
    project = write(folder, {"psoas.txt": GOOD})
    assert main(["pages"]) == 0
    before = snapshot(project.docs)
    write(folder, {"psoas.txt": BAD})
    assert main(["pages"]) == 1
    assert "2 errors; nothing was written" in capsys.readouterr().err
    assert snapshot(project.docs) == before


def test_a_page_in_the_way_is_not_overwritten(folder: Path) -> None:
    """A hand-written page with the name of a part stays, and no page is written."""
    project = write(folder, {"psoas.txt": GOOD, "docs/psoas.md": "# By hand\n"})
    assert main(["pages"]) == 1
    assert snapshot(project.docs) == {"psoas.md": b"# By hand\n"}


def test_unchanged_pages_are_left_alone(folder: Path) -> None:
    """A second run writes nothing, so that live reload does not chase its own tail."""
    project = write(folder, {"psoas.txt": GOOD})
    assert main(["pages"]) == 0
    times = {path: path.stat().st_mtime_ns for path in project.docs.iterdir()}
    assert main(["pages"]) == 0
    assert {path: path.stat().st_mtime_ns for path in project.docs.iterdir()} == times


def test_no_manual_here(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In a folder without a manual, a sentence says what is missing."""
    assert main(["check"]) == 1
    assert "there is no file source_manual/manual.yml" in capsys.readouterr().out


@pytest.mark.parametrize("mistake", ["theme: [", "5", "INHERIT: mkdocs.yml", "theme: none"])
def test_serving_with_a_mistake_in_mkdocs_yml_is_a_sentence(
    folder: Path, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str], mistake: str
) -> None:
    """Whatever MkDocs makes of mkdocs.yml, `manual serve` says it and stops."""
    (folder / "mkdocs.yml").write_text(mistake)
    assert main(["serve"]) == 1
    said = caplog.text + capsys.readouterr().err
    assert "configuration" in said or "cannot read" in said
    assert "Traceback" not in said


def test_an_unwritable_folder_is_a_sentence(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where pages cannot be written, the build says why, and the last good site stays."""
    small_project(folder)
    assert main(["build"]) == 0
    before = snapshot(folder / "site")
    shutil.rmtree(folder / "docs")
    (folder / "docs").write_text("a file where the folder should be", encoding="utf-8")
    capsys.readouterr()
    assert main(["build"]) == 1
    assert "docs" in capsys.readouterr().err
    assert snapshot(folder / "site") == before


def test_errors_leave_the_last_good_site(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A failed build leaves the built site, byte for byte, and no scraps beside it."""
    small_project(folder)
    assert main(["build"]) == 0
    assert "open it by double click" in capsys.readouterr().out
    before = snapshot(folder)
    (folder / "docs/mine.md").write_text("[x](nowhere.md)\n", encoding="utf-8")
    assert main(["build"]) == 1
    assert "stays as it was" in capsys.readouterr().err
    (folder / "docs/mine.md").unlink()
    assert snapshot(folder) == before


def test_any_console_can_show_the_messages(folder: Path) -> None:
    """A console that knows ASCII only gets the message, not a traceback."""
    write(folder, {"psoas.txt": "# Psöas\n\nB) 腸 → One.\n"})
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0", "LC_ALL": "C"}
    command = [sys.executable, "-m", "manual", "check"]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == 1
    assert "error[wrong-first-marker]" in done.stdout
    assert "Traceback" not in done.stderr


def test_a_site_without_handouts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where handouts cannot be made, all else can: the site says that it has none, and verifies."""
    small_project(tmp_path)
    text = tmp_path / "source_manual/psoas.txt"
    text.write_text(
        text.read_text(encoding="utf-8").replace("Press.", "Press 漢."), encoding="utf-8"
    )
    monkeypatch.chdir(tmp_path)
    assert main(["build"]) == 1
    assert main(["build", "--without-handouts"]) == 0
    assert main(["verify"]) == 0
    assert list(tmp_path.glob("site/downloads/*.pdf")) == []
    page = (tmp_path / "site/downloads.html").read_text(encoding="utf-8")
    assert "PDF handouts are not part of this build." in page
    assert ".pdf" not in (tmp_path / "site/psoas.html").read_text(encoding="utf-8")
    page = page.replace("PDF handouts are not part of this build.", "")
    (tmp_path / "site/downloads.html").write_text(page, encoding="utf-8")
    assert main(["verify"]) == 1
