"""How the site, the single file and the EPUB mark up the same things: a table for each.

What a table does not list, no template writes, and the reader refuses it. In the tables, elements
are `tag.class`; of their attributes, `?` marks one that need not be there, `=` a value, `_` a space
in it, and `$` one of our own words. A link without a class is known by its role.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from manual.core.wording import wording_for

XHTML = "http://www.w3.org/1999/xhtml"
EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"
_SVG = "{http://www.w3.org/2000/svg}"

# For each attribute whether it must be there, and its value; None is any value.
Attributes = Mapping[str, tuple[bool, str | None]]
Element = tuple[str, str]  # tag and classes

# What holds no words of the manual, in the site and the single file.
WITHOUT_WORDS = frozenset(
    {"contents", "download", "handouts", "list-title", "page-foot", "return-to-top", "whole-site"}
    | {"footnote-back", "headerlink", "icon", "label"}
)


@dataclass(frozen=True, slots=True)
class Dialect:
    """The markup of one kind of document. Fields name classes, unless they say otherwise."""

    elements: Mapping[Element, Attributes]
    chrome: frozenset[str]  # paragraphs of our own words and links
    signs: Mapping[str, tuple[str, str]]  # class → what it is, and its text where it is ours
    edition: str  # what stands before the edition
    note: str
    note_title: str
    back: str  # links from a footnote to its stars
    step_list: Element
    step_text: str  # the paragraph that every step in a list begins with; none where empty
    icon: Element | None  # the picture before a signal word
    icons: Mapping[str, tuple[tuple[str, dict[str, str]], ...]]  # signal word → shapes in it


@cache
def dialect(name: str, language: str) -> Dialect:
    """The dialect `site`, `single` or `book` of a manual in that language."""
    table: dict[str, Any] = tomllib.loads(
        files(__name__).joinpath(f"{name}.toml").read_text("utf-8")
    )
    wording = wording_for(language)

    def attributes(words: str) -> dict[str, tuple[bool, str | None]]:
        found: dict[str, tuple[bool, str | None]] = {}
        for word in words.split():
            key, sign, value = word.replace("epub:type", EPUB_TYPE).partition("=")
            text = getattr(wording, value[1:]) if value.startswith("$") else value.replace("_", " ")
            found[key.rstrip("?")] = (not key.endswith("?"), text if sign else None)
        return found

    def shape(row: str) -> tuple[str, dict[str, str]]:
        tag, _, words = row.partition(" ")
        return _element(tag)[0], {key: text or "" for key, (_, text) in attributes(words).items()}

    return Dialect(
        elements={_element(key): attributes(row) for key, row in table["elements"].items()},
        chrome=frozenset(table["chrome"]),
        signs={key: (kind, text) for key, (kind, text) in table["signs"].items()},
        edition=f"{wording.edition}: ",
        note=table["note"],
        note_title=table["note_title"],
        back=table["back"],
        step_list=_element(table["step_list"]),
        step_text=table.get("step_text", ""),
        icon=_element(table["icon"]) if "icon" in table else None,
        icons={word: tuple(map(shape, rows)) for word, rows in table.get("icons", {}).items()},
    )


def _element(selector: str) -> Element:
    tag, _, classes = selector.partition(".")
    return tag.replace("svg:", _SVG), classes.replace(".", " ")
