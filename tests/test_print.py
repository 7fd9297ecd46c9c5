"""Pages printed from a browser: the text alone, well broken, and all of it."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from manual.cli import main
from manual.core.references import References
from manual.verify.pdf.letters import Run
from manual.verify.pdf.printed import verify_printed
from manual.verify.pdf.tree import Document, Element, read_pdf
from manuals import the_manual

PAPERS = {"letter": ("8.5in", "11in"), "a4": ("210mm", "297mm"), "half": ("148mm", "210mm")}


@pytest.fixture(scope="module")
def page(chromium: Browser) -> Iterator[Page]:
    """A page of a browser with no network."""
    context = chromium.new_context(offline=True)
    yield context.new_page()
    context.close()


def printed(page: Page, address: Path, paper: str = "letter") -> bytes:
    """What Ctrl-P makes of a file on a paper."""
    width, height = PAPERS[paper]
    page.goto(address.as_uri())
    options: dict[str, Any] = {"tagged": True, "outline": True}
    return page.pdf(width=width, height=height, **options)


def _texts(document: Document) -> list[tuple[str, list[Run]]]:
    """The paragraphs, headings, items and notes of a print, with their letters, in order."""
    found: list[tuple[str, list[Run]]] = []

    def walk(element: Element) -> None:
        for child in element.children:
            if isinstance(child, Element) and child.kind in ("P", "H1", "H2", "H3", "H4", "LI"):
                runs = [run for run in child.runs() if run.text.strip()]
                if runs:
                    found.append((child.kind, runs))
            if isinstance(child, Element):
                walk(child)

    walk(document.root)
    return found


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("which", ["shipped", "other"])
def test_every_page_prints_well(
    request: pytest.FixtureRequest, page: Page, which: str, paper: str
) -> None:
    """On paper all of the manual is there in order and nothing else, no note is split or parted
    from its step, no heading stands alone, no line is cut.
    """
    root: Path = request.getfixturevalue(which)
    manual = the_manual(root)
    words = {"CAUTION", "IMPORTANT", "WARNING", "NOTE"}
    for name in ("print", "index", *(part.id for part in manual.parts)):
        data = printed(page, root / "site" / f"{name}.html", paper)
        assert list(verify_printed(manual, References(manual), data, name)) == []
        document = read_pdf(data)
        texts = _texts(document)
        step: list[Run] = []
        for (kind, runs), behind in zip(texts, [*texts[1:], ("", [])], strict=True):
            pages = {run.page for run in runs}
            text = "".join(run.text for run in runs)
            if kind in ("H1", "H2", "H3", "H4"):
                step = runs
                assert not behind[1] or behind[1][0].page == runs[-1].page, text
            if text in words:  # the signal word; behind it is the note's text
                note = {run.page for run in behind[1]} | pages
                assert len(note) == 1, text
                # (On a sheet as small as a book's, Chromium keeps a note whole, and gives up here.)
                assert paper == "half" or step[-1].page in note, (text, behind[1][0].text)
            for run in runs:
                assert 0 < run.left < run.right < document.width
                assert 0 < run.bottom < run.top < document.height


def test_each_sheet_says_its_number_and_edition(shipped: Path, page: Page) -> None:
    """At the foot of each sheet stand title, edition and number; no furniture of the site."""
    document = read_pdf(printed(page, shipped / "site/print.html"))
    for number, runs in enumerate(document.chrome, 1):
        shown = "".join(run.text for run in runs).replace(" ", "")
        assert "Edition:November2026" in shown
        assert f"{number}/{document.pages}" in shown
        assert "Search" not in shown


def test_hidden_content_of_other_pages_opens(shipped: Path, tmp_path: Path, page: Page) -> None:
    """What a hand-written page has collapsed or behind a tab is on paper."""
    site = tmp_path / "site"
    shutil.copytree(shipped / "site", site)
    text = (site / "using-this-handout.html").read_text(encoding="utf-8")
    closed = (
        '<details class="note"><summary>More</summary><p>Collapsed words.</p></details>'
        '<div class="tabbed-set tabbed-alternate" data-tabs="1:2"><input checked id="a" name="t" '
        'type="radio"><input id="b" name="t" type="radio"><div class="tabbed-labels">'
        '<label for="a">One</label><label for="b">Two</label></div><div class="tabbed-content">'
        '<div class="tabbed-block"><p>First tab.</p></div>'
        '<div class="tabbed-block"><p>Second tab.</p></div></div></div></article>'
    )
    (site / "x.html").write_text(text.replace("</article>", closed, 1), encoding="utf-8")
    document = read_pdf(printed(page, site / "x.html"))
    shown = "".join(run.text for run in document.root.runs()).replace(" ", "")
    for words in ("Collapsedwords.", "Firsttab.", "Secondtab."):
        assert words in shown


def test_the_command_verifies_a_print(
    shipped: Path,
    other: Path,
    tmp_path: Path,
    page: Page,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """`manual verify FILE.pdf` tells a print of this manual from one of another text."""
    good = tmp_path / "good.pdf"
    good.write_bytes(printed(page, shipped / "site/psoas.html"))
    monkeypatch.chdir(shipped)
    assert main(["verify", str(good)]) == 0
    bad = tmp_path / "bad.pdf"
    text = (shipped / "site/psoas.html").read_text(encoding="utf-8")
    damaged = Path(shutil.copytree(shipped / "site", tmp_path / "copy")) / "damaged.html"
    for old, new in (("12 seconds", "21 seconds"), ("IMPORTANT</p>", "NOTE</p>"), ("tiny ", "")):
        assert old in text
        damaged.write_text(text.replace(old, new, 1), encoding="utf-8")
        bad.write_bytes(printed(page, damaged))
        assert main(["verify", str(bad)]) == 1
    handout = next((shipped / "site/downloads").glob("*-booklet-a4.pdf"))
    assert main(["verify", str(handout)]) == 0
    monkeypatch.chdir(other)
    assert main(["verify", str(good)]) == 1
    assert main(["verify", str(handout)]) == 1
    assert "error[" in capsys.readouterr().out
