"""Ways to damage a built site. Each yields damaged texts of one file, one place at a time."""

import functools
import itertools
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from manual.core.diagnostics import Diagnostic
from manual.core.model import Manual
from manual.core.outputs import Download
from manual.core.references import References
from manual.verify.files.downloads import download_lines
from manual.verify.html.pages import verify_pages
from manual.verify.html.search_index import verify_search_index
from manuals import the_manual

Damage = Callable[[str], Iterator[str]]

_NOTE = re.compile(r'<div class="admonition .*?</div>', re.DOTALL)
_ITEM = re.compile(r"<li id=[^>]*>(?:(?!</?li|</?ol).)*</li>\n", re.DOTALL)
_STEP = re.compile(r'<h[234] class="step".*?</h[234]>', re.DOTALL)
_ARTICLE = re.compile(r"<article.*?</article>", re.DOTALL)
_WORD = re.compile(r"(?<=[ >])[A-Za-zäöüß0-9]{2,}(?=[ .,;<])")
_OURS = "contents|download|handouts|return-to-top|page-foot|list-title"
_FURNITURE = re.compile(rf'<p class="(?:{_OURS})".*?</p>', re.DOTALL)
_LINK_OF_OURS = re.compile(
    r'<p class="(?:contents|download|handouts|return-to-top|page-foot)".*?</a>', re.DOTALL
)


def differences(manual: Manual, site: Path) -> list[Diagnostic]:
    """As verify_site, but of pages and search data alone: what damage to these must be seen by."""
    references = References(manual)
    return [
        *verify_pages(manual, references, site, _offered(site)),
        *verify_search_index(manual, references, site),
    ]


@functools.cache
def _offered(site: Path) -> tuple[Download, ...]:
    """The downloads of a site, of which nothing is damaged: PDFs are slow to read."""
    return tuple(download_lines(the_manual(site.parent), site))


def _cut(text: str, start: int, end: int, instead: str = "") -> str:
    return text[:start] + instead + text[end:]


def _each(pattern: re.Pattern[str], change: Callable[[str], str]) -> Damage:
    """Change each match in turn."""

    def damage(text: str) -> Iterator[str]:
        for match in pattern.finditer(text):
            changed = change(match[0])
            if changed != match[0]:
                yield _cut(text, match.start(), match.end(), changed)

    return damage


def _swap(pattern: re.Pattern[str]) -> Damage:
    """Swap each match with the next one."""

    def damage(text: str) -> Iterator[str]:
        matches = list(pattern.finditer(text))
        for one, two in itertools.pairwise(matches):
            if one[0] != two[0]:
                between = text[one.end() : two.start()]
                yield _cut(text, one.start(), two.end(), two[0] + between + one[0])

    return damage


def _words(change: Callable[[str], str]) -> Damage:
    """Change single words of the article's own text, every twentieth."""

    def damage(text: str) -> Iterator[str]:
        article = _ARTICLE.search(text)
        assert article
        furniture = [match.span() for match in _FURNITURE.finditer(text)]
        found = [
            match
            for match in _WORD.finditer(text, article.start(), article.end())
            if not any(start <= match.start() < end for start, end in furniture)
            and "<" not in text[text.rfind(">", 0, match.start()) + 1 : match.start()]
            and 'class="' not in text[text.rfind("\n", 0, match.start()) : match.start()][-1:]
        ]
        for match in found[::20]:
            if not _inside_a_tag(text, match.start()) and change(match[0]) != match[0]:
                yield _cut(text, match.start(), match.end(), change(match[0]))

    return damage


def _inside_a_tag(text: str, index: int) -> bool:
    return text.rfind("<", 0, index) > text.rfind(">", 0, index)


def _move_note_down(text: str) -> Iterator[str]:
    """Put each note behind the next lettered step or list item."""
    for match in _NOTE.finditer(text):
        rest = text[match.end() :]
        step = re.search(r"</h[234]>\n|</li>\n(?=<li)", rest)
        if step and not re.match(r"</h1>", step[0]):
            at = match.end() + step.end()
            if step[0].startswith("</h"):
                yield text[: match.start()] + text[match.end() : at] + match[0] + text[at:]


def _into_article(markup: str) -> Damage:
    def damage(text: str) -> Iterator[str]:
        for match in list(re.finditer(r"</h[23]>\n", text))[:2]:
            yield _cut(text, match.end(), match.end(), markup)

    return damage


def _into_head(markup: str) -> Damage:
    def damage(text: str) -> Iterator[str]:
        yield text.replace("</head>", f"{markup}</head>", 1)

    return damage


def _replace(old: str, new: str) -> Damage:
    return _each(re.compile(old), lambda found: re.sub(old, new, found))


def _note(change: Callable[[str], str]) -> Damage:
    return _each(_NOTE, change)


OTHER_WORD = {"CAUTION": "IMPORTANT", "IMPORTANT": "CAUTION", "WARNING": "NOTE", "NOTE": "WARNING"}


def _as_another_word(note: str) -> str:
    word = re.search(r'aria-label="([A-Z]+)"', note)
    assert word
    other = OTHER_WORD[word[1]]
    return note.replace(word[1], other).replace(word[1].lower(), other.lower(), 1)


# On every page of the manual. Each must be caught wherever the page offers a place for it.
PAGE_DAMAGES: dict[str, Damage] = {
    "drop a note": _note(lambda _: ""),
    "double a note": _note(lambda note: f"{note}\n{note}"),
    "turn a note into another": _note(_as_another_word),
    "dress a note as another": _note(lambda note: note.replace("admonition ", "admonition un", 1)),
    "make a note a paragraph": _note(lambda note: re.sub(r"</?div[^>]*>", "", note)),
    "mute a note": _note(lambda note: note.replace(' role="note"', "")),
    "rename a note for screen readers": _note(
        lambda note: re.sub(r'aria-label="\w+"', 'aria-label="Note"', note)
    ),
    "lose a note's word": _note(lambda note: re.sub(r">([A-Z]+)</p>", "></p>", note, count=1)),
    "move a note down": _move_note_down,
    "hide a note by attribute": _note(lambda note: note.replace("<div", "<div hidden", 1)),
    "hide a note by its style": _note(
        lambda note: note.replace("<div", '<div style="display:none"', 1)
    ),
    "fold a note into details": _note(lambda note: f"<details>{note}</details>"),
    "hide a note from screen readers": _note(
        lambda note: note.replace("<div", '<div aria-hidden="true"', 1)
    ),
    "comment a note out": _note(lambda note: f"<!-- {note} -->"),
    "put a note into a template": _note(lambda note: f"<template>{note}</template>"),
    "drop a step": _each(_ITEM, lambda _: ""),
    "double a step": _each(_ITEM, lambda item: item + item),
    "swap two steps": _swap(_ITEM),
    "drop a lettered step": _each(_STEP, lambda _: ""),
    "swap two lettered steps": _swap(_STEP),
    "renumber a list": _replace(r'<ol type="(\w)">', r'<ol start="2" type="\1">'),
    "restart a list": _replace(r'<ol start="\d+" type', "<ol type"),
    "letters to numbers": _replace(r'type="a"', 'type="1"'),
    "numbers to letters": _replace(r'(<ol[^>]*) type="1"', r'\1 type="a"'),
    "number a step by hand": _replace(r'(<li id="[^"]*" value=")\d+', r"\g<1>77"),
    "change a letter": _replace(r'(class="step"[^>]*>)([A-Z])\)', r"\1X)"),
    "lose a bracket": _replace(r'(class="step"[^>]*>)([A-Z])\)', r"\1\2."),
    "change an id": _replace(r'<li id="', '<li id="x'),
    "change a label": _replace(r'(class="label"[^>]*>)', r"\1x"),
    "lose a label": _replace(r' <a class="label".*?</a>', ""),
    "turn a reference elsewhere": _replace(
        r'(<a href="[\w-]*(?:\.html)?#)[a-z]+-[a-z]"', r'\1top"'
    ),
    "turn a footnote elsewhere": _replace(r'href="#fn_[^"]*"', 'href="#__search"'),
    "drop a footnote": _replace(r'<p class="footnote".*?</p>\n', ""),
    "drop a star": _replace(r'<a class="footnote-ref".*?</a>', ""),
    "drop the audience": _replace(r'<p class="audience">.*?</p>\n', ""),
    "change the edition": _replace(r'(<p class="edition"[^>]*>[^:]*: )', r"\g<1>Not "),
    "cut a word": _words(lambda _: ""),
    "change a word": _words(lambda word: word[::-1]),
    "double a word": _words(lambda word: f"{word} {word}"),
    "capitalise a word": _words(str.swapcase),
    "make a word bold": _words(lambda word: f"<b>{word}</b>"),
    "hide a word": _words(lambda word: f"<span hidden>{word}</span>"),
    "add a list": _into_article("<ul><li>Press harder.</li></ul>"),
    "add loose words": _into_article("Press harder."),
    "add words to a note": _note(lambda note: note.replace("</p>\n</div>", "</p>Press on.</div>")),
    "add words to our own": _replace(r'(<p class="return-to-top"[^>]*>)', r"\1Press harder. "),
    "add a table to a step": _replace(
        r"</ol>\n</li>", "</ol><table><tr><td>x</td></tr></table></li>"
    ),
    "add words behind a list": _replace(r"</ol>\n</li>", "</ol>Press harder.</li>"),
    "count backwards": _replace(r'<ol type="', '<ol reversed type="'),
    "change a heading's level": _replace(r'<h([34])( class="step"[^>]*>.*?)</h\1>', r"<h2\2</h2>"),
    "add a paragraph": _into_article("<p>Press harder.</p>"),
    "add a step": _into_article('<h3 class="step" id="x-a">A) Press harder.</h3>'),
    "add an outside picture": _into_article('<p><img src="https://example.org/x.png"></p>'),
    "add an outside frame": _into_article('<iframe src="//example.org/"></iframe>'),
    "add an outside script": _into_head('<script src="https://example.org/x.js"></script>'),
    "add an outside style": _into_head('<link rel="stylesheet" href="https://example.org/x.css">'),
    "add an outside font": _into_head("<style>@import 'https://example.org/x.css';</style>"),
    "add an outside background": _into_head("<style>p{background:url(//example.org/x)}</style>"),
    "send the reader away": _into_head(
        '<meta http-equiv="refresh" content="0; url=https://example.org/">'
    ),
    "hide the audience by a style": _into_head("<style>.audience{display:none}</style>"),
    "hide text on paper": _into_head("<style>@media print{p,ol li{visibility:hidden}}</style>"),
    "fade headings by a style": _into_head("<style>h1, .x{opacity:0}</style>"),
    "shrink the article": _into_head("<style>article{font-size:0}</style>"),
    "hide the page": _into_head("<style>body{clip-path:circle(0)}</style>"),
    "lose the policy": _replace(r'<meta http-equiv="Content-Security-Policy"[^>]*>', ""),
    "open the policy": _replace(r"img-src 'self'", "img-src *"),
    "name a host in the policy": _replace(r"script-src 'self'", "script-src https://x.y 'self'"),
    "lose a style sheet": _replace(r"assets/manual\.css", "assets/gone.css"),
    "lose a script": _replace(r"assets/javascripts/bundle\.", "assets/javascripts/gone."),
    "break a link to a part": _replace(
        r'href="index\.html" class="md-nav', 'href="x.html" class="md-nav'
    ),
    "reword a link of ours": _each(_LINK_OF_OURS, lambda link: link.replace("</a>", "x</a>")),
    "break a return to top": _replace(r'(<p class="return-to-top"[^>]*><a href="#)', r"\1x"),
    "empty the page": lambda _: iter([""]),
    "empty the article": _each(_ARTICLE, lambda _: '<article class="md-content__inner"></article>'),
    "lose the article": _each(_ARTICLE, lambda _: ""),
    "cut the page in half": lambda text: iter([text[: len(text) // 2]]),
}


def _index(change: Callable[[dict[str, str]], None]) -> Damage:
    def damage(text: str) -> Iterator[str]:
        for number, entry in enumerate(json.loads(text)["docs"]):
            if entry["location"].startswith("using-this-handout"):
                continue
            data = json.loads(text)
            change(data["docs"][number])
            yield json.dumps(data)

    return damage


def _cut_last_word(entry: dict[str, str]) -> None:
    key = "text" if re.search(r"\w", entry["text"]) else "title"
    entry[key] = re.sub(r"\w+(\W*)$", r"\1", entry[key], count=1)


# On the search data.
INDEX_DAMAGES: dict[str, Damage] = {
    "empty an entry": _index(lambda entry: entry.update(title="", text="")),
    "send a result elsewhere": _index(lambda entry: entry.update(location="print.html")),
    "break the search data": lambda text: iter([text[:-1], "", "[]", "null"]),
    "add words to an entry": _index(
        lambda entry: entry.update(text=entry["text"] + " Press harder.")
    ),
    "lose the end of a title": _index(lambda entry: entry.update(title=entry["title"][:-2])),
}


# On the search data for pages from disk.
SCRIPT_DAMAGES: dict[str, Damage] = {
    "break the script": lambda text: iter([text[:-1], "", text.replace("__index", "index", 1)]),
    "say other words from disk": _replace("thumbs|Halten", "toes"),
    "send a result from disk elsewhere": _replace(r"(iliacus|nacken)\.html#", "print.html#"),
    "add a statement": lambda text: iter([f"{text};fetch('https://example.org')"]),
}


def _build(change: Callable[[dict[str, Any]], object]) -> Damage:
    """Change what a worker says of its build."""

    def damage(text: str) -> Iterator[str]:
        first, _, code = text.partition("\n")
        build = json.loads(first.removeprefix("const BUILD = "))
        change(build)
        yield f"const BUILD = {json.dumps(build, ensure_ascii=False)}\n{code}"

    return damage


def _first_page(build: dict[str, Any]) -> str:
    files: dict[str, str] = build["files"]
    return next(name for name in files if name.endswith(".html"))


# On the service worker.
WORKER_DAMAGES: dict[str, Damage] = {
    "lose a file": _build(lambda build: build["files"].pop(_first_page(build))),
    "keep a file that is not there": _build(lambda build: build["files"].update({"x.html": "0"})),
    "list another digest": _build(
        lambda build: build["files"].update({_first_page(build): "0" * 64})
    ),
    "keep the version": _build(lambda build: build.update(version="0123456789abcdef")),
    "name another edition": _build(lambda build: build.update(edition="First")),
    "name another manual": _build(lambda build: build.update(title="Another")),
    "speak another language": _build(lambda build: build.update(language="tlh")),
    "say other words with no network": _build(lambda build: build["words"].update(not_here="")),
    "say nothing of the build": lambda text: iter(
        [text.partition("\n")[2], "", "const BUILD = 1\n"]
    ),
    "take any bytes": _replace(r"if \(hex !== .*\n", "\n"),
    "take half a site": _replace(r"if \(!missing\.length\) return", "return"),
    "mix builds": _replace(r"const CACHE = .*", "const CACHE = 'all'"),
}


def _manifest(change: Callable[[dict[str, Any]], object]) -> Damage:
    def damage(text: str) -> Iterator[str]:
        manifest = json.loads(text)
        change(manifest)
        yield json.dumps(manifest)

    return damage


# On the manifest.
MANIFEST_DAMAGES: dict[str, Damage] = {
    "another name": _manifest(lambda manifest: manifest.update(name="Another")),
    "a short name of another": _manifest(lambda manifest: manifest.update(short_name="Another")),
    "no short name": _manifest(lambda manifest: manifest.pop("short_name")),
    "another language": _manifest(lambda manifest: manifest.update(lang="tlh")),
    "start elsewhere": _manifest(lambda manifest: manifest.update(start_url="/")),
    "claim the whole host": _manifest(lambda manifest: manifest.update(scope="/")),
    "one identity on a host": _manifest(lambda manifest: manifest.update(id="/")),
    "lose an icon": _manifest(lambda manifest: manifest["icons"].pop()),
    "an icon that is not there": _manifest(
        lambda manifest: manifest["icons"][0].update(src="x.png")
    ),
    "an icon of another size": _manifest(
        lambda manifest: manifest["icons"][0].update(src="assets/icons/icon-512.png")
    ),
    "an icon that is none": _manifest(
        lambda manifest: manifest["icons"][0].update(src="assets/icon.svg")
    ),
    "break the manifest": lambda text: iter([text[:-1], "", "[]", "null"]),
}

# On the script's tag in a page.
TAG_DAMAGES: dict[str, Damage] = {
    "lose the script": _replace(r'<script src="assets/offline\.js".*?</script>', ""),
    "show another edition": _replace(r'data-current="[^"]*"', 'data-current="First"'),
    "say other words": _replace(r'data-ready="[^"]*"', 'data-ready="x"'),
    "lose a word": _replace(r' data-new="[^"]*"', ""),
}


def _rule(css: str) -> Damage:
    return lambda sheet: iter([f"{sheet}\n{css}"])


# On a style sheet of the site.
STYLE_DAMAGES: dict[str, Damage] = {
    css: _rule(css)
    for css in (
        ".admonition.note,.caution,.important{display:none}",
        "@media print{.md-typeset [role=note]{height:0}}",
        "ol>li{position:absolute;left:-9999px}",
        ".admonition{left:-99vw}",
        ".admonition{opacity:.01}",
        ".admonition{scale:0}",
        ".admonition{transform:translateX(-9999px)}",
        ".admonition p{color:rgba(0,0,0,0)}",
        ".admonition p{-webkit-text-fill-color:transparent}",
        ".admonition{mask-image:linear-gradient(transparent,transparent)}",
        ".admonition{zoom:0}",
        ".admonition{max-height:1em;overflow:hidden}",
        ".admonition{order:-1}",
        "article{flex-direction:column-reverse}",
        '.admonition-title::after{content:"NOTE"}',
        "li::before{content:counter(x)}",
        "ol li{list-style:none!important}",
        "ol[type]{list-style-type:upper-alpha !important}",
        "ol[type]{list-style-type:lower-alpha!important}",
        ".md-typeset ol[type][type]{list-style-type:upper-roman}",
        'li::marker{content:"7. "}',
        "ol{counter-reset:list-item 5}",
        "p:weird-state{display:none}",
        "@font-face{src:url('https://example.org/x')}",
    )
}
