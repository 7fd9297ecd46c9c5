"""The whole manual in one file, printed."""

import pytest
from playwright.sync_api import Browser, Page, expect

from manuals import the_manual, write
from single_files import find, saved

# For many heights of a sheet (columns, which break as sheets do): each note or footnote that is
# split, or not on the sheet where what stands before it ends; each heading or step that does not
# end on the sheet where what follows it begins.
BREAKS = """heights => {
    const article = document.querySelector("article"), wrong = []
    const sheets = e => {
        const range = document.createRange()
        range.selectNodeContents(e)
        const boxes = [...range.getClientRects()].filter(box => box.width && box.height)
        return boxes.map(box => Math.floor((box.left + scrollX) / 680))
    }
    const first = e => Math.min(...sheets(e)), last = e => Math.max(...sheets(e))
    for (const height of heights) {
        document.body.style.cssText =
            `columns: auto 640px; column-gap: 40px; column-fill: auto; height: ${height}px;
            width: 640px`
        const see = (right, what, e) => { if (!right) wrong.push([height, what, e.textContent]) }
        for (const e of article.querySelectorAll(".admonition, .footnote")) {
            const before = e.previousElementSibling
            see(first(e) === last(e), "split", e)
            if (before && sheets(before).length) see(last(before) === first(e), "left alone", e)
        }
        for (const e of article.querySelectorAll("h1, h2, h3, h4")) {
            const next = e.nextElementSibling
            const own = !/^H/.test(next.tagName) && getComputedStyle(next).display !== "none"
            if (own || e.className !== "step") see(last(e) === first(next), "left behind", e)
        }
    }
    return wrong
}"""


@pytest.fixture(scope="module")
def long_file(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a manual with lists longer than a sheet, and notes of all lengths."""
    text = "# Long\n\n## Lists\n\n"
    for letter, steps in zip("ABCDE", (60, 3, 1, 25, 40), strict=True):
        text += f"{letter}) A lettered step with a law* in it.\n"
        for number in range(1, steps + 1):
            text += f"   {number}. {'A step of some words. ' * (1 + number % 4)}\n"
            if number % 9 == 4:
                text += (
                    "      a. One.\n      b. Two.\n      CAUTION! Heed this at the numbered step.\n"
                )
        text += f"CAUTION! {'Do not press straight down here. ' * min(12, 60 // steps + 1)}\n"
        text += "\nWARNING! A second note, right behind.\n\n"
    text += "*law: a law, of which there is more to say than fits a line, so that it takes two.\n"
    folder = tmp_path_factory.mktemp("long")
    return saved(the_manual(write(folder, {"part.txt": text}).root), folder)


@pytest.mark.parametrize("which", ["shipped_file", "other_file", "long_file"])
def test_notes_stay_whole_and_with_their_step(
    which: str, chromium: Browser, request: pytest.FixtureRequest
) -> None:
    """On any paper, no note is split or parted from what it follows, no heading left behind."""
    context = chromium.new_context(bypass_csp=True, viewport={"width": 700, "height": 1000})
    page = context.new_page()
    page.goto(request.getfixturevalue(which))
    page.emulate_media(media="print")
    heights = list(range(480, 1300, 10 if which != "long_file" else 40))
    assert page.evaluate(BREAKS, heights) == []
    page.add_style_tag(content="* { break-before: auto !important; break-inside: auto !important }")
    assert page.evaluate(BREAKS, heights) != []  # the measure sees what it is for
    context.close()


def test_lists_keep_their_markers_on_paper(other_file: str, page: Page) -> None:
    """Each step in a list has its number as its value, which no browser counts over."""
    page.goto(other_file)
    page.emulate_media(media="print")
    for step, value in (("tempo-b-3", 3), ("seitlage-b-3", 3), ("rückenlage-a-1-c", 3)):
        assert page.locator(f"[id='{step}']").evaluate("e => e.value") == value


def test_paper_has_the_text_alone(shipped_file: str, page: Page) -> None:
    """The box and the ways back are for screens; addresses of other sites are written out."""
    page.goto(shipped_file)
    find(page, "psoas")
    page.emulate_media(media="print", color_scheme="dark")
    for place in ("form", ".return-to-top", ".page-foot", ".footnote-back"):
        expect(page.locator(place).first).to_be_hidden()
    after = "e => getComputedStyle(e, '::after').content"
    for link in page.locator("a[href^='https:']").all():
        assert (link.get_attribute("href") or "?") in link.evaluate(after)
    assert page.locator("a[href^='#']").first.evaluate(after) == "none"
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    style = "(e, name) => getComputedStyle(e)[name]"
    for note in page.locator(".admonition").all():
        assert note.evaluate(style, "breakInside") == "avoid"
        assert note.evaluate(style, "breakBefore") == "avoid"
    for heading in page.locator("h1, h2, h3:not(.step)").all():
        assert heading.evaluate(style, "breakAfter") == "avoid"
    for below in page.locator(".step + ol > li:first-child, .step + .admonition").all():
        assert below.evaluate(style, "breakBefore") == "avoid"
