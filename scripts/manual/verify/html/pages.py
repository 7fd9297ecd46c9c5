"""The HTML pages of a site: what they say, what they show, where they lead, what they ask for."""

import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator
from pathlib import Path

from manual.core.diagnostics import Code, Diagnostic
from manual.core.model import Manual, Part
from manual.core.outputs import Download
from manual.core.references import References
from manual.verify.compare import compare, finding
from manual.verify.errors import UnexpectedError, UnreadableError
from manual.verify.expected import facts_of_downloads, facts_of_page
from manual.verify.html.article import article_of, read_article
from manual.verify.html.links import dead_links, foreign_requests
from manual.verify.html.running_foot import running_foot_in, take_off_running_foot
from manual.verify.html.tree import parse_html
from manual.verify.html.visibility import hidden_elements

DOWNLOADS = "downloads.html"


def verify_pages(
    manual: Manual, references: References, site: Path, offered: Iterable[Download]
) -> Iterator[Diagnostic]:
    """Every page of the manual against the model; on every page, links and requests.

    `offered` are the files that the downloads page must offer.
    """
    pages: dict[str, ET.Element] = {}
    for path in sorted(site.rglob("*.html")):
        name = path.relative_to(site).as_posix()
        ours = name in pages_of(manual)
        try:
            text = path.read_text(encoding="utf-8", errors="strict" if ours else "replace")
            pages[name] = parse_html(text, strict=ours)
        except (UnreadableError, UnicodeDecodeError) as error:
            message = f"{site.name}/{name} cannot be read back: {error}"
            yield finding(Code.UNREADABLE_OUTPUT, message, None, f"{site.name}/{name}")
    articles: dict[str, ET.Element] = {}
    for name, part in pages_of(manual).items():
        where = f"{site.name}/{name}"
        if name not in pages:
            yield finding(Code.UNREADABLE_OUTPUT, f"there is no readable page {where}", None, where)
            continue
        if name == DOWNLOADS:
            expected = facts_of_downloads(manual, references, offered)
        else:
            expected = facts_of_page(manual, references, part)
        try:
            articles[name] = article_of(pages[name])
            found = read_article(articles[name])
            running_foot_in(pages[name], manual)
        except UnexpectedError as error:
            yield finding(Code.CHANGED, f"{where}: {error}", expected[0])
        else:
            yield from compare(expected, found, where)
    for page in pages.values():
        take_off_running_foot(page)
    yield from hidden_elements(pages, articles, site)
    yield from dead_links(pages, site)
    yield from foreign_requests(pages, site)


def pages_of(manual: Manual) -> dict[str, Part | None]:
    """The pages that a site must have, with the part that each shows (None: no single one)."""
    return {
        "index.html": manual.introduction,
        **{f"{part.id}.html": part for part in manual.parts},
        "print.html": None,
        DOWNLOADS: None,
    }
