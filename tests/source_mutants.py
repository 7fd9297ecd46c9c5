"""Manuals that differ in one thing from the one that an output was made from."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from manual.build import read_manual
from manual.core.model import Manual
from manual.core.project import Project
from manuals import ROOT, the_manual


def changed_manuals(folder: Path) -> Iterator[tuple[str, Manual]]:
    """The shipped manual with one change at a time, each with its name; `folder` is to write in.

    Changes that make no manual, or that no reader could tell, are left out.
    """
    project = Project(folder)
    shutil.copytree(ROOT / "source_manual", project.source)
    honest = _shown(the_manual(folder))
    for path in sorted(project.source.iterdir()):
        text = path.read_text(encoding="utf-8")
        for number, mutant in enumerate(_mutants(text)):
            path.write_text(mutant, encoding="utf-8")
            manual, _ = read_manual(project)
            if manual is not None and _shown(manual) != honest:
                yield f"{path.name} {number}", manual
        path.write_text(text, encoding="utf-8")


def _mutants(text: str) -> Iterator[str]:
    """A source without one of its lines, with two swapped, or with another word."""
    lines = text.splitlines(keepends=True)
    for number, line in enumerate(lines):
        if line.strip():
            yield "".join(lines[:number] + lines[number + 1 :])
        if number and line.strip() and lines[number - 1].strip():
            swapped = [line, lines[number - 1]]
            yield "".join(lines[: number - 1] + swapped + lines[number + 1 :])
    for old, new in (
        ("CAUTION!", "WARNING!"),
        ("IMPORTANT!", "NOTE!"),
        ("12", "21"),
        ("4-6", "46"),
    ):
        if old in text:
            yield text.replace(old, new, 1)
    for match in list(re.finditer(r"\b[a-z]{3,}\b", text))[::25]:
        yield text[: match.start()] + "otherwise" + text[match.end() :]


def _shown(manual: Manual) -> str:
    """All of a manual but its places in the source, its description and its language."""
    text = re.sub(r"Span\(source=Source\([^)]*\), start=\d+, end=\d+\)", "", repr(manual))
    return re.sub(r"description='[^']*'|language='[^']*'", "", text)
