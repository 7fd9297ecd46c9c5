"""Manuals for tests: written to a folder from a few texts."""

from pathlib import Path

from manual.build import read_manual
from manual.core.diagnostics import as_text
from manual.core.model import Manual
from manual.core.project import Project

ROOT = Path(__file__).parent.parent

SETTINGS = """\
title: A manual
edition: First edition
audience: Only for trained hands.
parts:
"""


def write(root: Path, files: dict[str, str | bytes]) -> Project:
    """Write `files` below root/source_manual (or, with a folder in the name, below root).

    Adds a manual.yml that names the parts, and an introduction, where there are none.
    A name that ends in `/` makes a folder. Returns the project.
    """
    project = Project(root)
    project.source.mkdir(parents=True, exist_ok=True)
    parts = [name.removesuffix(".txt") for name in files if name.endswith(".txt")]
    named = "".join(f"  - {part}\n" for part in parts if part != "introduction")
    defaults: dict[str, str | bytes] = {
        "manual.yml": SETTINGS + (named or "  []\n"),
        "introduction.txt": "Welcome.\n",
    }
    for name, content in {**defaults, **files}.items():
        path = root / name if "/" in name.rstrip("/") else project.source / name
        if name.endswith("/"):
            path.mkdir(parents=True)
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return project


def the_manual(root: Path) -> Manual:
    """The manual in a folder, which must have no errors."""
    manual, diagnostics = read_manual(Project(root))
    assert manual is not None, as_text(diagnostics)
    return manual
