"""Built sites that tests share. Each is built once in a run, by the process that needs it first.

They are there to be read. A test that changes one copies it first; at the end, it must be as built.
"""

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from manuals import ROOT
from projects import built, digest
from serving import serving

HANDOUT = b"%PDF-1.4\n" + bytes(range(256)) * 400
_MORE_FILES = {
    "docs/by-hand/mine.md": b"# Mine\n\n![x](x y.png)\n\n[The handout](../downloads/handout.pdf)\n",
    "docs/by-hand/x y.png": (ROOT / "docs/assets/icons/icon-192.png").read_bytes(),
    "docs/downloads/handout.pdf": HANDOUT,
    "docs/downloads/large print.pdf": HANDOUT * 30,
    "docs/downloads/whole-site.zip": b"PK",
}


def _shared(
    factory: pytest.TempPathFactory, name: str, build: Callable[[Path], object]
) -> Iterator[Path]:
    """A folder that `build` has made, shared by all processes of this run."""
    base = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        base = base.parent
    root, seal = base / name, base / f"{name}.sha256"
    with (base / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not seal.exists():
            build(root)
            seal.write_text(digest(root))
    yield root
    assert digest(root) == seal.read_text(), f"a test has changed {root}"


@pytest.fixture(scope="session")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The project with its own manual, built."""
    yield from _shared(
        tmp_path_factory, "shipped", lambda root: built(root, ROOT / "source_manual")
    )


@pytest.fixture(scope="session")
def other(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The project with another instructor's manual, built: only source_manual/ differs."""
    yield from _shared(
        tmp_path_factory, "other", lambda root: built(root, ROOT / "tests/manuals/shoulder")
    )


@pytest.fixture(scope="session")
def rich(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The project with its own manual, and with a page by hand, a picture and a download."""
    yield from _shared(
        tmp_path_factory, "rich", lambda root: built(root, ROOT / "source_manual", _MORE_FILES)
    )


@pytest.fixture(scope="session")
def editions(rich: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Path]]:
    """The sites of `rich` after edits: its caution reworded, for a next edition or within this one;
    and with the offline copy switched off.
    """
    for root in _shared(tmp_path_factory, "editions", _build_editions):
        names = ("corrected", "next", "off")
        yield {"first": rich / "site", **{name: root / name / "site" for name in names}}


def _build_editions(root: Path) -> None:
    root.mkdir()
    source = shutil.copytree(ROOT / "source_manual", root / "source")
    part, settings = source / "iliacus.txt", source / "manual.yml"
    part.write_text(part.read_text("utf-8").replace("CAUTION!", "CAUTION! Heed this."), "utf-8")
    built(root / "corrected", source, _MORE_FILES)
    settings.write_text(settings.read_text("utf-8").replace("November", "December"), "utf-8")
    with pytest.MonkeyPatch.context() as patch:  # as a published site is built
        patch.setenv("SITE_URL", "https://example.org/course/handout/")
        built(root / "next", source, _MORE_FILES)
    look = (ROOT / "mkdocs.yml").read_bytes().replace(b"  offline: true", b"  offline: false")
    built(root / "off", source, _MORE_FILES | {"mkdocs.yml": look})


@pytest.fixture(scope="session")
def served(shipped: Path) -> Iterator[str]:
    """The shipped site's address over http."""
    with serving(shipped / "site") as address:
        yield address
