"""The whole manual in one file, as a student opens it: no network, and perhaps no script."""

import itertools
import re
from pathlib import Path
from typing import Literal
from urllib.parse import unquote

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect

from manuals import the_manual, write
from single_files import PHONE, find, saved

SMALL: ViewportSize = {"width": 320, "height": 568}
DESKTOP: ViewportSize = {"width": 1440, "height": 900}
THUMB = 44  # CSS pixels: https://www.w3.org/WAI/WCAG22/Understanding/target-size-enhanced


def test_it_asks_for_nothing(shipped_file: str, context: BrowserContext) -> None:
    """Opened, searched and printed, it asks for nothing but itself, and nothing goes wrong."""
    page = context.new_page()
    asked: list[str] = []
    errors: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: errors.append(message.text))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(shipped_file)
    find(page, "psoas")
    page.emulate_media(media="print")
    assert page.pdf().startswith(b"%PDF")
    assert asked == [shipped_file]
    assert errors == []


@pytest.mark.parametrize("width", [320, 390, 820, 1440])
def test_everything_is_visible_in_its_order(
    shipped_file: str, other_file: str, plain: Page, width: int
) -> None:
    """Without script, each heading, step, note and paragraph has its place, none cut off."""
    plain.set_viewport_size({"width": width, "height": 800})
    for address in (shipped_file, other_file):
        plain.goto(address)
        assert plain.evaluate("document.documentElement.scrollWidth") <= width
        boxes = plain.evaluate(
            """[...document.querySelectorAll("article :is(h1,h2,h3,h4,li,p)")].map(e => {
                const box = e.getBoundingClientRect()
                const shown = e.checkVisibility({opacityProperty: true, visibilityProperty: true})
                return [shown && box.width > 50 && box.height > 10, box.top, e.textContent]
            })"""
        )
        assert len(boxes) > 60
        for (visible, top, text), (_, below, _) in itertools.pairwise(boxes):
            assert visible, text
            assert top <= below, text


def test_without_script_there_is_no_box(shipped_file: str, plain: Page) -> None:
    """A box that could find nothing is not there at all."""
    plain.goto(shipped_file)
    expect(plain.locator("form, input, button")).to_have_count(0)
    assert "Find in this manual" not in plain.locator("body").inner_text()


def test_all_links_work_without_script(shipped_file: str, other_file: str, plain: Page) -> None:
    """Each entry of the contents, reference, label, star and return to top leads to its place."""
    for address, sections in ((shipped_file, 5), (other_file, 5)):
        plain.goto(address)
        ids = plain.evaluate("[...document.querySelectorAll('[id]')].map(e => e.id)")
        assert len(set(ids)) == len(ids)
        links = plain.locator("a[href^='#']")
        places = {unquote(link.get_attribute("href") or "")[1:] for link in links.all()}
        assert places <= set(ids)
        assert len(places) > 20
        assert plain.locator("p > a[href='#introduction']").count() >= sections + 1
    plain.goto(shipped_file)
    plain.get_by_role("navigation").get_by_role("link", name="Ilium").click()
    expect(plain.locator("#ilium")).to_be_in_viewport()
    plain.locator("#ilium-c").get_by_role("link", name="Belly G.1").click()
    expect(plain.locator("#belly-g-1")).to_be_in_viewport()
    plain.locator(".return-to-top a").last.click()
    expect(plain.locator("h1")).to_be_in_viewport()
    assert plain.evaluate("scrollY") == 0


def test_a_star_leads_to_its_footnote_and_back(shipped_file: str, plain: Page) -> None:
    """From the star to the definition and back to the same star."""
    plain.goto(shipped_file)
    star = plain.locator("[id='ref_fn_ilium_arndt-schultz-law']")
    star.click()
    expect(plain.locator("[id='fn_ilium_arndt-schultz-law']")).to_be_in_viewport()
    plain.get_by_role("link", name="back to the text").last.click()
    expect(star).to_be_in_viewport()
    assert plain.url.endswith("#ref_fn_ilium_arndt-schultz-law")


def test_steps_show_marker_and_label(other_file: str, plain: Page) -> None:
    """A lettered step's bracket is text; lists go on after notes; each step shows its label."""
    plain.goto(other_file)
    expect(plain.locator("#seitlage-b")).to_have_text(re.compile(r"^B\) Am .* Seitlage B$"))
    assert plain.locator("ol:has(> #seitlage-b-3)").get_attribute("start") == "3"
    step = plain.locator("[id='rückenlage-a-1-c']")
    assert step.evaluate("e => getComputedStyle(e).listStyleType") == "lower-alpha"
    expect(step.get_by_role("link", name="Rückenlage A.1.c")).to_be_visible()


def test_notes_are_announced_and_told_apart(other_file: str, plain: Page) -> None:
    """A note is a named note; word, sign and border differ from those of every other kind."""
    plain.goto(other_file)
    looks = set()
    for word in ("CAUTION", "IMPORTANT", "WARNING", "NOTE"):
        note = plain.get_by_role("note", name=word, exact=True).first
        expect(note.locator(".admonition-title")).to_have_text(word)
        expect(note.locator("svg")).to_be_visible()
        border = "e => {const s = getComputedStyle(e); return s.borderStyle + s.borderWidth}"
        looks.add((note.evaluate(border), note.locator("path").get_attribute("d")))
    assert len({border for border, _ in looks}) == len({sign for _, sign in looks}) == 4


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_no_accessibility_violation(
    shipped_file: str,
    other_file: str,
    chromium: Browser,
    scheme: Literal["light", "dark"],
    size: ViewportSize,
) -> None:
    """Axe finds nothing wrong, nor in the open list of places, nor where nothing is found; the
    contrast is 7:1 everywhere.
    """
    context = chromium.new_context(viewport=size, color_scheme=scheme)
    page = context.new_page()
    enhanced = {"rules": {"color-contrast-enhanced": {"enabled": True}}}
    for address in (shipped_file, other_file):
        page.goto(address)
        for words, part in (("", None), ("organs", "form"), ("schulter", "form")):
            find(page, words)
            result = Axe().run(page, part, options=enhanced)
            assert result.response["violations"] == [], result.generate_report()
            passed = {rule["id"] for rule in result.response["passes"]}
            assert "color-contrast-enhanced" in passed
    context.close()


def test_a_thumb_is_enough(shipped_file: str, page: Page) -> None:
    """What is there to be tapped is as high as a thumb; a link in a text, higher than its line."""
    page.goto(shipped_file)
    find(page, "psoas")
    for place in (".found a", "nav a", ".return-to-top a", ".page-foot a", "input", "button"):
        for box in page.locator(place).evaluate_all("all => all.map(e => e.offsetHeight)"):
            assert box >= THUMB, place
    for box in page.locator("article p > a[href^='#']").evaluate_all(
        "all => all.map(e => e.getClientRects()[0].height)"
    ):
        assert box >= 32


def test_it_fits_a_small_screen_whatever_stands_in_it(tmp_path: Path, page: Page) -> None:
    """At 320 pixels, no word, address, label or title is too long; also not in the list."""
    word = "Donaudampfschifffahrtsgesellschaft" * 4
    text = f"# {word}\n\n## Part{word[:55]}: x\n\nA) {word}\n   1. {word}\n      a. {word}\n"
    text += f"      CAUTION! {word}\n"
    manual = the_manual(write(tmp_path, {"part.txt": text}).root)
    page.set_viewport_size(SMALL)
    page.goto(saved(manual, tmp_path))
    find(page, "donau")
    assert page.evaluate("document.documentElement.scrollWidth") <= SMALL["width"]
    assert page.locator(".found").evaluate("e => e.scrollWidth <= e.clientWidth")
