"""Views of the manual: what every writer is given."""

from collections.abc import Callable
from pathlib import Path

import pytest

from manual.core.layouts import LAYOUTS
from manual.core.model import Manual
from manual.write import views
from manual.write.epub.book import make_epub
from manual.write.handout.data import handout_data
from manual.write.markdown.pages import render_pages
from manual.write.single.single_file import make_single_file
from manuals import the_manual, write

WRITERS: dict[str, Callable[[Manual], object]] = {
    "markdown": render_pages,
    "single": make_single_file,
    "epub": make_epub,
    "handout": lambda manual: handout_data(manual, LAYOUTS[0]),
}


@pytest.mark.parametrize("writer", WRITERS.values(), ids=WRITERS)
@pytest.mark.parametrize("method", ["block", "inline"])
def test_no_writer_leaves_out_what_it_does_not_know(
    writer: Callable[[Manual], object],
    method: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A block or an inline of a new kind is an error in every writer."""
    manual = the_manual(write(tmp_path, {"psoas.txt": "# Psoas\n\n## Belly\nA) Lie down.\n"}).root)
    view = getattr(views._Views, method)
    monkeypatch.setattr(
        views._Views, method, lambda self, node: {**view(self, node), "kind": "new kind"}
    )
    with pytest.raises(AssertionError, match="new kind"):
        writer(manual)
