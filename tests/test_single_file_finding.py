"""Finding in the whole manual in one file: by keyboard and touch, and however words are typed."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from manual.write.single.single_file import make_single_file
from manuals import the_manual, write
from single_files import differences, find, hits, saved

ATTACK = "</title></style></script><script>hacked=1</script>\"><img src=x onerror=hacked=1>' x=\\"


def test_finding_by_keyboard(shipped_file: str, page: Page) -> None:
    """Tab, type, Enter, arrows and Enter again: reading goes on at the step."""
    page.goto(shipped_file)
    page.keyboard.press("Tab")
    page.keyboard.type("femoral pulse")
    expect(page.get_by_role("status")).to_have_text("Found: 2")
    assert hits(page) == ["Insertion A.1", "Insertion A.2"]
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("#insertion-a-2")).to_be_focused()
    expect(page.locator("#insertion-a-2")).to_be_in_viewport()
    assert page.url.endswith("#insertion-a-2")
    expect(page.locator(".found")).to_be_hidden()
    page.keyboard.press("Shift+Tab")  # from the step, back to what stands before it
    page.get_by_role("searchbox").focus()
    expect(page.locator(".found")).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("searchbox")).to_have_value("")
    expect(page.locator(".found")).to_be_hidden()


def test_finding_by_touch(shipped_file: str, page: Page) -> None:
    """Tap, type, tap: the step is there, under the bar and not behind it; a tap clears."""
    page.goto(shipped_file)
    page.get_by_role("searchbox").tap()
    find(page, "organs")
    assert hits(page) == ["Belly B.1", "Contact D"]
    page.locator(".found a").last.tap()
    note = page.get_by_role("note", name="CAUTION")
    expect(note).to_be_in_viewport(ratio=1)
    bar = page.locator("form").bounding_box()
    box = note.bounding_box()
    assert bar and box and bar["y"] + bar["height"] <= box["y"]
    page.go_back()
    assert "#" not in page.url
    page.get_by_role("button", name="Clear").tap()
    expect(page.get_by_role("searchbox")).to_have_value("")
    expect(page.get_by_role("button", name="Clear")).to_have_count(0)


def test_a_tap_beside_the_list_closes_it(shipped_file: str, page: Page) -> None:
    """The text is uncovered by a tap on it, and the words stay for the next time."""
    page.goto(shipped_file)
    find(page, "organs")
    page.locator("main").tap(position={"x": 200, "y": 700})
    expect(page.locator(".found")).to_be_hidden()
    expect(page.get_by_role("searchbox")).to_have_value("organs")


def test_a_label_that_is_called_out_comes_first(shipped_file: str, page: Page) -> None:
    """Of all places under it, the step with just that label is the first."""
    for words in ("Belly C", "belly c", " BELLY  C "):
        page.goto(shipped_file)
        find(page, words)
        page.locator(".found a").first.click()
        expect(page).to_have_url(f"{shipped_file}#belly-c")
    page.goto(shipped_file)
    find(page, "g.1.b")
    assert hits(page) == ["Belly G.1.b"]


@pytest.mark.parametrize(
    ("words", "label"),
    [
        ("verlangerung", "Seitlage A"),
        ("VERLÄNGERUNG", "Seitlage A"),
        ("Verla\u0308ngerung", "Seitlage A"),
        ("fusse", "Seitlage A.3"),
        ("füße", "Seitlage A.3"),
        ("handballen fingerbeeren", "Tempo B.1"),
        ("„schulter“", "Quelle"),
        ('"schulter"', "Quelle"),
        ("<b>langsamkeit</b>", "Tempo: langsam vor schnell"),
        ("rückenlage a.1.a antwort", "Rückenlage A.1.a"),
        ("hebb-regel feuert", "Tempo B"),
    ],
)
def test_accents_case_and_order_do_not_count(
    other_file: str, page: Page, words: str, label: str
) -> None:
    """Words are found however they are typed, and listed under their step's label."""
    page.goto(other_file)
    find(page, words)
    assert hits(page) == [label]


def test_every_word_can_be_found(other_file: str, page: Page) -> None:
    """Whatever word stands in the text, typing it lists a place that holds it."""
    page.goto(other_file)
    lost = page.evaluate(
        """() => {
            const text = [...document.querySelectorAll("article > :not(nav)")]
                .filter(e => !/list-title|edition|return-to-top|page-foot/.test(e.className))
            const words = new Set(text.flatMap(e => e.innerText.match(/[\\p{L}\\p{N}]+/gu) ?? []))
            const input = document.querySelector("input")
            return [...words].filter(word => {
                input.value = word
                input.dispatchEvent(new Event("input"))
                return !document.querySelector(".found a")
            })
        }"""
    )
    assert [word for word in lost if word != "↩"] == []


def test_a_note_is_listed_whole_and_under_its_word(shipped_file: str, page: Page) -> None:
    """A list that cut a caution short could turn it around: its word and all of it are shown."""
    page.goto(shipped_file)
    find(page, "12 seconds")
    assert hits(page) == ["Belly G", "Ilium C"]
    first = page.locator(".found a").first
    expect(first).to_contain_text("IMPORTANT")
    expect(first).to_contain_text(
        "Do not stay on a trigger point for longer than about 12 seconds."
    )
    expect(first).to_contain_text("come back to it later with lighter pressure.")
    assert first.locator("mark").all_inner_texts() == ["12", "seconds"]


def test_long_texts_are_listed_around_the_word(tmp_path: Path, page: Page) -> None:
    """Of a long step, whole words around the found one are listed, which is marked."""
    text = "word " * 200 + "needle " + "straw " * 200
    manual = the_manual(write(tmp_path, {"part.txt": f"# P\n\n## S\n\nA) {text}\n"}).root)
    page.goto(saved(manual, tmp_path))
    find(page, "NEEDLE")
    shown = page.locator(".found a span").inner_text()
    assert re.fullmatch(r"… (word )+needle (straw )+…", shown)
    assert len(shown) < 300
    expect(page.locator(".found mark")).to_have_text("needle")


def test_nothing_found_is_said(other_file: str, page: Page) -> None:
    """In the manual's language, to screen readers too; spaces alone ask for nothing."""
    page.goto(other_file)
    expect(page.get_by_role("search")).to_have_count(1)
    find(page, "Quetzalcoatl")
    expect(page.get_by_role("status")).to_have_text("Nichts gefunden")
    find(page, "   ")
    expect(page.locator(".found")).to_be_hidden()


def test_two_thousand_steps(tmp_path: Path, page: Page) -> None:
    """All of a large manual is found, and the list stays short enough to draw at once."""
    steps = "".join(f"{i}. Step number{i} of many.\n" for i in range(1, 2001))
    manual = the_manual(write(tmp_path, {"part.txt": f"# P\n\n## Long\n\nA) All:\n{steps}"}).root)
    page.goto(saved(manual, tmp_path))
    find(page, "many")
    expect(page.get_by_role("status")).to_have_text("Found: 2000; the first 100 are listed")
    expect(page.locator(".found a")).to_have_count(100)
    find(page, "number1999")
    assert hits(page) == ["Long A.1999"]


def test_nothing_in_the_source_runs(tmp_path: Path, page: Page) -> None:
    """Script in every field comes out as text, also in the list of what is found."""
    value = json.dumps(ATTACK)
    settings = "".join(f"{name}: {value}\n" for name in ("title", "edition", "audience"))
    settings += f"parts: [part]\ncredits: [{value}]\n"
    settings += f"links:\n  - title: {value}\n    url: https://example.org/?'onload=x\n"
    files: dict[str, str | bytes] = {
        "manual.yml": settings,
        "introduction.txt": f"Welcome {ATTACK}\n",
        "part.txt": f"# {ATTACK}\n\n{ATTACK}\n\n## One {ATTACK}\n\nA) {ATTACK} x*\n   1. {ATTACK}\n"
        f"      a. {ATTACK}\nCAUTION! {ATTACK}\n*x: {ATTACK}\n",
    }
    manual = the_manual(write(tmp_path, files).root)
    assert differences(manual, make_single_file(manual)) == ""
    page.goto(saved(manual, tmp_path))
    assert page.title().startswith(ATTACK)
    find(page, "<img src=x onerror=hacked=1>")
    expect(page.get_by_role("status")).to_have_text("Found: 13")
    expect(page.locator(".found mark").first).to_have_text("<img")
    assert page.locator("img, [onerror], article script, article style").count() == 0
    assert page.evaluate("typeof hacked") == "undefined"
