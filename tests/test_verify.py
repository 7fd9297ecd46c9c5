"""Verify can fail: every damage on the lists of page_mutants.py and site_mutants.py is caught."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from built_sites import BuiltSite
from manual.cli import main
from manual.core.diagnostics import Code, Diagnostic, as_text
from manual.verify import OUTPUT_CODES, verify_site
from manual.verify.files.offline import verify_offline
from manual.verify.html.search_index import verify_search_index
from manuals import the_manual
from mutants import Damage, Record, try_all
from page_mutants import PAGE_DAMAGES
from site_mutants import (
    INDEX_DAMAGES,
    MANIFEST_DAMAGES,
    SCRIPT_DAMAGES,
    STYLE_DAMAGES,
    TAG_DAMAGES,
    WORKER_DAMAGES,
)
from source_mutants import changed_manuals

INDEX, SCRIPT = "search/search_index.json", "search/search_index.js"

each_site = pytest.mark.parametrize("which", ["shipped", "other"])


@pytest.fixture
def which() -> str:
    """The site of a test that needs only one."""
    return "shipped"


@pytest.fixture
def site(request: pytest.FixtureRequest, which: str) -> BuiltSite:
    """A built site, to be read."""
    root: Path = request.getfixturevalue(which)
    return BuiltSite(the_manual(root), root / "site")


@pytest.fixture
def copy(site: BuiltSite, tmp_path: Path) -> BuiltSite:
    """A built site, to be damaged."""
    return site.copied(tmp_path)


# --- pages


@each_site
@pytest.mark.parametrize("half", [0, 1])
def test_damaged_pages_are_caught(site: BuiltSite, half: int, record_property: Record) -> None:
    """Words, steps, notes, markers, labels, ids, links, requests, visibility: on every page."""
    damages = dict(list(PAGE_DAMAGES.items())[half::2])
    pages = {name: site.text_of(name) for name in site.page_names}
    try_all(damages, pages, lambda *mutant: any(site.differences_in(*mutant)), record_property)


def test_every_damage_finds_a_place(shipped: Path, other: Path) -> None:
    """No damage on the list is idle: each has a place on at least one page."""
    sites = [BuiltSite(the_manual(root), root / "site") for root in (shipped, other)]
    texts = [site.text_of(name) for site in sites for name in site.page_names]
    for name, damage in PAGE_DAMAGES.items():
        assert any(True for text in texts for _ in damage(text)), name


@pytest.mark.parametrize("which", ["other"])  # it has a place for every damage
def test_a_page_is_judged_alone_as_in_its_site(copy: BuiltSite) -> None:
    """For each damage: what is found in the page alone is found when all pages are verified."""
    pages = {name: copy.text_of(name) for name in copy.page_names}
    for damage_name, damage in PAGE_DAMAGES.items():
        name, mutant = next((name, mutant) for name in pages for mutant in damage(pages[name]))
        alone = {as_text([found]) for found in copy.differences_in(name, mutant)}
        with copy.replaced(name, mutant):
            together = {as_text([found]) for found in copy.differences()}
        assert alone, damage_name
        assert alone <= together, damage_name


def test_missing_and_exchanged_pages_are_caught(copy: BuiltSite, record_property: Record) -> None:
    """A page that is gone, or stands under another's name, is caught."""
    names = [*copy.page_names, INDEX, SCRIPT, "assets/manual.css"]
    for name in names:
        path = copy.folder / name
        aside = path.rename(path.with_suffix(".aside"))
        assert any(copy.differences()), name
        aside.rename(path)
    with copy.replaced("iliacus.html", copy.text_of("psoas.html")):
        assert any(copy.differences())
    record_property("mutants", (len(names) + 1, len(names) + 1))


def test_a_changed_model_is_caught(
    site: BuiltSite, tmp_path: Path, record_property: Record
) -> None:
    """A site that was built from another source is caught, whatever the change."""
    tried, escaped = 0, []
    for name, manual in changed_manuals(tmp_path):
        tried += 1
        escaped += [name] * (not any(site.differences(manual)))
    record_property("mutants", (tried, tried - len(escaped)))
    assert escaped == []
    assert tried > 50


def test_every_kind_of_difference_has_its_code(copy: BuiltSite) -> None:
    """What is lost, added, changed, moved, hidden, dead, foreign or unreadable is called so."""
    page = "iliacus.html"
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
        ("empty the page", Code.UNREADABLE_OUTPUT),
    ):
        with copy.replaced(page, next(PAGE_DAMAGES[name](copy.text_of(page)))):
            found = list(copy.differences())
        codes = {difference.code for difference in found}
        assert code in codes, (name, as_text(found))
        assert codes <= set(OUTPUT_CODES)


def test_a_published_site_stays_at_its_place(editions: dict[str, Path], tmp_path: Path) -> None:
    """Under a sub-path, the error page's links start there; one that leaves the site is dead."""
    folder = editions["next"]
    published = BuiltSite(the_manual(folder.parent), folder).copied(tmp_path)
    assert not any(published.differences())
    text = published.text_of("404.html")
    moved = text.replace('"/course/handout/psoas.html"', '"/psoas.html"')
    assert moved != text
    with published.replaced("404.html", moved):
        assert any(published.differences())


# --- what a site holds beside its pages


@each_site
def test_damaged_search_data_is_caught(copy: BuiltSite, record_property: Record) -> None:
    """The search data is an output too, also where its copy for pages from disk agrees with it."""

    def is_caught(name: str, mutant: str) -> bool:
        script = mutant if name == SCRIPT else f"var __index = {mutant}"
        with copy.replaced(name, mutant), copy.replaced(SCRIPT, script):
            return any(verify_search_index(copy.manual, copy.references, copy.folder))

    for damages, name in ((INDEX_DAMAGES, INDEX), (SCRIPT_DAMAGES, SCRIPT)):
        assert try_all(damages, {name: copy.text_of(name)}, is_caught, record_property) == []


@each_site
def test_damaged_styles_are_caught(copy: BuiltSite, record_property: Record) -> None:
    """No rule of a style sheet may hide, move, add or count anything in the manual's text."""
    theme = next(copy.folder.glob("assets/stylesheets/main.*.css"))
    names = ("assets/manual.css", theme.relative_to(copy.folder).as_posix())

    def is_caught(name: str, mutant: str) -> bool:
        with copy.replaced(name, mutant):
            return any(copy.differences())

    sheets = {name: copy.text_of(name) for name in names}
    assert try_all(STYLE_DAMAGES, sheets, is_caught, record_property) == []


@each_site
def test_a_damaged_offline_copy_is_caught(copy: BuiltSite, record_property: Record) -> None:
    """The worker, its list, the manifest, and the script's words on each page."""

    def differences() -> Iterator[Diagnostic]:
        return verify_offline(copy.manual, copy.references, copy.folder)

    def worker_is_caught(name: str, mutant: str) -> bool:
        with copy.replaced(name, mutant):
            return any(differences())

    def is_caught(name: str, mutant: str) -> bool:
        # The worker's list catches any change of another file; this one must be caught beside it.
        with copy.replaced(name, mutant):
            return any("is another file than" not in found.message for found in differences())

    def try_on(
        names: list[str], damages: dict[str, Damage], caught: Callable[[str, str], bool]
    ) -> None:
        files = {name: copy.text_of(name) for name in names}
        assert try_all(damages, files, caught, record_property) == []

    try_on(["sw.js"], WORKER_DAMAGES, worker_is_caught)
    try_on(["manifest.webmanifest"], MANIFEST_DAMAGES, is_caught)
    try_on(copy.page_names, TAG_DAMAGES, is_caught)


@each_site
def test_every_file_of_a_site_is_held_by_its_digest(
    copy: BuiltSite, record_property: Record
) -> None:
    """Another byte in a file, a file less, or a file more: none passes unnoticed."""
    tried = 0
    escaped: list[str] = []

    def passes() -> bool:
        return not any(verify_offline(copy.manual, copy.references, copy.folder))

    for path in sorted(path for path in copy.folder.rglob("*") if path.is_file()):
        of_others = path.name.startswith(("sitemap.xml", "search_index.js"))
        if (of_others and path.suffix != ".json") or path.suffix == ".zip":
            continue  # kept by no browser
        before = path.read_bytes()
        path.write_bytes(before + b" ")
        escaped += [path.name] * passes()
        path.unlink()
        escaped += [path.name] * passes()
        path.write_bytes(before)
        tried += 2
    more = copy.folder / "downloads/more.pdf"
    more.write_bytes(b"%PDF")
    assert not passes()
    more.unlink()
    assert passes()
    record_property("mutants", (tried + 1, tried + 1 - len(escaped)))
    assert escaped == []


def test_an_offline_copy_that_stays_is_caught(editions: dict[str, Path], tmp_path: Path) -> None:
    """Switched off: a manifest that stays, and a worker that does not remove itself."""
    folder = editions["off"]
    off = BuiltSite(the_manual(folder.parent), folder).copied(tmp_path)
    worker, manifest = off.folder / "sw.js", off.folder / "manifest.webmanifest"

    def passes() -> bool:
        return not any(verify_offline(off.manual, off.references, off.folder))

    assert verify_site(off.manual, off.folder) == []
    before = worker.read_bytes()
    worker.write_bytes(before + b" ")
    assert not passes()
    worker.unlink()
    assert not passes()
    worker.write_bytes(before)
    assert passes()
    manifest.write_bytes(b"{}")
    assert not passes()


# --- the whole of it


@each_site
def test_an_undamaged_site_passes(site: BuiltSite) -> None:
    """Both built sites are just what their manuals say."""
    assert verify_site(site.manual, site.folder) == []


def test_every_output_of_a_site_is_verified(copy: BuiltSite) -> None:
    """Files of all kinds that are cut in half are each reported."""
    names = ["iliacus.html", INDEX, "manifest.webmanifest"]
    names += [f"downloads/{name}" for name in ("*-letter.pdf", "*.epub", "*.html", "*.zip")]
    paths = [next(copy.folder.glob(name)) for name in names]
    for path in paths:
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    messages = [found.message for found in verify_site(copy.manual, copy.folder)]
    for path in paths:
        assert any(path.name in message for message in messages), (path.name, messages)


def test_the_command_names_output_page_and_source(
    copy: BuiltSite, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`manual verify` names the page, what it lacks, and where the source has it; exit status 1."""
    monkeypatch.chdir(copy.folder.parent)
    assert main(["verify"]) == 0
    assert "Every word of it is in site/" in capsys.readouterr().out
    page = "iliacus.html"
    with copy.replaced(page, next(PAGE_DAMAGES["drop a note"](copy.text_of(page)))):
        assert main(["verify"]) == 1
    message = "source_manual/iliacus.txt:19:1: error[lost] site/iliacus.html lacks the CAUTION"
    assert message in capsys.readouterr().out


@pytest.mark.parametrize(
    "css",
    [
        ".md-content__inner{max-width:40em}",
        "p{max-width:38em}",
        "h1{margin-top:-20px}",
        ".footnote{opacity:.9}",
    ],
)
def test_a_harmless_style_is_no_damage(copy: BuiltSite, css: str) -> None:
    """An author's measure, margins and slight fading hide nothing."""
    path = copy.folder / "assets/manual.css"
    path.write_text(f"{path.read_text('utf-8')}\n{css}\n", encoding="utf-8")
    assert list(copy.differences()) == []


def test_files_of_no_page_are_no_damage(copy: BuiltSite) -> None:
    """A style sheet that no page names, and what systems and git leave in a folder."""
    for name in ("unlinked.css", ".DS_Store", "Thumbs.db", ".git/config"):
        path = copy.folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("p{display:none}", encoding="utf-8")
    assert list(copy.differences()) == []
    (copy.folder / "unlinked.css").unlink()
    assert verify_site(copy.manual, copy.folder) == []
