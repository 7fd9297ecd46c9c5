"""Copies of this project for tests to build in, and what a build leaves behind."""

import hashlib
import shutil
from pathlib import Path

import pytest

from manual.cli import main
from manual.core.made import Made
from manuals import ROOT, write

_SITE_FILES = ("mkdocs.yml", "docs", "overrides", "scripts")


def copy_project(root: Path, source: Path = ROOT / "source_manual") -> Path:
    """A copy of this project in `root`, with the manual of `source` and no generated pages."""
    made = Made(ROOT).names("docs")
    ignored = shutil.ignore_patterns("__pycache__", "*.egg-info", ".gitignore", "downloads", *made)
    root.mkdir(exist_ok=True)
    for name in _SITE_FILES:
        origin = ROOT / name
        if origin.is_dir():
            shutil.copytree(origin, root / name, ignore=ignored)
        else:
            shutil.copy(origin, root / name)
    shutil.copytree(source, root / "source_manual")
    return root


def small_project(root: Path) -> Path:
    """As copy_project, with a manual of one page, for tests of the build and not of the manual."""
    text = "# Psoas\n\n## Belly\n\nA) Press.\n   1. Wait.\n\nCAUTION! Not on the pulse.\n"
    settings = "title: A manual\nedition: November 2026\naudience: For all.\nparts: [psoas]\n"
    small = write(root / "small", {"psoas.txt": text, "manual.yml": settings})
    copy_project(root, small.source)
    shutil.rmtree(small.root)
    return root


def built(root: Path, source: Path, files: dict[str, bytes] | None = None) -> Path:
    """Build the manual of `source` in a copy of the project, with more files (by their path in the
    project). Returns the copy's folder.
    """
    copy_project(root, source)
    for name, content in (files or {}).items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(content)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        assert main(["build"]) == 0
    return root


def digest(folder: Path) -> str:
    """One number for all files in a folder: their names and what they hold."""
    whole = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            whole.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return whole.hexdigest()
