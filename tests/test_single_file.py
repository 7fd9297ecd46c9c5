"""The whole manual in one file, as a student opens it: no network, and perhaps no script."""

import itertools
import json
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal
from urllib.parse import unquote

import pytest
from axe_playwright_python.sync_playwright import Axe
from hypothesis import assume, given, settings
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect

import manual.single_file as writer
import manual.verify.single_file as reader
from conftest import copy_project
from manual.cli import main
from manual.diagnostics import Code, as_text
from manual.finish import finish_site
from manual.model import Manual
from manual.project import read_manual
from manual.references import References
from manual.single_file import FILE, make_single_file, running_foot
from manual.verify.single_file import verify_single_file
from manuals import ROOT, the_manual, write
from mutants import PAGE_DAMAGES, Damage
from outlines import manuals
from single_mutants import SINGLE_DAMAGES

PHONE: ViewportSize = {"width": 390, "height": 844}
SMALL: ViewportSize = {"width": 320, "height": 568}
DESKTOP: ViewportSize = {"width": 1440, "height": 900}
THUMB = 44  # CSS pixels: https://www.w3.org/WAI/WCAG22/Understanding/target-size-enhanced
MOST_PLACES = 4  # per damage and file, spread over the file
ATTACK = "</title></style></script><script>hacked=1</script>\"><img src=x onerror=hacked=1>' x=\\"


@pytest.fixture(scope="module")
def originals(tmp_path_factory: pytest.TempPathFactory) -> list[Manual]:
    """The shipped manual, and another instructor's."""
    root = tmp_path_factory.mktemp("other")
    shutil.copytree(ROOT / "tests/manuals/shoulder", root / "source_manual")
    return [the_manual(ROOT), the_manual(root)]


@pytest.fixture(scope="module")
def shipped_file(originals: list[Manual], tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of the shipped manual in one file."""
    return saved(originals[0], tmp_path_factory.mktemp("mail"))


@pytest.fixture(scope="module")
def other_file(originals: list[Manual], tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of the other manual in one file."""
    return saved(originals[1], tmp_path_factory.mktemp("mail"))


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    """A phone without a network."""
    fresh = chromium.new_context(viewport=PHONE, offline=True, has_touch=True)
    yield fresh
    fresh.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """An empty tab on it."""
    return context.new_page()


@pytest.fixture
def plain(chromium: Browser) -> Iterator[Page]:
    """A tab of a browser without JavaScript, and without a network."""
    fresh = chromium.new_context(viewport=PHONE, offline=True, java_script_enabled=False)
    yield fresh.new_page()
    fresh.close()


def saved(manual: Manual, folder: Path) -> str:
    """Save the manual's file as an attachment would be. Returns its address."""
    path = folder / "manual.html"
    path.write_bytes(make_single_file(manual))
    return path.as_uri()


def differences(manual: Manual, data: bytes) -> str:
    return as_text(list(verify_single_file(manual, References(manual), data, "single")))


def find(page: Page, words: str) -> None:
    page.get_by_role("searchbox").fill(words)


def hits(page: Page) -> list[str]:
    """The labels of the places that are listed."""
    return page.locator(".found a b:first-child").all_inner_texts()


# --- what it is


def test_it_says_what_the_model_says(originals: list[Manual]) -> None:
    """Read back, it is just what the manual says, and nothing of it is hidden."""
    for one in originals:
        assert differences(one, make_single_file(one)) == ""


def test_it_is_small_and_the_same_each_time(originals: list[Manual]) -> None:
    """The shipped manual takes less than 60,000 bytes; the same source makes the same bytes."""
    for one in originals:
        data = make_single_file(one)
        assert len(data) < 60_000
        assert make_single_file(one) == data


@settings(deadline=None)
@given(manuals())
def test_every_outline_survives(files: dict[str, str | bytes]) -> None:
    """Every text, marker, label, id, note and link of any manual is in its file, in order."""
    with tempfile.TemporaryDirectory() as folder:
        one, _ = read_manual(write(Path(folder), files))
    assume(one is not None)
    assert one is not None
    assert differences(one, make_single_file(one)) == ""


def test_it_passes_through_the_site_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In docs/downloads/, it is copied into the site byte for byte, and the site is verified."""
    root = copy_project(tmp_path / "project", ROOT / "source_manual")
    data = make_single_file(the_manual(root))
    (root / "docs" / FILE).parent.mkdir(exist_ok=True)
    (root / "docs" / FILE).write_bytes(data)
    monkeypatch.chdir(root)
    assert main(["build"]) == 0
    assert (root / "site" / FILE).read_bytes() == data
    finish_site(root / "site", policy=False)
    assert (root / "site" / FILE).read_bytes() == data
    assert main(["verify"]) == 0


def test_a_page_that_asks_somebody_is_finished(tmp_path: Path) -> None:
    """Only a page that asks nobody at all keeps the policy that it came with."""
    text = make_single_file(the_manual(ROOT)).decode()
    for number, changed in enumerate(("default-src *", "default-src 'self'")):
        path = tmp_path / f"{number}.html"
        path.write_text(text.replace("default-src 'none'", changed, 1), encoding="utf-8")
        finish_site(tmp_path)
        policies = re.findall(r'Policy" content="default-src (\S+);', path.read_text("utf-8"))
        assert policies == ["'self'", changed.partition(" ")[2]]


# --- damages


def spread(texts: Iterator[str]) -> list[str]:
    found = list(texts)
    return found[:: max(1, -(-len(found) // MOST_PLACES))]


def try_all(
    damages: dict[str, Damage], originals: list[Manual], record: Callable[..., None]
) -> list[str]:
    """Try each damage on each file; every mutant must be caught. Returns what finds no place."""
    escaped, idle, tried = [], [], 0
    for name, damage in damages.items():
        places = 0
        for one in originals:
            text = make_single_file(one).decode()
            for number, damaged in enumerate(spread(damage(text))):
                assert damaged != text, name
                places += 1
                if not differences(one, damaged.encode(errors="surrogateescape")):
                    escaped.append(f"{name} ({one.title}, {number})")
        idle += [name] * (not places)
        tried += places
    record("mutants", (tried, tried - len(escaped)))
    assert escaped == []
    return idle


@pytest.mark.parametrize("half", [0, 1])
def test_damages_of_pages_are_caught(
    originals: list[Manual], half: int, record_property: Callable[..., None]
) -> None:
    """What damages a page of the site, damages the file, and is seen."""
    some = dict(list(PAGE_DAMAGES.items())[half::2])
    idle = try_all(some, originals, record_property)
    assert len(idle) < len(some) / 4  # those are about what only the site has


def test_damages_of_the_file_are_caught(
    originals: list[Manual], record_property: Callable[..., None]
) -> None:
    """Its policy, script, styles, find box, contents, signs and labels: each damage is seen."""
    assert try_all(SINGLE_DAMAGES, originals, record_property) == []


@pytest.mark.parametrize(
    "rule",
    [
        ".caution, .important { display: none }",
        "@media print { [role=note] { height: 0 } }",
        "ol > li { position: absolute; left: -9999px }",
        ".admonition p { color: transparent }",
        '.admonition-title::after { content: "NOTE" }',
        "ol[type] { list-style-type: lower-alpha !important }",
        ".step { font-size: 0 }",
        "article { filter: blur(9px) }",
        "p { background: url(x.png) }",
        "@import 'x.css';",
    ],
)
def test_a_style_of_ours_that_hides_is_caught(
    originals: list[Manual], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rule: str
) -> None:
    """Even if writer and verify take it for ours, a style may not hide, add, change or ask."""
    templates = tmp_path / "single"
    shutil.copytree(ROOT / "scripts/manual/templates/single", templates)
    style = templates / "style.css"
    style.write_text(f"{rule}\n{style.read_text('utf-8')}", encoding="utf-8")
    monkeypatch.setattr(writer, "_TEMPLATES", templates)
    monkeypatch.setattr(reader, "_ASSETS", templates)
    said = differences(originals[1], make_single_file(originals[1]))
    assert "error[hidden]" in said or "error[foreign-request]" in said
    assert "error[changed]" not in said


def test_every_kind_of_difference_has_its_code(originals: list[Manual]) -> None:
    """What is lost, added, changed, moved, dead, foreign or unreadable is called so."""
    one = originals[0]
    text = make_single_file(one).decode()
    damages = {**PAGE_DAMAGES, **SINGLE_DAMAGES}
    for name, code in (
        ("drop a note", Code.LOST),
        ("add a paragraph", Code.ADDED),
        ("turn a note into another", Code.CHANGED),
        ("move a note down", Code.MOVED),
        ("break a return to top", Code.DEAD_LINK),
        ("lose the policy", Code.FOREIGN_REQUEST),
        ("cut the file in half", Code.UNREADABLE_OUTPUT),
    ):
        data = next(damages[name](text)).encode()
        found = verify_single_file(one, References(one), data, "site/x.html")
        codes = [diagnostic.code for diagnostic in found]
        assert code in codes, (name, codes)


def test_another_manuals_file_is_caught(originals: list[Manual]) -> None:
    """Neither manual's file passes for the other's."""
    for one, two in itertools.permutations(originals):
        assert differences(one, make_single_file(two))


# --- in a browser


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


# --- on paper


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


def test_each_sheet_says_what_it_is_of(originals: list[Manual]) -> None:
    """Title and edition stand at the foot of each sheet, whatever their characters and length."""
    for one in originals:
        foot = running_foot(f"{one.title} · {one.edition}")
        assert foot in running_foot(f" {one.title}\n · {one.edition} ")
    assert running_foot('a"}b{é').startswith('@page{@bottom-left{content:"a\\22 \\7d b\\7b \\e9 "}')
    assert running_foot("x" * 1000).count("x") == 149
