"""Damages to the single file, beside those to a page of a site (page_mutants.py)."""

import base64
import hashlib
import re
from collections.abc import Callable

from mutants import Damage, always, cut_in_half, replaced, swapped

_ICON = re.compile(r"<svg.*?</svg>")
_ENTRY = re.compile(r'(?<=<li>)<a href="#[^"]*">[^<]*</a>(?=</li>)')


def with_hashes(page: str) -> str:
    """A page whose policy names what stands in it, as whoever changes it on purpose would do."""

    def hashes(tag: str) -> str:
        codes = re.findall(rf"<{tag}[^>]*>(.*?)</{tag}>", page, re.DOTALL)
        digests = (base64.b64encode(hashlib.sha256(code.encode()).digest()) for code in codes)
        return " ".join(f"'sha256-{digest.decode()}'" for digest in digests)

    page = re.sub(r"script-src [^;]*", lambda _: f"script-src {hashes('script')}", page, count=1)
    return re.sub(r"style-src [^;]*", lambda _: f"style-src {hashes('style')}", page, count=1)


def _hashed(change: Callable[[str], str]) -> Damage:
    return always(lambda text: with_hashes(change(text)))


SINGLE_DAMAGES: dict[str, Damage] = {
    # the policy
    "lose the policy": replaced(r'<meta http-equiv="Content-Security-Policy"[^>]*>\n', ""),
    "open the policy": replaced("default-src 'none'", "default-src *"),
    "let pictures in": replaced("default-src 'none'", "default-src 'none'; img-src data:"),
    "let any script run": replaced("script-src ", "script-src 'unsafe-inline' "),
    "let any style count": replaced("style-src ", "style-src 'unsafe-inline' "),
    "lose a hash": replaced(r" 'sha256-[^']*'", ""),
    "move the policy down": replaced(r"(?s)(<meta http-equiv[^>]*>\n)(.*?)(</head>)", r"\2\1\3"),
    # script and style, and what else the head can hold
    "change the script": replaced('"use strict"', '"use  strict"'),
    "change the script and its hash": _hashed(lambda text: text.replace("MOST = 100", "MOST = 1")),
    "change the style and its hash": _hashed(lambda text: text.replace("#182226", "#f8f8f8")),
    "add a script": _hashed(lambda text: text.replace("</body>", "<script>1</script>\n</body>")),
    "add a style": _hashed(lambda text: text.replace("</head>", "<style>p{}</style></head>")),
    "lose the script": _hashed(lambda text: re.sub(r"(?s)<script>.*</script>\n", "", text)),
    "lose a style": _hashed(lambda text: re.sub(r"(?s)<style>.*?</style>\n", "", text, count=1)),
    "give the style a medium": replaced("<style>", '<style media="print">'),
    "load the script from a file": replaced("<script>", '<script src="find.js">'),
    "add an icon of the page": replaced("</head>", '<link rel="icon" href="icon.svg"></head>'),
    "add a base": replaced("</head>", '<base href="https://example.org/"></head>'),
    "change the title": replaced(r"<title>", "<title>Not "),
    "name another language": replaced(r'<html lang="\w+"', '<html lang="xx"'),
    "turn the direction of writing": replaced(r'dir="ltr"', 'dir="auto"'),
    "fix the scale": replaced("initial-scale=1", "initial-scale=1, user-scalable=no"),
    "change the running foot": _hashed(lambda text: re.sub(r'(\{content:")', r"\1Not ", text)),
    "lose the page numbers": _hashed(lambda text: text.replace("counter(page)", "counter(x)")),
    # the find box
    "lose the find box": replaced(r"(?s)<template.*</template>\n", ""),
    "show the find box without script": replaced(r"(</?)template", r"\1div"),
    "name the find box otherwise": replaced(r"(<label[^>]*>)", r"\1Do not "),
    "report something else when nothing is found": replaced(
        r'data-none="', 'data-none="Press harder'
    ),
    "send the find box somewhere": replaced(r"<form ", '<form action="https://example.org/" '),
    "add a result": replaced("<ul></ul>", "<ul><li>Press harder.</li></ul>"),
    # around the article
    "add words before": always(lambda text: f"Press harder.{text}"),
    "add words behind": always(lambda text: f"{text}Press harder."),
    "add a second page": always(lambda text: f"{text}<html><p>Press harder.</p></html>"),
    "lose the doctype": replaced("<!doctype html>\n", ""),
    "add words to the body": replaced("</main>", "</main>Press harder."),
    "add an element to the body": replaced("</main>", "</main><p>Press harder.</p>"),
    "add a second article": replaced("</main>", "<article></article></main>"),
    "hide the article": replaced("<article>", "<article hidden>"),
    # signs of notes
    "lose a note's sign": replaced(_ICON.pattern, ""),
    "swap two signs": swapped(_ICON),
    "title a sign": replaced(r"(<svg[^>]*>)", r"\1<title>Press harder</title>"),
    "draw words in a sign": replaced(r"</svg>", "<text>x</text></svg>"),
    "announce a sign": replaced(r'(<svg[^>]*) aria-hidden="true"', r"\1"),
    "put a sign into a step": replaced(r"(<li id=[^>]*>)", r"\1<svg></svg>"),
    # contents
    "drop an entry of the contents": replaced(rf"<li>{_ENTRY.pattern}</li>\n", ""),
    "swap two entries": swapped(_ENTRY),
    "turn an entry elsewhere": replaced(r'(?<=<li><a href="#)', "x"),
    "reword an entry": replaced(r'(<li><a href="#[^>]*>)', r"\1Not "),
    "lose the contents": replaced(r"(?s)<nav.*</nav>\n", ""),
    "lose what the contents are": replaced(r"</?nav[^>]*>\n", ""),
    "name the contents otherwise": replaced(r"<nav aria-label=\"", '<nav aria-label="Not '),
    "add words to the contents": replaced("</nav>", "Press harder.</nav>"),
    # numbers
    "number a step otherwise": replaced(r'value="\d+"', 'value="7"'),
    "lose a number": replaced(r' value="\d+"', ""),
    "number an entry of the contents": replaced("<li><a", '<li value="2"><a'),
    # labels
    "reword a label of a lettered step": replaced(r'(class="step".*class="label"[^>]*>)', r"\1x"),
    "lose a label of a lettered step": replaced(r'(class="step".*) <a class="label".*?</a>', r"\1"),
    "turn a label elsewhere": replaced(
        r'class="label" href="#[^"]*"', 'class="label" href="#psoas"'
    ),
    "label a step twice": replaced(r'(<a class="label".*?</a>)', r"\1 \1"),
    "pass words for a label": replaced(
        r"<p>(?=[A-Z])", '<p><a class="label" href="#introduction">Press harder.</a> '
    ),
    "pass words for a way back": replaced(r">↩<", ">Press harder<"),
    # footnotes
    "turn a way back elsewhere": replaced(
        r'footnote-back" href="#[^"]*"', 'footnote-back" href="#fn_"'
    ),
    "turn a way back to the top": replaced(
        r'footnote-back" href="#[^"]*"', 'footnote-back" href="#introduction"'
    ),
    "lose a way back": replaced(r' <a class="footnote-back".*?</a>', ""),
    "name a way back otherwise": replaced(r'(footnote-back".*aria-label=")', r"\1not "),
    "announce a star as nothing": replaced("doc-noteref", "none"),
    "give two stars one id": replaced(r'id="ref_[^"]*"', 'id="introduction"'),
    # what nobody sees, and what is heard or done instead
    "let a step be heard otherwise": replaced(r'(<li id="[^"]*")', r'\1 aria-label="Press harder"'),
    "let a link be heard otherwise": replaced(r"(<a href)", r'<a aria-label="Press harder" href'),
    "hint at something else": replaced(r"(<a href)", r'<a title="Press harder" href'),
    "take a heading's role": replaced(r'(class="step")', r'\1 role="presentation"'),
    "run something on a tap": replaced(r'(<p class="audience")', r'\1 onclick="x()"'),
    "give a paragraph a caution's class": replaced(r"<p>(?=[A-Z])", '<p class="caution">'),
    "give a note two classes": replaced(
        r'class="admonition caution"', 'class="admonition caution note"'
    ),
    "lead to a script": replaced(r'href="https://', 'href="javascript:https://'),
    "lead to another file": replaced(r'href="#(?=psoas|nacken)', 'href="other.html#'),
    "load a picture": replaced(r"(<p>)(?=[A-Z])", r'\1<img src="x.png">'),
    "cut the file in half": cut_in_half,
    "save it in another encoding": always(lambda text: text.replace("·", "\udce9")),
}
