"""The search data: each lettered step is an entry of its own, with all its words."""

import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import unquote

from manual.core.diagnostics import Code, Diagnostic
from manual.core.model import Manual
from manual.core.references import References
from manual.core.source import squeeze
from manual.verify.compare import finding
from manual.verify.expected.facts import CHROME, CHROME_LINK, Fact
from manual.verify.expected.pages import facts_of_page

_FILE = "search/search_index.json"
_SCRIPT = "search/search_index.js"  # the same once more, for pages from disk


def verify_search_index(manual: Manual, references: References, site: Path) -> Iterator[Diagnostic]:
    """Under the address of each heading and lettered step: all its words, and no others."""
    where = f"{site.name}/{_FILE}"
    try:
        docs = json.loads((site / _FILE).read_text(encoding="utf-8"))["docs"]
        found = {unquote(doc["location"]): _plain(f"{doc['title']} {doc['text']}") for doc in docs}
    except (OSError, ValueError, KeyError, TypeError) as error:
        yield finding(Code.UNREADABLE_OUTPUT, f"{where} cannot be read: {error}", None, where)
        return
    script = site / _SCRIPT
    code = script.read_text(encoding="utf-8", errors="replace") if script.is_file() else ""
    if code != f"var __index = {(site / _FILE).read_text(encoding='utf-8')}":
        message = f"{site.name}/{_SCRIPT} does not hold the search data for pages from disk"
        yield finding(Code.CHANGED, message, None, f"{site.name}/{_SCRIPT}")
    for part in manual.all_parts:
        page = "index.html" if part is manual.introduction else f"{part.id}.html"
        expected: dict[str, list[Fact]] = {page: []}
        for fact in facts_of_page(manual, references, part):
            if fact.kind == "heading" or (fact.kind == "step" and not fact.label):
                at = page if fact.id == part.id else f"{page}#{fact.id}"
                expected[at] = [fact]
            elif fact.kind not in ("edition", CHROME, CHROME_LINK):  # left out of the search
                expected[list(expected)[-1]].append(fact)
        for location, facts in expected.items():
            words = squeeze(" ".join(map(_words, facts)))
            if found.get(location) != words:
                message = f"{where}: under {location} stands something else than “{words[:50]}…”"
                yield finding(Code.CHANGED if location in found else Code.LOST, message, facts[0])


def _words(fact: Fact) -> str:
    """A fact as the search data has it: a step in a list with its label, but without its marker."""
    return f"{fact.text} {fact.label}" if fact.label else fact.shown


def _plain(markup: str) -> str:
    """The words of an entry, without tags and the arrows that lead back from footnotes."""
    return squeeze(unescape(re.sub(r"</?[a-z0-9]+>", " ", markup)).replace("↩", ""))
