"""What a person has made is never overwritten, deleted or handed out unasked."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from manual.cli import main
from manual.core.made import LIST
from projects import small_project


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small project, built once."""
    root = small_project(tmp_path_factory.mktemp("own") / "project")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        assert main(["build"]) == 0
    return root


@pytest.fixture
def project(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it, in which commands run."""
    root = shutil.copytree(built, tmp_path / "project", symlinks=True)
    monkeypatch.chdir(root)
    return root


def put(root: Path, *names: str) -> dict[Path, str]:
    """Files that a person makes, older than a day."""
    files = {root / name: f"mine: {name}\n" for name in names}
    for path, text in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        os.utime(path, (time.time() - 90_000, time.time() - 90_000))
    return files


def lost(files: dict[Path, str]) -> list[str]:
    """Which of the files are not as they were."""
    return [
        path.name
        for path, text in files.items()
        if not path.is_file() or path.read_text(encoding="utf-8") != text
    ]


def test_files_beside_the_generated_ones_stay(project: Path) -> None:
    """Backups, an editor's files, own downloads, and a copy of a generated page."""
    names = [".site.backup", ".site.conf/hosts", "docs/.psoas.md.swp", "docs/downloads/mine.pdf"]
    files = put(project, *names)
    page = (project / "docs/psoas.md").read_text(encoding="utf-8")
    files[project / "docs/my-psoas.md"] = page.replace("# Psoas", "# My psoas")
    (project / "docs/my-psoas.md").write_text(files[project / "docs/my-psoas.md"], "utf-8")
    assert main(["build"]) == 0
    assert lost(files) == []
    assert "My psoas" in (project / "site/my-psoas.html").read_text(encoding="utf-8")


def test_a_persons_gitignore_stays(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Another docs/.gitignore is not overwritten, and what it lists is not deleted."""
    files = put(project, "docs/downloads/old.pdf", "docs/.gitignore")
    files[project / "docs/.gitignore"] = "/downloads/old.pdf\n"
    (project / "docs/.gitignore").write_text("/downloads/old.pdf\n", encoding="utf-8")
    assert main(["pages"]) == 0
    assert lost(files) == []


@pytest.mark.parametrize("name", ["docs/psoas.md", "docs/downloads/manual-single.html"])
def test_a_generated_file_that_somebody_changed_is_in_the_way(
    project: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """An edit in a generated file is not overwritten; a sentence says what to do."""
    changed = (project / name).read_text(encoding="utf-8") + "\nMine.\n"
    (project / name).write_text(changed, encoding="utf-8")
    assert main(["pages"]) == 1
    assert f"{name}:1:1: error[page-in-the-way]" in capsys.readouterr().err
    assert (project / name).read_text(encoding="utf-8") == changed


def test_pages_of_a_build_without_a_list_are_taken_over(project: Path) -> None:
    """In a fresh clone, what is the same to the byte is the build's own."""
    (project / LIST).unlink()
    assert main(["pages"]) == 0
    source = project / "source_manual"
    (source / "psoas.txt").rename(source / "hip.txt")
    settings = (source / "manual.yml").read_text(encoding="utf-8")
    (source / "manual.yml").write_text(settings.replace("[psoas]", "[hip]"), encoding="utf-8")
    assert main(["pages"]) == 0
    assert not (project / "docs/psoas.md").exists()
    assert (project / "docs/hip.md").is_file()


def test_files_in_the_site_are_carried_over(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What somebody put into site/ is in the next one, with a warning, and not in zip or worker."""
    files = put(project / "site", "CNAME", ".git/config", "downloads/belly.pdf", "notes/a.txt")
    (project / "site/.git/refs").mkdir()
    put(project / "site", ".DS_Store", "Thumbs.db")
    assert main(["build"]) == 0
    assert "site/CNAME:1:1: warning[own-file]" in capsys.readouterr().err
    assert lost(files) == []
    assert (project / "site/.git/refs").is_dir()
    assert "CNAME" not in (project / "site/sw.js").read_text(encoding="utf-8")
    assert main(["verify"]) == 0
    (project / "source_manual/psoas.txt").unlink()
    assert main(["build"]) == 1
    assert lost(files) == []


@pytest.mark.parametrize("name", ["mine.html", "assets/mine.css", "psoas.html"])
def test_a_page_of_a_persons_in_the_site_stops_the_build(
    project: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Readers would get it: it belongs into docs/. It stays where it is."""
    files = put(project / "site", name)
    assert main(["build"]) == 1
    assert f"site/{name}:1:1: error[own-file]" in capsys.readouterr().err
    assert lost(files) == []


def test_a_site_that_is_a_link_stays_one(project: Path, tmp_path: Path) -> None:
    """A link to a web root is kept, and what it leads to is exchanged."""
    root = tmp_path / "www/course"
    root.parent.mkdir()
    (project / "site").rename(root)
    (project / "site").symlink_to(root)
    text = project / "source_manual/psoas.txt"
    text.write_text(text.read_text(encoding="utf-8") + "\nB) Rest.\n", encoding="utf-8")
    assert main(["build"]) == 0
    assert (project / "site").is_symlink()
    assert "Rest." in (root / "psoas.html").read_text(encoding="utf-8")


def test_mkdocs_does_not_empty_a_site_with_own_files(project: Path) -> None:
    """`mkdocs build` alone would delete them, so it says so and does nothing."""
    files = put(project / "site", "CNAME")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build"], capture_output=True, text=True, check=False
    )
    assert done.returncode != 0
    assert "site/CNAME" in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    assert lost(files) == []
