"""How the site, the single file and the EPUB mark up the same things: a table for each.

What a table does not list, no template writes, and the reader refuses it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from manual.core.model import SIGNAL_WORDS
from manual.core.wording import Wording

XHTML = "http://www.w3.org/1999/xhtml"
SVG = "{http://www.w3.org/2000/svg}"
EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"

# An attribute's value: as it must be, or ANY; OPTIONAL is any value, or no such attribute.
ANY, OPTIONAL = None, True
Attributes = Mapping[str, str | bool | None]
# Elements by tag and class; a link without a class is known by its role.
Allowed = Mapping[tuple[str, str], Attributes]
# For each signal word the shapes in its picture: their tags and attributes.
Icons = Mapping[str, tuple[tuple[str, dict[str, str]], ...]]


@dataclass(frozen=True, slots=True)
class Dialect:
    """The markup of one kind of document. Fields name classes, unless they say otherwise."""

    allowed: Allowed
    chrome: frozenset[str]  # paragraphs of our own words and links
    note: str
    note_title: str
    back: str  # links from a footnote to its stars
    signs: Mapping[str, tuple[str, str | None]]  # class → what it is, and its text where it is ours
    step_list: tuple[str, str]  # tag and class
    step_text: str | None = None  # the paragraph that every step in a list begins with
    icon: tuple[str, str] | None = None  # tag and class of the picture before a signal word
    icons: Icons | None = None
    edition: str = ""  # what stands before the edition


_NOTES = [word.lower() for word in SIGNAL_WORDS]
_LINKS: Allowed = {
    ("a", ""): {"href": ANY},
    ("a", "footnote-ref"): {"class": ANY, "href": ANY, "id": ANY, "role": "doc-noteref"},
    ("a", "label"): {"class": ANY, "href": ANY},
}
_BLOCKS: Allowed = {
    **{("div", f"admonition {name}"): {"class": ANY, "role": "note", "aria-label": name.upper()}
       for name in _NOTES},
    **{(f"h{level}", ""): {"id": ANY} for level in (1, 2, 3)},
    **{(f"h{level}", "step"): {"class": ANY, "id": ANY} for level in (2, 3, 4)},
    ("li", ""): {"id": OPTIONAL, "value": OPTIONAL},
    ("ol", ""): {"start": OPTIONAL, "type": ANY},
    ("p", ""): {},
    ("p", "admonition-title"): {"class": ANY},
    ("p", "footnote"): {"class": ANY, "id": ANY},
    ("ul", ""): {},
}  # fmt: skip
CHROME = frozenset(
    {"contents", "download", "handouts", "list-title", "page-foot", "return-to-top", "whole-site"}
)
_PARAGRAPHS = ("audience", "credit", "edition")
_SITE_SIGNS: Mapping[str, tuple[str, str | None]] = {
    "headerlink": ("permalink", "#"),
    "footnote-back": ("back", "↩"),
    "label": ("label", None),
}
# What holds no words of the manual, in the site and the single file.
WITHOUT_WORDS = CHROME | _SITE_SIGNS.keys() | {"icon"}


def site_dialect(wording: Wording) -> Dialect:
    """The pages of the site."""
    chrome = [*_PARAGRAPHS, "download whole-site", *CHROME]
    back = {"class": ANY, "href": ANY, "title": wording.back_to_text}
    allowed: Allowed = {
        **_LINKS,
        **_BLOCKS,
        ("a", "footnote-back"): back,
        ("a", "headerlink"): {"class": ANY, "href": ANY, "title": ANY},
        **{("p", name): {"class": ANY, "data-search-exclude": OPTIONAL} for name in chrome},
    }
    return Dialect(
        allowed, CHROME, "admonition", "admonition-title", "footnote-back", _SITE_SIGNS, ("ol", ""),
        edition=f"{wording.edition}: ",
    )  # fmt: skip


_SINGLE_ICONS: Icons = {
    word: (("path", {"d": shape, "fill": "currentColor", "fill-rule": "evenodd"}),)
    for word, shape in {
        "CAUTION": "M12 2 1 22h22zm-1 7h2v7h-2zm0 8.5h2v2h-2z",
        "IMPORTANT": "M12 0 0 12l12 12 12-12zm-1.5 5h3l-.5 9h-2zm0 10.5h3v3h-3z",
        "WARNING": "M7 1 1 7v10l6 6h10l6-6V7l-6-6zm1.5 5L12 9.5 15.5 6 18 8.5 14.5 12l3.5 3.5"
        "-2.5 2.5-3.5-3.5L8.5 18 6 15.5 9.5 12 6 8.5z",
        "NOTE": "M12 1a11 11 0 1 0 0 22 11 11 0 1 0 0-22zm-1.3 5h2.6v2.6h-2.6zm0 4h2.6v8h-2.6z",
    }.items()
}


def single_dialect(wording: Wording) -> Dialect:
    """The article of the single file."""
    names = [*_PARAGRAPHS, "list-title", "page-foot", "return-to-top"]
    back = {"class": ANY, "href": ANY, "role": "doc-backlink", "aria-label": wording.back_to_text}
    allowed: Allowed = {
        **_LINKS,
        **_BLOCKS,
        ("a", "footnote-back"): back,
        ("nav", ""): {"aria-label": wording.contents},
        **{("p", name): {"class": ANY} for name in names},
        ("path", ""): {"d": ANY, "fill": ANY, "fill-rule": ANY},
        ("svg", "icon"): {"class": ANY, "viewBox": "0 0 24 24", "aria-hidden": "true"},
    }
    return Dialect(
        allowed, CHROME, "admonition", "admonition-title", "footnote-back", _SITE_SIGNS, ("ol", ""),
        icon=("svg", "icon"), icons=_SINGLE_ICONS, edition=f"{wording.edition}: ",
    )  # fmt: skip


_BOOK_ICONS: Icons = {
    "CAUTION": ((f"{SVG}path", {"d": "M12 2L23 21H1Z"}), (f"{SVG}path", {"d": "M12 9v6M12 17v2"})),
    "IMPORTANT": (
        (f"{SVG}path", {"d": "M12 1L23 12L12 23L1 12Z"}),
        (f"{SVG}path", {"d": "M12 6v8M12 16v2"}),
    ),
    "WARNING": (
        (f"{SVG}path", {"d": "M8 1H16L23 8V16L16 23H8L1 16V8Z"}),
        (f"{SVG}path", {"d": "M12 5v9M12 17v2"}),
    ),
    "NOTE": (
        (f"{SVG}circle", {"cx": "12", "cy": "12", "r": "11"}),
        (f"{SVG}path", {"d": "M12 5v2M12 10v9"}),
    ),
}


def book_dialect(wording: Wording) -> Dialect:
    """The documents of the EPUB."""
    allowed: Allowed = {
        ("a", ""): {"href": ANY},
        ("a", "doc-noteref"): {"href": ANY, "id": ANY, "role": ANY, EPUB_TYPE: "noteref"},
        ("a", "back"): {
            "class": ANY, "href": ANY, "role": "doc-backlink", "aria-label": wording.back_to_text,
        },
        **{
            ("div", f"notice {name}"): {
                "class": ANY, "role": "note", "aria-label": name.upper(), EPUB_TYPE: "notice",
            }
            for name in _NOTES
        },
        **{(f"h{level}", ""): {"id": ANY} for level in (1, 2)},
        **{(f"h{level}", "step"): {"class": ANY, "id": ANY} for level in (2, 3)},
        ("li", ""): {"id": OPTIONAL},
        ("p", ""): {},
        **{("p", name): {"class": ANY} for name in (*_PARAGRAPHS, "text", "word")},
        ("p", "footnote"): {
            "class": ANY, "id": ANY, "role": "doc-footnote", EPUB_TYPE: "footnote",
        },
        ("p", "menu-title"): {"class": ANY, "id": OPTIONAL},
        **{("span", name): {"class": ANY} for name in ("marker", "place")},
        **{("ul", name): {"class": ANY} for name in ("menu", "steps")},
        (f"{SVG}svg", "sign"): {
            "class": ANY, "aria-hidden": "true", "width": "1.2em", "height": "1.2em",
            "viewBox": "0 0 24 24", "fill": "none", "stroke": "currentColor", "stroke-width": "2",
        },
        (f"{SVG}path", ""): {"d": ANY},
        (f"{SVG}circle", ""): {"cx": ANY, "cy": ANY, "r": ANY},
    }  # fmt: skip
    return Dialect(
        allowed,
        frozenset({"menu-title"}),
        "notice",
        "word",
        "back",
        {"back": ("back", "↑"), "marker": ("marker", None), "place": ("label", None)},
        ("ul", "steps"),
        step_text="text",
        icon=(f"{SVG}svg", "sign"),
        icons=_BOOK_ICONS,
        edition=f"{wording.edition}: ",
    )
