"""The browser of the tests: an installed Chromium, else Playwright's own, else Debian's.

Run as a program, it sees that there is one, and installs it where it may.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

INSTALLED = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")

# No telemetry, updates or first-run pages; no sandbox, because tests may run as root.
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

WAY_OUT = """\
error: the tests need a browser, and none could be found or installed.
  Install Chromium, for example
    apt-get install chromium                     (Debian and Ubuntu, as root)
    .venv/bin/python -m playwright install chromium
  or name one:  CHROMIUM=/path/to/chromium make test
"""


def find() -> str | None:
    """The path of a Chromium, or None."""
    if named := os.environ.get("CHROMIUM"):
        return named
    for name in INSTALLED:
        if path := shutil.which(name):
            return path
    return _playwrights_own()


def _playwrights_own() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if path and Path(path).exists() else None


def _install() -> None:
    attempts: list[list[str]] = [[sys.executable, "-m", "playwright", "install", "chromium"]]
    if shutil.which("apt-get"):
        sudo = [] if os.geteuid() == 0 else ["sudo", "-n"]
        attempts.append([*sudo, "apt-get", "update", "-qq"])
        attempts.append([*sudo, "apt-get", "install", "-y", "-qq", "chromium"])
    for command in attempts:
        print("installing a browser:", " ".join(command), flush=True)
        try:
            subprocess.run(command, check=False, stdin=subprocess.DEVNULL, timeout=900)
        except (OSError, subprocess.TimeoutExpired) as error:
            print(f"  {error}")
        if find():
            return


def main() -> int:
    """See that there is a browser. Returns the exit status."""
    if not find():
        _install()
    path = find()
    if path is None:
        sys.stderr.write(WAY_OUT)
        return 1
    print(f"browser of the tests: {path}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
