"""Markdown → HTML → facts, with the extensions of mkdocs.yml but without a whole site."""

import functools
import re

import markdown
from mkdocs.config import load_config
from mkdocs.utils.meta import get_data

from manual.core.model import Manual, Part
from manual.core.references import References
from manual.site.finishing import finish_page
from manual.verify.expected.facts import Fact
from manual.verify.expected.pages import facts_of_downloads, facts_of_page
from manual.verify.html.dialects import dialect
from manual.verify.html.pages import article_of
from manual.verify.html.reader import read_blocks
from manual.verify.html.tree import parse_html
from manual.write.markdown.pages import DOWNLOADS, page_names, render_pages
from manuals import ROOT


@functools.cache
def _extensions() -> tuple[list[str], dict[str, dict[str, object]]]:
    config = load_config(str(ROOT / "mkdocs.yml"), hooks=[])
    return config.markdown_extensions, config.mdx_configs


def to_html(page: str) -> str:
    """A page as the site shows its article."""
    extensions, settings = _extensions()
    body, _ = get_data(page)
    html = markdown.markdown(body, extensions=extensions, extension_configs=settings)
    html = re.sub(r'href="([^":#]*)\.md', r'href="\1.html', html)
    return finish_page(f'<html><article class="md-content__inner">{html}</article></html>')


def facts_in_pages(manual: Manual) -> list[tuple[list[Fact], list[Fact]]]:
    """For each page, the facts of the model and those that its HTML holds."""
    references = References(manual)
    parts: tuple[Part | None, ...] = (*manual.all_parts, None, None)
    pages = render_pages(manual)
    found = []
    for name, part in zip(page_names(manual), parts, strict=True):
        article = article_of(parse_html(to_html(pages[name])))
        assert article is not None
        if name == DOWNLOADS:
            expected = facts_of_downloads(manual, references, [])
        else:
            expected = facts_of_page(manual, references, part)
        found.append((expected, read_blocks(article, dialect("site", manual.language))))
    return found
