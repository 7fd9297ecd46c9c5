"""A page of the site as a browser printed it to PDF: all words, markers and notes, in order.

Browsers tag differently from each other and from us, so the letters are compared, in the order in
which a screen reader reads them, and not the tags. Spaces do not count: on paper they are gaps.
"""

import re
from collections.abc import Iterator

from manual.core.characters import letters
from manual.core.diagnostics import Code, Diagnostic
from manual.core.model import Manual, Part
from manual.core.references import References
from manual.core.wording import wording_for
from manual.verify.compare import finding
from manual.verify.errors import UnreadableError
from manual.verify.expected.facts import CHROME, CHROME_LINK, Fact
from manual.verify.expected.pages import facts_of_page
from manual.verify.pdf.tree import read_pdf

# Of our own words, these are for screens only; links of ours stand in the menus among the words.
_FOR_SCREENS = (CHROME, CHROME_LINK)

# An outside link says on paper where it leads.
_ADDRESS = re.compile(r"\((?:https?|mailto):[^)]*(?:\([^)]*\)[^)]*)*\)")


def verify_printed(
    manual: Manual, references: References, data: bytes, where: str
) -> Iterator[Diagnostic]:
    """Hold a PDF that a browser printed of a page of the manual against the model.

    The page is the one whose words it has most of.
    """
    try:
        document = read_pdf(data)
    except UnreadableError as error:
        yield finding(Code.UNREADABLE_OUTPUT, f"{where}: {error}", None, where)
        return
    runs = list(document.root.runs())
    shown = _letters("".join(run.text for run in runs))
    parts: tuple[Part | None, ...] = (None, *manual.all_parts)
    pages = (facts_of_page(manual, references, part) for part in parts)
    outcomes = [list(_compare(facts, shown, manual, where)) for facts in pages]
    yield from min(outcomes, key=len)
    for run in runs:
        if run.hidden and run.text.strip():
            message = f"{where} hides “{run.text[:60]}” on page {run.page}"
            yield finding(Code.HIDDEN, message, None, where)


def _compare(facts: list[Fact], shown: str, manual: Manual, where: str) -> Iterator[Diagnostic]:
    at = 0
    for fact in facts:
        if fact.kind in _FOR_SCREENS:
            continue
        before = f"{wording_for(manual.language).edition}: " if fact.kind == "edition" else ""
        expected = _letters(before + fact.shown)
        found = shown.find(expected, at)
        if found < 0:
            yield finding(Code.LOST, f"{where} lacks the {fact.kind} “{fact.text[:60]}”", fact)
            continue
        yield from _added(shown[at:found], fact, manual, where)
        at = found + len(expected)
    yield from _added(shown[at:], None, manual, where)


def _added(text: str, before: Fact | None, manual: Manual, where: str) -> Iterator[Diagnostic]:
    """Words between the manual's, other than the titles of its lists of links."""
    wording = wording_for(manual.language)
    titles = {_letters(words) for words in (wording.elsewhere, wording.sources, wording.parts)}
    if text and text.replace("•", "") not in titles:
        yield finding(Code.ADDED, f"{where} adds “{text[:60]}”", before, where)


def _letters(text: str) -> str:
    """The letters that count: no addresses behind outside links."""
    return _ADDRESS.sub("", letters(text))
