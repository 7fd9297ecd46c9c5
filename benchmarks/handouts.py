"""What handouts cost: `python benchmarks/handouts.py [SECTIONS …]`.

Makes all standard handouts of the shipped manual, five times in fresh processes, beside the same
manual's page to print by headless Chromium and, where it is installed, by WeasyPrint: all on one
core. Then the standard set of manuals of so many sections, on two cores, as builds make them.
Prints seconds and ratios, medians of one run.
"""

import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from manual.core.project import Project

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.verify_cost import big_manual  # noqa: E402  (a file beside this one)

ROUNDS = 5

HANDOUTS = """
import sys, time
from pathlib import Path
from manual.read.folder import Project, read_manual
project = Project(Path(sys.argv[1]))
manual, _ = read_manual(project)
begin = time.perf_counter()
from manual.write.handout.handouts import standard_set
made = [(one.layout.name, one.pages) for one in standard_set(manual, None)]
print(time.perf_counter() - begin, sum(pages for _, pages in made), len(made))
"""

CHROMIUM = """
import sys, time
sys.path.insert(0, sys.argv[2])
import browser
from playwright.sync_api import sync_playwright
begin = time.perf_counter()
with sync_playwright() as playwright:
    running = playwright.chromium.launch(executable_path=browser.find(), args=list(browser.FLAGS))
    page = running.new_page()
    page.goto(sys.argv[1])
    page.pdf(tagged=True, outline=True)
    running.close()
print(time.perf_counter() - begin)
"""

WEASYPRINT = """
import sys, time
begin = time.perf_counter()
import weasyprint
weasyprint.HTML(sys.argv[1]).write_pdf(pdf_variant="pdf/ua-1")
print(time.perf_counter() - begin)
"""


def run(program: str, *arguments: str, cores: str = "0") -> list[float] | None:
    """The numbers that a program prints in its last line; None where it cannot run."""
    command = ["taskset", "-c", cores, sys.executable, "-c", program, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=os.environ)
    if done.returncode:
        return None
    return [float(word) for word in done.stdout.split()[-3:]]


def median(program: str, *arguments: str) -> list[float] | None:
    """The medians of those numbers over some runs."""
    found = [numbers for _ in range(ROUNDS) if (numbers := run(program, *arguments))]
    return [statistics.median(column) for column in zip(*found, strict=True)] if found else None


def main() -> None:
    """Measure and print."""
    found = median(HANDOUTS, str(ROOT))
    assert found, "it failed"
    ours, pages, count = found
    each = ours / count
    print(f"all {count:.0f} handouts of the shipped manual, {pages:.0f} pages: {ours:.2f} s")
    page = (ROOT / "site/print.html").as_uri()
    for name, program, arguments in (
        ("headless Chromium", CHROMIUM, (page, str(ROOT / "scripts"))),
        ("WeasyPrint", WEASYPRINT, (page,)),
    ):
        taken = median(program, *arguments)
        if taken is None:
            print(f"{name}: not installed")
        else:
            ratio = f"{taken[0] / each:.1f} times one handout"
            print(f"{name}, one PDF of print.html: {taken[0]:.2f} s; {ratio}")
    for sections in map(int, sys.argv[1:]):
        with tempfile.TemporaryDirectory() as folder:
            project = Project(Path(folder))
            project.source.mkdir()
            big_manual(project.source, 1, sections)
            numbers = run(HANDOUTS, folder, cores="0,1")
            assert numbers, "it failed"
            print(f"{sections} sections: {numbers[0]:.1f} s for {numbers[1]:.0f} pages")


if __name__ == "__main__":
    main()
