"""Kill a process over and over at random moments, and look at what is left of the site that it was
writing: run by test_safe_builds.py.

One process imports everything once; each victim is a fork of it, which writes one of two editions
of the site in turn. After each kill, the site must be one of the two, whole, or not there.
"""

import os
import random
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import manual.site.engine  # noqa: F401 (imports MkDocs, which a build does late)
from manual.cli import main as command
from manual.core.files import new_folder
from projects import digest

EDITIONS = ("November 2026", "December 2026")
SITE = Path("site")


def build(edition: str) -> None:
    """Build the project in the current folder."""
    settings = Path("source_manual/manual.yml")
    text = settings.read_text(encoding="utf-8")
    for known in EDITIONS:
        text = text.replace(known, edition)
    settings.write_text(text, encoding="utf-8")
    assert command(["build"]) == 0


def exchange(edition: str) -> None:
    """Write a site without building it: what is left to kill is the exchange of the folders."""
    with new_folder(SITE) as folder:
        for number in range(20):
            (folder / f"{number}.html").write_text(edition, encoding="utf-8")


VICTIMS: dict[str, Callable[[str], None]] = {"build": build, "exchange": exchange}


def start(victim: Callable[[str], None], edition: str) -> int:
    """Fork a process that writes an edition. Returns its process id."""
    child = os.fork()
    if child == 0:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        os.dup2(1, 2)
        victim(edition)
        os._exit(0)
    return child


def main(victim: Callable[[str], None], kills: int, seed: int) -> int:
    """Kill that many. Prints what was left; exit status 1 when it was ever a mix."""
    whole: dict[str, str] = {}
    duration = 0.0
    for edition in EDITIONS:
        begin = time.monotonic()
        _, status = os.waitpid(start(victim, edition), 0)
        duration = time.monotonic() - begin
        assert status == 0
        whole[digest(SITE)] = edition
    assert len(whole) == 2
    random.seed(seed)
    left: Counter[str] = Counter()
    for trial in range(kills):
        child = start(victim, EDITIONS[trial % 2])
        time.sleep(random.uniform(0, duration * 1.1))  # noqa: S311
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        left[whole.get(digest(SITE), "a mix") if SITE.exists() else "none"] += 1
    print(f"left by {kills} kills: {dict(left)}")
    return 1 if "a mix" in left else 0


if __name__ == "__main__":
    os.chdir(sys.argv[1])
    sys.exit(main(VICTIMS[sys.argv[2]], int(sys.argv[3]), int(sys.argv[4])))
