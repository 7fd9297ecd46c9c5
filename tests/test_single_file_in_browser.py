"""The whole manual in one file, as a student opens it: no network, and perhaps no script."""

import itertools
import json
import re
from pathlib import Path
from typing import Literal
from urllib.parse import unquote

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect

from manual.write.single.single_file import make_single_file
from manuals import the_manual, write
from single_files import PHONE, differences, find, hits, saved

SMALL: ViewportSize = {"width": 320, "height": 568}
DESKTOP: ViewportSize = {"width": 1440, "height": 900}
THUMB = 44  # CSS pixels: https://www.w3.org/WAI/WCAG22/Understanding/target-size-enhanced
ATTACK = "</title></style></script><script>hacked=1</script>\"><img src=x onerror=hacked=1>' x=\\"


# --- reading


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
def test_everything_is_seen_in_its_order(
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
                const seen = e.checkVisibility({opacityProperty: true, visibilityProperty: true})
                return [seen && box.width > 50 && box.height > 10, box.top, e.textContent]
            })"""
        )
        assert len(boxes) > 60
        for (seen, top, text), (_, below, _) in itertools.pairwise(boxes):
            assert seen, text
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


# --- finding


def test_finding_by_keyboard(shipped_file: str, page: Page) -> None:
    """Tab, type, Enter, arrows and Enter again: reading goes on at the step."""
    page.goto(shipped_file)
    page.keyboard.press("Tab")
    page.keyboard.type("femoral pulse")
    expect(page.get_by_role("status")).to_have_text("Found: 2")
    assert hits(page) == ["Insertion A.1", "Insertion A.2"]
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("#insertion-a-2")).to_be_focused()
    expect(page.locator("#insertion-a-2")).to_be_in_viewport()
    assert page.url.endswith("#insertion-a-2")
    expect(page.locator(".found")).to_be_hidden()
    page.keyboard.press("Shift+Tab")  # from the step, back to what stands before it
    page.get_by_role("searchbox").focus()
    expect(page.locator(".found")).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("searchbox")).to_have_value("")
    expect(page.locator(".found")).to_be_hidden()


def test_finding_by_touch(shipped_file: str, page: Page) -> None:
    """Tap, type, tap: the step is there, under the bar and not behind it; a tap clears."""
    page.goto(shipped_file)
    page.get_by_role("searchbox").tap()
    find(page, "organs")
    assert hits(page) == ["Belly B.1", "Contact D"]
    page.locator(".found a").last.tap()
    note = page.get_by_role("note", name="CAUTION")
    expect(note).to_be_in_viewport(ratio=1)
    bar = page.locator("form").bounding_box()
    box = note.bounding_box()
    assert bar and box and bar["y"] + bar["height"] <= box["y"]
    page.go_back()
    assert "#" not in page.url
    page.get_by_role("button", name="Clear").tap()
    expect(page.get_by_role("searchbox")).to_have_value("")
    expect(page.get_by_role("button", name="Clear")).to_have_count(0)


def test_a_tap_beside_the_list_closes_it(shipped_file: str, page: Page) -> None:
    """The text is uncovered by a tap on it, and the words stay for the next time."""
    page.goto(shipped_file)
    find(page, "organs")
    page.locator("main").tap(position={"x": 200, "y": 700})
    expect(page.locator(".found")).to_be_hidden()
    expect(page.get_by_role("searchbox")).to_have_value("organs")


def test_a_label_that_is_called_out_comes_first(shipped_file: str, page: Page) -> None:
    """Of all places under it, the step with just that label is the first."""
    page.goto(shipped_file)
    for words in ("Belly C", "belly c", " BELLY  C "):
        find(page, words)
        page.locator(".found a").first.click()
        assert page.url.endswith("#belly-c")
    find(page, "g.1.b")
    assert hits(page) == ["Belly G.1.b"]


@pytest.mark.parametrize(
    ("words", "label"),
    [
        ("verlangerung", "Seitlage A"),
        ("VERLÄNGERUNG", "Seitlage A"),
        ("Verla\u0308ngerung", "Seitlage A"),
        ("fusse", "Seitlage A.3"),
        ("füße", "Seitlage A.3"),
        ("handballen fingerbeeren", "Tempo B.1"),
        ("„schulter“", "Quelle"),
        ('"schulter"', "Quelle"),
        ("<b>langsamkeit</b>", "Tempo: langsam vor schnell"),
        ("rückenlage a.1.a antwort", "Rückenlage A.1.a"),
        ("hebb-regel feuert", "Tempo B"),
    ],
)
def test_accents_case_and_order_do_not_count(
    other_file: str, page: Page, words: str, label: str
) -> None:
    """Words are found however they are typed, and listed under their step's label."""
    page.goto(other_file)
    find(page, words)
    assert hits(page) == [label]


def test_every_word_can_be_found(other_file: str, page: Page) -> None:
    """Whatever word stands in the text, typing it lists a place that holds it."""
    page.goto(other_file)
    lost = page.evaluate(
        """() => {
            const text = [...document.querySelectorAll("article > :not(nav)")]
                .filter(e => !/list-title|edition|return-to-top|page-foot/.test(e.className))
            const words = new Set(text.flatMap(e => e.innerText.match(/[\\p{L}\\p{N}]+/gu) ?? []))
            const input = document.querySelector("input")
            return [...words].filter(word => {
                input.value = word
                input.dispatchEvent(new Event("input"))
                return !document.querySelector(".found a")
            })
        }"""
    )
    assert [one for one in lost if one not in "↩"] == []


def test_a_note_is_listed_whole_and_under_its_word(shipped_file: str, page: Page) -> None:
    """A list that cut a caution short could turn it around: its word and all of it are shown."""
    page.goto(shipped_file)
    find(page, "12 seconds")
    assert hits(page) == ["Belly G", "Ilium C"]
    first = page.locator(".found a").first
    expect(first).to_contain_text("IMPORTANT")
    expect(first).to_contain_text(
        "Do not stay on a trigger point for longer than about 12 seconds."
    )
    expect(first).to_contain_text("come back to it later with lighter pressure.")
    assert first.locator("mark").all_inner_texts() == ["12", "seconds"]


def test_long_texts_are_listed_around_the_word(tmp_path: Path, page: Page) -> None:
    """Of a long step, whole words around the found one are listed, which is marked."""
    text = "word " * 200 + "needle " + "straw " * 200
    one = the_manual(write(tmp_path, {"part.txt": f"# P\n\n## S\n\nA) {text}\n"}).root)
    page.goto(saved(one, tmp_path))
    find(page, "NEEDLE")
    said = page.locator(".found a span").inner_text()
    assert re.fullmatch(r"… (word )+needle (straw )+…", said)
    assert len(said) < 300
    expect(page.locator(".found mark")).to_have_text("needle")


def test_nothing_found_is_said(other_file: str, page: Page) -> None:
    """In the manual's language, to screen readers too; spaces alone ask for nothing."""
    page.goto(other_file)
    expect(page.get_by_role("search")).to_have_count(1)
    find(page, "Quetzalcoatl")
    expect(page.get_by_role("status")).to_have_text("Nichts gefunden")
    find(page, "   ")
    expect(page.locator(".found")).to_be_hidden()


def test_two_thousand_steps(tmp_path: Path, page: Page) -> None:
    """All of a large manual is found, and the list stays short enough to draw at once."""
    steps = "".join(f"{i}. Step number{i} of many.\n" for i in range(1, 2001))
    one = the_manual(write(tmp_path, {"part.txt": f"# P\n\n## Long\n\nA) All:\n{steps}"}).root)
    page.goto(saved(one, tmp_path))
    find(page, "many")
    expect(page.get_by_role("status")).to_have_text("Found: 2000; the first 100 are listed")
    expect(page.locator(".found a")).to_have_count(100)
    find(page, "number1999")
    assert hits(page) == ["Long A.1999"]


def test_nothing_in_the_source_runs(tmp_path: Path, page: Page) -> None:
    """Script in every field comes out as text, also in the list of what is found."""
    value = json.dumps(ATTACK)
    settings = "".join(f"{name}: {value}\n" for name in ("title", "edition", "audience"))
    settings += f"parts: [part]\ncredits: [{value}]\n"
    settings += f"links:\n  - title: {value}\n    url: https://example.org/?'onload=x\n"
    files: dict[str, str | bytes] = {
        "manual.yml": settings,
        "introduction.txt": f"Welcome {ATTACK}\n",
        "part.txt": f"# {ATTACK}\n\n{ATTACK}\n\n## One {ATTACK}\n\nA) {ATTACK} x*\n   1. {ATTACK}\n"
        f"      a. {ATTACK}\nCAUTION! {ATTACK}\n*x: {ATTACK}\n",
    }
    one = the_manual(write(tmp_path, files).root)
    assert differences(one, make_single_file(one)) == ""
    page.goto(saved(one, tmp_path))
    assert page.title().startswith(ATTACK)
    find(page, "<img src=x onerror=hacked=1>")
    expect(page.get_by_role("status")).to_have_text("Found: 13")
    expect(page.locator(".found mark").first).to_have_text("<img")
    assert page.locator("img, [onerror], article script, article style").count() == 0
    assert page.evaluate("typeof hacked") == "undefined"


# --- for everybody


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_no_accessibility_violation(
    shipped_file: str,
    other_file: str,
    chromium: Browser,
    scheme: Literal["light", "dark"],
    size: ViewportSize,
) -> None:
    """Axe finds nothing wrong, also with the list open; the contrast is 7:1 everywhere."""
    context = chromium.new_context(viewport=size, color_scheme=scheme)
    page = context.new_page()
    enhanced = {"rules": {"color-contrast-enhanced": {"enabled": True}}}
    for address in (shipped_file, other_file):
        page.goto(address)
        for words in ("", "psoas", "schulter"):
            find(page, words)
            result = Axe().run(page, options=enhanced)
            assert result.response["violations"] == [], result.generate_report()
            assert "color-contrast-enhanced" in [one["id"] for one in result.response["passes"]]
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
    one = the_manual(write(tmp_path, {"part.txt": text}).root)
    page.set_viewport_size(SMALL)
    page.goto(saved(one, tmp_path))
    find(page, "donau")
    assert page.evaluate("document.documentElement.scrollWidth") <= SMALL["width"]
    assert page.locator(".found").evaluate("e => e.scrollWidth <= e.clientWidth")
