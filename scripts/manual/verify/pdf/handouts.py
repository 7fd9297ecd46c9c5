"""The PDF handouts of a site: their facts, what they hide, their heads and feet, their links."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from manual.core.characters import letters
from manual.core.diagnostics import Code, Diagnostic
from manual.core.layouts import KEYWORD, LAYOUTS, Layout
from manual.core.model import Manual
from manual.core.outputs import FOLDER, Download, handout_line, handout_name, layouts_in
from manual.core.references import References
from manual.core.source import squeeze
from manual.core.wording import pdf_language, wording_for
from manual.verify.compare import compare, finding
from manual.verify.errors import UnexpectedError, UnreadableError
from manual.verify.expected.facts import Fact
from manual.verify.expected.handout import bookmarks_of, facts_of_handout
from manual.verify.pdf.facts import Found, read_facts
from manual.verify.pdf.tree import Document, Place, count_pages, keywords_of, read_pdf

# What other things lead to.
_WITH_ID = ("heading", "step", "footnote", "paragraph")

# Typst lets a link lead this far above its target, in points.
_ABOVE = 10


def verify_handout(
    manual: Manual, references: References, data: bytes, where: str, layout: Layout
) -> Iterator[Diagnostic]:
    """Hold a PDF of a layout against the manual; `where` names it in messages."""
    try:
        document = read_pdf(data, folded=layout.folded)
        facts = read_facts(document.root, labels_behind=not layout.margin_labels)
    except (UnreadableError, UnexpectedError) as error:
        yield finding(Code.UNREADABLE_OUTPUT, f"{where}: {error}", None, where)
    else:
        yield from verify_document(manual, references, document, facts, where)


def verify_document(
    manual: Manual, references: References, document: Document, facts: list[Found], where: str
) -> Iterator[Diagnostic]:
    """As verify_handout, of a PDF that has been read, and of its facts."""
    chosen = frozenset(document.keywords[2:])  # of parts and sections; none: of all
    expected = facts_of_handout(manual, references, chosen, {})
    places = _places(expected, facts)
    pages = {key: place.page for key, place in places.items()}
    expected = facts_of_handout(manual, references, chosen, pages)
    spellings = _spellings(expected)
    found = _restored(facts, spellings, places)
    yield from compare([_spelt(fact, spellings) for fact in expected], found, where)
    yield from _hidden(facts, where)
    yield from _heads_and_feet(document, manual, where)
    bookmarks = bookmarks_of(manual, references, chosen)
    yield from _about(document, manual, bookmarks, where)


def verify_handouts(manual: Manual, references: References, site: Path) -> Iterator[Diagnostic]:
    """Every handout in a site: the standard set, and those of chosen sections."""
    folder = site / FOLDER
    names = {handout_name(manual, layout): layout for layout in layouts_in(manual, site)}
    for name in sorted(names.keys() | {path.name for path in folder.glob("*.pdf")}):
        where = f"{site.name}/{FOLDER}/{name}"
        try:
            data = (folder / name).read_bytes()
        except OSError:
            yield finding(Code.UNREADABLE_OUTPUT, f"there is no handout {where}", None, where)
            continue
        if layout := names.get(name) or layout_of(data):
            yield from verify_handout(manual, references, data, where, layout)


def handout_lines(manual: Manual, site: Path) -> Iterator[Download]:
    """What the downloads page must say of the standard set."""
    for layout in layouts_in(manual, site):
        try:
            data = (site / FOLDER / handout_name(manual, layout)).read_bytes()
            pages = count_pages(data, folded=layout.folded)
        except (OSError, UnreadableError):
            data, pages = b"", 0  # verify_handouts reports that it is missing
        yield handout_line(manual, layout, pages, len(data))


def layout_of(data: bytes) -> Layout | None:
    """The layout that a PDF says it has, or None: it is no handout of ours."""
    try:
        words = keywords_of(data)
    except UnreadableError:
        return None
    by_name = {layout.name: layout for layout in LAYOUTS}
    return by_name.get(words[1]) if words[:1] == [KEYWORD] and len(words) > 1 else None


def _places(expected: list[Fact], facts: list[Found]) -> dict[str, Place]:
    """Where each id of the manual is found on paper."""
    waiting: dict[tuple[str, str], list[Place]] = defaultdict(list)
    for found in reversed(facts):
        waiting[_key(found.fact)].append(found.place)
    return {
        fact.id: waiting[_key(fact)].pop() for fact in expected if fact.id and waiting[_key(fact)]
    }


def _key(fact: Fact) -> tuple[str, str]:
    """What a fact is known by, whatever else it says."""
    by = {"step": fact.label, "footnote": fact.name}.get(fact.kind, fact.text)
    return fact.kind, letters(by)


def _spellings(expected: list[Fact]) -> dict[str, str]:
    """How the manual spaces the letters of each text; of several ways, the first."""
    spellings: dict[str, str] = {}
    for fact in expected:
        for text in (fact.text, fact.name, fact.label, fact.owner):
            spellings.setdefault(letters(text), squeeze(text))
    return spellings


def _spelt(fact: Fact, spellings: Mapping[str, str]) -> Fact:
    texts = {name: getattr(fact, name) for name in ("text", "name", "label", "owner")}
    return replace(
        fact, **{name: spellings.get(letters(text), text) for name, text in texts.items()}
    )


def _restored(
    facts: list[Found], spellings: Mapping[str, str], places: dict[str, Place]
) -> list[Fact]:
    """The facts as found, their spaces as in the manual where their letters are the same.

    (On paper, a space is a gap, and the end of a line is one too.) Links name what they lead to.
    """
    by_page: dict[int, list[tuple[float, str]]] = defaultdict(list)
    for key, place in places.items():
        by_page[place.page].append((place.line, key))
    ids = {(place.page, place.top): key for key, place in places.items()}
    restored = []
    for found in facts:
        fact = found.fact
        at = (found.place.page, found.place.top)
        restored.append(
            replace(
                _spelt(fact, spellings),
                links=tuple(_leads(link, by_page) for link in found.links),
                id=ids.get(at, "") if fact.kind in _WITH_ID else "",
            )
        )
    return restored


def _leads(link: Place | str | None, by_page: Mapping[int, list[tuple[float, str]]]) -> str:
    """What a link leads to: an address, or the id of what stands there first."""
    if not isinstance(link, Place):
        return link or ""
    below = [line for line in by_page.get(link.page, ()) if line[0] <= link.top - _ABOVE]
    return max(below)[1] if below else ""


def _hidden(facts: list[Found], where: str) -> Iterator[Diagnostic]:
    for found in facts:
        if any(run.hidden and run.text.strip() for run in (*found.own, *found.runs)):
            message = f"{where} hides the {found.fact.kind} “{found.fact.text[:60]}”"
            yield finding(Code.HIDDEN, message, None, where)


def _heads_and_feet(document: Document, manual: Manual, where: str) -> Iterator[Diagnostic]:
    """Each page must say which edition it is of, and its number."""
    wording = wording_for(manual.language)
    for number, runs in enumerate(document.chrome, 1):
        shown = letters("".join(run.text for run in runs if not run.hidden))
        for expected in (
            f"{wording.edition}: {manual.edition}",
            f"{wording.page_long} {number} {wording.of} {document.pages}",
        ):
            if letters(expected) not in shown:
                message = f"page {number} of {where} does not say “{expected}”"
                yield finding(Code.LOST, message, None, where)


def _about(
    document: Document, manual: Manual, bookmarks: list[str], where: str
) -> Iterator[Diagnostic]:
    """The title, the language and the bookmarks of the file."""
    for what, expected, found in (
        ("title", [manual.title], [document.title]),
        ("language", [pdf_language(manual.language)], [document.language]),
        ("bookmarks", bookmarks, document.bookmarks),
    ):
        shown = list(map(letters, found))
        if list(map(letters, expected)) != shown:
            wrong = next((text for text in expected if letters(text) not in shown), expected[0])
            message = f"{where} has another {what}: “{wrong[:60]}” is not as it should be"
            yield finding(Code.CHANGED, message, None, where)
