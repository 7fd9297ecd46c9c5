"""Damages to the files of an EPUB."""

import re
from collections.abc import Callable, Iterator

from mutants import (
    Damage,
    always,
    another_signal_word,
    cut_in_half,
    each,
    replaced,
    swapped,
    with_rules,
)

_NOTE = re.compile(r'<div class="notice .*?</div>', re.DOTALL)
_ITEM = re.compile(r"<li id=[^>]*>(?:(?!</?li|</?ul).)*</li>\n", re.DOTALL)
_STEP = re.compile(r'<h[23] class="step".*?</h[23]>', re.DOTALL)
_SECTION = re.compile(r"<section.*?</section>", re.DOTALL)
_WORD = re.compile(r"(?<=[ >])[^\W_]{2,}(?=[ .,;<])(?![^<]*>)")
_ENTRY = re.compile(r"<li><a [^>]*>[^<]*</a></li>\n")


def _note(change: Callable[[str], str]) -> Damage:
    return each(_NOTE, change)


def _move_note_down(text: str) -> Iterator[str]:
    """Put each note behind the next lettered step."""
    for match in _NOTE.finditer(text):
        if step := _STEP.search(text, match.end()):
            between = text[match.end() : step.end()]
            yield text[: match.start()] + between + match[0] + text[step.end() :]


def _words(change: Callable[[str], str]) -> Damage:
    """Change every tenth word that stands in an element's text."""

    def damage(text: str) -> Iterator[str]:
        for match in list(_WORD.finditer(text, text.index("<body")))[::10]:
            if change(match[0]) != match[0]:
                yield text[: match.start()] + change(match[0]) + text[match.end() :]

    return damage


def _behind_headings(markup: str) -> Damage:
    return each(re.compile(r"</h[12]>\n"), lambda end: end + markup)


def _in_head(markup: str) -> Damage:
    return each(re.compile("</head>"), lambda end: markup + end)


# On the documents of the front page and the parts.
PAGE_DAMAGES: dict[str, Damage] = {
    "drop a note": _note(lambda _: ""),
    "double a note": _note(lambda note: f"{note}\n{note}"),
    "turn a note into another": _note(another_signal_word),
    "give a note another class": _note(lambda note: note.replace("notice ", "notice un", 1)),
    "strip a note of its class": _note(lambda note: re.sub(r' class="notice \w+"', "", note)),
    "make a note a paragraph": _note(lambda note: re.sub(r"</?div[^>]*>", "", note)),
    "mute a note": _note(lambda note: note.replace(' role="note"', "")),
    "rename a note for screen readers": _note(
        lambda note: re.sub('label="[A-Z]+', 'label="', note)
    ),
    "make a note a popup": _note(lambda note: note.replace('"notice"', '"footnote"')),
    "lose a note's word": _note(lambda note: re.sub(r"</svg> [A-Z]+", "</svg>", note)),
    "lose a note's sign": _note(lambda note: re.sub(r"<svg.*?</svg>", "", note)),
    "change a note's sign": _note(lambda note: re.sub(r"<(path|circle).*?/>", "", note)),
    "shrink a note's sign": _note(lambda note: note.replace("1.2em", "0")),
    "write into a note's sign": _note(lambda note: note.replace("</svg>", "Press on.</svg>")),
    "write before a note's sign": _note(lambda note: note.replace("<svg", "NO <svg")),
    "move a note down": _move_note_down,
    "hide a note by attribute": _note(lambda note: note.replace("<div", '<div hidden=""', 1)),
    "hide a note by its style": _note(
        lambda note: note.replace("<div", '<div style="display:none"', 1)
    ),
    "hide a note from screen readers": _note(
        lambda note: note.replace("<div", '<div aria-hidden="true"', 1)
    ),
    "fold a note into details": _note(lambda note: f"<details>{note}</details>"),
    "comment a note out": _note(lambda note: f"<!-- {note} -->"),
    "put a note into a template": _note(lambda note: f"<template>{note}</template>"),
    "add words to a note": _note(lambda note: note.replace("</p>\n</div>", "</p>On.</div>")),
    "drop a step": each(_ITEM, lambda _: ""),
    "double a step": each(_ITEM, lambda item: item + item),
    "swap two steps": swapped(_ITEM),
    "drop a lettered step": each(_STEP, lambda _: ""),
    "swap two lettered steps": swapped(_STEP),
    "change a marker": replaced(r'(class="marker">)\w+', r"\1X"),
    "lose a bracket": replaced(r'(class="marker">[A-Z]+)\)', r"\1."),
    "lose a marker": replaced(r'<span class="marker">.*?</span> ', ""),
    "move a marker": replaced(r'(<span class="marker">.*?</span>) (\w+)', r"\2 \1"),
    "change a heading's level": replaced(r'<h([23])( class="step"[^>]*>.*?)</h\1>', r"<h4\2</h4>"),
    "turn a list round": replaced('<ul class="steps">', '<ul class="steps" dir="rtl">'),
    "make a list a numbered one": replaced('<ul class="steps">', '<ol class="steps">'),
    "change an id": replaced(r'(<(?:li|h\d)[^>]* id=")', r"\1x"),
    "change a label": replaced(r'(class="place">)', r"\1x"),
    "lose a label": replaced(r' <span class="place">.*?</span>', ""),
    "give a label a marker's class": replaced('class="place"', 'class="marker"'),
    "turn a reference elsewhere": replaced(r'(<a href=")(?:part-\d\.xhtml)?#[^"]+"', r'\1#top"'),
    "turn a reference to another part": replaced(
        r'href="part-(\d)\.xhtml', r'href="part-9\1.xhtml'
    ),
    "turn a link to another site": replaced(r'href="https://', 'href="https://x.'),
    "break a link's address": replaced(r'href="https://[^"]*"', 'href="https://[x"'),
    "turn a link's end": replaced(r'href="(https://[^"]*)"', r'href="\1x"'),
    "reword a reference": replaced(r'(<a href="[^"]*">)', r"\1x"),
    "unlink a reference": replaced(r'<a href="[^"]*">(.*?)</a>', r"\1"),
    "drop a footnote": replaced(r'<p class="footnote".*?</p>\n', ""),
    "reword a footnote's term": replaced(r'(<p class="footnote"[^>]*>\*)', r"\1x"),
    "turn a footnote elsewhere": replaced(r'href="#fn_[^"]*"', 'href="#parts_"'),
    "make a footnote a paragraph": replaced(r'<p class="footnote"[^>]*>', "<p>"),
    "drop a star": replaced(r"<a id=[^>]*>\*</a>", ""),
    "make a star a word": replaced(r"(<a id=[^>]*>)\*</a>", r"\1x</a>"),
    "make a star a plain link": replaced(' epub:type="noteref" role="doc-noteref"', ""),
    "lose the way back": replaced(r' <a class="back".*?</a>', ""),
    "turn the way back elsewhere": replaced(r'href="#ref_[^"]*"', 'href="#parts_"'),
    "reword the way back": replaced("↑", "x"),
    "rename the way back": replaced(r'(role="doc-backlink" aria-label=")', r"\1x"),
    "drop the audience": replaced(r'<p class="audience">.*?</p>\n', ""),
    "make the audience a paragraph": replaced(' class="audience"', ""),
    "drop the edition": replaced(r'<p class="edition">.*?</p>\n', ""),
    "change the edition": replaced(r'(<p class="edition">[^:]*: )', r"\1Not "),
    "reword our own": replaced(r'(<p class="(?:edition|menu-title)"[^>]*>)', r"\1Not "),
    "drop a credit": replaced(r'<p class="credit">.*?</p>\n', ""),
    "drop an entry of the menu": each(_ENTRY, lambda _: ""),
    "swap two entries of the menu": swapped(_ENTRY),
    "double an entry of the menu": each(_ENTRY, lambda entry: entry + entry),
    "lose the title": replaced(r"<title>.*?</title>", "<title></title>"),
    "change the title": replaced(r"<title>", "<title>Not "),
    "change the language": replaced(' lang="', ' lang="x'),
    "turn the page round": replaced('dir="ltr"', 'dir="rtl"'),
    "lose the style sheet": replaced(r"<link [^>]*/>\n", ""),
    "change the style sheet": replaced("style.css", "gone.css"),
    "add an outside style": _in_head('<link rel="stylesheet" href="https://example.org/x.css"/>'),
    "add a style": _in_head("<style>.notice{display:none}</style>"),
    "add a script": _in_head("<script>document.body.remove()</script>"),
    "send the reader away": _in_head(
        '<meta http-equiv="refresh" content="0; url=https://example.org/"/>'
    ),
    "add an instruction": each(
        re.compile("<!DOCTYPE"), lambda start: f'<?xml-stylesheet href="x.css"?>\n{start}'
    ),
    "add an entity": replaced(
        "<!DOCTYPE html>", '<!DOCTYPE html [<!ENTITY x SYSTEM "https://example.org/x">]>'
    ),
    "cut a word": _words(lambda _: ""),
    "change a word": _words(lambda word: word[::-1]),
    "double a word": _words(lambda word: f"{word} {word}"),
    "capitalise a word": _words(str.swapcase),
    "make a word bold": _words(lambda word: f"<b>{word}</b>"),
    "hide a word": _words(lambda word: f'<span hidden="">{word}</span>'),
    "link a word": _words(lambda word: f'<a href="part-1.xhtml">{word}</a>'),
    "draw a word": _words(
        lambda word: f'<svg xmlns="http://www.w3.org/2000/svg"><text>{word}</text></svg>'
    ),
    "add a list": _behind_headings('<ul class="steps"><li><p>Press harder.</p></li></ul>'),
    "add a link": _behind_headings('<ul class="menu"><li><a href="#parts_">On</a></li></ul>'),
    "add loose words": _behind_headings("Press harder."),
    "add a paragraph": _behind_headings("<p>Press harder.</p>"),
    "add a rule": _behind_headings("<hr/>"),
    "add a step": _behind_headings(
        '<h3 class="step" id="x-a"><span class="marker">A)</span> Press harder.</h3>'
    ),
    "add an empty step": _behind_headings('<h3 class="step" id="x-a"></h3>'),
    "add an outside picture": _behind_headings('<p><img src="https://example.org/x.png"/></p>'),
    "add an outside frame": _behind_headings('<iframe src="https://example.org/"></iframe>'),
    "add words behind a list": replaced(r"</ul>\n", "</ul>Press harder."),
    "add words in a list": replaced(r"</li>\n", "</li>Press harder."),
    "add words in a step": replaced(r"(<li [^>]*>\n)<p", r"\1Press harder.<p"),
    "add words behind a label": replaced(r"</span></p>", "</span> Press harder.</p>"),
    "rename the section": replaced(r'role="doc-\w+"', 'role="doc-foreword"'),
    "lose the section": replaced(r"</?section[^>]*>", ""),
    "empty the section": each(_SECTION, lambda _: "<section></section>"),
    "leave the language of pages": replaced('xmlns="http://www.w3.org/1999/xhtml"', ""),
    "empty the page": always(lambda _: ""),
    "cut the page in half": cut_in_half,
}

# On the navigation document.
NAVIGATION_DAMAGES: dict[str, Damage] = {
    "drop an entry": each(_ENTRY, lambda _: ""),
    "swap two entries": swapped(_ENTRY),
    "double an entry": each(_ENTRY, lambda entry: entry + entry),
    "reword an entry": replaced(r'(<a [^>]*href="[^"]*">)', r"\1x"),
    "turn an entry elsewhere": replaced(r'href="([^"#]*\.xhtml)#[^"]*"', r'href="\1"'),
    "turn an entry to another part": replaced(r'href="part-\d', 'href="part-9'),
    "rename a landmark": replaced('epub:type="cover"', 'epub:type="copyright-page"'),
    "lose the contents": replaced('epub:type="toc" role', "role"),
    "hide an entry": replaced("<li><a ", '<li hidden=""><a '),
    "flatten the contents": replaced(r"</a>\n<ol>(\n<li>.*?</li>\n)</ol>\n</li>", r"</a></li>\1"),
    "make an entry a heading": replaced(r"<li><a href=[^>]*>(.*?)</a>", r"<li><span>\1</span>"),
    "reword the heading": replaced(r"(<h1[^>]*>)", r"\1x"),
    "empty the contents": each(re.compile("<body>.*</body>", re.DOTALL), lambda _: "<body></body>"),
}

# On the page that shows the cover, and on the picture.
COVER_DAMAGES: dict[str, Damage] = {
    "reword the title": replaced(r"<title>", "<title>x"),
    "reword the cover": replaced(r'(alt="|<text[^>]*>)', r"\1x"),
    "lose the picture": replaced(r"<img [^>]*>", ""),
    "show another picture": replaced(r"cover\.svg", "gone.svg"),
    "show an outside picture": replaced(r"cover\.svg", "https://example.org/cover.svg"),
    "drop a line": replaced(r"<text[^>]*>.*?</text>\n", ""),
    "move a line out": replaced(r' y="[\d.]+"', ' y="2600"'),
    "lay a line on another": replaced(r'(</text>\n<text x="\d+" y=")[\d.]+"', r'\g<1>400"'),
    "move a line aside": replaced(r'<text x="\d+"', '<text x="-900"'),
    "place a line nowhere": replaced(r' y="[\d.]+"', ' y="x"'),
    "shrink the words": replaced(r'font-size="[\d.]+"', 'font-size="0"'),
    "paint the words over": replaced('fill="#fff"', 'fill="#0b5a63"'),
    "lose the ground": replaced('<rect width="1600"', '<rect width="0"'),
    "draw over the words": replaced('stroke-width="14"', 'stroke-width="4000"'),
    "draw on": replaced("</svg>", '<rect width="1600" height="2400"/></svg>'),
    "add a script": replaced("</svg>", "<script>x()</script></svg>"),
    "add a script to the page": replaced("</section>", "</section><script>x()</script>"),
    "rename the cover": replaced(r'epub:type="cover"', 'epub:type="backmatter"'),
    "rename the cover for screen readers": replaced('aria-label="', 'aria-label="x'),
}

# On the package.
PACKAGE_DAMAGES: dict[str, Damage] = {
    "drop a line": each(
        re.compile(r"^<(?:meta|dc:|item|itemref) .*\n", re.MULTILINE), lambda _: ""
    ),
    "reword the metadata": replaced(
        r"(<(?:meta property=|dc:title|dc:lang|dc:desc)[^>]*>)", r"\1x"
    ),
    "rename a property": replaced(r'property="(\w+):', r'property="\1:x'),
    "add metadata": replaced("</metadata>", "<dc:creator>x</dc:creator></metadata>"),
    "refine": replaced("<dc:title>", '<dc:title id="x">'),
    "claim more": replaced(
        "</metadata>",
        '<meta property="dcterms:conformsTo">EPUB Accessibility 1.1</meta></metadata>',
    ),
    "rename a file": replaced(r' href="', ' href="x'),
    "mistake a file's type": replaced(r'media-type="[^"]*"', 'media-type="text/plain"'),
    "list a file of another host": replaced(r' href="style.css"', ' href="https://example.org/x"'),
    "list another file": replaced(
        "</manifest>", '<item id="x" href="x.css" media-type="text/css"/></manifest>'
    ),
    "change a file's id": replaced(r'<item id="', '<item id="x'),
    "lose properties": replaced(r' properties="[^"]*"', ""),
    "swap two in the reading order": swapped(re.compile(r"<itemref [^>]*>\n")),
    "skip in the reading order": replaced(r"<itemref ", '<itemref linear="no" '),
    "turn the reading order": replaced('"(ltr|rtl)"', '"default"'),
    "change the language": replaced(r'xml:lang="', 'xml:lang="x'),
    "change the version": replaced('version="3.0"', 'version="2.0"'),
    "lose the cover": replaced(r"cover-image", "cover"),
    "add a guide": replaced("</package>", "<guide></guide></package>"),
    "replace the title": replaced(r"<dc:title>.*</dc:title>", "<dc:title>x</dc:title>"),
    "link elsewhere": replaced(
        "</metadata>", '<link rel="record" href="https://example.org/x"/></metadata>'
    ),
}

CONTAINER_DAMAGES: dict[str, Damage] = {
    "lead elsewhere": replaced('full-path="', 'full-path="x'),
    "add a second book": replaced(r"(<rootfile [^>]*>)", r"\1\1"),
    "mistake the type": replaced("oebps-package", "package"),
    "add links": replaced("</container>", "<links></links></container>"),
}

# Rules added to the style sheet.
STYLE_DAMAGES: dict[str, Damage] = with_rules(
    ".caution,.important,.warning,.note{display:none}",
    "@media print{[role=note]{height:0}}",
    ".notice p{color:transparent}",
    ".notice{position:absolute;left:-9999px}",
    ".word{visibility:hidden}",
    ".sign{display:none}",
    ".marker{font-size:0}",
    ".place{display:none}",
    ".back{clip-path:circle(0)}",
    "h1{opacity:0}",
    ".footnote{display:none}",
    ".menu-title{display:none}",
    "body{transform:scale(0)}",
    "img{display:none}",
    '.word::after{content:"NOTE"}',
    'li::before{content:"7. "}',
    "section{flex-direction:column-reverse}",
    "p{background:url(https://example.org/x.png)}",
    "@import 'https://example.org/x.css';",
    "@font-face{src:url(//example.org/x)}",
)
