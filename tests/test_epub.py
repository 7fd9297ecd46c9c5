"""The EPUB: what it holds, that it is always the same, and that verify catches every damage."""

import os
import random
import re
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from books import PACKAGE, both_manuals, packed, sealed, unpacked
from epub_mutants import (
    CONTAINER_DAMAGES,
    COVER_DAMAGES,
    NAVIGATION_DAMAGES,
    PACKAGE_DAMAGES,
    PAGE_DAMAGES,
    STYLE_DAMAGES,
)
from manual.build import read_manual
from manual.core.diagnostics import Code, Diagnostic, as_text
from manual.core.model import Manual
from manual.core.references import References
from manual.verify.epub.book import verify_epub
from manual.write.epub.book import MEDIA_TYPE, make_epub
from manuals import ROOT, the_manual, write
from mutants import Damage, Record, try_all
from outlines import manuals
from source_mutants import changed_manuals


def verify(manual: Manual, book: bytes) -> list[Diagnostic]:
    return list(verify_epub(manual, References(manual), book, "manual.epub"))


@pytest.fixture(scope="module")
def grounds(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Manual, dict[str, bytes]]]:
    """Two manuals, and the files of their books, to be damaged."""
    both = both_manuals(tmp_path_factory.mktemp("books"))
    return [(manual, unpacked(make_epub(manual))) for manual in both]


def pages_of(files: dict[str, bytes]) -> list[str]:
    return [name for name in files if re.fullmatch(r"EPUB/(front|part-\d+)\.xhtml", name)]


DAMAGES: list[tuple[dict[str, Damage], Callable[[dict[str, bytes]], list[str]]]] = [
    (PAGE_DAMAGES, pages_of),
    (NAVIGATION_DAMAGES, lambda _: ["EPUB/nav.xhtml"]),
    (COVER_DAMAGES, lambda _: ["EPUB/cover.svg", "EPUB/cover.xhtml"]),
    (PACKAGE_DAMAGES, lambda _: [PACKAGE]),
    (CONTAINER_DAMAGES, lambda _: ["META-INF/container.xml"]),
    (STYLE_DAMAGES, lambda _: ["EPUB/style.css"]),
]


def test_an_undamaged_book_passes(grounds: list[tuple[Manual, dict[str, bytes]]]) -> None:
    """A book is just what its manual says, also when packed and sealed again by the tests."""
    for manual, files in grounds:
        assert as_text(verify(manual, make_epub(manual))) == ""
        assert sealed(files) == files
        assert as_text(verify(manual, packed(files))) == ""


@pytest.mark.parametrize("which", [0, 1], ids=["shipped", "other"])
@pytest.mark.parametrize("room", range(len(DAMAGES)))
def test_damaged_books_are_caught(
    grounds: list[tuple[Manual, dict[str, bytes]]],
    which: int,
    room: int,
    record_property: Record,
) -> None:
    """Words, steps, notes, markers, labels, links, styles, lists of files: in every file."""
    manual, files = grounds[which]
    damages, names_in = DAMAGES[room]

    def is_caught(name: str, mutant: str) -> bool:
        book = packed(sealed({**files, name: mutant.encode()}))
        return any(verify_epub(manual, References(manual), book, "manual.epub"))

    texts = {name: files[name].decode() for name in names_in(files)}
    try_all(damages, texts, is_caught, record_property)


def test_every_damage_finds_a_place(grounds: list[tuple[Manual, dict[str, bytes]]]) -> None:
    """No damage on the lists is idle: each has a place in at least one file."""
    for damages, names_in in DAMAGES:
        texts = [files[name].decode() for _, files in grounds for name in names_in(files)]
        for name, damage in damages.items():
            assert any(True for text in texts for _ in damage(text)), name


def test_every_kind_of_difference_has_its_code(
    grounds: list[tuple[Manual, dict[str, bytes]]],
) -> None:
    """What is lost, added, changed, moved, hidden, dead, foreign or unreadable is called so."""
    manual, files = grounds[0]
    for damages, name, file, code in (
        (PAGE_DAMAGES, "drop a note", "part-2.xhtml", Code.LOST),
        (PAGE_DAMAGES, "add a paragraph", "part-2.xhtml", Code.ADDED),
        (PAGE_DAMAGES, "turn a note into another", "part-2.xhtml", Code.CHANGED),
        (PAGE_DAMAGES, "move a note down", "part-2.xhtml", Code.MOVED),
        (PAGE_DAMAGES, "swap two lettered steps", "part-2.xhtml", Code.MOVED),
        (STYLE_DAMAGES, ".place{display:none}", "style.css", Code.HIDDEN),
        (PAGE_DAMAGES, "turn a reference to another part", "front.xhtml", Code.DEAD_LINK),
        (COVER_DAMAGES, "show another picture", "cover.xhtml", Code.DEAD_LINK),
        (COVER_DAMAGES, "show an outside picture", "cover.xhtml", Code.FOREIGN_REQUEST),
        (PAGE_DAMAGES, "add an outside style", "front.xhtml", Code.FOREIGN_REQUEST),
        (PAGE_DAMAGES, "cut the page in half", "part-2.xhtml", Code.UNREADABLE_OUTPUT),
    ):
        damaged = next(damages[name](files[f"EPUB/{file}"].decode())).encode()
        found = verify(manual, packed(sealed({**files, f"EPUB/{file}": damaged})))
        assert code in {difference.code for difference in found}, (name, as_text(found))
        assert all("manual.epub/EPUB/" in difference.message for difference in found)


def test_the_place_in_the_source_is_named(
    grounds: list[tuple[Manual, dict[str, bytes]]],
) -> None:
    """A lost note is reported with the file and line where the author wrote it."""
    manual, files = grounds[0]
    name = "EPUB/part-2.xhtml"
    damaged = next(PAGE_DAMAGES["drop a note"](files[name].decode())).encode()
    found = as_text(verify(manual, packed(sealed({**files, name: damaged}))))
    assert re.search(r"source_manual/iliacus\.txt:\d+:1: error\[lost\] .* lacks the CAUTION", found)


def test_missing_added_and_exchanged_files_are_caught(
    grounds: list[tuple[Manual, dict[str, bytes]]], record_property: Record
) -> None:
    """A file that is gone, new, out of order or under another's name is caught."""
    manual, files = grounds[0]
    books = [
        *({name: files[name] for name in files if name != gone} for gone in files),
        {**files, "EPUB/more.xhtml": files["EPUB/front.xhtml"]},
        {**files, "META-INF/encryption.xml": b"<encryption/>"},
        {**files, "EPUB/": b""},
        {"mimetype": files["mimetype"], **dict(reversed(files.items()))},
        {**files, "EPUB/part-1.xhtml": files["EPUB/part-2.xhtml"]},
        {**files, "EPUB/cover.svg": files["EPUB/style.css"]},
        {**files, "mimetype": b"application/zip"},
    ]
    for book in books:
        assert verify(manual, packed(sealed(book)))
    record_property("mutants", (len(books), len(books)))


def test_a_damaged_archive_is_caught(
    grounds: list[tuple[Manual, dict[str, bytes]]], record_property: Record
) -> None:
    """Bytes that are changed, cut or added anywhere make a diagnostic, not a traceback."""
    manual, files = grounds[0]
    book = make_epub(manual)
    dice = random.Random(7)  # noqa: S311 (not for secrets)
    places = sorted(dice.sample(range(len(book)), 300))
    flipped = [book[:at] + bytes([book[at] ^ 0xFF]) + book[at + 1 :] for at in places]
    cut = [book[:at] for at in range(0, len(book), 997)]
    compressed = packed(files, first=zipfile.ZIP_DEFLATED)
    others = [b"", b"PK", b"x" + book, book[:-2] + b"\x01\x00x", compressed]
    for damaged in [*cut, *others]:
        assert verify(manual, damaged)
    # A flipped byte of a date or of a system's own marks changes nothing that anybody reads.
    damaged_books = zip(places, flipped, strict=True)
    silent = [at for at, damaged in damaged_books if not verify(manual, damaged)]
    for at in silent:
        assert unpacked(flipped[places.index(at)]) == files
    caught = len(flipped) - len(silent) + len(cut) + len(others)
    record_property("mutants", (caught, caught))
    assert len(silent) < len(flipped) / 10


def test_the_identifier_seals_the_content(
    grounds: list[tuple[Manual, dict[str, bytes]]],
) -> None:
    """Any other byte in any file calls for another identifier, and the old one is caught."""
    manual, files = grounds[0]
    for name in files:
        if name != "mimetype":
            found = verify(manual, packed({**files, name: files[name] + b"\n"}))
            assert any("identifier" in difference.message for difference in found), name
    other = unpacked(make_epub(replace(manual, edition="Another")))
    assert other[PACKAGE] != sealed({**files, PACKAGE: other[PACKAGE]})[PACKAGE]


def test_a_changed_model_is_caught(tmp_path: Path, record_property: Record) -> None:
    """A book that was made from another source is caught, whatever the change."""
    book = make_epub(the_manual(ROOT))
    tried, escaped = 0, []
    for name, manual in changed_manuals(tmp_path):
        tried += 1
        escaped += [name] * (not verify(manual, book))
    record_property("mutants", (tried, tried - len(escaped)))
    assert escaped == []
    assert tried > 50


@given(manuals())
@settings(max_examples=60, deadline=None)
def test_every_outline_survives_to_the_book(files: dict[str, str | bytes]) -> None:
    """Every text, marker, label, id, note and link of any manual is in its book, in order."""
    with tempfile.TemporaryDirectory() as folder:
        manual, _ = read_manual(write(Path(folder), files))
    assume(manual is not None)
    assert manual is not None
    assert as_text(verify(manual, make_epub(manual))) == ""


@given(st.text(st.characters(exclude_categories=("Cc", "Cs", "Cn"))).map(str.strip).filter(bool))
@settings(max_examples=60, deadline=None)
def test_every_title_survives_to_the_cover(title: str) -> None:
    """A title of any characters and length stands in the book and on its cover, whole."""
    manual = replace(the_manual(ROOT), title=title, edition=title)
    assert as_text(verify(manual, make_epub(manual))) == ""


def test_a_manual_without_parts_is_a_book(tmp_path: Path) -> None:
    """An introduction alone makes a book without a list of parts."""
    write(tmp_path, {"introduction.txt": "Welcome.\n"})
    manual = the_manual(tmp_path)
    files = unpacked(make_epub(manual))
    assert pages_of(files) == ["EPUB/front.xhtml"]
    assert b"parts_" not in b"".join(files.values())
    assert verify(manual, packed(files)) == []


def test_the_format_can_be_seen_from_the_first_bytes(
    grounds: list[tuple[Manual, dict[str, bytes]]],
) -> None:
    """The media type is the first file, stored as it is, with no field before it."""
    for manual, _ in grounds:
        assert make_epub(manual)[30:58] == f"mimetype{MEDIA_TYPE}".encode()


def test_the_same_source_makes_the_same_book(tmp_path: Path) -> None:
    """Another process, time zone, hash seed and folder change no byte."""
    code = (
        "import sys; from pathlib import Path; from manual.write.epub.book import make_epub; "
        "from manual.build import read_manual; from manual.core.project import Project; "
        "sys.stdout.buffer.write(make_epub(read_manual(Project(Path(sys.argv[1])))[0]))"
    )
    books = [make_epub(the_manual(ROOT))]
    for zone in ("Asia/Kolkata", "America/Los_Angeles"):
        environment = {**os.environ, "TZ": zone, "PYTHONHASHSEED": str(len(books))}
        environment["PYTHONPATH"] = str(ROOT / "scripts")
        command = [sys.executable, "-c", code, str(ROOT)]
        done = subprocess.run(
            command, cwd=tmp_path, env=environment, capture_output=True, check=True
        )
        books.append(done.stdout)
    assert books[0] == books[1] == books[2]


def test_steps_have_the_addresses_of_the_site(
    grounds: list[tuple[Manual, dict[str, bytes]]],
) -> None:
    """A step's id is that of the site, and a label leads to it in whichever file it stands."""
    _, files = grounds[0]
    assert b'<li id="belly-e-1">' in files["EPUB/part-1.xhtml"]
    assert b'<a href="part-1.xhtml#belly-g-1">Belly G.1</a>' in files["EPUB/part-2.xhtml"]
    assert b'<a href="#belly-c">Belly C</a>' in files["EPUB/part-1.xhtml"]
    assert b'<span class="marker">A)</span>' in files["EPUB/part-1.xhtml"]


def test_a_footnote_stands_where_it_is_written(
    grounds: list[tuple[Manual, dict[str, bytes]]],
) -> None:
    """The definition follows the note that cites it, and leads back to the star."""
    text = grounds[0][1]["EPUB/part-1.xhtml"].decode()
    star, definition = text.index('epub:type="noteref"'), text.index('epub:type="footnote"')
    assert star < definition < text.index('id="insertion"')
    assert 'href="#ref_fn_' in text[definition : definition + 500]
