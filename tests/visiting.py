"""Visits to a hosted site that the browser keeps for reading offline: fixtures and helpers."""

import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from hosting import Host, hosting

PATIENCE = 30  # seconds: browsers take their time to exchange a worker
expect.set_options(timeout=PATIENCE * 1000)

FIRST, NEXT = "Edition: November 2026", "New edition: December 2026"


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    """A fresh browser profile."""
    fresh = chromium.new_context()
    yield fresh
    fresh.close()


@pytest.fixture
def host(rich: Path) -> Iterator[Host]:
    """A host of the first edition, under a sub-path."""
    with hosting(rich / "site", "/course/handout/") as running:
        yield running


def says(page: Page, words: str) -> None:
    """Wait until the page's message has these words."""
    expect(page.locator(".offline-status p")).to_contain_text(words)


def visit(page: Page, host: Host, name: str = "iliacus.html") -> None:
    """Visit a page, and wait until all is kept."""
    page.goto(f"{host.address}/{name}")
    says(page, f"Ready offline. {FIRST}")


def wait_until(page: Page, condition: str) -> None:
    """Wait until an asynchronous function of JavaScript returns true.

    (`Page.wait_for_function` takes its promise for true, and returns at once.)
    """
    until = time.monotonic() + PATIENCE
    while not page.evaluate(condition):
        assert time.monotonic() < until, f"not within {PATIENCE} seconds: {condition}"
        page.wait_for_timeout(50)


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
