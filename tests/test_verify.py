"""Verify can fail: every way on the list of mutants to damage a site is caught."""

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from manual.build import read_manual
from manual.cli import main
from manual.core.diagnostics import Code, Diagnostic, as_text
from manual.core.model import Manual
from manual.core.project import Project
from manual.core.references import References
from manual.verify import OUTPUT_CODES, verify_site
from manual.verify.files.offline import verify_offline
from manuals import the_manual
from mutants import (
    INDEX_DAMAGES,
    MANIFEST_DAMAGES,
    PAGE_DAMAGES,
    SCRIPT_DAMAGES,
    STYLE_DAMAGES,
    TAG_DAMAGES,
    WORKER_DAMAGES,
    Damage,
    differences,
)

MOST_PLACES = 4  # per damage and page, spread over the page


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory, shipped: Path, other: Path) -> list[Path]:
    """Copies of the two built projects, to be damaged and mended."""
    copies = []
    for origin in (shipped, other):
        copy = tmp_path_factory.mktemp("mutants")
        shutil.copytree(origin / "site", copy / "site")
        shutil.copytree(origin / "source_manual", copy / "source_manual")
        copies.append(copy)
    return copies


def pages(root: Path, manual: Manual) -> list[Path]:
    names = ["index", "print", *(part.id for part in manual.parts)]
    return [root / "site" / f"{name}.html" for name in names]


def spread(texts: Iterator[str]) -> list[str]:
    """At most MOST_PLACES of them, from all over."""
    found = list(texts)
    return found[:: max(1, -(-len(found) // MOST_PLACES))]


def caught(path: Path, damaged: str, verify: Callable[[], list[Diagnostic]]) -> bool:
    """Whether verify sees the damage. The file is as before afterwards."""
    before = path.read_bytes()
    path.write_text(damaged, encoding="utf-8")
    try:
        return bool(verify())
    finally:
        path.write_bytes(before)


def try_all(
    damages: dict[str, Damage],
    root: Path,
    files: list[Path],
    record: Callable[..., None],
    verify: Callable[[Manual, Path], list[Diagnostic]] = differences,
) -> None:
    """Try each damage on each file; every mutant must be caught."""
    manual = the_manual(root)
    escaped, tried = [], 0
    for name, damage in damages.items():
        for path in files:
            text = path.read_text(encoding="utf-8")
            for number, damaged in enumerate(spread(damage(text))):
                assert damaged != text, name
                tried += 1
                if not caught(path, damaged, lambda: verify(manual, root / "site")):
                    escaped.append(f"{name} ({path.name}, {number})")
    record("mutants", (tried, tried - len(escaped)))
    assert escaped == []
    assert tried >= len(damages)


@pytest.mark.parametrize("which", [0, 1], ids=["shipped", "other"])
@pytest.mark.parametrize("quarter", range(4))
def test_damaged_pages_are_caught(
    ground: list[Path], which: int, quarter: int, record_property: Callable[..., None]
) -> None:
    """Words, steps, notes, markers, labels, ids, links, requests, visibility: on every page."""
    root = ground[which]
    some = dict(list(PAGE_DAMAGES.items())[quarter::4])
    try_all(some, root, pages(root, the_manual(root)), record_property)


@pytest.mark.parametrize("which", [0, 1], ids=["shipped", "other"])
def test_damaged_search_and_styles_are_caught(
    ground: list[Path], which: int, record_property: Callable[..., None]
) -> None:
    """The search data and the style sheets are outputs too."""
    site = ground[which] / "site"
    try_all(INDEX_DAMAGES, site.parent, [site / "search/search_index.json"], record_property)
    try_all(SCRIPT_DAMAGES, site.parent, [site / "search/search_index.js"], record_property)
    styles = [site / "assets/manual.css", *site.glob("assets/stylesheets/main.*.css")]
    try_all(STYLE_DAMAGES, site.parent, styles, record_property)


@pytest.mark.parametrize("which", [0, 1], ids=["shipped", "other"])
def test_a_damaged_offline_copy_is_caught(
    ground: list[Path], which: int, record_property: Callable[..., None]
) -> None:
    """The worker, its list, the manifest, and the script's words on each page."""

    def verify(manual: Manual, site: Path) -> list[Diagnostic]:
        found = verify_offline(manual, References(manual), site)
        # The list would catch any damage to another file; it must be seen for what it is.
        return [one for one in found if "is another file than the one" not in one.message]

    def with_digests(manual: Manual, site: Path) -> list[Diagnostic]:
        return list(verify_offline(manual, References(manual), site))

    site = ground[which] / "site"
    manual = the_manual(site.parent)
    worker, manifest = site / "sw.js", site / "manifest.webmanifest"
    try_all(WORKER_DAMAGES, site.parent, [worker], record_property, with_digests)
    try_all(MANIFEST_DAMAGES, site.parent, [manifest], record_property, verify)
    try_all(TAG_DAMAGES, site.parent, pages(site.parent, manual), record_property, verify)


@pytest.mark.parametrize("which", [0, 1], ids=["shipped", "other"])
def test_every_file_of_a_site_is_held_by_its_digest(
    ground: list[Path], which: int, record_property: Callable[..., None]
) -> None:
    """Another byte in a file, a file less, or a file more: none passes unseen."""
    site = ground[which] / "site"
    manual = the_manual(site.parent)
    tried = 0
    escaped: list[str] = []

    def seen() -> bool:
        return bool(list(verify_offline(manual, References(manual), site)))

    for path in sorted(path for path in site.rglob("*") if path.is_file()):
        of_others = path.name.startswith(("sitemap.xml", "search_index.js"))
        if (of_others and path.suffix != ".json") or path.suffix == ".zip":
            continue  # kept by no browser
        before = path.read_bytes()
        path.write_bytes(before + b" ")
        escaped += [path.name] * (not seen())
        path.unlink()
        escaped += [path.name] * (not seen())
        path.write_bytes(before)
        tried += 2
    more = site / "downloads/more.pdf"
    more.parent.mkdir(exist_ok=True)
    more.write_bytes(b"%PDF")
    assert seen()
    more.unlink()
    assert not seen()
    record_property("mutants", (tried + 1, tried + 1 - len(escaped)))
    assert escaped == []


def test_an_offline_copy_that_does_not_go_is_caught(editions: dict[str, Path]) -> None:
    """Switched off: a manifest that stays, and a worker that does not take itself away."""
    site, root = editions["off"], editions["off"].parent
    manual = the_manual(root)
    assert verify_site(manual, site) == []
    worker, manifest = site / "sw.js", site / "manifest.webmanifest"
    before = worker.read_bytes()
    for damage in (lambda: worker.write_bytes(before + b" "), worker.unlink):
        damage()
        assert verify_site(manual, site)
        worker.write_bytes(before)
    manifest.write_bytes(b"{}")
    assert verify_site(manual, site)
    manifest.unlink()


def test_a_published_site_stays_at_its_place(editions: dict[str, Path]) -> None:
    """Under a sub-path, the error page's links start there; one that leaves the site is dead."""
    site = editions["next"]
    manual = the_manual(site.parent)
    assert verify_site(manual, site) == []
    page = site / "404.html"
    text = page.read_text(encoding="utf-8")
    moved = text.replace('"/course/handout/psoas.html"', '"/psoas.html"')
    assert moved != text
    assert caught(page, moved, lambda: differences(manual, site))


def test_every_damage_finds_a_place(ground: list[Path]) -> None:
    """No damage on the list is idle: each has a place on at least one page."""
    texts = [
        path.read_text(encoding="utf-8")
        for root in ground
        for path in pages(root, the_manual(root))
    ]
    idle = [name for name, damage in PAGE_DAMAGES.items() if not any(map(list, map(damage, texts)))]
    assert idle == []


def test_missing_and_exchanged_pages_are_caught(
    ground: list[Path], record_property: Callable[..., None]
) -> None:
    """A page that is gone, or stands under another's name, is caught."""
    root = ground[0]
    manual = the_manual(root)
    files = [
        *pages(root, manual),
        root / "site/search/search_index.json",
        root / "site/search/search_index.js",
        root / "site/assets/manual.css",
    ]
    tried = 0
    for path in files:
        aside = path.with_suffix(".aside")
        path.rename(aside)
        assert differences(manual, root / "site"), path
        aside.rename(path)
        tried += 1
    psoas, iliacus = (root / f"site/{name}.html" for name in ("psoas", "iliacus"))
    text = psoas.read_text(encoding="utf-8")
    assert caught(iliacus, text, lambda: differences(manual, root / "site"))
    record_property("mutants", (tried + 1, tried + 1))


def source_mutants(text: str) -> Iterator[str]:
    """The source with one change at a time that an output must not pass for."""
    lines = text.splitlines(keepends=True)
    for number, line in enumerate(lines):
        if line.strip():
            yield "".join(lines[:number] + lines[number + 1 :])
        if number and line.strip() and lines[number - 1].strip():
            swapped = [line, lines[number - 1]]
            yield "".join(lines[: number - 1] + swapped + lines[number + 1 :])
    for one, two in (
        ("CAUTION!", "WARNING!"),
        ("IMPORTANT!", "NOTE!"),
        ("12", "21"),
        ("4-6", "46"),
    ):
        if one in text:
            yield text.replace(one, two, 1)
    for match in list(re.finditer(r"\b[a-z]{3,}\b", text))[::25]:
        yield text[: match.start()] + "otherwise" + text[match.end() :]


def test_a_changed_model_is_caught(
    ground: list[Path], tmp_path: Path, record_property: Callable[..., None]
) -> None:
    """A site that was built from another source is caught, whatever the change."""
    root = ground[0]
    project = Project(tmp_path)
    shutil.copytree(root / "source_manual", project.source)
    honest = the_manual(root)
    tried, escaped = 0, []
    for part in ("introduction.txt", "psoas.txt", "iliacus.txt", "manual.yml"):
        path = project.source / part
        text = path.read_text(encoding="utf-8")
        for number, mutant in enumerate(source_mutants(text)):
            path.write_text(mutant, encoding="utf-8")
            manual, _ = read_manual(project)
            if manual is None or says_the_same(manual, honest):
                continue  # the checks catch it first, or it changes nothing that a page shows
            tried += 1
            if not differences(manual, root / "site"):
                escaped.append(f"{part} {number}")
        path.write_text(text, encoding="utf-8")
    record_property("mutants", (tried, tried - len(escaped)))
    assert escaped == []
    assert tried > 50


def says_the_same(one: Manual, two: Manual) -> bool:
    """Whether two manuals differ in nothing but places in the source and the search description."""

    def said(manual: Manual) -> str:
        spans = re.sub(r"Span\(source=Source\([^)]*\), start=\d+, end=\d+\)", "", repr(manual))
        return re.sub(r"description='[^']*'|language='[^']*'", "", spans)

    return said(one) == said(two)


def test_every_kind_of_difference_has_its_code(ground: list[Path]) -> None:
    """What is lost, added, changed, moved, hidden, dead, foreign or unreadable is called so."""
    root = ground[0]
    manual = the_manual(root)
    path = root / "site/iliacus.html"
    text = path.read_text(encoding="utf-8")
    for name, code in (
        ("drop a note", Code.LOST),
        ("add a paragraph", Code.ADDED),
        ("turn a note into another", Code.CHANGED),
        ("change a word", Code.CHANGED),
        ("move a note down", Code.MOVED),
        ("swap two lettered steps", Code.MOVED),
        ("fade headings by a style", Code.HIDDEN),
        ("break a return to top", Code.DEAD_LINK),
        ("lose a style sheet", Code.DEAD_LINK),
        ("add an outside script", Code.FOREIGN_REQUEST),
        ("cut the page in half", Code.UNREADABLE_OUTPUT),
    ):
        found: list[Diagnostic] = []

        def verify(found: list[Diagnostic] = found) -> list[Diagnostic]:
            found += differences(manual, root / "site")
            return found

        assert caught(path, next(PAGE_DAMAGES[name](text)), verify)
        assert code in {one.code for one in found}, (name, as_text(found))
        assert {one.code for one in found} <= set(OUTPUT_CODES)


def test_an_undamaged_site_passes(ground: list[Path]) -> None:
    """Both built sites are just what their manuals say."""
    for root in ground:
        assert verify_site(the_manual(root), root / "site") == []


def test_the_command_names_output_page_and_source(
    ground: list[Path], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`manual verify` says which page lacks what, and where the source says it; exit status 1."""
    monkeypatch.chdir(ground[0])
    assert main(["verify"]) == 0
    assert "Every word of it is in site/" in capsys.readouterr().out
    page = ground[0] / "site/iliacus.html"
    text = page.read_text(encoding="utf-8")
    try:
        page.write_text(next(PAGE_DAMAGES["drop a note"](text)), encoding="utf-8")
        assert main(["verify"]) == 1
    finally:
        page.write_text(text, encoding="utf-8")
    said = capsys.readouterr().out
    assert "source_manual/iliacus.txt:19:1: error[lost] site/iliacus.html lacks the CAUTION" in said
