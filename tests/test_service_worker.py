"""The hosted site on good days: kept on the first visit, read offline, gone when switched off."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from hosting import Host, hosting
from projects import copy_project
from sites import HANDOUT
from visiting import FIRST, context, host, is_of, says, visit, wait_until

__all__ = ("context", "host")  # fixtures

PAGES = ("index", "psoas", "iliacus", "print", "using-this-handout", "by-hand/mine")


@pytest.mark.parametrize(
    ("manner", "path"),
    [
        ("plain", "/"),
        ("compresses", "/course/handout/"),
        ("shortens", "/course/handout/"),
        pytest.param("plain", "/course/handout/", marks=pytest.mark.audit),
        pytest.param("compresses", "/", marks=pytest.mark.audit),
        pytest.param("shortens", "/", marks=pytest.mark.audit),
    ],
)
def test_one_visit_and_the_network_can_go(rich: Path, page: Page, manner: str, path: str) -> None:
    """After "ready offline", all pages, the search, pictures and downloads are there without host,
    wherever it is and whatever it does to addresses and bytes on their way.
    """
    options = {manner: True} if manner != "plain" else {}
    with hosting(rich / "site", path, **options) as host:
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
        is_of(page, rich / "site")
        host.connect()


def stop_workers(page: Page) -> None:
    """End every service worker, as browsers do after half a minute."""
    client = page.context.new_cdp_session(page)
    client.send("ServiceWorker.enable")
    client.send("ServiceWorker.stopAllWorkers")


def test_a_download_is_there_with_no_network(host: Host, page: Page) -> None:
    """A PDF comes whole, or the part that is asked for; what is not kept is reported."""
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
    for name in ("downloads/whole-site.zip", "nowhere.html", "no/where/", "%E0%A4%A"):
        page.goto(f"{host.address}/{name}")
        expect(page.locator("body")).to_contain_text("not in the offline copy")
    page.get_by_role("link", name="Front page").click()
    expect(page.locator("h1")).to_contain_text("Manual treatment of the iliopsoas")
    host.connect()


def test_a_download_opens_with_no_network(host: Host, whole_chromium: Browser) -> None:
    """The viewer of a browser shows a kept PDF."""
    page = whole_chromium.new_page()
    visit(page, host, "by-hand/mine.html")
    host.cut()
    page.get_by_role("link", name="The handout").click()
    page.wait_for_url("**/downloads/handout.pdf")
    assert page.evaluate("document.contentType") == "application/pdf"
    host.connect()


def test_a_page_from_memory_is_shown_anew(host: Host, page: Page) -> None:
    """A page that "back" brings back as it was may be old: it is loaded again."""
    visit(page, host)
    page.evaluate("window.isOld = true")
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")
    page.wait_for_function("!window.isOld")


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
    wait_until(
        page,
        """async () => {
            const workers = await navigator.serviceWorker.getRegistrations()
            return !workers.length && !(await caches.keys()).length
        }""",
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
    page.evaluate("navigator.serviceWorker.ready.then(() => null)")
    expect(page.get_by_role("status")).to_be_empty()


def test_the_first_page_is_light(rich: Path, chromium: Browser) -> None:
    """A first visit to any page takes at most 150 KB over the wire, search data apart."""
    with hosting(rich / "site", compresses=True) as host:
        for name in PAGES:
            context = chromium.new_context(service_workers="block")
            page = context.new_page()
            page.goto(f"{host.address}/{name}.html", wait_until="networkidle")
            sizes = page.evaluate(
                """[...performance.getEntriesByType("navigation"),
                    ...performance.getEntriesByType("resource")]
                    .map(entry => [entry.name, entry.transferSize])"""
            )
            taken = {url: size for url, size in sizes if "/search/" not in url}
            assert len(taken) > 5
            assert all(size for url, size in taken.items() if url.startswith("http"))
            assert sum(taken.values()) <= 150_000, taken
            context.close()
