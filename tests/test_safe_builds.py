"""Builds that are killed, that meet a full disk, that run twice at once, or on another machine."""

import os
import resource
import subprocess
import sys
import time
from pathlib import Path

import pytest

from manual.core.files import new_folder, write_whole
from manual.core.made import LIST
from manuals import ROOT, write
from projects import copy_project, digest, small_project

BUILD = [sys.executable, "-m", "manual", "build"]


def run(root: Path, **environment: str) -> "subprocess.CompletedProcess[str]":
    """Build in a process of its own."""
    return subprocess.run(
        BUILD,
        cwd=root,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("victim", "kills", "seed"),
    [
        ("exchange", 200, 1),
        ("build", 10, 1),
        pytest.param("build", 100, 2, marks=pytest.mark.audit),
        pytest.param("build", 100, 3, marks=pytest.mark.audit),
    ],
)
def test_a_killed_build_leaves_the_last_good_site(
    tmp_path: Path, victim: str, kills: int, seed: int
) -> None:
    """After each kill at a random moment: the old site, the new one, or none, whole."""
    small_project(tmp_path)
    command = [sys.executable, "tests/killing.py", str(tmp_path), victim, str(kills), str(seed)]
    environment = {**os.environ, "PYTHONPATH": f"{ROOT / 'tests'}:{ROOT / 'scripts'}"}
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"left by {kills} kills" in done.stdout


def test_two_builds_at_once_do_no_harm(tmp_path: Path) -> None:
    """Four builds of one folder at once all succeed, and the site is whole."""
    small_project(tmp_path)
    assert run(tmp_path).returncode == 0
    good = digest(tmp_path / "site")
    builds = [
        subprocess.Popen(BUILD, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        for _ in range(4)
    ]
    outputs = [build.communicate()[0].decode() for build in builds]
    assert [build.returncode for build in builds] == [0] * 4, outputs
    assert digest(tmp_path / "site") == good
    assert list(tmp_path.glob(".site.*")) == []


def test_the_same_source_makes_the_same_bytes(tmp_path: Path) -> None:
    """Another folder, time zone, locale, hash seed and file times: not a byte differs."""
    digests = set()
    for name, environment in {
        "here": {"TZ": "UTC", "LC_ALL": "C", "PYTHONHASHSEED": "1"},
        "far/away": {"TZ": "Pacific/Kiritimati", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "2"},
    }.items():
        root = tmp_path / name
        root.mkdir(parents=True)
        copy_project(root)
        for path in root.rglob("*"):
            os.utime(path, (len(name) * 1e8, len(name) * 1e8))
        done = run(root, **environment)
        assert done.returncode == 0, done.stderr
        digests.add(digest(root / "site"))
    assert len(digests) == 1


def test_line_ends_of_our_own_files_change_nothing(tmp_path: Path) -> None:
    """Where git has written templates, styles and scripts with the line ends of Windows, the pages,
    handouts, single file and book are the same to the byte.
    """
    digests = set()
    for name in ("here", "on Windows"):
        root = small_project(tmp_path / name)
        for path in (root / "scripts/manual").rglob("*") if name == "on Windows" else ():
            if path.suffix in (".css", ".j2", ".js", ".py", ".toml", ".typ"):
                path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
        command = [sys.executable, "-m", "manual", "pages"]
        environment = {**os.environ, "PYTHONPATH": str(root / "scripts")}
        subprocess.run(command, cwd=root, env=environment, check=True, capture_output=True)
        digests.add(digest(root / "docs"))
    assert len(digests) == 1


def test_a_full_disk_is_a_sentence(tmp_path: Path) -> None:
    """When no file can grow any more, the build says why, and the last good site stays."""
    small_project(tmp_path)
    assert run(tmp_path).returncode == 0
    before = digest(tmp_path / "site")
    for limit in (0, 2_000, 20_000, 100_000):

        def no_more(limit: int = limit) -> None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

        done = subprocess.run(
            BUILD, cwd=tmp_path, capture_output=True, text=True, check=False, preexec_fn=no_more
        )
        # Unchanged pages are not written again, so the first to fail is a file of the site.
        assert done.returncode == 1, limit
        assert "File too large" in done.stderr
        assert "Traceback" not in done.stderr
        assert digest(tmp_path / "site") == before
        assert list(tmp_path.glob(".site.*")) == []


def test_a_folder_that_cannot_be_exchanged_stays(tmp_path: Path) -> None:
    """When the new folder cannot take its place, the old one gets it back."""
    target = tmp_path / "site"
    target.mkdir()
    (target / "old.html").write_text("old", encoding="utf-8")
    with pytest.raises(OSError), new_folder(target) as folder:
        folder.rmdir()  # so that there is nothing to put in its place
    assert [path.name for path in target.iterdir()] == ["old.html"]
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_leftovers_of_killed_builds_go_after_a_day(tmp_path: Path) -> None:
    """What a killed build left beside the site is deleted later; a running build's is not."""
    old, new, page = (tmp_path / f".site.{name}.being-made" for name in ("old", "new", "md"))
    for leftover in (old, new):
        (leftover / "site").mkdir(parents=True)
    page.write_text("half a page", encoding="utf-8")
    yesterday = time.time() - 90_000
    for path in (old, page):
        os.utime(path, (yesterday, yesterday))
    with new_folder(tmp_path / "site"):
        pass
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        ".site.new.being-made",
        "site",
    ]


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    """A write that fails half-way leaves the old file, and nothing beside it."""
    path = tmp_path / "page.md"
    write_whole(path, b"old")
    script = (
        "import resource, sys\nfrom pathlib import Path\n"
        "from manual.core.files import write_whole\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (10, 10))\n"
        "write_whole(Path(sys.argv[1]), b'x' * 1000)"
    )
    command = [sys.executable, "-c", script, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "OSError" in done.stderr
    assert path.read_bytes() == b"old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["page.md"]


def test_nothing_leaves_the_folders(tmp_path: Path) -> None:
    """Whatever the names in manual.yml: nothing is written outside docs/, and nothing is run."""
    names = ["../out", "/out", "a/b", "..", ".", "~", "$(touch out)", "`touch out`", "%2e%2e"]
    listed = "".join(f"  - {name!r}\n" for name in names)
    root = tmp_path / "deep/project"
    write(
        root,
        {
            "manual.yml": f"title: T\nedition: E\naudience: A\nparts:\n{listed}",
            "introduction.txt": "Welcome.\n",
            **{f"{name}.txt": "# T\nText.\n" for name in names if "/" not in name},
        },
    )
    before = sorted(path for path in tmp_path.rglob("*") if "docs" not in path.parts)
    command = [sys.executable, "-m", "manual", "pages"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert sorted(path for path in tmp_path.rglob("*") if "docs" not in path.parts) == before


def test_odd_names_stay_in_the_folders(tmp_path: Path) -> None:
    """Names that a shell or an address would read otherwise are names: each makes its one page."""
    names = ["$(touch out)", "`touch out2`", "%2e%2e", "a;b", "~x", "-rf", "x:y"]
    root = tmp_path / "project"
    listed = "".join(f"  - {name!r}\n" for name in names)
    files: dict[str, str | bytes] = {f"{name}.txt": "# T\nText.\n" for name in names}
    files["manual.yml"] = f"title: T\nedition: E\naudience: A\nparts:\n{listed}"
    write(root, files)
    command = [sys.executable, "-m", "manual", "pages"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    pages = ["touch-out", "touch-out2", "2e-2e", "a-b", "x", "rf", "x-y", "index", "print"]
    made = sorted(path.name for path in (root / "docs").iterdir())
    names = [".gitignore", "downloads", "downloads.md", *(f"{page}.md" for page in pages)]
    assert made == sorted(names)
    assert sorted(path.name for path in root.iterdir()) == [LIST, "docs", "source_manual"]
    assert [path.name for path in tmp_path.iterdir()] == ["project"]


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    """A part that is a symbolic link to a file elsewhere is an error, not a page."""
    secret = tmp_path / "secret.txt"
    secret.write_text("# Secret\nText.\n", encoding="utf-8")
    project = write(tmp_path / "project", {"psoas.txt": "# Psoas\nText.\n"})
    (project.source / "psoas.txt").unlink()
    (project.source / "psoas.txt").symlink_to(secret)
    command = [sys.executable, "-m", "manual", "check"]
    done = subprocess.run(command, cwd=project.root, capture_output=True, text=True, check=False)
    assert "error[unreadable-file]" in done.stdout
    assert "leads out of the folder" in done.stdout


def test_names_on_disk_may_be_composed_otherwise(tmp_path: Path) -> None:
    """A name with an accent is found however the system stores it, and so is a reference."""
    import unicodedata

    decomposed = unicodedata.normalize("NFD", "hüfte")
    project = write(
        tmp_path,
        {
            "manual.yml": "title: T\nedition: E\naudience: A\nparts: [hüfte]\n",
            f"{decomposed}.txt": f"# Hüfte\n\n## Größe\n\nA) See [[{decomposed}]].\n",
        },
    )
    command = [sys.executable, "-m", "manual", "check"]
    done = subprocess.run(command, cwd=project.root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
