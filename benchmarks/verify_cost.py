"""What verifying costs beside building: `python benchmarks/verify_cost.py [PARTS [SECTIONS]]`.

Builds a manual in a temporary folder, the shipped one or one of PARTS × SECTIONS sections, five
times, and prints the CPU seconds of each stage (median), and verify's share of all before it.
"""

import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

from manual.build import build_site, read_manual, write_pages
from manual.core.project import Project
from manual.verify import verify_site

ROOT = Path(__file__).parent.parent
SECTION = """
## {name}

A) The client lies supine; the knee is bent and the foot is on the table.
   1. Stand on the side to be treated, as in [[{name} A]].
   2. Ask about tenderness:
      a. Is this tender?
      b. Does it refer?
CAUTION! Pressure that goes straight down will intrude on organs.

B) Repeat 4-6 times, or until tenderness has decreased.
"""


def big_manual(folder: Path, parts: int, sections: int) -> None:
    """Write a manual of that many parts and sections."""
    names = [f"part{number}" for number in range(parts)]
    for name in names:
        body = "".join(SECTION.format(name=f"{name}s{i}") for i in range(sections))
        (folder / f"{name}.txt").write_text(f"# {name}\n{body}", encoding="utf-8")
    listed = "".join(f"  - {name}\n" for name in names)
    settings = f"title: Big\nedition: First\naudience: For all.\nparts:\n{listed}"
    (folder / "manual.yml").write_text(settings, encoding="utf-8")
    (folder / "introduction.txt").write_text("Welcome.\n", encoding="utf-8")


def build_once(project: Project, site: Path) -> dict[str, float]:
    """Build and verify. Returns the CPU seconds of each stage."""
    clock = [time.process_time()]
    manual, diagnostics = read_manual(project)
    assert manual is not None, diagnostics
    clock.append(time.process_time())
    write_pages(manual, project)
    clock.append(time.process_time())
    site.mkdir()
    build_site(manual, project, site)
    clock.append(time.process_time())
    assert verify_site(manual, site) == []
    clock.append(time.process_time())
    names = ("read and check", "write pages and downloads", "build the site", "verify")
    return {name: end - begin for name, begin, end in zip(names, clock, clock[1:], strict=False)}


def main(size: list[int]) -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for name in ("mkdocs.yml", "docs", "overrides", "scripts"):
            copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
            copy(ROOT / name, root / name)
        project = Project(root)
        if size:
            for page in ("index", "psoas", "iliacus", "print"):
                (project.docs / f"{page}.md").unlink(missing_ok=True)
            project.source.mkdir()
            big_manual(project.source, size[0], size[1] if len(size) > 1 else 10)
        else:
            shutil.copytree(ROOT / "source_manual", project.source)
        runs = [build_once(project, root / f"site{number}") for number in range(5)]
    medians = {name: statistics.median(run[name] for run in runs) for name in runs[0]}
    for name, median in medians.items():
        print(f"{name:16}{median:>9.3f}s")
    others = sum(medians.values()) - medians["verify"]
    print(f"verify / everything before it: {medians['verify'] / others:.2f}")


if __name__ == "__main__":
    main([int(number) for number in sys.argv[1:]])
