"""What the site engine cannot write: the last touches on the built HTML files.

It works on the files, so any engine's output can be finished.
"""

import base64
import hashlib
import re
from pathlib import Path

from manual.core.files import write_whole
from manual.site.files import drop_unused_files, write_search_script

_ADMONITION = re.compile(
    r'<div class="admonition (?P<kind>[^"]*)">\s*<p class="admonition-title">(?P<title>[^<"]*)</p>'
)
# A page that stands alone: it asks nobody, and every byte of it is as it was written and hashed.
_ALONE = re.compile(
    r"<!doctype html>\s*<html[^>]*>\s*<head>\s*<meta charset=[^>]*>\s*"
    r"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'(?:;|\")"
)
_SCRIPT = re.compile(r"<script(?P<attributes>[^>]*)>(?P<code>.*?)</script>", re.DOTALL)
_NO_CODE = re.compile(r"\bsrc=|application/json")
_STYLE = re.compile(r"<style[^>]*>(?P<code>.*?)</style>", re.DOTALL)
_Edit = tuple[int, int, str]  # from where to where in a page stands what instead
_LIST = re.compile(
    r"<!--.*?-->|<ol\b(?P<ordered>[^>]*)>|(?P<other><ul\b)|(?P<close></[ou]l>)|<li\b(?P<item>[^>]*)>",
    re.DOTALL,
)
_ITEM = re.compile(
    r"<!--.*?-->|(?P<open><li\b[^>]*>)|(?P<close></li>)|"
    r'<a class="label" href="#(?P<id>[^"]*)"(?P<own> id="[^"]*")>',
    re.DOTALL,
)


def finish_site(folder: Path, *, policy: bool = True) -> None:
    """Finish every HTML file of a built site in place, and what its pages need beside them.

    Files that stand alone are left as they are.

    Without `policy`, pages may run the scripts that a development server puts into them.
    """
    for path in sorted(folder.rglob("*.html")):
        # Whatever the encoding of a page that somebody put into docs/: its bytes come out again.
        text = path.read_text(encoding="utf-8", errors="surrogateescape")
        if _ALONE.match(text):
            continue
        finished = finish_page(text)
        if policy:
            finished = with_policy(finished)
        if finished != text:
            write_whole(path, finished.encode(errors="surrogateescape"))
    write_search_script(folder)
    drop_unused_files(folder)


def finish_page(page: str) -> str:
    """A built page with its notes announced to screen readers, and each step's id on the step."""
    return _numbers_on_steps(_ids_on_steps(_ADMONITION.sub(_announced, page)))


def with_policy(page: str) -> str:
    """A built page with a policy that keeps the browser from asking any other host.

    Scripts and styles inside the page are those that it was built with: each is named by its hash
    (https://www.w3.org/TR/CSP3/#match-element-to-source-list).
    """
    # A page that somebody wrote without a head gets it first of all.
    head = re.search(r"<head[^>]*>\s*(<meta charset=[^>]*>)?", page) or re.match(
        r"\s*(<!doctype[^>]*>)?\s*(<html[^>]*>)?", page, re.IGNORECASE
    )
    if not head:
        return page
    scripts = [
        one["code"] for one in _SCRIPT.finditer(page) if not _NO_CODE.search(one["attributes"])
    ]
    styles = [one["code"] for one in _STYLE.finditer(page)]
    directives = (
        "default-src 'self'",
        " ".join(["script-src 'self'", *_hashes(scripts)]),
        " ".join(["style-src 'self'", *_hashes(styles)]),
        "img-src 'self' data:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'none'",
    )
    meta = f'<meta http-equiv="Content-Security-Policy" content="{"; ".join(directives)}">'
    return f"{page[: head.end()]}\n{meta}{page[head.end() :]}"


def _hashes(codes: list[str]) -> list[str]:
    digests = (hashlib.sha256(code.encode(errors="surrogateescape")).digest() for code in codes)
    found = {f"'sha256-{base64.b64encode(digest).decode()}'": None for digest in digests}
    return list(found)


def _announced(match: re.Match[str]) -> str:
    """An admonition is a bare div; `note` is the role for such a box, and it needs a name."""
    kind, title = match["kind"], match["title"]
    return (
        f'<div class="admonition {kind}" role="note" aria-label="{title}">\n'
        f'<p class="admonition-title">{title}</p>'
    )


def _numbers_on_steps(page: str) -> str:
    """Give each item of an ordered list its number, so that it keeps it where the list has no box.

    (On paper, lists have none: see print.css.)
    """
    edits: list[_Edit] = []
    counts: list[int | None] = []
    for match in _LIST.finditer(page):
        if match["ordered"] is not None:
            start = re.search(r'\bstart="(\d+)"', match["ordered"])
            is_backwards = re.search(r"\breversed\b", match["ordered"])
            counts.append(None if is_backwards else int(start[1]) if start else 1)
        elif match["other"]:
            counts.append(None)
        elif match["close"]:
            del counts[-1:]
        elif match["item"] is not None and counts and (number := counts[-1]) is not None:
            if "value=" not in match["item"]:
                edits.append((match.end("item"), match.end("item"), f' value="{number}"'))
            counts[-1] = number + 1
    return _edited(page, edits)


def _ids_on_steps(page: str) -> str:
    """Move each id from a step's label, where Markdown can put it, to the list item.

    A link to the step then shows it from its first word, and screen readers read on from there.
    """
    edits: list[_Edit] = []
    items: list[re.Match[str]] = []
    for match in _ITEM.finditer(page):
        if match["open"]:
            items.append(match)
        elif match["close"]:
            del items[-1:]
        elif match["id"] is not None and items and items[-1][0] == "<li>":
            edits.append((items[-1].start(), items[-1].end(), f'<li id="{match["id"]}">'))
            edits.append((match.start("own"), match.end("own"), ""))
    return _edited(page, edits)


def _edited(page: str, edits: list[_Edit]) -> str:
    out, done = [], 0
    for start, end, text in sorted(edits):
        out += [page[done:start], text]
        done = end
    return "".join([*out, page[done:]])
