"""The browser of the tests: an installed Chromium, else Playwright's own, else Debian's.

Most tests use its headless shell: the same engine without the browser around it, for half the
processor time. Run as a program, this makes sure that there is a browser, and installs it where it
may.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

INSTALLED = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
SHELL = "chromium-headless-shell"

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
    apt-get install chromium libatomic1          (Debian and Ubuntu, as root)
    .venv/bin/python -m playwright install chromium
  or name one:  CHROMIUM=/path/to/chromium make test
"""

PLAYWRIGHT = (sys.executable, "-m", "playwright")


def find() -> str | None:
    """The path of a Chromium, or None."""
    if named := os.environ.get("CHROMIUM"):
        return named
    for name in INSTALLED:
        if path := shutil.which(name):
            return path
    return _playwrights_own()


def find_shell() -> str | None:
    """The path of Chromium's headless shell, or, where there is none, of a whole Chromium."""
    if os.environ.get("CHROMIUM"):
        return find()
    return shutil.which(SHELL) or _playwrights_own_shell() or find()


def _playwrights_own_shell() -> str | None:
    whole = _playwrights_own()
    if whole is None:
        return None
    revision = Path(whole).parents[1].name.partition("-")[2]
    beside = Path(whole).parents[2] / f"chromium_headless_shell-{revision}"
    found = [path for path in beside.glob("*/*headless*shell*") if os.access(path, os.X_OK)]
    return str(found[0]) if found else None


def _playwrights_own() -> str | None:
    from playwright.sync_api import sync_playwright

    if not _driver_runs():
        return None
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if path and Path(path).exists() else None


def _driver_runs() -> bool:
    """Whether Playwright's driver starts: on a bare Debian, it lacks a library."""
    return _succeeds([*PLAYWRIGHT, "--version"], quiet=True)


def _succeeds(command: list[str], *, quiet: bool = False) -> bool:
    output = subprocess.DEVNULL if quiet else None
    try:
        done = subprocess.run(
            command,
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            timeout=900,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def from_debian(*packages: str) -> bool:
    """Install packages where we may. Returns whether they are there."""
    if not shutil.which("apt-get"):
        return False
    sudo = [] if os.geteuid() == 0 else ["sudo", "-n"]
    return _succeeds([*sudo, "apt-get", "update", "-qq"]) and _succeeds(
        [*sudo, "apt-get", "install", "-y", "-qq", *packages]
    )


def main() -> int:
    """See that there is a browser, and a driver for it. Returns the exit status."""
    if not _driver_runs():
        print("fetching a library that the browser's driver needs", flush=True)
        from_debian("libatomic1")
    if not find():
        print("fetching a browser", flush=True)
        if not _succeeds([*PLAYWRIGHT, "install", "chromium"], quiet=True):
            from_debian("chromium")
    if find() and find_shell() == find() and not os.environ.get("CHROMIUM"):
        print("fetching its headless shell (without it, tests take longer)", flush=True)
        from_debian(SHELL)
    path = find()
    if path is None or not _driver_runs():
        sys.stderr.write(WAY_OUT)
        return 1
    print(f"browser of the tests: {path}, {find_shell()}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
