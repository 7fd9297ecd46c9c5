"""The files beside a built site's pages: what no page asks for goes, and search from disk comes.

It works on the files, so any engine's output can be served.
"""

import json
from pathlib import Path

from manual.core.files import write_whole

SEARCH_DATA = "search/search_index.json"
SEARCH_SCRIPT = "search/search_index.js"

_JAVASCRIPTS = "assets/javascripts"
_STYLES = "assets/stylesheets"
_WORD_FINDERS = {"ja": "tinyseg.js", "hi": "wordcut.js", "th": "wordcut.js"}


def write_search_script(folder: Path) -> None:
    """The search data of a built site once more, as a script: pages from disk may not fetch a file,
    but they may run one. The name is the theme's.
    """
    data = folder / SEARCH_DATA
    if data.is_file():
        write_whole(folder / SEARCH_SCRIPT, b"var __index = " + data.read_bytes())


def drop_unused_files(folder: Path) -> None:
    """Delete what the theme ships and no reader's browser ever asks for: maps of its sources, and
    the search's grammars of other languages. They are three quarters of a site, and every reader
    would keep them offline.
    """
    for place in (_JAVASCRIPTS, _STYLES):
        for path in (folder / place).rglob("*.map"):
            path.unlink()
    needed = _grammars(_search_languages(folder))
    for path in (folder / _JAVASCRIPTS / "lunr").rglob("*.js"):
        if path.name not in needed:
            path.unlink()


def _search_languages(folder: Path) -> list[str]:
    try:
        data = json.loads((folder / SEARCH_DATA).read_bytes())
    except FileNotFoundError:
        return []
    languages: list[str] = data["config"]["lang"]
    return languages


def _grammars(languages: list[str]) -> set[str]:
    """The files that the theme's search loads for these languages (its workers/search.js)."""
    others = [language for language in languages if language != "en"]
    needed = {f"lunr.{language}.min.js" for language in others}
    needed |= {_WORD_FINDERS[language] for language in others if language in _WORD_FINDERS}
    if len(languages) > 1:
        needed.add("lunr.multi.min.js")
    if needed:
        needed.add("lunr.stemmer.support.min.js")
    return needed
