"""The hosted site on good days: kept on the first visit, read offline, kept up to date."""

import hashlib
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from hosting import Host, hosting
from projects import copy_project
from sites import HANDOUT

expect.set_options(timeout=30_000)  # browsers take their time to exchange a worker

FIRST, NEXT = "Edition: November 2026", "New edition: December 2026"
PAGES = ("index", "psoas", "iliacus", "print", "using-this-handout", "by-hand/mine")


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    """A fresh browser profile."""
    fresh = chromium.new_context()
    yield fresh
    fresh.close()


@pytest.fixture
def host(editions: dict[str, Path]) -> Iterator[Host]:
    """A host of the first edition, under a sub-path."""
    with hosting(editions["first"], "/course/handout/") as running:
        yield running


def says(page: Page, words: str) -> None:
    """Wait until the page's message has these words."""
    expect(page.locator(".offline-status p")).to_contain_text(words)


def visit(page: Page, host: Host, name: str = "iliacus.html") -> None:
    """Visit a page, and wait until all is kept."""
    page.goto(f"{host.address}/{name}")
    says(page, f"Ready offline. {FIRST}")


def is_of(page: Page, site: Path) -> None:
    """What the browser shows is a page of this site, and so is every other file that it gets."""
    worker = (site / "sw.js").read_text("utf-8").partition("\n")[0]
    files = json.loads(worker.removeprefix("const BUILD = "))["files"]
    found = page.evaluate(
        """async names => {
            const digest = async name => {
                const base = document.querySelector("script[src$='offline.js']").src
                const path = name.split("/").map(encodeURIComponent).join("/")
                const response = await fetch(new URL(`../${path}`, base))
                const bytes = await crypto.subtle.digest("SHA-256", await response.arrayBuffer())
                const hex = byte => byte.toString(16).padStart(2, "0")
                return Array.from(new Uint8Array(bytes), hex).join("")
            }
            return Promise.all(names.map(digest))
        }""",
        list(files),
    )
    assert dict(zip(files, found, strict=True)) == files
    name = page.evaluate("location.pathname").rpartition("/")[2] or "index.html"
    shown = page.evaluate(
        """html => {
            const text = page => page.querySelector("article").textContent
            return text(new DOMParser().parseFromString(html, "text/html")) === text(document)
        }""",
        (site / name).read_text("utf-8"),
    )
    assert shown, name


@pytest.mark.parametrize("path", ["/", "/course/handout/"])
@pytest.mark.parametrize("manner", ["plain", "compresses", "shortens"])
def test_one_visit_and_the_network_can_go(
    editions: dict[str, Path], page: Page, path: str, manner: str
) -> None:
    """After "ready offline", all pages, the search, pictures and downloads are there without host,
    wherever it is and whatever it does to addresses and bytes on their way.
    """
    options = {manner: True} if manner != "plain" else {}
    with hosting(editions["first"], path, **options) as host:
        visit(page, host)
        host.cut()
        page.keyboard.press("/")
        page.keyboard.type("iliac fossa")
        page.locator(".md-search-result__link[href$='#contact-d']").click()
        expect(page.locator("#contact-d")).to_be_in_viewport()
        stop_workers(page)
        for name in PAGES:
            page.goto(f"{host.address}/{name}.html?h=words#here")
            expect(page.locator("h1")).to_be_visible()
            widths = page.locator("img").evaluate_all("all => all.map(e => e.naturalWidth)")
            assert all(widths)
        page.goto(f"{host.address}/")
        expect(page.locator("h1")).to_contain_text("Manual treatment of the iliopsoas")
        expect(page.locator(".md-header")).to_have_css("background-color", "rgb(11, 90, 99)")
        is_of(page, editions["first"])
        host.connect()


def stop_workers(page: Page) -> None:
    """End every service worker, as browsers do after half a minute."""
    client = page.context.new_cdp_session(page)
    client.send("ServiceWorker.enable")
    client.send("ServiceWorker.stopAllWorkers")


def test_a_download_opens_with_no_network(host: Host, page: Page) -> None:
    """A PDF opens, whole or the part that is asked for; what is not kept is said to be so."""
    visit(page, host, "by-hand/mine.html")
    host.cut()
    page.reload()
    ranges = {
        "bytes=0-": (206, HANDOUT),
        "bytes=5-9": (206, HANDOUT[5:10]),
        "bytes=-7": (206, HANDOUT[-7:]),
        "bytes=100000-999999": (206, HANDOUT[100_000:]),
        "bytes=999999-": (416, b""),
        "lines=1-2": (200, HANDOUT),
    }
    for asked, (status, expected) in ranges.items():
        found = page.evaluate(
            """async range => {
                const response = await fetch("../downloads/handout.pdf", {headers: {range}})
                const bytes = new Uint8Array(await response.arrayBuffer())
                return [response.status, Array.from(bytes), response.headers.get("Content-Range")]
            }""",
            asked,
        )
        assert (found[0], bytes(found[1])) == (status, expected), asked
        assert (found[2] is None) == (status == 200)
    page.get_by_role("link", name="The handout").click()
    page.wait_for_url("**/downloads/handout.pdf")
    assert page.evaluate("document.contentType") == "application/pdf"
    for name in ("downloads/whole-site.zip", "nowhere.html", "no/where/", "%E0%A4%A"):
        page.goto(f"{host.address}/{name}")
        expect(page.locator("body")).to_contain_text("not in the offline copy")
    page.get_by_role("link", name="Front page").click()
    expect(page.locator("h1")).to_contain_text("Manual treatment of the iliopsoas")
    host.connect()


def test_a_new_edition_is_offered_and_taken_whole(
    host: Host, editions: dict[str, Path], page: Page
) -> None:
    """A new build is noticed on the next page; old pages stay old until one tap, which every open
    page follows; then all is new, also with no network.
    """
    visit(page, host)
    beside = page.context.new_page()
    beside.goto(f"{host.address}/psoas.html")
    host.folder = editions["next"]
    page.goto(f"{host.address}/index.html")
    says(page, NEXT)
    is_of(page, editions["first"])
    page.goto(f"{host.address}/iliacus.html")
    expect(page.get_by_role("note", name="CAUTION").first).not_to_contain_text("Heed this.")
    says(page, NEXT)
    beside.evaluate("window.isOld = true")
    page.get_by_role("button", name="Load now").click()
    expect(page.get_by_role("note", name="CAUTION").first).to_contain_text("Heed this.")
    beside.wait_for_function("!window.isOld")
    expect(beside.locator("footer")).to_contain_text("Edition: December 2026")
    expect(page.locator("footer")).to_contain_text("Edition: December 2026")
    host.cut()
    for tab in (page, beside):
        tab.reload()
        is_of(tab, editions["next"])
    assert len(page.evaluate("caches.keys()")) <= 2  # the build's, and the list of other clients
    host.connect()


def test_a_new_edition_comes_when_all_pages_are_closed(
    host: Host, editions: dict[str, Path], context: BrowserContext
) -> None:
    """Without the tap, everything stays of the old build, with or without network, until the last
    page is closed; the next visit shows the new one.
    """
    outside = context.new_page()
    outside.goto(f"{host.address}/../elsewhere")
    page = context.new_page()
    visit(page, host)
    host.folder = editions["next"]
    page.reload()
    says(page, NEXT)
    page.get_by_role("button", name="Close").click()
    host.cut()
    page.goto(f"{host.address}/print.html")
    says(page, NEXT)  # an offer comes again, also when it was closed
    is_of(page, editions["first"])
    page.close()
    outside.wait_for_function(
        """async () => {
            const [{waiting, active}] = await navigator.serviceWorker.getRegistrations()
            return !waiting && active.state === "activated"
        }"""
    )
    page = context.new_page()
    page.goto(f"{host.address}/iliacus.html")
    expect(page.get_by_role("note", name="CAUTION").first).to_contain_text("Heed this.")
    host.connect()  # pages are kept before they are offered, and downloads after
    is_of(page, editions["next"])


def test_a_correction_within_an_edition_is_called_so(
    host: Host, editions: dict[str, Path], page: Page
) -> None:
    """A changed caution is offered, too, when nobody changed the name of the edition."""
    visit(page, host)
    host.folder = editions["corrected"]
    page.reload()
    says(page, "Corrections to this edition: November 2026")
    page.get_by_role("button", name="Load now").click()
    expect(page.get_by_role("note", name="CAUTION").first).to_contain_text("Heed this.")


def test_an_open_page_looks_for_a_new_edition(
    host: Host, editions: dict[str, Path], page: Page
) -> None:
    """An app that was only put aside notices a new build when it is taken up again."""
    visit(page, host)
    host.folder = editions["next"]
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    says(page, NEXT)


def test_a_page_from_memory_is_shown_anew(host: Host, page: Page) -> None:
    """A page that "back" brings back as it was may be old: it is loaded again."""
    visit(page, host)
    page.evaluate("window.isOld = true")
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")
    page.wait_for_function("!window.isOld")


def test_an_offer_does_not_wait_for_downloads(
    host: Host, editions: dict[str, Path], page: Page
) -> None:
    """A new edition is offered as soon as its pages are here, and says what is still missing."""
    visit(page, host)
    host.folder = editions["next"]
    page.evaluate(
        """async () => {
            for (const name of await caches.keys()) {
                const cache = await caches.open(name)
                await cache.delete("downloads/handout.pdf")
            }
        }"""
    )
    host.failing["downloads/handout.pdf"] = "dropped"
    page.reload()
    says(page, f"{NEXT}. Not yet available offline: downloads/handout.pdf")
    page.get_by_role("button", name="Load now").click()
    expect(page.get_by_role("note", name="CAUTION").first).to_contain_text("Heed this.")
    says(page, "Not yet available offline: downloads/handout.pdf")


def test_what_is_the_same_is_not_fetched_again(
    host: Host, editions: dict[str, Path], page: Page
) -> None:
    """A new build costs a reader only the files that have changed."""
    visit(page, host)
    host.folder = editions["next"]
    host.asked.clear()
    page.reload()
    says(page, NEXT)
    assert "iliacus.html" in host.asked
    first, following = editions["first"], editions["next"]
    kept = [name for name in host.asked if name.startswith(("assets/", "downloads/"))]
    assert [
        name for name in kept if (first / name).read_bytes() == (following / name).read_bytes()
    ] == []


def test_switched_off_it_takes_itself_away(
    host: Host, editions: dict[str, Path], page: Page
) -> None:
    """A build without the feature ends the worker and empties the cache; pages are the host's."""
    visit(page, host)
    beside = page.context.new_page()
    beside.goto(f"{host.address}/psoas.html")
    host.folder = editions["off"]
    page.goto(f"{host.address}/iliacus.html")
    for tab in (page, beside):
        expect(tab.locator("footer")).to_contain_text("Edition: December 2026")
        assert tab.locator(".offline-status, link[rel=manifest]").count() == 0
    page.wait_for_function(
        """async () => {
            const workers = await navigator.serviceWorker.getRegistrations()
            return !workers.length && !(await caches.keys()).length
        }"""
    )
    assert not (editions["off"] / "manifest.webmanifest").exists()


def test_while_serving_nothing_is_kept(tmp_path: Path, rich: Path, page: Page) -> None:
    """`manual serve` shows what is on disk, also where a site was kept at the same address."""
    with hosting(rich / "site") as host:
        visit(page, host)
        host.cut()
        copy_project(tmp_path)
        part = tmp_path / "source_manual/iliacus.txt"
        part.write_text(part.read_text("utf-8").replace("CAUTION!", "CAUTION! Heed."), "utf-8")
        log = tmp_path / "serve.log"
        command = [sys.executable, "-m", "manual", "serve", "--address", host.address[7:]]
        with log.open("w") as file:
            server = subprocess.Popen(command, cwd=tmp_path, stdout=file, stderr=file)
        while "Serving on" not in log.read_text(encoding="utf-8"):
            assert server.poll() is None, log.read_text(encoding="utf-8")
        page.goto(f"{host.address}/iliacus.html")
        caution = page.get_by_role("note", name="CAUTION").first
        expect(caution).to_contain_text("Heed.")
        assert page.evaluate("navigator.serviceWorker.getRegistrations().then(a => a.length)") == 0
        assert page.locator(".offline-status").count() == 0
        server.terminate()
        server.wait()
        host.connect()


def test_other_requests_are_left_alone(host: Host, page: Page) -> None:
    """What is no reading, and what lies outside the site, goes to the host as ever."""
    visit(page, host)
    status = "async ([url, method]) => (await fetch(url, {method})).status"
    assert page.evaluate(status, [f"{host.address}/index.html", "POST"]) == 501
    assert page.evaluate(status, [f"{host.address}/../elsewhere.html", "GET"]) == 404
    assert page.evaluate(status, [f"{host.address}/nowhere.html", "GET"]) == 404


def test_it_can_be_installed(host: Host, page: Page) -> None:
    """The browser finds nothing missing: a manifest, icons, the manual's own name."""
    visit(page, host)
    client = page.context.new_cdp_session(page)
    found = client.send("Page.getAppManifest")
    manifest = json.loads(found["data"])
    assert found["errors"] == []
    assert manifest["name"] == "Manual treatment of the iliopsoas"
    errors = client.send("Page.getInstallabilityErrors")["installabilityErrors"]
    assert {error["errorId"] for error in errors} <= {"in-incognito"}  # as tests' profiles are


def test_another_manual_says_it_in_its_own_words(other: Path, page: Page) -> None:
    """Name, words and edition are those of the source."""
    manifest = json.loads((other / "site/manifest.webmanifest").read_text("utf-8"))
    assert manifest["name"] == "Schultergürtel & Nacken: Kursheft <3>"
    assert manifest["short_name"] == "Schultergürtel & Nacken"
    with hosting(other / "site") as host:
        page.goto(f"{host.address}/nacken.html")
        says(page, "Offline bereit. Ausgabe: 2. Auflage, 2025")
        host.cut()
        page.keyboard.press("/")
        page.keyboard.type("beginnen Trapezius")
        page.locator(".md-search-result__link[href$='#seitlage-b']").click()
        page.wait_for_url("**/nacken.html?h=*")
        page.goto(f"{host.address}/nirgends.html")
        expect(page.locator("body")).to_contain_text("nicht in der Offline-Kopie")
        expect(page.locator("h1")).to_have_text("Schultergürtel & Nacken: Kursheft <3>")
        host.connect()


def test_every_page_shows_the_edition(host: Host, page: Page) -> None:
    """In the foot of each page stands of which edition it is."""
    for name in PAGES:
        page.goto(f"{host.address}/{name}.html")
        expect(page.locator("footer")).to_contain_text(FIRST)


def test_messages_are_announced_and_can_be_closed(host: Host, page: Page) -> None:
    """The message is a status, can be closed, and does not come again on the next page."""
    visit(page, host)
    expect(page.get_by_role("status")).to_have_text(f"Ready offline. {FIRST}")
    assert Axe().run(page, context=".offline-status").response["violations"] == []
    page.get_by_role("button", name="Close").click()
    expect(page.locator(".offline-status")).not_to_have_class("shown")
    assert page.locator(".offline-status").bounding_box() is not None
    page.goto(f"{host.address}/index.html")
    page.wait_for_function("navigator.serviceWorker.ready")
    expect(page.get_by_role("status")).to_be_empty()


def test_the_first_page_is_light(editions: dict[str, Path], chromium: Browser) -> None:
    """A first visit to any page takes at most 150 KB over the wire, search data apart."""
    with hosting(editions["first"], compresses=True) as host:
        for name in PAGES:
            context = chromium.new_context(service_workers="block")
            page = context.new_page()
            page.goto(f"{host.address}/{name}.html", wait_until="networkidle")
            sizes = page.evaluate(
                """[...performance.getEntriesByType("navigation"),
                    ...performance.getEntriesByType("resource")]
                    .map(one => [one.name, one.transferSize])"""
            )
            taken = {url: size for url, size in sizes if "/search/" not in url}
            assert len(taken) > 5
            assert all(size for url, size in taken.items() if url.startswith("http"))
            assert sum(taken.values()) <= 150_000, taken
            context.close()


def test_the_same_site_makes_the_same_worker(editions: dict[str, Path]) -> None:
    """The version is a digest of the files: another build, another version; and no clock in it."""
    workers = {name: (site / "sw.js").read_bytes() for name, site in editions.items()}
    digests = {hashlib.sha256(worker).hexdigest() for worker in workers.values()}
    assert len(digests) == len(editions)
