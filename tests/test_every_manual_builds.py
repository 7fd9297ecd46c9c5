"""What `manual check` accepts builds, and verify finds nothing to say about it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from manual.build import page_problems, read_manual
from manual.core.diagnostics import as_text
from manual.core.layouts import LAYOUTS
from manual.core.model import Manual
from manual.core.project import Project
from manual.core.references import References
from manual.verify.compare import compare
from manual.verify.epub.book import verify_epub
from manual.verify.html.single_file import verify_single_file
from manual.verify.pdf.handouts import verify_handout
from manual.write.epub.book import make_epub
from manual.write.handout.handouts import make_handout
from manual.write.single.single_file import make_single_file
from manuals import write
from random_manuals import random_manual
from rendering import facts_in_pages

# One layout with labels in the margin, one with labels behind the text, one booklet.
_LAYOUTS = (LAYOUTS[0], LAYOUTS[2], LAYOUTS[5])


def accepted(project: Project) -> Manual | None:
    """The manual of a project, where `manual check` has nothing against it."""
    manual, _ = read_manual(project)
    return None if manual is None or page_problems(manual, project) else manual


def findings(manual: Manual) -> Iterator[str]:
    """What verify says of each output of a manual; Markdown comes to HTML without a whole site."""
    references = References(manual)
    for expected, facts in facts_in_pages(manual):
        yield from (as_text([each]) for each in compare(expected, facts, "a page"))
    found = [*verify_single_file(manual, references, make_single_file(manual), "the single file")]
    found += verify_epub(manual, references, make_epub(manual), "the book")
    for layout in _LAYOUTS:
        data = make_handout(manual, None, layout).data
        found += verify_handout(manual, references, data, layout.name, layout)
    yield from (as_text([each]) for each in found)


@pytest.mark.parametrize(
    "seeds",
    [
        range(8),
        *(pytest.param(range(n, n + 30), marks=pytest.mark.audit) for n in range(8, 308, 30)),
    ],
)
def test_a_random_manual_builds(seeds: range, tmp_path: Path) -> None:
    """Whatever a manual holds: it is refused, or every output says what it says."""
    said: list[str] = []
    built = 0
    for seed in seeds:
        root = tmp_path / str(seed)
        manual = accepted(write(root, random_manual(seed)))
        if manual is not None:
            built += 1
            said += (f"seed {seed}: {each}" for each in findings(manual))
        shutil.rmtree(root)
    assert not said, "\n".join(said)
    assert built > 0.8 * len(seeds), "too few are accepted to try much"
