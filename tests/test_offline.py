"""The site from disk: opened by double click, with no network."""

import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Browser, Page, Request, expect

from manual.core.outputs import archive_name, file_stem
from manuals import the_manual
from sites import HANDOUT

# A folder as people have them: each character means something in an address or in a script's path.
FOLDER = "A worker's désk/worker #1 100% & <b>"


@pytest.fixture(
    params=[
        "rich",
        "other, unpacked",
        pytest.param("other", marks=pytest.mark.audit),
        pytest.param("rich, unpacked", marks=pytest.mark.audit),
    ]
)
def disk(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A built site, somewhere on a disk: copied there, or unpacked from its own zip."""
    name, _, is_unpacked = str(request.param).partition(", ")
    root: Path = request.getfixturevalue(name)
    if not is_unpacked:
        return Path(shutil.copytree(root / "site", tmp_path / FOLDER / root.name))
    manual = the_manual(root)
    with zipfile.ZipFile(root / "site/downloads" / archive_name(manual)) as archive:
        archive.extractall(tmp_path / FOLDER)
    return tmp_path / FOLDER / file_stem(manual) / "site"


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A tab with the network off; whatever fails or complains in it is an error."""
    context = chromium.new_context(offline=True)
    fresh = context.new_page()
    wrong: list[str] = []
    asked: list[str] = []

    def failed(request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # a page that is left ends what it still loads
            wrong.append(f"{request.url}: {request.failure}")

    fresh.on("request", lambda request: asked.append(request.url))
    fresh.on("requestfailed", failed)
    fresh.on("pageerror", lambda error: wrong.append(str(error)))
    fresh.on("console", lambda message: wrong.append(message.text))
    yield fresh
    context.close()
    assert wrong == []
    assert {urlsplit(url).scheme for url in asked} <= {"file", "data"}


def test_search_from_disk_opens_at_the_step(disk: Path, page: Page) -> None:
    """Words of a step find it, in the manual's language, and the result opens at the step."""
    words, place = {
        "rich": ("femoral pulse", "psoas.html?h=femoral+pulse#insertion-a"),
        "other": ("beginnen Trapezius", "nacken.html?h=beginnen+trapezius#seitlage-b"),
    }["rich" if (disk / "psoas.html").exists() else "other"]
    page.goto((disk / "index.html").as_uri())
    page.keyboard.press("/")
    page.keyboard.type(words)
    page.locator(f".md-search-result__link[href$='{place}']").click()
    page.wait_for_url(f"**/{place}")
    expect(page.locator(f"[id='{place.partition('#')[2]}']")).to_be_in_viewport()
    expect(page.locator("article mark").first).to_be_visible()


def test_every_link_from_disk_leads_somewhere(disk: Path, page: Page) -> None:
    """From the front page on, all pages can be reached, and each link ends at its place."""
    reached: dict[Path, set[str]] = {}
    places: set[tuple[Path, str]] = set()
    waiting = [disk / "index.html"]
    while waiting:
        path = waiting.pop()
        if path in reached or path.suffix != ".html":
            continue
        page.goto(path.as_uri())
        ids = page.evaluate("[...document.querySelectorAll('[id]')].map(e => e.id)")
        reached[path] = set(ids)
        links = page.evaluate("[...document.querySelectorAll('a[href]')].map(a => a.href)")
        for link in map(urlsplit, links):
            if link.scheme == "file":
                target = Path(unquote(link.path))
                assert target.is_file(), link
                waiting.append(target)
                places.add((target, unquote(link.fragment)))
    pages = {path for path in disk.rglob("*.html") if path.name != "404.html"}
    assert set(reached) == pages
    for target, place in places:
        assert not place or place in reached[target], (target, place)


def test_looks_and_pictures_from_disk(disk: Path, page: Page) -> None:
    """Styles apply, pictures show, and dark stays dark on the next page."""
    page.goto((disk / "index.html").as_uri())
    expect(page.locator(".md-header")).to_have_css("background-color", "rgb(11, 90, 99)")
    page.evaluate("document.querySelector('label[for=__palette_2]').click()")
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    page.locator("article a").first.click()
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    for path in disk.rglob("*.html"):
        if path.name != "404.html":
            page.goto(path.as_uri())
            widths = page.locator("img").evaluate_all("all => all.map(e => e.naturalWidth)")
            assert all(widths)
            assert len(widths) == (path.name == "mine.html")


def test_a_download_from_disk_opens(rich: Path, whole_chromium: Browser) -> None:
    """A link to a download leads to the very file."""
    page = whole_chromium.new_context(offline=True).new_page()
    page.goto((rich / "site/by-hand/mine.html").as_uri())
    page.get_by_role("link", name="The handout").click()
    page.wait_for_url("**/downloads/handout.pdf")
    assert page.evaluate("document.contentType") == "application/pdf"
    assert (rich / "site/downloads/handout.pdf").read_bytes() == HANDOUT


def test_nothing_of_the_hosted_copy_shows_from_disk(disk: Path, page: Page) -> None:
    """No message, no manifest, no worker: from disk, all is offline already."""
    page.goto((disk / "index.html").as_uri())
    assert page.locator(".offline-status, link[rel=manifest]").count() == 0


def test_only_what_is_used_is_in_the_site(rich: Path, other: Path) -> None:
    """No maps of the theme's sources; of the search's grammars, only the manual's language."""
    for root, grammars in ((rich, set()), (other, {"de", "stemmer"})):
        assert list(root.rglob("site/**/*.map")) == []
        lunr = root.glob("site/assets/javascripts/lunr/**/*.js")
        assert {path.name.split(".")[1] for path in lunr} == grammars
