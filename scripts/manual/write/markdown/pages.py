"""Manual → the Markdown of its pages.

The templates hold the layout; this module gives them the model with every text escaped.
"""

import html
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, assert_never

import jinja2

from manual.core.model import (
    Block,
    CrossReference,
    Footnote,
    FootnoteReference,
    Inline,
    Manual,
    Note,
    Paragraph,
    Part,
    Section,
    Step,
    Text,
    Words,
    plain,
)
from manual.core.outputs import FOLDER, Download, archive_name, handout_links
from manual.core.references import References, Target
from manual.core.wording import Wording, wording_for
from manual.write.markdown.escape import escape, link_address, link_text

INDEX = "index.md"
PRINT = "print.md"
DOWNLOADS = "downloads.md"
GENERATED = "made from source_manual by `manual pages`; what you change here is lost"

View = dict[str, Any]


def page_name(part: Part, manual: Manual) -> str:
    """The file of a part's page."""
    return INDEX if part is manual.introduction else f"{part.id}.md"


def page_names(manual: Manual) -> list[str]:
    """The generated pages in reading order: front page, parts, the page to print, downloads."""
    return [*(page_name(part, manual) for part in manual.all_parts), PRINT, DOWNLOADS]


def render_pages(manual: Manual, downloads: Sequence[Download] = ()) -> dict[str, str]:
    """Every generated page: file name → Markdown. `downloads` stand on the downloads page."""
    environment = _environment(wording_for(manual.language))
    references = References(manual)
    pages = {}
    templates = {INDEX: "index.md.j2", PRINT: "print.md.j2", DOWNLOADS: "downloads.md.j2"}
    for name, part in zip(page_names(manual), (*manual.all_parts, None, None), strict=True):
        # The audience stands on the downloads page as it does on the front page.
        views = _Views(manual, references, manual.introduction if name == DOWNLOADS else part)
        template = environment.get_template(templates.get(name, "part.md.j2"))
        pages[name] = template.render(
            views.page(part), downloads=_download_views(manual, downloads)
        )
    return pages


def _download_views(manual: Manual, downloads: Sequence[Download]) -> list[View]:
    return [
        {
            "text": link_text(download.title),
            "href": f"{FOLDER}/{download.name}",
            "details": escape(download.details, near_link=True),
            "is_whole_site": download.name == archive_name(manual),
        }
        for download in downloads
    ]


def _environment(wording: Wording) -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("manual.write.markdown"),
        undefined=jinja2.StrictUndefined,
        autoescape=False,  # texts arrive escaped for Markdown
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        comment_start_string="<#",  # `{#` begins an attribute list
        comment_end_string="#>",
    )
    environment.globals["wording"] = wording
    environment.filters["below"] = _below
    return environment


@dataclass(frozen=True, slots=True)
class _Views:
    """The model as the templates see it, on the page of `part`, or on the page to print (None)."""

    manual: Manual
    references: References
    part: Part | None

    def page(self, part: Part | None) -> View:
        manual = self.manual
        summary = manual.description or plain(manual.audience)
        title = "" if part is None or part is manual.introduction else f"{part.title}. "
        return {
            "page": {
                # The theme puts it into an attribute as it is, so it is escaped for HTML here.
                "description": json.dumps(html.escape(title + summary), ensure_ascii=False),
                "generated": json.dumps(GENERATED),
            },
            "manual": {
                "title": _one_line(manual.title),
                "edition": escape(manual.edition),
                "audience": self.text(manual.audience, starts_block=True),
                "links": [
                    {"text": link_text(link.title), "href": link_address(link.url)}
                    for link in manual.links
                ],
                "credits": [self.text(credit, starts_block=True) for credit in manual.credits],
            },
            "introduction": self.part_view(manual.introduction),
            "parts": [self.part_view(other) for other in manual.parts],
            "part": self.part_view(part) if part else None,
            "others": self.others(part) if part else [],
            "handouts": [
                {"text": link_text(title), "href": f"{FOLDER}/{name}"}
                for title, name in handout_links(manual)
            ],
        }

    def others(self, part: Part) -> list[View]:
        """The parts before and behind, for the foot of a page."""
        parts = self.manual.all_parts
        at = parts.index(part)
        wording = wording_for(self.manual.language)
        around = []
        if at > 1:  # the front page has a link of its own
            around.append((wording.previous_part, parts[at - 1]))
        if at + 1 < len(parts):
            around.append((wording.next_part, parts[at + 1]))
        return [{"relation": relation, **self.part_view(other)} for relation, other in around]

    def part_view(self, part: Part) -> View:
        return {
            "id": part.id,
            "page": page_name(part, self.manual),
            "title": _one_line(part.title),
            "link_text": link_text(part.title),
            "blocks": self.blocks(part.blocks),
            "sections": [self.section(section) for section in part.sections],
        }

    def section(self, section: Section) -> View:
        return {
            "id": section.id,
            "title": _one_line(section.title),
            "link_text": link_text(section.title),
            "blocks": self.blocks(section.blocks),
        }

    def blocks(self, blocks: tuple[Block, ...]) -> list[View]:
        return [self.block(block) for block in blocks]

    def block(self, block: Block) -> View:
        match block:
            case Paragraph():
                return {"kind": "paragraph", "text": self.text(block.text, starts_block=True)}
            case Note():
                text = self.text(block.text, starts_block=True)
                return {"kind": "note", "word": block.word, "text": text}
            case Footnote():
                return {
                    "kind": "footnote",
                    "id": block.id,
                    "term": escape(block.term, near_link=True),
                    "text": self.text(block.text, near_link=True),
                    "backs": self.references.star_ids(block),
                }
            case Step():
                children = self.blocks(block.blocks)
                return {
                    "kind": "step" if block.level == 1 else "item",
                    "marker": block.marker,
                    "label": link_text(block.label),
                    "id": block.id,
                    "text": self.text(block.text, in_heading=True)
                    if block.level == 1
                    else self.text(block.text, starts_block=True, near_link=True),
                    "blocks": children,
                    "tight": all(child["kind"] == "item" and child["tight"] for child in children),
                }
            case _:
                assert_never(block)

    def text(
        self,
        text: Text,
        *,
        starts_block: bool = False,
        near_link: bool = False,
        in_heading: bool = False,
    ) -> list[View]:
        near_link = near_link or len(text) > 1
        last = len(text) - 1
        return [
            self.inline(
                inline, starts_block and index == 0, near_link, in_heading and index == last
            )
            for index, inline in enumerate(text)
        ]

    def inline(
        self, inline: Inline, starts_block: bool, near_link: bool, ends_heading: bool
    ) -> View:
        match inline:
            case Words():
                words = escape(
                    inline.text,
                    starts_block=starts_block,
                    near_link=near_link,
                    ends_heading=ends_heading,
                )
                return {"kind": "words", "text": words}
            case CrossReference():
                target = self.references.target(inline)
                if target is None:
                    raise AssertionError("a checked manual has no unknown reference")
                text = link_text(target.label)
                return {"kind": "reference", "text": text, "href": self.address(target)}
            case FootnoteReference():
                footnote = self.references.footnote(inline)
                if footnote is None:
                    raise AssertionError("a checked manual has no star without a definition")
                return {"kind": "star", "href": footnote.id, "id": self.references.star_id(inline)}
            case _:
                assert_never(inline)

    def address(self, target: Target) -> str:
        """Where a link to the target goes from this page."""
        if target.part is None:
            return link_address(target.url)
        if self.part is None or target.part is self.part:
            return f"#{target.id}"
        page = page_name(target.part, self.manual)
        return page if target.id == target.part.id else f"{page}#{target.id}"


def _below(text: str) -> str:
    """The lines of a block that stands in a list item, indented as Python-Markdown wants it.

    (Jinja's own filter would also break at characters such as U+2028, which are text here.)
    """
    return re.sub(r"\n(?!\n|$)", "\n    ", text)


def _one_line(text: str) -> str:
    """A text that stands in a heading."""
    return escape(text, ends_heading=True)
