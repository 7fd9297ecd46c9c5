"""docs/: the generated pages and downloads, beside pages that people wrote by hand."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from manual.core.diagnostics import Code, Diagnostic
from manual.core.files import clear_leftovers, first_line, write_whole
from manual.core.outputs import FOLDER
from manual.core.source import Source, Span
from manual.write.markdown.pages import GENERATED

MARKDOWN_SUFFIXES = (".md", ".markdown", ".mdown", ".mkdn", ".mkd")  # as MkDocs has them
_RIVAL_SUFFIXES = (*MARKDOWN_SUFFIXES, ".html", ".htm")


def replace_generated(
    docs: Path, pages: Mapping[str, str], downloads: Mapping[str, bytes]
) -> list[Path]:
    """Write the pages and the files to download into `docs`, and delete those of an earlier run
    that are not among them. Returns the paths of the pages, in order. Raises OSError.
    """
    (docs / FOLDER).mkdir(parents=True, exist_ok=True)
    for name in _earlier_downloads(docs) - downloads.keys():
        (docs / FOLDER / name).unlink(missing_ok=True)
    for name, data in downloads.items():
        write_whole(docs / FOLDER / name, data)
    for path in generated_pages(docs):
        if path.name not in pages:
            path.unlink(missing_ok=True)
    for name, text in pages.items():
        clear_leftovers(docs / name)
        write_whole(docs / name, text.encode())
    # Generated files do not belong in git, and neither does this list of them.
    names = [".*.*", f"{FOLDER}/.*.*", ".gitignore", *pages]
    names += [f"{FOLDER}/{name}" for name in downloads]
    write_whole(docs / ".gitignore", "".join(f"/{name}\n" for name in sorted(names)).encode())
    return [docs / name for name in pages]


def rivals(docs: Path, pages: Iterable[str]) -> list[Diagnostic]:
    """An error for each file in `docs` that stands where a generated page, or its HTML, must go."""
    # (MkDocs takes a README for the front page.)
    stems = {name.removesuffix(".md") for name in pages} | {"readme"}
    return [
        Diagnostic(
            Code.PAGE_IN_THE_WAY,
            "a page of the manual needs this place, and something else stands there",
            "give it another name, or move it away",
            Span(Source(f"{docs.name}/{path.name}", first_line(path)), 0, 0),
        )
        for path in sorted(docs.glob("*"))
        if path.stem.lower() in stems
        and path.suffix.lower() in _RIVAL_SUFFIXES
        and not (path.is_file() and is_generated(path))
    ]


def generated_pages(docs: Path) -> list[Path]:
    """The pages in `docs` that an earlier run wrote."""
    pages = (path for path in docs.glob("*.md") if path.is_file())
    return sorted(path for path in pages if is_generated(path))


def is_generated(path: Path) -> bool:
    """Whether the page says in its front matter that it is made from the source."""
    with path.open(encoding="utf-8", errors="replace") as file:
        head = [file.readline(1_000) for _ in range(2)]
    return head == ["---\n", f"generated: {json.dumps(GENERATED)}\n"]


def _earlier_downloads(docs: Path) -> set[str]:
    """The files in docs/downloads/ that an earlier run made, according to its list of them."""
    try:
        lines = (docs / ".gitignore").read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return set()
    start = f"/{FOLDER}/"
    names = {line.removeprefix(start) for line in lines if line.startswith(start)}
    return {name for name in names if "/" not in name and "*" not in name}
