"""Handouts for tests: of built sites, or made by `manual handout`; and what is wrong with one."""

from pathlib import Path

import pytest

from layout import broken_rules
from manual.cli import main
from manual.core.layouts import LAYOUTS, Layout
from manual.core.model import Manual
from manual.core.outputs import FOLDER, handout_name
from manual.core.project import Project
from manual.core.references import References
from manual.core.wording import wording_for
from manual.verify.pdf.facts import read_facts
from manual.verify.pdf.handouts import verify_document
from manual.verify.pdf.tree import read_pdf
from manuals import ROOT, the_manual, write

each_layout = pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)


def handout_of(root: Path, layout: Layout) -> bytes:
    """A handout of the built site in `root`."""
    manual = the_manual(root)
    return (root / "site" / FOLDER / handout_name(manual, layout)).read_bytes()


def problems_of(manual: Manual, layout: Layout, data: bytes) -> list[str]:
    """Every rule of layout that a handout breaks, and where it differs from the model."""
    document = read_pdf(data, folded=layout.folded)
    facts = read_facts(document.root, labels_behind=not layout.margin_labels)
    differences = verify_document(manual, References(manual), document, facts, layout.name)
    return [
        *broken_rules(document, facts, layout, wording_for(manual.language)),
        *(f"{found.code}: {found.message}" for found in differences),
    ]


def make(root: Path, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    """`manual handout` in the project `root`. Returns the exit status."""
    monkeypatch.chdir(root)
    return main(["handout", *arguments])


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A project with the shipped manual's source, and nothing built."""
    files = {path.name: path.read_bytes() for path in (ROOT / "source_manual").iterdir()}
    return write(tmp_path, dict(files))
