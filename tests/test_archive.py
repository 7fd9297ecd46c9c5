"""The whole site as a zip: it unpacks anywhere, is what the site is, and its damage is caught."""

import hashlib
import shutil
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest

from manual.cli import main
from manual.core.diagnostics import Code
from manual.core.outputs import FOLDER, archive_name, file_stem
from manual.core.references import References
from manual.verify.files.archive import verify_archive
from manuals import the_manual

READ_ME, SUMS = "READ ME FIRST.txt", "SHA256SUMS.txt"

Files = dict[str, bytes]


def _archive(root: Path) -> Path:
    return root / "site" / FOLDER / archive_name(the_manual(root))


@pytest.mark.parametrize("which", ["shipped", "other"])
def test_it_unpacks_to_a_site_that_verifies(
    request: pytest.FixtureRequest, which: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Unpacked, it says what to open, its checksums are right, and `manual verify` passes."""
    root: Path = request.getfixturevalue(which)
    with zipfile.ZipFile(_archive(root)) as archive:
        archive.extractall(tmp_path)
    top = tmp_path / file_stem(the_manual(root))
    assert sorted(path.name for path in top.iterdir()) == [READ_ME, SUMS, "site"]
    assert "index.html" in (top / READ_ME).read_text("utf-8-sig")
    for line in (top / SUMS).read_text().splitlines():
        digest, name = line.split("  ")
        assert hashlib.sha256((top / name).read_bytes()).hexdigest() == digest
    for name in ("source_manual", "mkdocs.yml"):
        copy = shutil.copytree if (root / name).is_dir() else shutil.copy
        copy(root / name, top / name)
    monkeypatch.chdir(top)
    assert main(["verify"]) == 0


def test_its_size(shipped: Path) -> None:
    """The shipped site with all of its PDFs is under 5 MB."""
    assert _archive(shipped).stat().st_size < 5_000_000


def _without_last_page(files: Files) -> None:
    del files[next(name for name in files if name.endswith("iliacus.html"))]


def _without_read_me(files: Files) -> None:
    del files[next(name for name in files if name.endswith(READ_ME))]


def _other(name: str, old: bytes, new: bytes) -> Callable[[Files], None]:
    def damage(files: Files) -> None:
        full = next(entry for entry in files if entry.endswith(name))
        assert old in files[full]
        files[full] = files[full].replace(old, new)

    return damage


def _renamed(new: str) -> Callable[[Files], None]:
    def damage(files: Files) -> None:
        name = next(entry for entry in files if entry.endswith("/site/psoas.html"))
        files[name.replace("psoas.html", new)] = files.pop(name)

    return damage


DAMAGES: dict[str, Callable[[Files], None]] = {
    "lose a page": _without_last_page,
    "another caution": _other("site/iliacus.html", b"straight down", b"down"),
    "another handout": _other("-a4.pdf", b"%PDF", b"%pdf"),
    "another worker": _other("sw.js", b"BUILD", b"BILD"),
    "another downloads page": _other("site/downloads.html", b"Large print", b"Small print"),
    "no read me": _without_read_me,
    "a wrong checksum": _other(SUMS, b"0", b"1"),
    "a name that Windows has not": _renamed("psoas?.html"),
    "a way out of the folder": _renamed("../../psoas.html"),
    "a name too long": _renamed(f"{'p' * 200}.html"),
    "an empty archive": lambda files: files.clear(),
}


@pytest.mark.parametrize("name", DAMAGES)
def test_damage_is_caught(shipped: Path, tmp_path: Path, name: str) -> None:
    """An archive that is not the site is not handed out."""
    root = tmp_path
    shutil.copytree(shipped / "source_manual", root / "source_manual")
    shutil.copytree(shipped / "site", root / "site")
    manual = the_manual(root)
    path = _archive(root)
    assert list(verify_archive(manual, References(manual), root / "site")) == []
    with zipfile.ZipFile(path) as archive:
        files = {entry: archive.read(entry) for entry in archive.namelist()}
    DAMAGES[name](files)
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as damaged:
        for entry, data in files.items():
            damaged.writestr(entry, data)
    path.write_bytes(out.getvalue())
    assert list(verify_archive(manual, References(manual), root / "site"))


def _encrypted(data: bytes) -> bytes:
    """The archive with each file said to be encrypted, which no reader here can undo."""
    entry = data.replace(b"PK\x03\x04\x14\x00\x00", b"PK\x03\x04\x14\x00\x01")
    return entry.replace(b"PK\x01\x02\x14\x03\x14\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01")


@pytest.mark.parametrize(
    "damage",
    [
        _encrypted,
        lambda data: data[:200] + bytes(byte ^ 0xFF for byte in data[200:260]) + data[260:],
        lambda data: data[:0],
    ],
    ids=["encrypted", "flipped bits", "empty"],
)
def test_a_broken_archive_is_a_sentence(
    shipped: Path, tmp_path: Path, damage: Callable[[bytes], bytes]
) -> None:
    """A zip that cannot be read is a difference, not an exception."""
    shutil.copytree(shipped / "source_manual", tmp_path / "source_manual")
    shutil.copytree(shipped / "site", tmp_path / "site")
    path = _archive(tmp_path)
    damaged = damage(path.read_bytes())
    assert damaged != path.read_bytes()
    path.write_bytes(damaged)
    manual = the_manual(tmp_path)
    found = verify_archive(manual, References(manual), tmp_path / "site")
    assert [difference.code for difference in found] == [Code.UNREADABLE_OUTPUT]


def test_half_an_archive_is_caught(shipped: Path, tmp_path: Path) -> None:
    """A zip that breaks off is unreadable, not an exception."""
    shutil.copytree(shipped / "source_manual", tmp_path / "source_manual")
    shutil.copytree(shipped / "site", tmp_path / "site")
    path = _archive(tmp_path)
    path.write_bytes(path.read_bytes()[:10_000])
    manual = the_manual(tmp_path)
    assert list(verify_archive(manual, References(manual), tmp_path / "site"))
