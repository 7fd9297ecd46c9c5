"""docs/: the generated pages and downloads, beside pages that people wrote by hand."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from manual.core.diagnostics import Code, Diagnostic
from manual.core.files import clear_leftovers, first_line, write_whole
from manual.core.made import Made
from manual.core.outputs import FOLDER
from manual.core.project import Project
from manual.core.source import Source, Span
from manual.write.markdown.pages import GENERATED

MARKDOWN_SUFFIXES = (".md", ".markdown", ".mdown", ".mkdn", ".mkd")  # as MkDocs has them
_RIVAL_SUFFIXES = (*MARKDOWN_SUFFIXES, ".html", ".htm")


def replace_generated(
    project: Project, pages: Mapping[str, str], downloads: Mapping[str, bytes]
) -> list[Diagnostic]:
    """Write the pages and the files to download into docs/, and delete those of an earlier run that
    are not among them. What a build has not made, or somebody has changed since, stays.

    Returns why nothing is written: files that stand where one of these must go. Raises OSError.
    """
    docs, made = project.docs, Made(project.root)
    files = {name: text.encode() for name, text in pages.items()}
    files |= {f"{FOLDER}/{name}": data for name, data in downloads.items()}
    if problems := [
        _in_the_way(docs / name)
        for name, data in files.items()
        if not _is_free(docs / name, made) and (docs / name).read_bytes() != data
    ]:
        return problems
    ignored = "".join(
        f"/{name}\n" for name in sorted([".*.*", f"{FOLDER}/.*.*", ".gitignore", *files])
    )
    if _is_free(docs / ".gitignore", made):  # it keeps all this out of git
        files[".gitignore"] = ignored.encode()
    (docs / FOLDER).mkdir(parents=True, exist_ok=True)
    made.add({f"{docs.name}/{name}": data for name, data in files.items()})
    gone = [name for name in made.names(docs.name) if name not in files]
    for name in gone:
        if made.holds(docs / name):
            (docs / name).unlink()
    for name, data in files.items():
        clear_leftovers(docs / name)
        write_whole(docs / name, data)
    made.remove(f"{docs.name}/{name}" for name in gone)
    return []


def rivals(project: Project, pages: Iterable[str]) -> list[Diagnostic]:
    """What stands in docs/ where a generated page, or the HTML made of it, must go.

    (A page that says it is generated can be the very page that will be written, where there is no
    list of what was made: replace_generated sees to that.)
    """
    docs, made = project.docs, Made(project.root)
    stems = {name.removesuffix(".md") for name in pages} | {"readme"}  # MkDocs: README is the index
    return [
        _in_the_way(path)
        for path in sorted(docs.glob("*"))
        if path.stem.lower() in stems
        and path.suffix.lower() in _RIVAL_SUFFIXES
        and not _is_free(path, made)
        and not (path.is_file() and _is_generated(path))
    ]


def _is_generated(path: Path) -> bool:
    """Whether the page says in its front matter that it is made from the source."""
    with path.open(encoding="utf-8", errors="replace") as file:
        head = [file.readline(1_000) for _ in range(2)]
    return head == ["---\n", f"generated: {json.dumps(GENERATED)}\n"]


def _is_free(path: Path, made: Made) -> bool:
    """Whether a build may write here."""
    return made.holds(path) or not (path.exists() or path.is_symlink())


def _in_the_way(path: Path) -> Diagnostic:
    folder = FOLDER if path.parent.name == FOLDER else ""
    name = "/".join(filter(None, (path.parents[bool(folder)].name, folder, path.name)))
    return Diagnostic(
        Code.PAGE_IN_THE_WAY,
        "a page or download of the manual needs this place, and something else stands there",
        "give it another name, or move it away; if it is an old page of the manual, delete it",
        Span(Source(name, first_line(path)), 0, 0),
    )
