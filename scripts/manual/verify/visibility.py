"""Whether a reader sees what a page holds: nothing of the manual may be hidden by markup or style.

Styles are judged by their declarations, whatever the medium: a rule that hides a note on paper
only is still wrong. Only rules that hide are looked at, so that the check costs little.
"""

import functools
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import cssselect2
from cssselect2.compiler import CompiledSelector

from manual.diagnostics import Code, Diagnostic
from manual.source import squeeze
from manual.verify.compare import finding
from manual.verify.html_facts import FURNITURE, SIGNS

_Rule = tuple[str, str]

_HIDING_ATTRIBUTES = ("hidden", "inert", "style")
_HIDING_TAGS = frozenset(("details", "dialog", "noscript", "object", "script", "style", "template"))

_ZERO = r"(?:0+(?:\.0*)?|\.0+)"

# Declarations that take something from a reader's sight.
_HIDING = re.compile(
    r"(?<![-\w])(?:"
    r"display\s*:\s*none"
    r"|visibility\s*:\s*(?:hidden|collapse)"
    r"|content-visibility\s*:\s*hidden"
    rf"|opacity\s*:\s*{_ZERO}%?\s*(?:[;}}!]|$)"
    rf"|font-size\s*:\s*{_ZERO}[a-z%]*\s*(?:[;}}!]|$)"
    r"|(?:max-)?(?:height|width)\s*:\s*(?:0|1px)\s*(?:[;}!]|$)"
    r"|color\s*:\s*transparent"
    r"|text-indent\s*:\s*-\d{3}"
    r"|(?:left|top|right|bottom)\s*:\s*-\d{3}"
    r"|clip(?:-path)?\s*:\s*(?!none|auto)"
    rf"|transform\s*:[^;}}]*scale[xy]?\(\s*{_ZERO}\s*[,)]"
    r"|filter\s*:[^;}]*opacity\("
    r")",
    re.IGNORECASE,
)
_RULE = re.compile(r"(?P<selector>[^{};]*)\{(?P<declarations>[^{}]*)\}")
# Vendors' pseudo-elements are parts of controls; percentages are steps of an animation.
_NO_ELEMENT = re.compile(r"::-(?:webkit|moz|ms)-[\w-]+$|^(?:[\d.]+%|from|to)(?:,|$)")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def hidden_elements(
    pages: dict[str, ET.Element], articles: dict[str, ET.Element], site: Path
) -> Iterator[Diagnostic]:
    """What the articles hold and do not show."""
    sheets = [
        (path.relative_to(site).as_posix(), path.read_text(encoding="utf-8", errors="replace"))
        for path in sorted(site.rglob("*.css"))
    ]
    of_site = [rule for where, css in sheets for rule in _hiding_rules(css, where)]
    for name, article in articles.items():
        where = f"{site.name}/{name}"
        above = _ancestors(article, pages[name])
        own = [
            rule
            for style in pages[name].iter("style")
            for rule in _hiding_rules(style.text or "", name)
        ]
        yield from _hidden_by_markup([*above, *article.iter()], where)
        yield from _hidden_by_style(pages[name], {*above, *_words(article)}, of_site + own, where)


def _ancestors(article: ET.Element, page: ET.Element) -> list[ET.Element]:
    parents = {child: parent for parent in page.iter() for child in parent}
    found = [article]
    while found[-1] in parents:
        found.append(parents[found[-1]])
    return found


def _words(article: ET.Element) -> Iterator[ET.Element]:
    """The elements that hold the manual's words: not our furniture, nor signs such as labels."""
    for element in article:
        classes = element.get("class", "").split()
        if FURNITURE.isdisjoint(classes) and SIGNS.isdisjoint(classes):
            yield element
            yield from _words(element)


def _hidden_by_markup(elements: list[ET.Element], where: str) -> Iterator[Diagnostic]:
    for element in elements:
        attributes = [one for one in _HIDING_ATTRIBUTES if one in element.attrib]
        if element.get("aria-hidden", "false") != "false":
            attributes.append("aria-hidden")
        if attributes or element.tag in _HIDING_TAGS:
            tag = " ".join([element.tag, *attributes])
            yield _hidden(f"{where}: <{tag}> can hide {_said(element)}", where)


def _hidden_by_style(
    page: ET.Element, shown: set[ET.Element], rules: list[_Rule], where: str
) -> Iterator[Diagnostic]:
    matcher = cssselect2.Matcher()
    for selector, source in rules:
        compiled = _compiled(selector)
        if compiled is None:
            yield _hidden(f"{where}: nobody can tell what `{selector}` in {source} hides", where)
        for one in compiled or ():
            matcher.add_selector(one, (selector, source))
    wrappers = [cssselect2.ElementWrapper.from_html_root(page)]
    while wrappers:
        wrapper = wrappers.pop()
        for _, _, pseudo, (selector, source) in matcher.match(wrapper):
            if pseudo is None:
                said = _said(wrapper.etree_element)
                yield _hidden(f"{where}: `{selector}` in {source} can hide {said}", where)
        wrappers += (child for child in wrapper.iter_children() if child.etree_element in shown)


def _hiding_rules(css: str, source: str) -> list[_Rule]:
    """Each rule that hides: its selector, and where it stands."""
    return [
        (match["selector"].strip(), source)
        for match in _RULE.finditer(_COMMENT.sub("", css))
        if _HIDING.search(match["declarations"])
    ]


@functools.cache
def _compiled(selector: str) -> list[CompiledSelector] | None:
    """The selector, ready to match; empty when it selects no element, None when it is not known."""
    if _NO_ELEMENT.search(selector):
        return []
    try:
        return list(cssselect2.compile_selector_list(selector))
    except cssselect2.SelectorError:
        return None


def _hidden(message: str, where: str) -> Diagnostic:
    return finding(Code.HIDDEN, message, None, where)


def _said(element: ET.Element) -> str:
    said = squeeze("".join(element.itertext()))
    return f"“{said[:50]}{'…' * (len(said) > 50)}”"
