"""Whether a reader sees what a page holds: nothing of the manual may be hidden by markup or style,
and no style adds words or changes a marker.

Styles are judged by their declarations, whatever the medium: a rule that hides a note on paper
only is still wrong. Only rules that hide are looked at, so that the check costs little.
"""

import functools
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import cssselect2
from cssselect2.compiler import CompiledSelector

from manual.core.diagnostics import Code, Diagnostic
from manual.core.source import squeeze
from manual.verify.compare import finding
from manual.verify.html.dialects import WITHOUT_WORDS


@dataclass(frozen=True, slots=True)
class _Rule:
    """A rule of a style sheet: its selector and declarations as written, and where it stands."""

    selector: str
    declarations: str
    source: str

    def __str__(self) -> str:
        return f"`{self.selector}` in {self.source}"


_HIDING_ATTRIBUTES = ("hidden", "inert", "style")
_HIDING_TAGS = frozenset(("details", "dialog", "noscript", "object", "script", "style", "template"))

_ZERO = r"(?:0+(?:\.0*)?|\.0+)"
_END = r"\s*(?:[;}!]|$)"

# Declarations that take something from a reader's sight, or change its order.
_HIDING = re.compile(
    r"(?<![-\w])(?:"
    r"display\s*:\s*none"
    r"|visibility\s*:\s*(?:hidden|collapse)"
    r"|content-visibility\s*:\s*hidden"
    rf"|opacity\s*:\s*(?:0?\.[0-6]\d*|0|[0-6]?\d%){_END}"
    rf"|font-size\s*:\s*{_ZERO}[a-z%]*{_END}"
    rf"|(?:zoom|scale)\s*:\s*(?:0|\.)"
    rf"|(?:max-)?(?:height|width|block-size|inline-size)\s*:\s*(?:0|1px|[0-4]?(?:\.\d+)?em){_END}"
    r"|(?:color|text-fill-color|-webkit-text-fill-color)\s*:\s*transparent"
    r"|(?:color|-webkit-text-fill-color)\s*:\s*(?:rgba?|hsla?)\([^)]*[,/]\s*[0.%]+\)"
    r"|(?:text-indent|left|top|right|bottom|inset[-a-z]*)\s*:[^;}]*-\d{2}"
    r"|margin[-a-z]*\s*:[^;}]*-(?:\d{3}|\d{2,}(?:vw|vh|%|r?em))"
    r"|clip(?:-path)?\s*:(?!\s*(?:none|auto))"
    r"|(?:-webkit-)?mask(?:-image)?\s*:(?!\s*(?:none))"
    r"|transform\s*:[^;}]*(?:scale|translate|rotate|matrix)"
    r"|(?:translate|rotate)\s*:(?!\s*(?:none))"
    r"|filter\s*:(?!\s*(?:none))"
    r"|(?:-webkit-)?line-clamp\s*:"
    r"|order\s*:"
    r"|(?:flex-direction|flex-flow)\s*:[^;}]*reverse"
    r"|writing-mode\s*:"
    r")",
    re.IGNORECASE,
)
# Declarations that add words, or change the markers of lists.
_ADDING = re.compile(r"(?<![-\w])content\s*:(?!\s*(?:none|normal|\"\"|''))", re.IGNORECASE)
_COUNTING = re.compile(r"(?<![-\w])counter-(?:reset|set|increment)\s*:", re.IGNORECASE)
# A list without a box counts on from the one before it, in some browsers (Firefox 153).
_UNBOXING = re.compile(r"(?<![-\w])display\s*:\s*contents", re.IGNORECASE)
_LIST_STYLE = re.compile(
    r"(?<![-\w])list-style(?:-type)?\s*:\s*(?P<value>[^;}]*?)\s*(?P<important>!\s*important)?"
    + _END,
    re.IGNORECASE,
)
_MARKERS = {"1": "decimal", "a": "lower-alpha"}
_KINDS = (_HIDING, _ADDING, _COUNTING, _UNBOXING, _LIST_STYLE)
_RULE = re.compile(r"(?P<selector>[^{};]*)\{(?P<declarations>[^{}]*)\}")
# Vendors' pseudo-elements are parts of controls; percentages are steps of an animation.
_NO_ELEMENT = re.compile(r"::-(?:webkit|moz|ms)-[\w-]+$|^(?:[\d.]+%|from|to)(?:,|$)")
_STATE = re.compile(r"(?<!:):[a-z-]+(?:\([^()]*\))?")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def hidden_elements(
    pages: dict[str, ET.Element], articles: dict[str, ET.Element], site: Path
) -> Iterator[Diagnostic]:
    """What the articles hold and do not show."""
    texts = {
        path.relative_to(site).as_posix(): path.read_text("utf-8", "replace")
        for path in sorted(site.rglob("*.css"))
    }
    rules = {name: rules_of(css, name) for name, css in texts.items()}
    for name, article in articles.items():
        # In the order in which the page names them, which decides between rules of one weight.
        linked = [link.get("href", "") for link in pages[name].iter("link")]
        if any("@import" in texts.get(sheet, "") for sheet in linked):
            linked += sorted(texts.keys() - set(linked))
        of_page = [rule for sheet in linked for rule in rules.get(sheet, ())]
        yield from hidden_in_page(pages[name], article, f"{site.name}/{name}", of_page)


def hidden_in_page(
    page: ET.Element, article: ET.Element, where: str, linked: Sequence[_Rule] = ()
) -> Iterator[Diagnostic]:
    """What an article holds and does not show, by the styles in its page and the linked ones."""
    above = _ancestors(article, page)
    own = [rule for style in page.iter("style") for rule in rules_of(style.text or "", where)]
    yield from _hidden_by_markup([*above, *article.iter()], where)
    yield from _hidden_by_style(page, {*above, *_words(article)}, [*linked, *own], where)


def _ancestors(article: ET.Element, page: ET.Element) -> list[ET.Element]:
    """The article and what it stands in, from the inside out."""
    parents: dict[ET.Element, ET.Element] = {}
    waiting = [page]
    while article not in parents:
        parent = waiting.pop()
        parents.update(dict.fromkeys(parent, parent))
        waiting += parent
    found = [article]
    while found[-1] in parents:
        found.append(parents[found[-1]])
    return found


def _words(article: ET.Element) -> Iterator[ET.Element]:
    """The elements that hold the manual's words: not our own, nor signs such as labels."""
    for element in article:
        if WITHOUT_WORDS.isdisjoint(element.get("class", "").split()):
            yield element
            yield from _words(element)


def _hidden_by_markup(elements: list[ET.Element], where: str) -> Iterator[Diagnostic]:
    for element in elements:
        attributes = [name for name in _HIDING_ATTRIBUTES if name in element.attrib]
        has_words = bool("".join(element.itertext()).strip())
        if has_words and element.get("aria-hidden", "false") != "false":
            attributes.append("aria-hidden")
        if attributes or element.tag in _HIDING_TAGS:
            tag = " ".join([element.tag, *attributes])
            yield _hidden(f"{where}: <{tag}> can hide {_quoted(element)}", where)


def _hidden_by_style(
    page: ET.Element, shown: set[ET.Element], rules: list[_Rule], where: str
) -> Iterator[Diagnostic]:
    matcher = cssselect2.Matcher()
    for rule in rules:
        compiled = _compiled(rule.selector)
        if compiled is None:
            yield _hidden(f"{where}: nobody can tell what {rule} does", where)
        for selector in compiled or ():
            matcher.add_selector(selector, rule)
    wrappers = [cssselect2.ElementWrapper.from_html_root(page)]
    while wrappers:
        wrapper = wrappers.pop()
        element = wrapper.etree_element
        # From the weakest to the strongest, as the cascade has them.
        matched = [(pseudo, rule) for _, _, pseudo, rule in matcher.match(wrapper)]
        for message in _messages(element, matched):
            yield _hidden(f"{where}: {message} {_quoted(element)}", where)
        wrappers += (child for child in wrapper.iter_children() if child.etree_element in shown)


def _messages(element: ET.Element, matched: list[tuple[str | None, _Rule]]) -> Iterator[str]:
    """What the rules that match an element do to a reader's sight of it."""
    for pseudo, rule in matched:
        if pseudo is None and _HIDING.search(rule.declarations):
            yield f"{rule} can hide or move"
        if pseudo is not None and element.tag != "a" and _ADDING.search(rule.declarations):
            yield f"{rule} adds words to"
        if element.tag in ("ol", "li") and _COUNTING.search(rule.declarations):
            yield f"{rule} counts anew in"
        unnumbered = any("value" not in item.attrib for item in element)
        if element.tag == "ol" and unnumbered and _UNBOXING.search(rule.declarations):
            yield f"{rule} can change the markers of"
    if element.tag in ("ol", "li"):
        styles = [
            (bool(style["important"]), style["value"].strip(), rule)
            for pseudo, rule in matched
            if pseudo is None
            for style in _LIST_STYLE.finditer(rule.declarations)
        ]
        if styles:
            strongest = max(range(len(styles)), key=lambda at: (styles[at][0], at))
            _, value, rule = styles[strongest]
            expected = _MARKERS.get(element.get("type", "")) if element.tag == "ol" else "inherit"
            if value not in (expected, "revert"):  # reverted, the list's own type counts
                yield f"{rule} changes the markers of"


def rules_of(css: str, source: str) -> list[_Rule]:
    """Each rule that can hide, move, add or count."""
    return [
        _Rule(match["selector"].strip(), match["declarations"], source)
        for match in _RULE.finditer(_COMMENT.sub("", css))
        if any(kind.search(match["declarations"]) for kind in _KINDS)
    ]


@functools.cache
def _compiled(selector: str) -> list[CompiledSelector] | None:
    """The selector, ready to match; empty when it selects no element, None when it is not known."""
    if _NO_ELEMENT.search(selector):
        return []
    # A state that the library does not know is left out: the rule then matches more, not less.
    for candidate in (selector, _STATE.sub("", selector)):
        with suppress(cssselect2.SelectorError):
            return list(cssselect2.compile_selector_list(candidate))
    return None


def _hidden(message: str, where: str) -> Diagnostic:
    return finding(Code.HIDDEN, message, None, where)


def _quoted(element: ET.Element) -> str:
    text = squeeze("".join(element.itertext()))
    return f"“{text[:50]}{'…' * (len(text) > 50)}”"
