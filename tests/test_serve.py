"""`manual serve` in a real browser: what the instructor saves is what the browser shows."""

import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from projects import small_project


@pytest.fixture(params=["manual", "mkdocs"])
def serving(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """A copy of the project, served by each of the two commands. Yields folder and address."""
    small_project(tmp_path)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{probe.getsockname()[1]}"
    command = {
        "manual": [sys.executable, "-m", "manual", "serve", "--address", address],
        "mkdocs": [sys.executable, "-m", "mkdocs", "serve", "--livereload", "-a", address],
    }[request.param]
    log = tmp_path / "serve.log"
    with log.open("w") as file:
        server = subprocess.Popen(command, cwd=tmp_path, stdout=file, stderr=subprocess.STDOUT)
    while "Serving on" not in log.read_text(encoding="utf-8"):
        assert server.poll() is None, log.read_text(encoding="utf-8")
    yield tmp_path, f"http://{address}"
    server.terminate()
    server.wait()


def test_an_edit_shows_by_itself(serving: tuple[Path, str], chromium: Browser) -> None:
    """An edit reloads the page; a mistake, also one in mkdocs.yml, is a sentence, and the last good
    page stays.
    """
    root, address = serving
    part, log = root / "source_manual/psoas.txt", root / "serve.log"
    text = part.read_text(encoding="utf-8")
    page = chromium.new_page()
    page.goto(f"{address}/psoas.html")
    expect(page.locator("#belly-a-1")).to_contain_text("Wait.")

    part.write_text(text.replace("Wait.", "Ask."), encoding="utf-8")
    expect(page.locator("#belly-a-1")).to_contain_text("Ask.", timeout=30_000)

    part.write_text(text + "\nCAUTON! Oh.\n", encoding="utf-8")
    while "error[unknown-signal-word]" not in log.read_text(encoding="utf-8"):
        page.wait_for_timeout(100)
    fresh = chromium.new_page()  # the first one may be reloading by itself just now
    fresh.goto(f"{address}/psoas.html")
    expect(fresh.locator("#belly-a-1")).to_contain_text("Ask.")
    fresh.close()

    part.write_text(text, encoding="utf-8")
    expect(page.locator("#belly-a-1")).to_contain_text("Wait.", timeout=30_000)

    look = root / "mkdocs.yml"
    for mistake, answer in (("theme: [", "error parsing"), ("5", "MkDocs cannot read")):
        good = look.read_text(encoding="utf-8")
        look.write_text(mistake, encoding="utf-8")
        while answer not in (said := log.read_text(encoding="utf-8")):
            assert "Traceback" not in said
            page.wait_for_timeout(100)
        look.write_text(good, encoding="utf-8")
    part.write_text(text.replace("Wait.", "Look."), encoding="utf-8")
    expect(page.locator("#belly-a-1")).to_contain_text("Look.", timeout=30_000)
    assert not re.search("Traceback", log.read_text(encoding="utf-8"))
    page.close()
