"""Fixtures of the single file's tests: two manuals, each saved as an attachment would be."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize

from manual.core.diagnostics import as_text
from manual.core.model import Manual
from manual.core.references import References
from manual.verify.html.single_file import verify_single_file
from manual.write.single.single_file import make_single_file
from manuals import ROOT, the_manual

PHONE: ViewportSize = {"width": 390, "height": 844}


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
    """What verify finds wrong with a manual's file."""
    return as_text(list(verify_single_file(manual, References(manual), data, "single")))


def find(page: Page, words: str) -> None:
    """Type words into the find box."""
    page.get_by_role("searchbox").fill(words)


def hits(page: Page) -> list[str]:
    """The labels of the places that are listed."""
    return page.locator(".found a b:first-child").all_inner_texts()
