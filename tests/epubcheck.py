"""The checker of books, https://www.w3.org/publishing/epubcheck/: an installed one, else Debian's.

Run as a program, it makes sure that there is one, and installs it where it may.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from browser import from_debian

DEBIANS = "/usr/share/java/epubcheck.jar"

WAY_OUT = """\
error: the tests need epubcheck, and it could not be found or installed.
  Install it, for example
    apt-get install epubcheck          (Debian and Ubuntu, as root)
  or name its jar file:  EPUBCHECK=/path/to/epubcheck.jar make test
"""


def find() -> list[str] | None:
    """The command that checks a book, or None."""
    jar = os.environ.get("EPUBCHECK", DEBIANS)
    java = shutil.which("java")
    if java and Path(jar).is_file():
        return [java, "-XX:TieredStopAtLevel=1", "-jar", jar]  # compiles quickly, for a short run
    return None


def install() -> list[str] | None:
    """The command, fetched first where it is missing; None where that cannot be."""
    if not find():
        print("fetching epubcheck", flush=True)
        from_debian("epubcheck")
    return find()


def problems(command: list[str], book: Path) -> list[str]:
    """What the checker finds wrong with a book: fatal errors, errors and warnings."""
    done = subprocess.run(
        [*command, "--json", "-", str(book)],
        capture_output=True,
        check=False,
        timeout=300,
    )
    try:
        report = json.loads(done.stdout[done.stdout.index(b"{") :].rpartition(b"}")[0] + b"}")
    except ValueError as error:
        raise AssertionError(done.stderr.decode(errors="replace")) from error
    assert report["checker"]["filename"] == book.name
    assert report["publication"]["nSpines"] > 0, report["messages"]
    severe = [item for item in report["messages"] if item["severity"] not in ("INFO", "USAGE")]
    counts = [report["checker"][name] for name in ("nFatal", "nError", "nWarning")]
    assert bool(severe) == any(counts)
    return [
        f"{item['severity']} {item['ID']} {item['message']} {item['locations']}" for item in severe
    ]


def main() -> int:
    """Make sure that there is a checker. Returns the exit status."""
    command = install()
    if command is None:
        sys.stderr.write(WAY_OUT)
        return 1
    print(f"checker of books of the tests: {command[-1]}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
