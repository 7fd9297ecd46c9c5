"""The HTML pages of a site: what they say, what they show, where they lead, what they ask for."""

import xml.etree.ElementTree as ET
from collections.abc import Collection, Iterator
from pathlib import Path

from manual.core.diagnostics import Code, Diagnostic
from manual.core.model import Manual, Part
from manual.core.outputs import Download, layouts_in
from manual.core.references import References
from manual.verify.compare import finding
from manual.verify.errors import UnexpectedError
from manual.verify.expected.facts import Fact
from manual.verify.expected.pages import facts_of_downloads, facts_of_page
from manual.verify.html.dialects import dialect
from manual.verify.html.links import dead_links, foreign_requests
from manual.verify.html.reader import compare_blocks
from manual.verify.html.running_foot import running_foot_in, strip_running_foot
from manual.verify.html.tree import parse_html
from manual.verify.html.visibility import hidden_elements

DOWNLOADS = "downloads.html"


def verify_pages(
    manual: Manual, references: References, site: Path, offered: Collection[Download]
) -> Iterator[Diagnostic]:
    """Every page of the manual against the model; on every page, links and requests.

    `offered` are the files that the downloads page must offer.
    """
    pages: dict[str, ET.Element] = {}
    articles: dict[str, ET.Element] = {}
    layouts = layouts_in(manual, site)
    for path in sorted(site.rglob("*.html")):
        pages[path.relative_to(site).as_posix()] = parse_html(path.read_text("utf-8", "replace"))
    for name, part in pages_of(manual).items():
        where = f"{site.name}/{name}"
        if name == DOWNLOADS:
            expected = facts_of_downloads(manual, references, offered, layouts)
        else:
            expected = facts_of_page(manual, references, part, layouts)
        yield from compare_page(manual, expected, pages.get(name), where)
        article = article_of(pages[name]) if name in pages else None
        articles |= {name: article} if article is not None else {}
    for page in pages.values():
        strip_running_foot(page)
    yield from hidden_elements(pages, articles, site)
    yield from dead_links(pages, lambda name: (site / name).is_file(), site.name)
    yield from foreign_requests(pages, site)


def compare_page(
    manual: Manual, expected: list[Fact], page: ET.Element | None, where: str
) -> Iterator[Diagnostic]:
    """What the article of a page says, and the running foot, against what they must say."""
    article = None if page is None else article_of(page)
    if page is None or article is None:
        message = f"there is no page {where} with an article of the manual"
        yield finding(Code.UNREADABLE_OUTPUT, message, None, where)
        return
    try:
        yield from compare_blocks(expected, article, dialect("site", manual.language), where)
        running_foot_in(page, manual)
    except UnexpectedError as error:
        yield finding(Code.CHANGED, f"{where}: {error}", expected[0])


def article_of(root: ET.Element) -> ET.Element | None:
    """The article of a page, or None where there is none or more than one."""
    articles = [*root.iter("article")]
    found = [article for article in articles if "md-content__inner" in article.get("class", "")]
    return found[0] if len(found) == 1 else None


def pages_of(manual: Manual) -> dict[str, Part | None]:
    """The pages that a site must have, with the part that each shows (None: no single one)."""
    return {
        "index.html": manual.introduction,
        **{f"{part.id}.html": part for part in manual.parts},
        "print.html": None,
        DOWNLOADS: None,
    }
