"""Manual → the Markdown of its pages. The templates hold the layout and escape every text."""

import html
import json
import re
from collections.abc import Collection, Sequence
from functools import partial

from manual.core.layouts import LAYOUTS, Layout
from manual.core.model import Manual
from manual.core.outputs import FOLDER, Download, archive_name, handout_links
from manual.write.markdown.escape import escape, link_address, link_text
from manual.write.templating import environment
from manual.write.views import View, address, manual_view

INDEX = "index.md"
PRINT = "print.md"
DOWNLOADS = "downloads.md"
GENERATED = "made from source_manual by `manual pages`; what you change here is lost"


def page_name(manual: Manual, part_id: str) -> str:
    """The file of a part's page."""
    return INDEX if part_id == manual.introduction.id else f"{part_id}.md"


def page_names(manual: Manual) -> list[str]:
    """The generated pages in reading order: front page, parts, the page to print, downloads."""
    return [*(page_name(manual, part.id) for part in manual.all_parts), PRINT, DOWNLOADS]


def render_pages(
    manual: Manual, downloads: Sequence[Download] = (), layouts: Collection[Layout] = LAYOUTS
) -> dict[str, str]:
    """Every generated page: file name → Markdown. `downloads` stand on the downloads page;
    `layouts` are those of the handouts, all or none.
    """
    view = manual_view(manual)
    file = partial(page_name, manual)
    templates = environment("markdown", view)
    templates.filters |= {
        "markdown": escape,
        "link_text": link_text,
        "link_address": link_address,
        "front_matter": _front_matter,
        "below": _below,
    }
    templates.tests["tight"] = _is_tight
    templates.globals |= {
        "file": file,
        "folder": FOLDER,
        "generated": GENERATED,
        "handouts": handout_links(manual, layouts),
    }

    def page(template: str, shown: str | None, **more: object) -> str:
        to = partial(address, shown=shown, file=file, outside=link_address)
        return templates.get_template(template).render(address=to, **more)

    front, parts = manual.introduction.id, view["parts"]
    pages = {INDEX: page("index.md.j2", front, next=next(iter(parts), None))}
    for before, part, behind in zip([None, *parts], parts, [*parts[1:], None], strict=False):
        pages[file(part["id"])] = page(
            "part.md.j2", part["id"], part=part, previous=before, next=behind
        )
    pages[PRINT] = page("print.md.j2", None)
    # (No part has this id: it is taken.)
    itself, whole_site = DOWNLOADS.removesuffix(".md"), archive_name(manual)
    pages[DOWNLOADS] = page("downloads.md.j2", itself, downloads=downloads, whole_site=whole_site)
    return pages


def _front_matter(text: str) -> str:
    """A string of the front matter. The theme puts it into an attribute as it is, so it is escaped
    for HTML here.
    """
    return json.dumps(html.escape(text), ensure_ascii=False)


def _below(text: str) -> str:
    """The lines of a block that stands in a list item, indented as Python-Markdown wants it.

    (Jinja's own filter would also break at characters such as U+2028, which are text here.)
    """
    return re.sub(r"\n(?!\n|$)", "\n    ", text)


def _is_tight(step: View) -> bool:
    """Whether a list item needs no blank line below it: all that it holds is such items."""
    return all(
        block["kind"] == "list" and all(map(_is_tight, block["steps"])) for block in step["blocks"]
    )
