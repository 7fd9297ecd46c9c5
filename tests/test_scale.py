"""Twice the input makes twice the work, counted in function calls and not in seconds."""

import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType

import pytest

from big import TEXTS, process
from built_sites import BuiltSite
from manual.build import build_site, write_pages
from manual.core.project import Project
from manual.core.source import Source
from manual.read.settings import read_settings
from manual.verify import verify_site
from manuals import the_manual
from projects import copy_project

SMALL = 400


def calls(work: Callable[[], object]) -> int:
    """How many functions the work calls, built-in ones included."""
    count = 0

    def profile(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(profile)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize("name", TEXTS)
def test_work_is_linear_in_the_source(name: str) -> None:
    """Eight times the lines, words, notes, steps or mistakes make at most ten times the calls."""
    process(TEXTS[name](SMALL))  # what is made once and kept
    small = calls(lambda: process(TEXTS[name](SMALL)))
    large = calls(lambda: process(TEXTS[name](SMALL * 8)))
    assert large < small * 10


@pytest.mark.parametrize("name", ["stars without definitions", "stars in one line"])
def test_a_star_costs_little(name: str) -> None:
    """A star takes at most 300 calls until it is rendered, or its missing definition reported."""
    small = calls(lambda: process(TEXTS[name](SMALL)))
    large = calls(lambda: process(TEXTS[name](SMALL * 2)))
    assert large - small < 300 * SMALL


@pytest.mark.parametrize("size", [3_000, pytest.param(20_000, marks=pytest.mark.audit)])
@pytest.mark.parametrize("name", TEXTS)
def test_large_sources_come_to_an_end(name: str, size: int) -> None:
    """Thousands of anything are read, checked, and rendered or reported."""
    assert process(TEXTS[name](size)) > 0


def test_settings_stop_at_the_depth_that_they_know() -> None:
    """However deep manual.yml is nested, reading stops at the first level too many."""
    shallow = calls(lambda: read_settings(Source("manual.yml", "title: " + "[" * 5_000)))
    deep = calls(lambda: read_settings(Source("manual.yml", "title: " + "[" * 50_000)))
    assert deep < shallow * 2


@pytest.mark.parametrize("sections", [50, pytest.param(200, marks=pytest.mark.audit)])
def test_verifying_is_the_smaller_part(tmp_path: Path, sections: int) -> None:
    """A manual of many sections goes the whole way and is proved; to prove pages and search data,
    verify calls less than half as much as building them. (PDFs are made outside of Python.)
    """
    project = Project(copy_project(tmp_path / "project"))
    section = "A) One.\n   1. Ask:\n      a. Is it?\n   CAUTION! Heed this.\nB) See [[S1 A]].\n"
    text = "# Psoas\n\n" + "".join(f"## S{i}\n\n{section}\n" for i in range(1, sections + 1))
    (project.source / "psoas.txt").write_text(text, encoding="utf-8")
    (project.source / "iliacus.txt").write_text("# Iliacus\n\nSee [[Psoas]].\n", encoding="utf-8")
    manual = the_manual(project.root)
    write_pages(manual, project)
    site = tmp_path / "site"
    site.mkdir()
    building = calls(lambda: build_site(manual, project, site))
    assert verify_site(manual, site) == []
    built = BuiltSite(manual, site)
    verifying = calls(lambda: list(built.differences()))
    assert verifying < building / 2
