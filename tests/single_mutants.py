"""Ways to damage the single file, beside those of a page (mutants.py)."""

import base64
import hashlib
import itertools
import re
from collections.abc import Callable, Iterator

from mutants import Damage

_ICON = re.compile(r"<svg.*?</svg>")
_ENTRY = re.compile(r'(?<=<li>)<a href="#[^"]*">[^<]*</a>(?=</li>)')


def _sub(old: str, new: str) -> Damage:
    """Change each place in turn."""

    def damage(text: str) -> Iterator[str]:
        for match in re.finditer(old, text):
            yield text[: match.start()] + match.expand(new) + text[match.end() :]

    return damage


def _swap(pattern: re.Pattern[str]) -> Damage:
    """Swap each match with the next one that differs."""

    def damage(text: str) -> Iterator[str]:
        for one, two in itertools.pairwise(pattern.finditer(text)):
            if one[0] != two[0]:
                between = text[one.end() : two.start()]
                yield text[: one.start()] + two[0] + between + one[0] + text[two.end() :]

    return damage


def with_hashes(page: str) -> str:
    """A page whose policy names what stands in it, as whoever changes it on purpose would do."""

    def hashes(tag: str) -> str:
        codes = re.findall(rf"<{tag}[^>]*>(.*?)</{tag}>", page, re.DOTALL)
        digests = (base64.b64encode(hashlib.sha256(code.encode()).digest()) for code in codes)
        return " ".join(f"'sha256-{digest.decode()}'" for digest in digests)

    page = re.sub(r"script-src [^;]*", lambda _: f"script-src {hashes('script')}", page, count=1)
    return re.sub(r"style-src [^;]*", lambda _: f"style-src {hashes('style')}", page, count=1)


def _hashed(change: Callable[[str], str]) -> Damage:
    return lambda text: iter([with_hashes(change(text))])


SINGLE_DAMAGES: dict[str, Damage] = {
    # the policy
    "lose the policy": _sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>\n', ""),
    "open the policy": _sub("default-src 'none'", "default-src *"),
    "let pictures in": _sub("default-src 'none'", "default-src 'none'; img-src data:"),
    "let any script run": _sub("script-src ", "script-src 'unsafe-inline' "),
    "let any style count": _sub("style-src ", "style-src 'unsafe-inline' "),
    "lose a hash": _sub(r" 'sha256-[^']*'", ""),
    "move the policy down": lambda text: iter(
        [re.sub(r"(<meta http-equiv[^>]*>\n)(.*?)(</head>)", r"\2\1\3", text, flags=re.DOTALL)]
    ),
    # script and style, and what else the head can hold
    "change the script": _sub('"use strict"', '"use  strict"'),
    "change the script and its hash": _hashed(lambda text: text.replace("MOST = 100", "MOST = 1")),
    "change the style and its hash": _hashed(lambda text: text.replace("#182226", "#f8f8f8")),
    "add a script": _hashed(lambda text: text.replace("</body>", "<script>1</script>\n</body>")),
    "add a style": _hashed(lambda text: text.replace("</head>", "<style>p{}</style></head>")),
    "lose the script": _hashed(lambda text: re.sub(r"(?s)<script>.*</script>\n", "", text)),
    "lose a style": _hashed(lambda text: re.sub(r"(?s)<style>.*?</style>\n", "", text, count=1)),
    "give the style a medium": _sub("<style>", '<style media="print">'),
    "load the script from a file": _sub("<script>", '<script src="find.js">'),
    "add an icon of the page": _sub("</head>", '<link rel="icon" href="icon.svg"></head>'),
    "add a base": _sub("</head>", '<base href="https://example.org/"></head>'),
    "change the title": _sub(r"<title>", "<title>Not "),
    "say another language": _sub(r'<html lang="\w+"', '<html lang="xx"'),
    "turn the direction of writing": _sub(r'dir="ltr"', 'dir="auto"'),
    "fix the scale": _sub("initial-scale=1", "initial-scale=1, user-scalable=no"),
    "change the running foot": _hashed(lambda text: re.sub(r'(\{content:")', r"\1Not ", text)),
    "lose the page numbers": _hashed(lambda text: text.replace("counter(page)", "counter(x)")),
    # the find box
    "lose the find box": _sub(r"(?s)<template.*</template>\n", ""),
    "show the find box without script": _sub(r"(</?)template", r"\1div"),
    "name the find box otherwise": _sub(r"(<label[^>]*>)", r"\1Do not "),
    "say something else when nothing is found": _sub(r'data-none="', 'data-none="Press harder'),
    "send the find box somewhere": _sub(r"<form ", '<form action="https://example.org/" '),
    "add a result": _sub("<ul></ul>", "<ul><li>Press harder.</li></ul>"),
    # around the article
    "add words before": lambda text: iter([f"Press harder.{text}"]),
    "add words behind": lambda text: iter([f"{text}Press harder."]),
    "add a second page": lambda text: iter([f"{text}<html><p>Press harder.</p></html>"]),
    "lose the doctype": _sub("<!doctype html>\n", ""),
    "add words to the body": _sub("</main>", "</main>Press harder."),
    "add an element to the body": _sub("</main>", "</main><p>Press harder.</p>"),
    "add a second article": _sub("</main>", "<article></article></main>"),
    "hide the article": _sub("<article>", "<article hidden>"),
    # signs of notes
    "lose a note's sign": _sub(_ICON.pattern, ""),
    "swap two signs": _swap(_ICON),
    "say something in a sign": _sub(r"(<svg[^>]*>)", r"\1<title>Press harder</title>"),
    "draw words in a sign": _sub(r"</svg>", "<text>x</text></svg>"),
    "announce a sign": _sub(r'(<svg[^>]*) aria-hidden="true"', r"\1"),
    "put a sign into a step": _sub(r"(<li id=[^>]*>)", r"\1<svg></svg>"),
    # contents
    "drop an entry of the contents": _sub(rf"<li>{_ENTRY.pattern}</li>\n", ""),
    "swap two entries": _swap(_ENTRY),
    "turn an entry elsewhere": _sub(r'(?<=<li><a href="#)', "x"),
    "reword an entry": _sub(r'(<li><a href="#[^>]*>)', r"\1Not "),
    "lose the contents": _sub(r"(?s)<nav.*</nav>\n", ""),
    "lose what the contents are": _sub(r"</?nav[^>]*>\n", ""),
    "name the contents otherwise": _sub(r"<nav aria-label=\"", '<nav aria-label="Not '),
    "add words to the contents": _sub("</nav>", "Press harder.</nav>"),
    # numbers
    "number a step otherwise": _sub(r'value="\d+"', 'value="7"'),
    "lose a number": _sub(r' value="\d+"', ""),
    "number an entry of the contents": _sub("<li><a", '<li value="2"><a'),
    # labels
    "reword a label of a lettered step": _sub(r'(class="step".*class="label"[^>]*>)', r"\1x"),
    "lose a label of a lettered step": _sub(r'(class="step".*) <a class="label".*?</a>', r"\1"),
    "turn a label elsewhere": _sub(r'class="label" href="#[^"]*"', 'class="label" href="#psoas"'),
    "label a step twice": _sub(r'(<a class="label".*?</a>)', r"\1 \1"),
    "pass words for a label": _sub(
        r"<p>(?=[A-Z])", '<p><a class="label" href="#introduction">Press harder.</a> '
    ),
    "pass words for a way back": _sub(r">↩<", ">Press harder<"),
    # footnotes
    "turn a way back elsewhere": _sub(
        r'footnote-back" href="#[^"]*"', 'footnote-back" href="#fn_"'
    ),
    "turn a way back to the top": _sub(
        r'footnote-back" href="#[^"]*"', 'footnote-back" href="#introduction"'
    ),
    "lose a way back": _sub(r' <a class="footnote-back".*?</a>', ""),
    "name a way back otherwise": _sub(r'(footnote-back".*aria-label=")', r"\1not "),
    "announce a star as nothing": _sub("doc-noteref", "none"),
    "give two stars one id": _sub(r'id="ref_[^"]*"', 'id="introduction"'),
    # what nobody sees, and what is heard or done instead
    "let a step be heard otherwise": _sub(r'(<li id="[^"]*")', r'\1 aria-label="Press harder"'),
    "let a link be heard otherwise": _sub(r"(<a href)", r'<a aria-label="Press harder" href'),
    "hint at something else": _sub(r"(<a href)", r'<a title="Press harder" href'),
    "take a heading's role": _sub(r'(class="step")', r'\1 role="presentation"'),
    "run something on a tap": _sub(r'(<p class="audience")', r'\1 onclick="x()"'),
    "dress a paragraph as a caution": _sub(r"<p>(?=[A-Z])", '<p class="caution">'),
    "dress a note twice": _sub(r'class="admonition caution"', 'class="admonition caution note"'),
    "lead to a script": _sub(r'href="https://', 'href="javascript:https://'),
    "lead to another file": _sub(r'href="#(?=psoas|nacken)', 'href="other.html#'),
    "load a picture": _sub(r"(<p>)(?=[A-Z])", r'\1<img src="x.png">'),
    "cut the file in half": lambda text: iter([text[: len(text) // 2]]),
    "save it in another encoding": lambda text: iter([text.replace("·", "\udce9")]),
}
