"""The layouts of the handouts: their papers and measures, in points (1/72 inch)."""

from dataclasses import dataclass

# The first of our keywords in a PDF; the layout and the ids of what was chosen follow it.
KEYWORD = "class-manual-handout"


@dataclass(frozen=True, slots=True)
class Layout:
    """How a handout is set. All lengths are points.

    `width` and `height` are those of a page; a folded sheet holds two. The column of text stands
    between the `inner` margin and the wide `margin` for the pen; running heads keep `edge` away
    from the edge of the paper.
    """

    name: str
    paper: str
    width: float
    height: float
    inner: float
    column: float
    size: float
    small: float  # footnotes
    label: float
    foot: float  # running heads and feet
    top: float
    bottom: float
    edge: float = 40
    leading: float = 0.62  # between lines, of the type's size
    sans: bool = False
    margin_labels: bool = True
    folded: bool = False

    @property
    def large(self) -> bool:
        """Whether this is large print."""
        return self.size >= 18

    @property
    def margin(self) -> float:
        """The margin for the pen."""
        return self.width - self.inner - self.column


_LETTER = (612.0, 792.0)
_A4 = (595.28, 841.89)


def _plain(name: str, paper: str, page: tuple[float, float]) -> Layout:
    return Layout(name, paper, *page, 82, 340, 10.5, 9, 8.5, 8.5, top=78, bottom=72)


def _large_print(name: str, paper: str, page: tuple[float, float]) -> Layout:
    width = page[0] - 72 - 90
    return Layout(
        name, paper, *page, 72, width, 18, 18, 18, 18, top=90, bottom=84,
        leading=0.7, sans=True, margin_labels=False,
    )  # fmt: skip


def _booklet(name: str, paper: str, sheet: tuple[float, float]) -> Layout:
    page = (sheet[1] / 2, sheet[0])
    return Layout(
        name, paper, *page, 58, page[0] - 58 - 90, 9.5, 8.25, 7.5, 7.5, top=58, bottom=54,
        edge=30, folded=True,
    )  # fmt: skip


LAYOUTS = (
    _plain("letter", "US Letter", _LETTER),
    _plain("a4", "A4", _A4),
    _large_print("large-print-letter", "US Letter", _LETTER),
    _large_print("large-print-a4", "A4", _A4),
    _booklet("booklet-letter", "US Letter", _LETTER),
    _booklet("booklet-a4", "A4", _A4),
)
