"""Damages to what a site holds beside its pages: search data, offline copy, style sheets."""

import json
from collections.abc import Callable, Iterator
from typing import Any

from mutants import Damage, always, replaced, with_rules


def _index(change: Callable[[dict[str, str]], None]) -> Damage:
    def damage(text: str) -> Iterator[str]:
        for number, entry in enumerate(json.loads(text)["docs"]):
            if entry["location"].startswith("using-this-handout"):
                continue
            data = json.loads(text)
            change(data["docs"][number])
            yield json.dumps(data)

    return damage


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
    "hold other words from disk": replaced("thumbs|Halten", "toes"),
    "send a result from disk elsewhere": replaced(r"(iliacus|nacken)\.html#", "print.html#"),
    "add a statement": always(lambda text: f"{text};fetch('https://example.org')"),
}


def _build(change: Callable[[dict[str, Any]], object]) -> Damage:
    """Change what a worker knows of its build."""

    def changed(text: str) -> str:
        first, _, code = text.partition("\n")
        build = json.loads(first.removeprefix("const BUILD = "))
        change(build)
        return f"const BUILD = {json.dumps(build, ensure_ascii=False)}\n{code}"

    return always(changed)


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
    "show other words with no network": _build(lambda build: build["words"].update(not_here="")),
    "know nothing of the build": lambda text: iter(
        [text.partition("\n")[2], "", "const BUILD = 1\n"]
    ),
    "take any bytes": replaced(r"if \(hex !== .*\n", "\n"),
    "take half a site": replaced(r"if \(!missing\.length\) return", "return"),
    "mix builds": replaced(r"const CACHE = .*", "const CACHE = 'all'"),
}


def _manifest(change: Callable[[dict[str, Any]], object]) -> Damage:
    def changed(text: str) -> str:
        manifest = json.loads(text)
        change(manifest)
        return json.dumps(manifest)

    return always(changed)


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
    "lose the script": replaced(r'<script src="assets/offline\.js".*?</script>', ""),
    "show another edition": replaced(r'data-current="[^"]*"', 'data-current="First"'),
    "show other words": replaced(r'data-ready="[^"]*"', 'data-ready="x"'),
    "lose a word": replaced(r' data-new="[^"]*"', ""),
}

# On a style sheet of the site.
STYLE_DAMAGES: dict[str, Damage] = with_rules(
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
