"""Damages to the pages of a site: what they say, show, lead to and ask for."""

import re
from collections.abc import Callable, Iterator

from mutants import Damage, always, another_signal_word, cut_in_half, each, replaced, swapped

_NOTE = re.compile(r'<div class="admonition .*?</div>', re.DOTALL)
_ITEM = re.compile(r"<li id=[^>]*>(?:(?!</?li|</?ol).)*</li>\n", re.DOTALL)
_STEP = re.compile(r'<h[234] class="step".*?</h[234]>', re.DOTALL)
_ARTICLE = re.compile(r"<article.*?</article>", re.DOTALL)
_NEXT_STEP = re.compile(r"(?P<lettered></h[234]>\n)|</li>\n(?=<li)")
_WORD = re.compile(r"(?<=[ >])[A-Za-zäöüß0-9]{2,}(?=[ .,;<])(?![^<]*>)")
# Our own words around the author's, and the links among them.
_CHROME = re.compile(
    r'<p class="(?:contents|download|handouts|return-to-top|page-foot|list-title)".*?</p>',
    re.DOTALL,
)
_CHROME_LINK = re.compile(
    r'<p class="(?:contents|download|handouts|return-to-top|page-foot)".*?</a>', re.DOTALL
)


def _words(change: Callable[[str], str]) -> Damage:
    """Change every twentieth of the author's words in the article."""

    def damage(text: str) -> Iterator[str]:
        article = _ARTICLE.search(text)
        assert article
        chrome = [match.span() for match in _CHROME.finditer(text)]
        words = [
            match
            for match in _WORD.finditer(text, article.start(), article.end())
            if not any(start <= match.start() < end for start, end in chrome)
        ]
        for match in words[::20]:
            if change(match[0]) != match[0]:
                yield text[: match.start()] + change(match[0]) + text[match.end() :]

    return damage


def _move_note_down(text: str) -> Iterator[str]:
    """Move each note that has a lettered step below it behind that step."""
    for match in _NOTE.finditer(text):
        below = _NEXT_STEP.search(text, match.end())
        if below and below["lettered"]:
            between = text[match.end() : below.end()]
            yield text[: match.start()] + between + match[0] + text[below.end() :]


def _note(change: Callable[[str], str]) -> Damage:
    return each(_NOTE, change)


def _into_article(markup: str) -> Damage:
    return each(re.compile(r"</h[23]>\n"), lambda end: end + markup)


def _into_head(markup: str) -> Damage:
    return each(re.compile("</head>"), lambda end: markup + end)


# On every page of the manual. Each must be caught wherever the page offers a place for it.
PAGE_DAMAGES: dict[str, Damage] = {
    "drop a note": _note(lambda _: ""),
    "double a note": _note(lambda note: f"{note}\n{note}"),
    "turn a note into another": _note(another_signal_word),
    "give a note another class": _note(
        lambda note: note.replace("admonition ", "admonition un", 1)
    ),
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
    "drop a step": each(_ITEM, lambda _: ""),
    "double a step": each(_ITEM, lambda item: item + item),
    "swap two steps": swapped(_ITEM),
    "drop a lettered step": each(_STEP, lambda _: ""),
    "swap two lettered steps": swapped(_STEP),
    "renumber a list": replaced(r'<ol type="(\w)">', r'<ol start="2" type="\1">'),
    "restart a list": replaced(r'<ol start="\d+" type', "<ol type"),
    "letters to numbers": replaced(r'type="a"', 'type="1"'),
    "numbers to letters": replaced(r'(<ol[^>]*) type="1"', r'\1 type="a"'),
    "number a step by hand": replaced(r'(<li id="[^"]*" value=")\d+', r"\g<1>77"),
    "change a letter": replaced(r'(class="step"[^>]*>)([A-Z])\)', r"\1X)"),
    "lose a bracket": replaced(r'(class="step"[^>]*>)([A-Z])\)', r"\1\2."),
    "change an id": replaced(r'<li id="', '<li id="x'),
    "change a label": replaced(r'(class="label"[^>]*>)', r"\1x"),
    "lose a label": replaced(r' <a class="label".*?</a>', ""),
    "turn a reference elsewhere": replaced(
        r'(<a href="[\w-]*(?:\.html)?#)[a-z]+-[a-z]"', r'\1top"'
    ),
    "turn a footnote elsewhere": replaced(r'href="#fn_[^"]*"', 'href="#__search"'),
    "drop a footnote": replaced(r'<p class="footnote".*?</p>\n', ""),
    "drop a star": replaced(r'<a class="footnote-ref".*?</a>', ""),
    "drop the audience": replaced(r'<p class="audience">.*?</p>\n', ""),
    "change the edition": replaced(r'(<p class="edition"[^>]*>[^:]*: )', r"\g<1>Not "),
    "cut a word": _words(lambda _: ""),
    "change a word": _words(lambda word: word[::-1]),
    "double a word": _words(lambda word: f"{word} {word}"),
    "capitalise a word": _words(str.swapcase),
    "make a word bold": _words(lambda word: f"<b>{word}</b>"),
    "hide a word": _words(lambda word: f"<span hidden>{word}</span>"),
    "add a list": _into_article("<ul><li>Press harder.</li></ul>"),
    "add loose words": _into_article("Press harder."),
    "add words to a note": _note(lambda note: note.replace("</p>\n</div>", "</p>Press on.</div>")),
    "add words to our own": replaced(r'(<p class="return-to-top"[^>]*>)', r"\1Press harder. "),
    "add a table to a step": replaced(
        r"</ol>\n</li>", "</ol><table><tr><td>x</td></tr></table></li>"
    ),
    "add words behind a list": replaced(r"</ol>\n</li>", "</ol>Press harder.</li>"),
    "count backwards": replaced(r'<ol type="', '<ol reversed type="'),
    "change a heading's level": replaced(r'<h([34])( class="step"[^>]*>.*?)</h\1>', r"<h2\2</h2>"),
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
    "lose the policy": replaced(r'<meta http-equiv="Content-Security-Policy"[^>]*>', ""),
    "open the policy": replaced(r"img-src 'self'", "img-src *"),
    "name a host in the policy": replaced(r"script-src 'self'", "script-src https://x.y 'self'"),
    "lose a style sheet": replaced(r"assets/manual\.css", "assets/gone.css"),
    "lose a script": replaced(r"assets/javascripts/bundle\.", "assets/javascripts/gone."),
    "break a link to a part": replaced(
        r'href="index\.html" class="md-nav', 'href="x.html" class="md-nav'
    ),
    "reword a link of ours": each(_CHROME_LINK, lambda link: link.replace("</a>", "x</a>")),
    "break a return to top": replaced(r'(<p class="return-to-top"[^>]*><a href="#)', r"\1x"),
    "empty the page": always(lambda _: ""),
    "empty the article": each(_ARTICLE, lambda _: '<article class="md-content__inner"></article>'),
    "lose the article": each(_ARTICLE, lambda _: ""),
    "cut the page in half": cut_in_half,
}
