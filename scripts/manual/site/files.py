"""The files beside the pages of a built site: search data for pages on disk is added, and what no
page asks for is deleted.

This works on the files, whatever engine wrote them.
"""

import json
from pathlib import Path

from manual.core.files import write_whole

SEARCH_DATA = "search/search_index.json"
SEARCH_SCRIPT = "search/search_index.js"

_JAVASCRIPTS = "assets/javascripts"
_STYLES = "assets/stylesheets"
_SEGMENTERS = {"ja": "tinyseg.js", "hi": "wordcut.js", "th": "wordcut.js"}


def write_search_script(folder: Path) -> None:
    """Write the search data of a built site again, as a script: a page on disk may not fetch a
    file, but may run one. The theme chose the name of the variable.
    """
    data = folder / SEARCH_DATA
    if data.is_file():
        write_whole(folder / SEARCH_SCRIPT, b"var __index = " + data.read_bytes())


def drop_unused_files(folder: Path) -> None:
    """Delete what the theme ships and no browser ever asks for: source maps, and the stemmers of
    languages that the site is not searched in. They make up three quarters of a site, all of which
    would go into every reader's offline copy.
    """
    for place in (_JAVASCRIPTS, _STYLES):
        for path in (folder / place).rglob("*.map"):
            path.unlink()
    needed = _stemmers(_search_languages(folder))
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


def _stemmers(languages: list[str]) -> set[str]:
    """The files that the theme's search loads for these languages (its workers/search.js)."""
    others = [language for language in languages if language != "en"]
    needed = {f"lunr.{language}.min.js" for language in others}
    needed |= {_SEGMENTERS[language] for language in others if language in _SEGMENTERS}
    if len(languages) > 1:
        needed.add("lunr.multi.min.js")
    if needed:
        needed.add("lunr.stemmer.support.min.js")
    return needed
