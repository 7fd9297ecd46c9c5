"""The last touches on the built HTML files: what the site engine cannot write.

This works on the files, whatever engine wrote them.
"""

import re
from pathlib import Path

from manual.core.files import write_whole
from manual.site.files import drop_unused_files, write_search_script
from manual.write.policy import source_hash

_ADMONITION = re.compile(
    r'<div class="admonition (?P<kind>[^"]*)">\s*<p class="admonition-title">(?P<title>[^<"]*)</p>'
)
# A page that stands alone: it makes no request, and its policy has the hashes of what is inside it.
_STANDALONE = re.compile(
    r"<!doctype html>\s*<html[^>]*>\s*<head>\s*<meta charset=[^>]*>\s*"
    r"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'(?:;|\")"
)
_SCRIPT = re.compile(r"<script(?P<attributes>[^>]*)>(?P<code>.*?)</script>", re.DOTALL)
_NO_CODE = re.compile(r"\bsrc=|application/json")
_STYLE = re.compile(r"<style[^>]*>(?P<code>.*?)</style>", re.DOTALL)
_LIST_TAG = re.compile(
    r"<!--.*?-->|<ol\b(?P<ordered>[^>]*)>|(?P<other><ul\b)|(?P<close></[ou]l>)|<li\b(?P<item>[^>]*)>",
    re.DOTALL,
)
_ITEM_TAG = re.compile(
    r"<!--.*?-->|(?P<open><li\b[^>]*>)|(?P<close></li>)|"
    r'<a class="label" href="#(?P<id>[^"]*)"(?P<own> id="[^"]*")>',
    re.DOTALL,
)

_Edit = tuple[int, int, str]  # a start and an end in a page, and what to put between them


def finish_site(folder: Path, *, policy: bool = True) -> None:
    """Finish every HTML file of a built site in place, and the files that its pages need.

    Pages that stand alone are left as they are. Without `policy`, pages may run the scripts that a
    development server puts into them.
    """
    for path in sorted(folder.rglob("*.html")):
        # A page that somebody put into docs/ may be in any encoding, and keeps its bytes.
        text = path.read_text(encoding="utf-8", errors="surrogateescape")
        if _STANDALONE.match(text):
            continue
        finished = finish_page(text)
        if policy:
            finished = with_policy(finished)
        if finished != text:
            write_whole(path, finished.encode(errors="surrogateescape"))
    write_search_script(folder)
    drop_unused_files(folder)


def finish_page(page: str) -> str:
    """A built page whose notes have a role and a name, and whose list items an id and a number."""
    return _with_numbers_on_items(_with_ids_on_items(_ADMONITION.sub(_note, page)))


def with_policy(page: str) -> str:
    """A built page with a policy that keeps the browser from asking any other host.

    The policy names each script and style inside the page by its hash, so that no other runs.
    """
    # In a page that somebody wrote without a head, the policy comes first.
    head = re.search(r"<head[^>]*>\s*(<meta charset=[^>]*>)?", page) or re.match(
        r"\s*(<!doctype[^>]*>)?\s*(<html[^>]*>)?", page, re.IGNORECASE
    )
    if not head:
        return page
    scripts = [
        script["code"]
        for script in _SCRIPT.finditer(page)
        if not _NO_CODE.search(script["attributes"])
    ]
    styles = [style["code"] for style in _STYLE.finditer(page)]
    directives = (
        "default-src 'self'",
        " ".join(["script-src 'self'", *dict.fromkeys(map(source_hash, scripts))]),
        " ".join(["style-src 'self'", *dict.fromkeys(map(source_hash, styles))]),
        "img-src 'self' data:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'none'",
    )
    meta = f'<meta http-equiv="Content-Security-Policy" content="{"; ".join(directives)}">'
    return f"{page[: head.end()]}\n{meta}{page[head.end() :]}"


def _note(match: re.Match[str]) -> str:
    """An admonition, which is a bare div, with the role for such a box, and a name for that."""
    kind, title = match["kind"], match["title"]
    return (
        f'<div class="admonition {kind}" role="note" aria-label="{title}">\n'
        f'<p class="admonition-title">{title}</p>'
    )


def _with_numbers_on_items(page: str) -> str:
    """A page where each item of an ordered list has its number as `value`, so that it keeps the
    number where the list has no box. (On paper, lists have none: see print.css.)
    """
    edits: list[_Edit] = []
    counts: list[int | None] = []  # for each open list, the number of its next item
    for match in _LIST_TAG.finditer(page):
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


def _with_ids_on_items(page: str) -> str:
    """A page where each list item has the id that Markdown could only put on the step's label, so
    that a link to the step leads to its first word, where screen readers read on.
    """
    edits: list[_Edit] = []
    items: list[re.Match[str]] = []
    for match in _ITEM_TAG.finditer(page):
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
