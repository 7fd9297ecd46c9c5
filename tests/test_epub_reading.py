"""The EPUB as reading apps and checkers of books see it."""

import json
import re
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page, ViewportSize, expect

import epubcheck
from books import both_manuals, packed, unpacked
from manual.build import read_manual
from manual.core.addresses import plain_address
from manual.core.model import Manual
from manual.write.epub.book import make_epub
from manuals import ROOT, the_manual, write
from outlines import HOSTILE, manuals

PHONE: ViewportSize = {"width": 390, "height": 844}

# What reading apps put into pages by day, by night and on sepia.
GROUNDS = {
    "day": "html { background: #fff; color: #000 }",
    "night": "html { background: #000; color: #bbb }",
    "sepia": "html { background: #f4ecd8; color: #4a3b28 }",
}

# Rules for the pages of sites: a document of a book is no page with a main part of its own.
OF_SITES, OFF = ("landmark-one-main", "page-has-heading-one"), {"enabled": False}

# Addresses that authors write, each with one thing that addresses in books may not have.
ADDRESSES = (
    "https://example.org/[a]?b=[c]&100%#x#y",
    "https://exämple.org/%E4/ä?ö#ü",
    "https://Straße.example:8080/ß",
    "https://[::1]:80/x",
    "HTTPS://user:pä@Example.org:443/x/'(a)*!$;@~",
    "http://漢字。example/é#:~:text=a,-b",
    "http://例え.jp/🙂?q=🙂",
    "https://example.org/%5Ba%5D%25%zz",
    "mailto:jürgen@example.org?subject=Grüße%20[1]",
)

TITLES = (
    "Knee",
    "MMMM WWWW MMMM WWWW MMMM WWWW",
    "Lendenwirbelsäulenbewegungssegmentuntersuchungsmethodenlehre",
    "A course of treatment in ten parts, with all that belongs to it, for the hands of those "
    "who have learnt it, and for nobody else: the neck, the shoulder, the back and the hip",
    "Word " * 300,
    "治療の手引き：腸腰筋とその周辺の手技療法について学ぶ人のために",
    "🙂👩‍👩‍👧‍👦 é́́ ﷽ Ǆ ﬃ",
    "דרך הטיפול בשריר",
)


@pytest.fixture(scope="session")
def checker() -> list[str]:
    """The checker of books. That there is none is a failure, with the way out in its message."""
    command = epubcheck.install()
    assert command, epubcheck.WAY_OUT
    return command


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> list[Manual]:
    """The shipped manual, and another instructor's."""
    return both_manuals(tmp_path_factory.mktemp("sources"))


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory, both: list[Manual]) -> list[Path]:
    """Their books, unpacked: the folders with the documents."""
    folders = []
    for manual in both:
        folder = tmp_path_factory.mktemp("book")
        for name, data in unpacked(make_epub(manual)).items():
            path = folder / name
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(data)
        folders.append(folder / "EPUB")
    return folders


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A phone's screen."""
    context = chromium.new_context(viewport=PHONE)
    yield context.new_page()
    context.close()


def hostile_manual(root: Path) -> Manual:
    """A manual with everything that might be taken for markup, in every field and place."""
    pieces = [piece for piece in HOSTILE if piece != "Law*"]  # a star that must have a footnote
    everything = " ".join(pieces)
    title, other_title = everything[:190].strip(), everything[190:380].strip()
    values: dict[str, object] = {
        "title": title,
        "edition": "&amp; <b> ]]>",
        "audience": f"[[A]] {everything}",
    }
    links = [
        {"title": chr(65 + number), "url": address} for number, address in enumerate(ADDRESSES)
    ]
    values |= {"description": everything, "credits": [f"[[B]] {everything}"]}
    values |= {"links": links, "parts": ["2 Hüften", "漢字"], "language": "pt-BR"}
    lines = "".join(
        f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in values.items()
    )
    steps = "".join(f"\n({piece}) {piece}\n" for piece in pieces)
    refer = " ".join(f"[[{link['title']}]]" for link in links)
    write(
        root,
        {
            "manual.yml": lines,
            "introduction.txt": f"({everything})\n\nNOTE! {everything} {refer}\n",
            "2 Hüften.txt": f"# 1 {other_title}\n\n## 12 steps\n\nA) {everything} law*\n"
            f"   1. [[12 A]] {everything}\n      a. מ {everything} law*\n*law: {everything}\n"
            f"CAUTION! {everything}\n{steps}",
            "漢字.txt": "# א\n\n## ב ג\n\nA) [[12 A.1]]\n   1. y\nWARNING! z\nIMPORTANT! z\n",
        },
    )
    return the_manual(root)


@pytest.mark.parametrize("which", ["shipped", "other", "hostile"])
def test_the_checker_finds_nothing(
    which: str, both: list[Manual], checker: list[str], tmp_path: Path
) -> None:
    """Epubcheck reports no error and no warning."""
    manual = hostile_manual(tmp_path) if which == "hostile" else both[which == "other"]
    book = tmp_path / "book.epub"
    book.write_bytes(make_epub(manual))
    assert epubcheck.problems(checker, book) == []


@pytest.mark.parametrize("examples", [2, pytest.param(30, marks=pytest.mark.audit)])
def test_the_checker_finds_nothing_in_random_books(checker: list[str], examples: int) -> None:
    """Epubcheck reports no error and no warning, whatever the outlines and their texts."""

    @given(st.lists(manuals(), min_size=6, max_size=6))
    @settings(max_examples=examples, deadline=None, derandomize=True, phases=[Phase.generate])
    def check(outlines: list[dict[str, str | bytes]]) -> None:
        with tempfile.TemporaryDirectory() as folder:
            book = Path(folder) / "book.epub"
            book.write_bytes(make_epub(together(outlines, Path(folder))))
            assert epubcheck.problems(checker, book) == []

    check()


def together(outlines: list[dict[str, str | bytes]], folder: Path) -> Manual:
    """One manual of several outlines: starting the checker takes seconds."""
    parts: dict[str, str | bytes] = {}
    for number, files in enumerate(outlines):
        apart: dict[str, str | bytes] = {
            f"{number}{name}": re.sub("^## S", f"## S{number}x", str(text), flags=re.MULTILINE)
            for name, text in files.items()
        }
        if read_manual(write(folder / str(number), {**apart}))[0]:
            parts |= apart
    return the_manual(write(folder, parts).root)


def test_the_checker_can_find_something(
    both: list[Manual], checker: list[str], tmp_path: Path
) -> None:
    """A book with a dead link is reported: the tests above can fail."""
    files = unpacked(make_epub(both[0]))
    front = files["EPUB/front.xhtml"].replace(b'href="part-1.xhtml"', b'href="part-9.xhtml"')
    book = tmp_path / "book.epub"
    book.write_bytes(packed({**files, "EPUB/front.xhtml": front}))
    assert any("part-9.xhtml" in problem for problem in epubcheck.problems(checker, book))


def test_addresses_lead_where_the_author_says(page: Page) -> None:
    """A browser goes to the same place from the address in the book as from the author's own."""
    for address in ADDRESSES:
        plain = plain_address(address)
        assert plain.isascii()
        parsed = page.evaluate("urls => urls.map(url => new URL(url).href)", [address, plain])
        spelt = [re.sub("%5B|%5D|%7E|%23|%25", lambda code: PLAIN[code[0]], url) for url in parsed]
        assert spelt[0] == spelt[1]


PLAIN = {"%5B": "[", "%5D": "]", "%7E": "~", "%23": "#", "%25": "%"}


@pytest.mark.parametrize("ground", GROUNDS)
def test_no_accessibility_violation(books: list[Path], page: Page, ground: str) -> None:
    """Axe finds nothing wrong in any document, by day, by night and on sepia."""
    for folder in books:
        for document in sorted(folder.glob("*.xhtml")):
            page.goto(document.as_uri())
            page.add_style_tag(content=GROUNDS[ground])
            result = Axe().run(page, options={"rules": dict.fromkeys(OF_SITES, OFF)})
            assert result.response["violations"] == [], result.generate_report()


def test_nothing_is_cut_off(books: list[Path], page: Page) -> None:
    """No document is wider than a phone, asks for anything else, or has an error."""
    asked: list[str] = []
    errors: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: errors.append(message.text))
    page.on("pageerror", lambda error: errors.append(str(error)))
    for folder in books:
        for document in sorted(folder.glob("*.xhtml")):
            page.goto(document.as_uri())
            assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert {Path(url).suffix for url in asked} == {".xhtml", ".css", ".svg"}
    assert all(url.startswith("file:") for url in asked)
    assert errors == []


def test_everything_is_visible_in_its_order(books: list[Path], page: Page) -> None:
    """Every heading, step, sign, label and paragraph is visible, each below the one before."""
    for folder in books:
        for document in sorted(folder.glob("[fp]*.xhtml")):
            page.goto(document.as_uri())
            boxes = page.evaluate(
                """[...document.querySelectorAll("h1, h2, h3, h4, li, p, span, svg")].map(e => {
                    const box = e.getBoundingClientRect()
                    const options = {opacityProperty: true, visibilityProperty: true}
                    const visible = e.checkVisibility(options) && box.width > 8 && box.height > 8
                    return [visible && box.left >= 0 && box.right <= innerWidth, box.top,
                        e.matches("span, svg"), e.textContent]
                })"""
            )
            assert len(boxes) > 5
            above = 0.0
            for visible, top, is_sign, text in boxes:
                assert visible, text
                if not is_sign:
                    assert above <= top, text
                    above = top


def test_markers_stand_before_their_text(books: list[Path], page: Page) -> None:
    """Every marker is text, on the line where its step begins, left of the step's words."""
    page.goto((books[0] / "part-1.xhtml").as_uri())
    markers = page.locator(".marker")
    assert markers.all_text_contents()[:4] == ["A)", "1.", "2.", "B)"]
    for marker in markers.all():
        apart = marker.evaluate(
            """e => {
                const range = document.createRange()
                range.setStart(e.nextSibling, 1)
                range.setEnd(e.nextSibling, 2)
                const [own, text] = [e, range].map(box => box.getBoundingClientRect())
                return [text.left - own.right, Math.abs(text.bottom - own.bottom)]
            }"""
        )
        assert 0 <= apart[0] < 20
        assert apart[1] < 4
    assert (
        page.locator("ul.steps").first.evaluate("e => getComputedStyle(e).listStyleType") == "none"
    )


def test_notes_are_announced_and_told_apart(books: list[Path], page: Page) -> None:
    """A note is a named note, shows its word, and differs by sign and border, not colour alone."""
    looks: dict[str, set[tuple[str, str]]] = {}
    for document in sorted(books[1].glob("[fp]*.xhtml")):
        page.goto(document.as_uri())
        for note in page.get_by_role("note").all():
            word = note.get_attribute("aria-label") or ""
            expect(note.locator(".word")).to_have_text(re.compile(rf"^\s*{word}$"))
            border = note.evaluate(
                "e => (s => s.borderBlockStyle + s.borderWidth)(getComputedStyle(e))"
            )
            sign = note.locator("svg").evaluate("e => e.firstChild.outerHTML")
            looks.setdefault(word, set()).add((border, sign))
    assert set(looks) == {"CAUTION", "IMPORTANT", "WARNING", "NOTE"}
    assert all(len(look) == 1 for look in looks.values())
    for borders_or_signs in zip(*set.union(*looks.values()), strict=True):
        assert len(set(borders_or_signs)) == 4


def test_links_lead_to_the_step(books: list[Path], page: Page) -> None:
    """A label leads to its step in another document; a star to its footnote, and back."""
    page.goto((books[0] / "part-2.xhtml").as_uri())
    page.get_by_role("link", name="Belly G.1").click()
    expect(page).to_have_url(re.compile(r"part-1\.xhtml#belly-g-1$"))
    expect(page.locator("#belly-g-1")).to_be_in_viewport()
    page.locator("[role=doc-noteref]").click()
    footnote = page.locator("[role=doc-footnote]:target")
    expect(footnote).to_be_in_viewport()
    footnote.get_by_role("link", name="back to the text").click()
    expect(page.locator("[role=doc-noteref]:target")).to_be_in_viewport()


def test_without_styles_every_marker_is_right(books: list[Path], page: Page) -> None:
    """A reading app that leaves our styles out shows bullets and our markers, no other numbers."""
    page.goto((books[1] / "part-2.xhtml").as_uri())
    page.evaluate("document.querySelector('link').remove()")
    lists = page.locator("section ul")
    styles = lists.evaluate_all("all => all.map(e => getComputedStyle(e).listStyleType)")
    assert {*styles} <= {"disc", "circle", "square"}
    assert page.locator("section ol").count() == 0
    assert "c. Wann lässt es nach?" in page.locator("section").inner_text()


@pytest.mark.parametrize("title", TITLES, ids=range(len(TITLES)))
@pytest.mark.parametrize("language", ["en", "he"])
def test_the_cover_shows_the_whole_title(
    page: Page, tmp_path: Path, title: str, language: str
) -> None:
    """Every line of the title and the edition stands inside the picture, and covers no other."""
    manual = replace(
        the_manual(ROOT), title=title.strip(), edition=title.strip(), language=language
    )
    cover = tmp_path / "cover.svg"
    cover.write_bytes(unpacked(make_epub(manual))["EPUB/cover.svg"])
    page.goto(cover.as_uri())
    page.evaluate("document.querySelectorAll('g').forEach(g => g.style.fontFamily = 'DejaVu Sans')")
    boxes = page.evaluate(
        """[...document.querySelectorAll("text")].map(e => {
            const box = e.getBBox()
            return [box.x, box.x + box.width, +e.getAttribute("y"), e.parentNode.getAttribute(
                "font-size") * 1]
        })"""
    )
    assert boxes
    below = 0.0
    for left, right, foot, size in boxes:
        assert left >= 40
        assert right <= 1560
        assert below + size <= foot <= 2400 - size / 3
        below = foot
