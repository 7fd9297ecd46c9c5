"""The hosted site on bad days: a fetch that fails, a full disk, a cache with holes, an old worker
with a new site. The page still shows, and what is missing is named.
"""

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from hosting import Failure, Host, hosting
from visiting import FIRST, NEXT, context, host, is_of, says, visit

__all__ = ("context", "host")  # fixtures

MISSING = "Not yet available offline"
FAILURES: tuple[Failure, ...] = ("dropped", "half", "other bytes", "not there")


def cached(page: Page) -> list[str]:
    """What is in the browser's caches, by path."""
    found: list[str] = page.evaluate(
        """async () => {
            const all = []
            for (const name of await caches.keys()) {
                const cache = await caches.open(name)
                for (const {url} of await cache.keys()) all.push(new URL(url).pathname)
            }
            return all
        }"""
    )
    return found


@pytest.mark.parametrize("failure", FAILURES)
def test_a_page_that_fails_is_named_and_fetched_later(
    host: Host, page: Page, failure: Failure
) -> None:
    """While a page cannot be had whole, none is kept; the host's pages show; the next visit asks
    only for what is missing.
    """
    host.failing["psoas.html"] = failure
    page.goto(f"{host.address}/iliacus.html")
    says(page, f"{MISSING}: psoas.html")
    expect(page.locator("h1")).to_be_visible()
    page.goto(f"{host.address}/index.html")
    says(page, f"{MISSING}: psoas.html")
    host.failing.clear()
    host.asked.clear()
    visit(page, host)
    assert "psoas.html" in host.asked
    assert host.asked.count("print.html") == 0
    host.cut()
    page.goto(f"{host.address}/psoas.html")
    expect(page.locator("h1")).to_be_visible()
    host.connect()


@pytest.mark.parametrize("failure", FAILURES)
def test_a_download_that_fails_keeps_no_page_away(host: Host, page: Page, failure: Failure) -> None:
    """All pages are kept, the download is named, and comes with the next visit."""
    host.failing["downloads/handout.pdf"] = failure
    page.goto(f"{host.address}/iliacus.html")
    says(page, f"{MISSING}: downloads/handout.pdf")
    host.cut()
    page.goto(f"{host.address}/psoas.html")
    expect(page.locator("h1")).to_be_visible()
    says(page, f"{MISSING}: downloads/handout.pdf")
    page.get_by_role("button", name="Close").click()
    page.goto(f"{host.address}/iliacus.html")
    expect(page.get_by_role("status")).to_be_empty()
    host.failing.clear()
    host.connect()
    visit(page, host)


def test_no_worker_on_the_host(host: Host, page: Page) -> None:
    """Where sw.js cannot be had, the site is a site."""
    host.failing["sw.js"] = "not there"
    page.goto(f"{host.address}/iliacus.html")
    page.wait_for_load_state("networkidle")
    expect(page.locator("h1")).to_be_visible()
    expect(page.get_by_role("status")).to_be_empty()


@pytest.mark.parametrize("first", ["sw.js", "pages"])
def test_a_host_in_the_middle_of_an_upload(
    host: Host, editions: dict[str, Path], page: Page, tmp_path: Path, first: str
) -> None:
    """A mix of old and new files is not taken: the old build stays, whole, until the new one is."""
    visit(page, host)
    mixed = shutil.copytree(editions["first"], tmp_path / "mixed")
    early = ["sw.js"] if first == "sw.js" else ["iliacus.html", "search/search_index.json"]
    for name in early:
        shutil.copy(editions["next"] / name, mixed / name)
    host.folder = mixed
    page.goto(f"{host.address}/print.html")
    if first == "sw.js":
        says(page, f"{NEXT}. {MISSING}: 404.html")
    is_of(page, editions["first"])
    host.cut()
    page.goto(f"{host.address}/iliacus.html")
    is_of(page, editions["first"])
    host.folder = editions["next"]
    host.connect()
    page.reload()
    page.get_by_role("button", name="Load now").click()
    says(page, "Ready offline. Edition: December 2026")
    is_of(page, editions["next"])


def test_a_first_visit_in_the_middle_of_an_upload(
    host: Host, editions: dict[str, Path], page: Page, tmp_path: Path
) -> None:
    """A mix is not kept at all; the host's pages show."""
    host.folder = shutil.copytree(editions["next"], tmp_path / "mixed")
    shutil.copy(editions["first"] / "iliacus.html", host.folder / "iliacus.html")
    page.goto(f"{host.address}/psoas.html")
    says(page, f"{MISSING}: iliacus.html")
    page.goto(f"{host.address}/iliacus.html")
    expect(page.locator("footer")).to_contain_text(FIRST)
    host.folder = editions["next"]
    page.reload()
    says(page, "Ready offline. Edition: December 2026")


def quota(page: Page, host: Host, size: int | None) -> None:
    """Let the browser give the site no more room than this, in bytes (None: as ever)."""
    client = page.context.new_cdp_session(page)
    origin = host.address.removesuffix("/course/handout")
    options = {"origin": origin} | ({} if size is None else {"quotaSize": size})
    client.send("Storage.overrideQuotaForOrigin", options)


def test_no_room_for_the_site(host: Host, page: Page) -> None:
    """With no room for the pages, nothing takes what there is; pages show, with the reason."""
    quota(page, host, 200_000)
    page.goto(f"{host.address}/iliacus.html")
    says(page, "no room on this device")
    expect(page.locator("h1")).to_be_visible()
    assert cached(page) == []
    quota(page, host, None)
    visit(page, host)


def test_no_room_for_a_download(host: Host, page: Page) -> None:
    """With room for the pages only, they are kept, and the download is named."""
    quota(page, host, 2_500_000)
    page.goto(f"{host.address}/iliacus.html")
    says(page, f"{MISSING}: downloads/large print.pdf (no room on this device)")
    host.cut()
    page.goto(f"{host.address}/psoas.html")
    expect(page.locator("h1")).to_be_visible()
    host.connect()
    quota(page, host, None)
    visit(page, host)


def test_no_room_for_a_new_edition(host: Host, editions: dict[str, Path], page: Page) -> None:
    """The old build stays, whole, and the new one gives back the room that it took."""
    visit(page, host)
    before = sorted(cached(page))
    quota(page, host, 100_000)
    host.folder = editions["next"]
    page.reload()
    says(page, "no room on this device")
    says(page, NEXT)
    is_of(page, editions["first"])
    assert sorted(cached(page)) == before
    quota(page, host, None)
    page.reload()
    page.get_by_role("button", name="Load now").click()
    says(page, "Ready offline. Edition: December 2026")


DAMAGE = """async ({lost, halved}) => {
    const name = (await caches.keys()).find(name => !name.endsWith("#sources"))
    const cache = await caches.open(name)
    for (const {url} of await cache.keys()) {
        if (lost.some(end => url.endsWith(end))) await cache.delete(url)
        if (halved.some(end => url.endsWith(end))) {
            const response = await cache.match(url)
            const bytes = await response.arrayBuffer()
            await cache.put(url, new Response(bytes.slice(0, bytes.byteLength / 2), response))
        }
    }
}"""


def test_a_half_written_cache_is_mended(host: Host, editions: dict[str, Path], page: Page) -> None:
    """A file that is lost or cut short is not shown: it is fetched again, or named as missing."""
    visit(page, host)
    page.evaluate(DAMAGE, {"lost": ["manual.css"], "halved": ["/psoas.html", "/print.html"]})
    page.goto(f"{host.address}/psoas.html")
    is_of(page, editions["first"])
    page.evaluate(DAMAGE, {"lost": ["/print.html"], "halved": ["/psoas.html"]})
    host.cut()
    for name in ("psoas", "print"):
        page.goto(f"{host.address}/{name}.html")
        expect(page.locator("body")).to_contain_text("not in the offline copy")
    page.goto(f"{host.address}/iliacus.html")
    expect(page.locator("h1")).to_be_visible()
    says(page, f"{MISSING}: print.html")
    host.connect()
    page.reload()
    says(page, "Ready offline")
    page.goto(f"{host.address}/psoas.html")
    is_of(page, editions["first"])


def test_an_emptied_cache_is_filled_again(host: Host, page: Page) -> None:
    """When the browser has taken the storage away, pages are the host's, and all is kept anew."""
    visit(page, host)
    empty = "async () => { for (const name of await caches.keys()) await caches.delete(name) }"
    page.evaluate(empty)
    host.cut()
    page.goto(f"{host.address}/psoas.html")
    expect(page.locator("body")).to_contain_text("not in the offline copy")
    host.connect()
    visit(page, host)
    host.cut()
    page.goto(f"{host.address}/psoas.html")
    expect(page.locator("h1")).to_be_visible()
    host.connect()


def test_an_old_worker_with_a_new_site(host: Host, editions: dict[str, Path], page: Page) -> None:
    """A page that the cache has lost, and that the host has in a new build only, is shown with the
    host's files and none of the old ones; pages of the old build are shown with none of the new.
    """
    visit(page, host)
    page.evaluate(DAMAGE, {"lost": ["/iliacus.html", "/print.css"], "halved": []})
    host.folder = editions["next"]
    host.failing["sw.js"] = "not there"  # so that the old worker stays
    host.asked.clear()
    page.goto(f"{host.address}/iliacus.html")
    expect(page.get_by_role("note", name="CAUTION").first).to_contain_text("Heed this.")
    assert {"iliacus.html", "assets/manual.css", "assets/offline.js"} <= set(host.asked)
    says(page, f"{MISSING}: iliacus.html")
    page.keyboard.press("/")
    page.keyboard.type("heed")
    expect(page.locator(".md-search-result__meta")).to_contain_text("matching")
    page.goto(f"{host.address}/print.html")
    expect(page.locator("footer")).to_contain_text(FIRST)
    expect(page.get_by_role("note", name="CAUTION").first).not_to_contain_text("Heed this.")
    says(page, f"{MISSING}: iliacus.html")
    host.failing.clear()
    page.reload()
    says(page, NEXT)


def test_a_stopped_install_goes_on(context: BrowserContext, host: Host) -> None:
    """A reader who leaves while files are still coming finds the site whole at the next visit."""
    page = context.new_page()
    host.failing["downloads/large print.pdf"] = "dropped"
    page.goto(f"{host.address}/iliacus.html")
    page.wait_for_function("caches.keys().then(names => names.length)")
    page.close()
    host.failing.clear()
    page = context.new_page()
    visit(page, host)


def test_two_manuals_on_one_host(
    editions: dict[str, Path], other: Path, page: Page, tmp_path: Path
) -> None:
    """Each keeps its own files; switching one off leaves the other as it is."""
    root = tmp_path / "host"
    shutil.copytree(editions["first"], root / "a")
    shutil.copytree(other / "site", root / "a/b")
    with hosting(root) as host:
        page.goto(f"{host.address}/a/iliacus.html")
        says(page, f"Ready offline. {FIRST}")
        page.goto(f"{host.address}/a/b/nacken.html")
        says(page, "Offline bereit")
        shutil.rmtree(root / "a")
        shutil.copytree(editions["off"], root / "a")
        shutil.copytree(other / "site", root / "a/b")
        page.goto(f"{host.address}/a/iliacus.html")
        expect(page.locator("footer")).to_contain_text("December 2026")
        host.cut()
        page.goto(f"{host.address}/a/b/schulter-blatt.html")
        expect(page.locator("h1")).to_be_visible()
        host.connect()
