"""The whole manual in one file: what it says, that verify proves it and catches damage."""

import itertools
import re
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import assume, given, settings

import manual.verify.html.single_file as reader
import manual.write.single.single_file as writer
from manual.build import read_manual
from manual.core.diagnostics import Code
from manual.core.model import Manual
from manual.core.references import References
from manual.site.finishing import finish_site
from manual.verify.html.single_file import verify_single_file
from manual.write.running_foot import running_foot
from manual.write.single.single_file import FILE, make_single_file
from manuals import ROOT, the_manual, write
from mutants import Damage, Record, try_all
from outlines import manuals
from page_mutants import PAGE_DAMAGES
from single_files import differences
from single_mutants import SINGLE_DAMAGES

# --- what it is


def test_it_says_what_the_model_says(originals: list[Manual]) -> None:
    """Read back, it is just what the manual says, and nothing of it is hidden."""
    for manual in originals:
        assert differences(manual, make_single_file(manual)) == ""


def test_it_is_small_and_the_same_each_time(originals: list[Manual]) -> None:
    """The shipped manual takes less than 60,000 bytes; the same source makes the same bytes."""
    for manual in originals:
        data = make_single_file(manual)
        assert len(data) < 60_000
        assert make_single_file(manual) == data


@settings(deadline=None)
@given(manuals())
def test_every_outline_survives(files: dict[str, str | bytes]) -> None:
    """Every text, marker, label, id, note and link of any manual is in its file, in order."""
    with tempfile.TemporaryDirectory() as folder:
        manual, _ = read_manual(write(Path(folder), files))
    assume(manual is not None)
    assert manual is not None
    assert differences(manual, make_single_file(manual)) == ""


def test_the_site_keeps_it_as_it_is(shipped: Path, tmp_path: Path) -> None:
    """A built site has it as it was made, byte for byte: finishing changes nothing in it."""
    data = make_single_file(the_manual(shipped))
    assert (shipped / "site" / FILE).read_bytes() == data
    alone = tmp_path / "manual.html"
    alone.write_bytes(data)
    for policy in (False, True):
        finish_site(tmp_path, policy=policy)
        assert alone.read_bytes() == data


def test_a_page_that_asks_somebody_is_finished(tmp_path: Path) -> None:
    """Only a page that asks nobody at all keeps the policy that it came with."""
    text = make_single_file(the_manual(ROOT)).decode()
    for number, changed in enumerate(("default-src *", "default-src 'self'")):
        path = tmp_path / f"{number}.html"
        path.write_text(text.replace("default-src 'none'", changed, 1), encoding="utf-8")
        finish_site(tmp_path)
        policies = re.findall(r'Policy" content="default-src (\S+);', path.read_text("utf-8"))
        assert policies == ["'self'", changed.partition(" ")[2]]


# --- damages


def try_on_both(damages: dict[str, Damage], originals: list[Manual], record: Record) -> list[str]:
    """Try each damage on both manuals' files; none may escape. Returns what finds no place."""
    manuals = {manual.title: manual for manual in originals}
    files = {title: make_single_file(manual).decode() for title, manual in manuals.items()}

    def is_caught(title: str, mutant: str) -> bool:
        manual, data = manuals[title], mutant.encode(errors="surrogateescape")
        return any(verify_single_file(manual, References(manual), data, "single"))

    return try_all(damages, files, is_caught, record)


@pytest.mark.parametrize("half", [0, 1])
def test_damages_of_pages_are_caught(
    originals: list[Manual], half: int, record_property: Record
) -> None:
    """What damages a page of the site damages the file, and is caught."""
    some = dict(list(PAGE_DAMAGES.items())[half::2])
    idle = try_on_both(some, originals, record_property)
    assert len(idle) < len(some) / 4  # those are about what only the site has


def test_damages_of_the_file_are_caught(originals: list[Manual], record_property: Record) -> None:
    """Its policy, script, styles, find box, contents, signs and labels: each damage is caught."""
    assert try_on_both(SINGLE_DAMAGES, originals, record_property) == []


@pytest.mark.parametrize(
    "rule",
    [
        ".caution, .important { display: none }",
        "@media print { [role=note] { height: 0 } }",
        "ol > li { position: absolute; left: -9999px }",
        ".admonition p { color: transparent }",
        '.admonition-title::after { content: "NOTE" }',
        "ol[type] { list-style-type: lower-alpha !important }",
        ".step { font-size: 0 }",
        "article { filter: blur(9px) }",
        "p { background: url(x.png) }",
        "@import 'x.css';",
    ],
)
def test_a_style_of_ours_that_hides_is_caught(
    originals: list[Manual], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rule: str
) -> None:
    """Even if writer and verify take it for ours, a style may not hide, add, change or ask."""
    templates = tmp_path / "single"
    shutil.copytree(ROOT / "scripts/manual/write/single/templates", templates)
    style = templates / "style.css"
    style.write_text(f"{rule}\n{style.read_text('utf-8')}", encoding="utf-8")
    monkeypatch.setattr(writer, "_TEMPLATES", templates)
    monkeypatch.setattr(reader, "_ASSETS", templates)
    found = differences(originals[1], make_single_file(originals[1]))
    assert "error[hidden]" in found or "error[foreign-request]" in found
    assert "error[changed]" not in found


def test_every_kind_of_difference_has_its_code(originals: list[Manual]) -> None:
    """What is lost, added, changed, moved, dead, foreign or unreadable is called so."""
    manual = originals[0]
    text = make_single_file(manual).decode()
    damages = {**PAGE_DAMAGES, **SINGLE_DAMAGES}
    for name, code in (
        ("drop a note", Code.LOST),
        ("add a paragraph", Code.ADDED),
        ("turn a note into another", Code.CHANGED),
        ("move a note down", Code.MOVED),
        ("break a return to top", Code.DEAD_LINK),
        ("lose the policy", Code.FOREIGN_REQUEST),
        ("save it in another encoding", Code.UNREADABLE_OUTPUT),
    ):
        data = next(damages[name](text)).encode(errors="surrogateescape")
        found = verify_single_file(manual, References(manual), data, "site/x.html")
        codes = [diagnostic.code for diagnostic in found]
        assert code in codes, (name, codes)


def test_another_manuals_file_is_caught(originals: list[Manual]) -> None:
    """Neither manual's file passes for the other's."""
    for manual, other in itertools.permutations(originals):
        assert differences(manual, make_single_file(other))


def test_each_sheet_says_what_it_is_of(originals: list[Manual]) -> None:
    """Title and edition stand at the foot of each sheet, whatever their characters and length."""
    for manual in originals:
        foot = running_foot(f"{manual.title} · {manual.edition}")
        assert foot in running_foot(f" {manual.title}\n · {manual.edition} ")
    assert running_foot('a"}b{é').startswith('@page{@bottom-left{content:"a\\22 \\7d b\\7b \\e9 "}')
    assert running_foot("x" * 1000).count("x") == 149
