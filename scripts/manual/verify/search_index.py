"""The search data: each lettered step is an entry of its own, with all its words."""

import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

from manual.diagnostics import Code, Diagnostic
from manual.model import Manual
from manual.references import References
from manual.source import squeeze
from manual.verify.compare import finding
from manual.verify.facts import Fact, facts_of_page

_FILE = "search/search_index.json"


def verify_search_index(manual: Manual, references: References, site: Path) -> Iterator[Diagnostic]:
    """Every word of every part stands under the address of its heading or lettered step."""
    where = f"{site.name}/{_FILE}"
    try:
        entries = json.loads((site / _FILE).read_text(encoding="utf-8"))["docs"]
        found = {one["location"]: _plain(f"{one['title']} {one['text']}") for one in entries}
    except (OSError, ValueError, KeyError, TypeError) as error:
        yield finding(Code.UNREADABLE_OUTPUT, f"{where} cannot be read: {error}", None, where)
        return
    for part in manual.all_parts:
        page = "index.html" if part is manual.introduction else f"{part.id}.html"
        location, rest = page, found.get(page, "")
        for fact in facts_of_page(manual, references, part):
            if fact.kind in ("edition", "link"):
                continue  # the same on every site, and not what anyone searches for
            if _has_entry(fact) and fact.id != part.id:
                location = f"{page}#{fact.id}"
                rest = found.get(location, "")
            words = fact.text if _has_entry(fact) else f"{_lead(fact)}{fact.text}"
            before, hit, rest = rest.partition(words)
            if not hit:
                message = f"{where}: the words “{words[:60]}” are not found under {location}"
                yield finding(Code.LOST, message, fact)
                rest = before


def _has_entry(fact: Fact) -> bool:
    return fact.kind == "heading" or (fact.kind == "step" and not fact.label)


def _lead(fact: Fact) -> str:
    return {"note": f"{fact.name} ", "footnote": f"*{fact.name}: "}.get(fact.kind, "")


def _plain(markup: str) -> str:
    return squeeze(unescape(re.sub(r"</?[a-z0-9]+>", " ", markup)))
