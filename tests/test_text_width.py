"""What typesetting takes for granted of the room that texts need."""

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from manual.core.layouts import Layout
from manual.verify.pdf.tree import read_pdf
from manual.write.handout.fonts import SHIPPED
from manual.write.handout.text_width import extent, least, most
from pdfs import each_layout, handout_of


@pytest.mark.parametrize("path", sorted(SHIPPED.glob("*.ttf")), ids=lambda path: path.stem)
def test_what_texts_take_is_bounded(path: Path) -> None:
    """No letter of our fonts is wider or narrower than what typesetting takes for granted."""
    with TTFont(path) as font:
        em = font["head"].unitsPerEm
        widths = font["hmtx"]
        letters = {chr(code): widths[name][0] / em for code, name in font.getBestCmap().items()}
    for char, width in letters.items():
        assert least(char) <= width <= most(char), char


@each_layout
def test_lines_on_paper_are_within_their_bounds(shipped: Path, layout: Layout) -> None:
    """Nor is a line on paper, with its pairs of letters moved together. (Ink begins and ends within
    its letters' widths; signal words are spaced.)
    """
    document = read_pdf(handout_of(shipped, layout), folded=layout.folded)
    lines = [run for run in document.root.runs() if len(run.text.strip()) > 1]
    assert len(lines) > 100
    for line in lines:
        bounds, width = extent(line.text), (line.right - line.left) / line.size
        around = 0.3 * (len(line.text) - len(line.text.strip()))
        spaced = 0.05 * len(line.text) if line.text.strip().endswith("!") else 0
        assert bounds["least"] - 0.3 <= width <= bounds["most"] + around + spaced, line.text
