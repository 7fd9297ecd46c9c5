"""Characters in handouts: no empty box is printed in silence."""

from pathlib import Path

from fontTools.ttLib import TTFont

from manual.core.diagnostics import Code, as_text
from manual.core.layouts import LAYOUTS
from manual.verify.pdf.tree import read_pdf
from manual.write.handout.fonts import _COMMON, SHIPPED, added_fonts, coverage, unprintable
from manual.write.handout.handouts import make_handout
from manuals import the_manual, write
from pdfs import problems_of


def test_a_character_without_a_font_is_an_error(tmp_path: Path) -> None:
    """The first place of each character that no font has is said; no empty box is printed."""
    files = {"p.txt": "# P\n\n## S\n\nA) Press 漢字 and 漢 and 🙂.\n\nCAUTION! Not \u05d0.\n"}
    write(tmp_path, dict(files))
    found = list(unprintable(the_manual(tmp_path), None))
    assert [problem.code for problem in found] == [Code.UNPRINTABLE_CHARACTER] * 4
    text = as_text(found)
    assert "p.txt:5:10" in text
    assert "U+6F22" in text
    assert "source_manual/fonts" in text


def test_an_instructors_font_mends_it(tmp_path: Path) -> None:
    """A font in source_manual/fonts is used for characters that ours lack, also when it is put
    there while serving, and its first half is there first.
    """
    font = TTFont(SHIPPED / "SourceSans3-Regular.ttf")
    for table in font["cmap"].tables:
        table.cmap[0x5D0] = table.cmap[ord("N")]
    for name in font["name"].names:
        if name.nameID in (1, 4, 6, 16):
            name.string = "Aleph"
    project = write(tmp_path, {"p.txt": "# P\n\n## S\n\nA) Press gently.\n"})
    fonts = project.source / "fonts"
    fonts.mkdir()
    half = (SHIPPED / "SourceSans3-Regular.ttf").read_bytes()[:100_000]
    (fonts / "aleph.ttf").write_bytes(half)
    added = added_fonts(project.source)
    assert make_handout(the_manual(tmp_path), added, LAYOUTS[0]).data
    write(tmp_path, {"p.txt": "# P\n\n## S\n\nA) Press \u05d0 gently.\n"})
    manual = the_manual(tmp_path)
    assert [found.code for found in unprintable(manual, added)] == [Code.UNPRINTABLE_CHARACTER]
    font.save(fonts / "aleph.ttf")
    assert list(unprintable(manual, added)) == []
    data = make_handout(manual, added, LAYOUTS[0]).data
    assert not problems_of(manual, LAYOUTS[0], data)


def test_an_accent_never_stands_for_its_letter(tmp_path: Path) -> None:
    """A letter that another font has is drawn too, and not only the accent upon it."""
    room = []
    for text in ("a\u2194b", "a\u2194\u0302b"):
        root = tmp_path / str(len(text))
        manual = the_manual(write(root, {"p.txt": f"# P\n\n## S\n\nA) {text}\n"}).root)
        document = read_pdf(make_handout(manual, None, LAYOUTS[0]).data)
        runs = {run.text.strip(): run for run in document.root.runs()}
        room.append(runs["b"].left - runs["a"].right)
    assert abs(room[0] - room[1]) < 0.01


def test_the_common_characters_are_in_every_font() -> None:
    """No font needs to be read to know that a text in a western language can be set."""
    assert {ord(char) for char in _COMMON} <= coverage(None) | {0xAD}
    assert len(list(SHIPPED.glob("*.ttf"))) == 5
