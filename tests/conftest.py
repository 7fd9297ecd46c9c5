"""Fixtures that several test files share, and the switch that rewrites the case files."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

import browser
from manual.cli import main
from manual.pages import generated_pages
from manual.project import Project
from manuals import ROOT
from serving import serving

pytest_plugins = ["single_files"]

SITE_FILES = ("mkdocs.yml", "docs", "overrides", "scripts")


def pytest_addoption(parser: pytest.Parser) -> None:
    """`pytest --update-cases` writes what comes out into the case files; review the diff."""
    parser.addoption("--update-cases", action="store_true")


def copy_project(root: Path, source: Path) -> Path:
    """A copy of this project in `root`, with the manual of `source` and no generated pages."""
    made = [path.name for path in generated_pages(Project(ROOT))]
    ignored = shutil.ignore_patterns("__pycache__", "*.egg-info", ".gitignore", "downloads", *made)
    root.mkdir(exist_ok=True)
    for name in SITE_FILES:
        origin = ROOT / name
        if origin.is_dir():
            shutil.copytree(origin, root / name, ignore=ignored)
        else:
            shutil.copy(origin, root / name)
    shutil.copytree(source, root / "source_manual")
    return root


def built(root: Path, source: Path) -> Path:
    """Build the manual of `source` in a copy of the project. Returns the copy's folder."""
    copy_project(root, source)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        assert main(["build"]) == 0
    return root


@pytest.fixture(scope="session")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project with its own manual, built."""
    return built(tmp_path_factory.mktemp("shipped"), ROOT / "source_manual")


@pytest.fixture(scope="session")
def other(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project with another instructor's manual, built: only source_manual/ differs."""
    return built(tmp_path_factory.mktemp("other"), ROOT / "tests/manuals/shoulder")


@pytest.fixture(scope="session")
def served(shipped: Path) -> Iterator[str]:
    """The shipped site's address over http."""
    with serving(shipped / "site") as address:
        yield address


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A real browser. That there is none is a failure, with the way out in its message."""
    path = browser.find()
    assert path, browser.WAY_OUT
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=list(browser.FLAGS))
        yield running
        running.close()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print how many damaged sites were tried, and how many of them verify caught."""
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
            f"mutants of built sites: {tried} tried, {caught} caught ({caught / tried:.1%})"
        )
