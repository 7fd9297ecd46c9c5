"""The hosted site when a new build comes: offered, taken whole, never mixed with the old."""

import hashlib
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, expect

from hosting import Host
from visiting import NEXT, context, host, is_of, says, visit, wait_until

__all__ = ("context", "host")  # fixtures


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
    wait_until(
        outside,
        """async () => {
            const [{waiting, active}] = await navigator.serviceWorker.getRegistrations()
            return !waiting && active.state === "activated"
        }""",
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


def test_the_same_site_makes_the_same_worker(editions: dict[str, Path]) -> None:
    """The version is a digest of the files: another build, another version; and no clock in it."""
    workers = {name: (site / "sw.js").read_bytes() for name, site in editions.items()}
    digests = {hashlib.sha256(worker).hexdigest() for worker in workers.values()}
    assert len(digests) == len(editions)
