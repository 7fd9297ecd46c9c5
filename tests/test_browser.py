"""The site in a real browser, as a student uses it."""

import itertools
import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, ViewportSize, expect

from projects import built
from serving import serving

PAGES = ("index.html", "psoas.html", "iliacus.html", "print.html", "using-this-handout.html")
ATTACK = (
    "</title></script><script>hacked=1</script>\"><img src=x onerror=hacked=1>' onload=hacked=1"
)
PHONE: ViewportSize = {"width": 390, "height": 844}
TABLET: ViewportSize = {"width": 820, "height": 1180}
DESKTOP: ViewportSize = {"width": 1440, "height": 900}


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    """A fresh browser profile."""
    fresh = chromium.new_context(viewport=DESKTOP)
    yield fresh
    fresh.close()


@pytest.fixture
def plain(chromium: Browser) -> Iterator[Page]:
    """A tab of a browser without JavaScript."""
    fresh = chromium.new_context(viewport=PHONE, java_script_enabled=False)
    yield fresh.new_page()
    fresh.close()


def search(page: Page, words: str) -> None:
    """Type words into the search, and wait for the results."""
    page.keyboard.press("/")
    page.keyboard.type(words)
    expect(page.locator(".md-search-result__meta")).to_contain_text("matching")


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("femoral pulse", "psoas.html?h=femoral+pulse#insertion-a"),
        ("iliac fossa", "iliacus.html?h=iliac+fossa#contact-d"),
        ("static spot", "iliacus.html?h=static+spot#contact-g"),
        ("medial aspects", "psoas.html?h=medial+aspects#belly-f"),
        ("a.3", "psoas.html?h=a.3#insertion-a"),
    ],
)
def test_search_opens_at_the_step(served: str, page: Page, words: str, place: str) -> None:
    """A few words of a step find it, and the result opens at its lettered step."""
    page.goto(f"{served}/index.html")
    search(page, words)
    page.locator(f".md-search-result__link[href$='{place}']").click()
    expect(page).to_have_url(f"{served}/{place}")
    expect(page.locator(f"#{place.partition('#')[2]}")).to_be_in_viewport()


def test_first_line_of_a_result_leads_to_the_step(served: str, page: Page) -> None:
    """The line that only names the page opens at the step with the words, too."""
    page.goto(f"{served}/index.html")
    search(page, "tiny movement")
    page.locator(".md-search-result__link").first.click()
    expect(page).to_have_url(f"{served}/iliacus.html?h=tiny+movement#contact-e")


def test_search_finds_every_place(served: str, page: Page) -> None:
    """Words that stand in two steps find both."""
    page.goto(f"{served}/index.html")
    search(page, "12 seconds")
    links = page.locator(".md-search-result__link")
    found = [link.get_attribute("href") or "" for link in links.all()]
    assert any("psoas.html" in link and link.endswith("#belly-g") for link in found)
    assert any("iliacus.html" in link and link.endswith("#ilium-c") for link in found)


def test_return_to_top_needs_no_script(served: str, plain: Page) -> None:
    """After every section and at the foot, a plain link leads to the very top of the page."""
    for name in ("index.html", "psoas.html", "iliacus.html", "print.html"):
        plain.goto(f"{served}/{name}")
        links = plain.get_by_role("link", name="Return to top")
        sections = {"index.html": 1, "psoas.html": 2, "iliacus.html": 2, "print.html": 5}[name]
        assert links.count() == sections + 1
        on_arrival = plain.locator("h1").bounding_box()
        for link in links.all():
            link.click()
            assert plain.locator("h1").bounding_box() == on_arrival


def test_all_links_work_without_script(served: str, plain: Page) -> None:
    """Every link of every page inside the site leads to a page that is there, and to its place."""
    links: set[str] = set()
    ids: dict[str, list[str]] = {}
    for name in PAGES:
        plain.goto(f"{served}/{name}")
        links |= set(plain.evaluate("[...document.querySelectorAll('a[href]')].map(a => a.href)"))
        found = plain.evaluate("[...document.querySelectorAll('[id]')].map(e => e.id)")
        ids[f"{served}/{name}"] = found
        assert len(set(found)) == len(found)
    inside = [link for link in links if link.startswith(served)]
    assert len(inside) > 100
    for link in inside:
        page, _, fragment = link.partition("#")
        assert page in ids or plain.request.get(page).ok, link
        assert not fragment or unquote(fragment) in ids[page], link


def test_everything_is_readable_without_script(served: str, plain: Page) -> None:
    """Steps and notes are visible, and the menu opens, with JavaScript off."""
    plain.goto(f"{served}/iliacus.html")
    for text in ("thumbs hook under instead", "about 12 seconds", "static spot"):
        expect(plain.get_by_text(re.compile(text)).first).to_be_visible()
    plain.locator("label.md-header__button[for=__drawer]").click()
    expect(plain.get_by_role("link", name="Manual treatment of the psoas").first).to_be_visible()


def test_notes_are_announced_and_told_apart(served: str, page: Page) -> None:
    """A note is a named note, shows its word, and its border differs from other notes'."""
    page.goto(f"{served}/iliacus.html")
    borders = set()
    for word in ("CAUTION", "IMPORTANT"):
        note = page.get_by_role("note", name=word)
        expect(note).to_have_count(1)
        expect(note.locator(".admonition-title")).to_have_text(word)
        expect(note).to_be_visible()
        icon = "e => getComputedStyle(e, '::before').maskImage"
        assert note.locator(".admonition-title").evaluate(icon) not in ("none", "")
        borders.add(note.evaluate("e => getComputedStyle(e).borderBlockStyle"))
        assert note.locator("summary").count() == 0
    assert len(borders) == 2


def test_a_step_is_reached_by_its_address(served: str, page: Page) -> None:
    """A link to a third-level step shows it, marked, with its label."""
    page.goto(f"{served}/psoas.html#belly-g-1-b")
    step = page.locator("li#belly-g-1-b")
    expect(step).to_be_in_viewport()
    expect(step).to_contain_text("Does it refer")
    assert step.evaluate("e => e.matches(':target')")
    expect(step.get_by_role("link", name="Belly G.1.b")).to_be_in_viewport()


def test_labels_are_quiet_until_pointed_at(served: str, page: Page) -> None:
    """A step's link shows on hover and on keyboard focus, and takes no room before."""
    page.goto(f"{served}/psoas.html")
    size = "e => e.getBoundingClientRect().width"
    for step in ("#belly-c-2", "#belly-g-1-b"):
        label = page.locator(f"{step} > .label")
        assert label.evaluate(size) <= 1
        page.locator(step).hover()
        assert label.evaluate(size) > 20
        page.mouse.move(0, 0)
        label.focus()
        assert label.evaluate(size) > 20
    link = page.locator("#belly-c > .headerlink")
    expect(link).to_have_css("opacity", "0")
    page.locator("#belly-c").hover()
    expect(link).to_have_css("opacity", "1")


def test_everything_is_visible_in_its_order(served: str, page: Page) -> None:
    """Each heading, step, note and paragraph has a visible box, each below the one before."""
    for name in ("index.html", "psoas.html", "iliacus.html", "print.html"):
        page.goto(f"{served}/{name}")
        boxes = page.evaluate(
            """[...document.querySelectorAll("article :is(h1,h2,h3,h4,li[id],p)")].map(e => {
                const box = e.getBoundingClientRect()
                const visible = e.checkVisibility({opacityProperty: true, visibilityProperty: true})
                return [visible && box.width > 50 && box.height > 10, box.top, e.textContent]
            })"""
        )
        assert len(boxes) > 10
        for (visible, top, text), (_, below, _) in itertools.pairwise(boxes):
            assert visible, text
            assert top <= below, text


def test_list_markers_are_those_of_the_source(served: str, page: Page) -> None:
    """Numbered lists show numbers, third-level lists show letters."""
    page.goto(f"{served}/print.html")
    for kind, style in (("1", "decimal"), ("a", "lower-alpha")):
        lists = page.locator(f"article ol[type='{kind}'] > li")
        found = lists.evaluate_all("all => all.map(e => getComputedStyle(e).listStyleType)")
        assert set(found) == {style}


def test_keyboard_alone(served: str, page: Page) -> None:
    """Tab reaches the skip link first; Enter leads to the text; every stop shows its focus."""
    page.goto(f"{served}/psoas.html")
    page.keyboard.press("Tab")
    assert "md-skip" in page.evaluate("document.activeElement.className")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#"))
    reached = set()
    for _ in range(20):
        page.keyboard.press("Tab")
        outline = "getComputedStyle(document.activeElement).outlineStyle"
        assert page.evaluate(outline) != "none", page.evaluate("document.activeElement.outerHTML")
        reached.add(page.evaluate("document.activeElement.textContent"))
    assert {"Belly A.1", "Belly C.4"} <= reached


def test_back_to_top_button_is_on(served: str, page: Page) -> None:
    """Material's own button appears on the way up."""
    page.goto(f"{served}/psoas.html")
    page.mouse.wheel(0, 2000)
    page.wait_for_function("scrollY > 1000")
    page.mouse.wheel(0, -300)
    expect(page.locator(".md-top")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_no_accessibility_violation(served: str, chromium: Browser, name: str, scheme: str) -> None:
    """Axe finds nothing wrong in the article, in light and in dark."""
    context = chromium.new_context(viewport=DESKTOP, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{served}/{name}")
    result = Axe().run(page, context="article")
    context.close()
    assert result.response["violations"] == [], result.generate_report()


@pytest.mark.parametrize("name", [*PAGES, "404.html"])
def test_nothing_is_cut_off(served: str, page: Page, name: str) -> None:
    """No page is wider than the screen, and no request leaves for another host."""
    asked: list[str] = []
    errors: list[str] = []

    def on_console(message: ConsoleMessage) -> None:
        if message.type == "error":
            errors.append(message.text)

    page.on("console", on_console)
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    for size in (PHONE, TABLET, DESKTOP):
        page.set_viewport_size(size)
        page.goto(f"{served}/{name}")
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    assert [url for url in asked if not url.startswith((served, "data:"))] == []
    assert errors == []


def test_nothing_in_the_source_runs(tmp_path: Path, chromium: Browser) -> None:
    """Script in every field of a manual comes out as text, on every page, and none of it runs."""
    fields = {name: json.dumps(ATTACK) for name in ("title", "edition", "audience", "description")}
    source = tmp_path / "source"
    source.mkdir()
    settings = "".join(f"{name}: {value}\n" for name, value in fields.items())
    settings += f"parts: [part]\ncredits: [{fields['title']}]\n"
    settings += f"links:\n  - title: {fields['title']}\n    url: https://example.org/?'onload=x\n"
    (source / "manual.yml").write_text(settings, encoding="utf-8")
    (source / "introduction.txt").write_text(f"Welcome {ATTACK}\n", encoding="utf-8")
    (source / "part.txt").write_text(
        f"# {ATTACK}\n\n{ATTACK}\n\n## One {ATTACK}\n\nA) {ATTACK} x*\n   1. {ATTACK}\n"
        f"      a. {ATTACK}\nCAUTION! {ATTACK}\n*x: {ATTACK}\n",
        encoding="utf-8",
    )
    root = built(tmp_path / "project", source)
    page = chromium.new_page()
    with serving(root / "site") as address:
        for name in ("index", "part", "print", "404", "using-this-handout"):
            page.goto(f"{address}/{name}.html")
            assert page.evaluate("typeof hacked") == "undefined"
            assert page.locator("img[src=x], [onload]").count() == 0
        page.goto(f"{address}/part.html")
        assert page.title().startswith(ATTACK)
        expect(page.locator("h1")).to_contain_text(ATTACK)
        search(page, "hacked")
        expect(page.locator(".md-search-result__link").first).to_be_visible()
        assert page.evaluate("typeof hacked") == "undefined"
    page.close()


def test_other_manual_in_a_browser(other: Path, chromium: Browser) -> None:
    """Another instructor's manual works the same: lists go on after notes with the next marker."""
    page = chromium.new_page()
    page.goto((other / "site/nacken.html").as_uri())
    expect(page.locator("#seitlage-b-3")).to_contain_text("Lösen.")
    assert page.locator("ol:has(> #seitlage-b-3)").get_attribute("start") == "3"
    marker = "e => getComputedStyle(e).listStyleType"
    assert page.locator("[id='rückenlage-a-1-c']").evaluate(marker) == "lower-alpha"
    assert page.locator("ol:has(> [id='rückenlage-a-1-c'])").get_attribute("start") == "3"
    page.close()
