"""Fixtures that several test files share, and the switch that rewrites the case files."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

import browser

pytest_plugins = ["sites", "single_files", "pdfs"]


def pytest_addoption(parser: pytest.Parser) -> None:
    """`pytest --update-cases` writes what comes out into the case files; review the diff."""
    parser.addoption("--update-cases", action="store_true")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A real browser, as its headless shell where there is one. That there is none is a failure,
    with the way out in its message.
    """
    path = browser.find_shell()
    assert path, browser.WAY_OUT
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=list(browser.FLAGS))
        yield running
        running.close()


@pytest.fixture
def whole_chromium(chromium: Browser) -> Iterator[Browser]:
    """Chromium with all that surrounds its engine, such as the viewer of PDFs."""
    path = browser.find()
    assert path, browser.WAY_OUT
    running = chromium.browser_type.launch(executable_path=path, args=list(browser.FLAGS))
    yield running
    running.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """An empty tab of the browser that a test file has: its `context`."""
    return context.new_page()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print how many mutants were tried, and how many of them verify caught."""
    pairs = [
        value
        for reports in terminalreporter.stats.values()
        for report in reports
        for name, value in getattr(report, "user_properties", ())
        if name == "mutants"
    ]
    if pairs:
        tried, caught = (sum(column) for column in zip(*pairs, strict=True))
        terminalreporter.write_line(
            f"mutants of outputs: {tried} tried, {caught} caught ({caught / tried:.1%})"
        )
