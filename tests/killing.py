"""Kill builds at random moments, over and over, and see what is left: run by test_safe_builds.py.

One process imports everything once; each build then runs in a fork of it, on one of two editions of
the manual in turn. After each kill, the site must be one of the two, whole, or not there.
"""

import hashlib
import os
import random
import signal
import sys
import time
from pathlib import Path

from manual.cli import main as manual

EDITIONS = ("November 2026", "December 2026")


def digest(site: Path) -> str:
    """One number for all files of a site."""
    whole = hashlib.sha256()
    for path in sorted(site.rglob("*")):
        if path.is_file():
            whole.update(path.relative_to(site).as_posix().encode() + b"\0" + path.read_bytes())
    return whole.hexdigest()


def start_build() -> int:
    """Fork a build of the current folder. Returns its process id."""
    child = os.fork()
    if child == 0:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        os.dup2(1, 2)
        os._exit(manual(["build"]))
    return child


def set_edition(root: Path, number: int) -> None:
    """Write one of the two editions into manual.yml."""
    path = root / "source_manual/manual.yml"
    text = path.read_text(encoding="utf-8")
    for edition in EDITIONS:
        text = text.replace(edition, EDITIONS[number])
    path.write_text(text, encoding="utf-8")


def main(root: Path, kills: int, seed: int) -> int:
    """Kill that many builds. Prints what was left; exit status 1 when it was ever a mix."""
    os.chdir(root)
    whole = {}
    for number in (0, 1):
        set_edition(root, number)
        begin = time.monotonic()
        _, status = os.waitpid(start_build(), 0)
        duration = time.monotonic() - begin
        assert status == 0
        whole[digest(root / "site")] = EDITIONS[number]
    assert len(whole) == 2
    random.seed(seed)
    left: dict[str, int] = {}
    for trial in range(kills):
        set_edition(root, trial % 2)
        child = start_build()
        time.sleep(random.uniform(0, duration * 1.1))  # noqa: S311
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        site = root / "site"
        found = whole.get(digest(site), "a mix") if site.exists() else "none"
        left[found] = left.get(found, 0) + 1
    print(f"left by {kills} kills: {left}")
    return 1 if "a mix" in left else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])))
