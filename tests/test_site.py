"""The built site: two different manuals, and nothing but source_manual/ differs between them."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from manual.core.model import Part
from manual.core.references import References
from manual.verify.expected.pages import facts_of_page
from manual.verify.html.dialects import dialect
from manual.verify.html.pages import article_of
from manual.verify.html.reader import read_blocks
from manual.verify.html.tree import parse_html
from manuals import the_manual
from projects import copy_project, small_project


def pages_of(root: Path) -> list[Path]:
    return sorted((root / "site").glob("*.html"))


@pytest.fixture(params=["shipped", "other"])
def project(request: pytest.FixtureRequest) -> Path:
    """Each of the two built projects in turn."""
    root: Path = request.getfixturevalue(request.param)
    return root


def test_every_page_says_what_the_model_says(project: Path) -> None:
    """Titles, steps, notes, footnotes, labels, ids and links: all there, in order, nothing else."""
    manual = the_manual(project)
    references = References(manual)
    parts: list[tuple[str, Part | None]] = [("index", manual.introduction), ("print", None)]
    parts += [(part.id, part) for part in manual.parts]
    for name, part in parts:
        page = parse_html((project / "site" / f"{name}.html").read_text(encoding="utf-8"))
        article = article_of(page)
        assert article is not None
        found = read_blocks(article, dialect("site", manual.language))
        assert found == facts_of_page(manual, references, part)


def test_one_page_a_part_and_no_other(project: Path) -> None:
    """The front page, the parts, the page to print, the hand-written page and the error page."""
    manual = the_manual(project)
    expected = {"index", "print", "downloads", "404", "using-this-handout"}
    expected |= {part.id for part in manual.parts}
    assert {page.stem for page in pages_of(project)} == expected


def test_every_page_names_the_manual_and_its_audience(project: Path) -> None:
    """Title, language and audience statement come from the source, on hand-written pages too."""
    manual = the_manual(project)
    for page in pages_of(project):
        root = parse_html(page.read_text(encoding="utf-8"))
        title = root.find("head/title")
        assert title is not None
        assert (title.text or "").endswith(manual.title)
        assert root.get("lang") == manual.language
        text = " ".join("".join(root.itertext()).split())
        assert "Only for experienced manual therapists" in text or "Nur für ausgebildete" in text


def test_menu_follows_the_source(project: Path) -> None:
    """Every page leads to every part, in the order of manual.yml."""
    manual = the_manual(project)
    for page in pages_of(project):
        text = page.read_text(encoding="utf-8")
        menu = re.findall(r'<a href="/?([^"#]*)" class="md-nav__link', text)
        parts = [f"{part.id}.html" for part in manual.parts]
        assert [link for link in menu if link in parts] == parts


def test_no_page_asks_another_host(project: Path) -> None:
    """Scripts, styles, pictures and fonts come from the site itself."""
    for page in pages_of(project):
        for element in parse_html(page.read_text(encoding="utf-8")).iter():
            for attribute in ("src", "srcset", "data", "poster", "action"):
                assert "//" not in element.get(attribute, "")
            if element.tag == "link":
                assert "//" not in element.get("href", "")
    for style in (project / "site").rglob("*.css"):
        assert not re.search(r"url\(\s*['\"]?(?:https?:)?//", style.read_text(encoding="utf-8"))


def test_search_opens_at_the_lettered_step(shipped: Path) -> None:
    """The words of a step stand in the index under that step's own address."""
    index = json.loads((shipped / "site/search/search_index.json").read_text(encoding="utf-8"))
    for words, place in (
        ("femoral pulse", "psoas.html#insertion-a"),
        ("iliac fossa", "iliacus.html#contact-d"),
        ("12 seconds", "psoas.html#belly-g"),
        ("12 seconds", "iliacus.html#ilium-c"),
        ("Belly E.1", "psoas.html#belly-e"),
    ):
        found = [
            entry["location"] for entry in index["docs"] if words in entry["title"] + entry["text"]
        ]
        assert place in found
    assert not any("Return to top" in entry["text"] for entry in index["docs"])
    assert not any(entry["location"].startswith("print.html") for entry in index["docs"])


def test_parts_lean_on_each_other(shipped: Path) -> None:
    """The psoas page links into the iliacus page and back, beyond menus and feet."""
    for page, link in (
        ("psoas", "iliacus.html#ilium-c"),
        ("iliacus", "psoas.html#belly-c"),
        ("iliacus", "psoas.html#belly-g-1"),
        ("index", "psoas.html#insertion"),
        ("index", "iliacus.html#contact"),
    ):
        assert f'href="{link}"' in (shipped / f"site/{page}.html").read_text(encoding="utf-8")


def test_mkdocs_builds_alone(tmp_path: Path, shipped: Path) -> None:
    """`mkdocs build --strict` alone makes the same pages as `manual build`."""
    copy_project(tmp_path)
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    for page in pages_of(shipped):
        assert (tmp_path / "site" / page.name).read_bytes() == page.read_bytes()


def test_mkdocs_alone_says_what_is_wrong(tmp_path: Path) -> None:
    """A mistake in the source stops `mkdocs build` with the diagnostic and no traceback."""
    small_project(tmp_path)
    part = tmp_path / "source_manual/psoas.txt"
    part.write_text(part.read_text(encoding="utf-8") + "\nCAUTON! Oh.\n", encoding="utf-8")
    command = [sys.executable, "-m", "mkdocs", "build"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "error[unknown-signal-word]" in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    assert not (tmp_path / "site").exists()


def test_strict_catches_broken_links(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A hand-written page with a dead page, anchor or picture link stops the build."""
    from manual.cli import main

    small_project(tmp_path)
    monkeypatch.chdir(tmp_path)
    page = tmp_path / "docs/mine.md"
    for link in ("[x](psoas.md#belly-z)", "[x](nowhere.md)", "[x](#nowhere)", "![x](no.png)"):
        page.write_text(f"# Mine\n\n{link}\n", encoding="utf-8")
        assert main(["build"]) == 1, link
        assert "mine.md" in capsys.readouterr().err
        assert not (tmp_path / "site").exists()
    page.write_text("# Mine\n\n[x](psoas.md#belly-a-1)\n", encoding="utf-8")
    capsys.readouterr()
    # The id of a step is moved to its list item after the engine has checked: it must know it.
    assert main(["build"]) == 0
