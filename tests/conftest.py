"""Fixtures that several test files share, and the switch that rewrites the case files."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

import browser
from manual.cli import main
from manual.site.docs import generated_pages
from manuals import ROOT
from serving import serving

pytest_plugins = ["single_files", "pdfs"]

SITE_FILES = ("mkdocs.yml", "docs", "overrides", "scripts")

HANDOUT = b"%PDF-1.4\n" + bytes(range(256)) * 400
MORE_FILES = {
    "docs/by-hand/mine.md": b"# Mine\n\n![x](x y.png)\n\n[The handout](../downloads/handout.pdf)\n",
    "docs/by-hand/x y.png": (ROOT / "docs/assets/icons/icon-192.png").read_bytes(),
    "docs/downloads/handout.pdf": HANDOUT,
    "docs/downloads/large print.pdf": HANDOUT * 30,
    "docs/downloads/whole-site.zip": b"PK",
}


def pytest_addoption(parser: pytest.Parser) -> None:
    """`pytest --update-cases` writes what comes out into the case files; review the diff."""
    parser.addoption("--update-cases", action="store_true")


def copy_project(root: Path, source: Path) -> Path:
    """A copy of this project in `root`, with the manual of `source` and no generated pages."""
    made = [path.name for path in generated_pages(ROOT / "docs")]
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


def built(root: Path, source: Path, files: dict[str, bytes] | None = None) -> Path:
    """Build the manual of `source` in a copy of the project, with more files (by their path in the
    project). Returns the copy's folder.
    """
    copy_project(root, source)
    for name, content in (files or {}).items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(content)
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
def rich(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project with its own manual, and with a page by hand, a picture and a download."""
    return built(tmp_path_factory.mktemp("rich"), ROOT / "source_manual", MORE_FILES)


@pytest.fixture(scope="session")
def editions(rich: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The sites of `rich` after edits: its caution reworded, for a next edition or within this one;
    and with the offline copy switched off.
    """
    root = tmp_path_factory.mktemp("editions")
    source = shutil.copytree(ROOT / "source_manual", root / "source")
    part, settings = source / "iliacus.txt", source / "manual.yml"
    part.write_text(part.read_text("utf-8").replace("CAUTION!", "CAUTION! Heed this."), "utf-8")
    sites = {
        "first": rich / "site",
        "corrected": built(root / "corrected", source, MORE_FILES) / "site",
    }
    settings.write_text(settings.read_text("utf-8").replace("November", "December"), "utf-8")
    with pytest.MonkeyPatch.context() as patch:  # as a published site is built
        patch.setenv("SITE_URL", "https://example.org/course/handout/")
        sites["next"] = built(root / "next", source, MORE_FILES) / "site"
    look = (ROOT / "mkdocs.yml").read_bytes().replace(b"  offline: true", b"  offline: false")
    sites["off"] = built(root / "off", source, MORE_FILES | {"mkdocs.yml": look}) / "site"
    return sites


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


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """An empty tab of the browser that a test file has: its `context`."""
    return context.new_page()


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
