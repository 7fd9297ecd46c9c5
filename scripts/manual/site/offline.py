"""The hosted site as an app that can be installed, and read without a network.

What is kept is a list of files with their digests; the code that keeps them is service_worker.js.
This works on the files of a finished site, whatever engine wrote them.
"""

import hashlib
import json
import re
from importlib.resources import files
from pathlib import Path

from manual.core.files import write_whole
from manual.core.model import Manual, plain
from manual.core.outputs import FOLDER
from manual.core.source import squeeze
from manual.core.wording import wording_for

WORKER = "sw.js"
MANIFEST = "manifest.webmanifest"

# The pages have this script where `extra.offline` is on in mkdocs.yml.
_SCRIPT = re.compile(r'<script\b[^>]*\bsrc="[^"]*assets/offline\.js"')
_COLOUR = re.compile(r"--md-primary-fg-color:\s*(#[0-9a-f]{6})\b", re.IGNORECASE)
_ICONS = (
    ("icon-192.png", "192x192", "any"),
    ("icon-512.png", "512x512", "any"),
    ("icon-maskable-512.png", "512x512", "maskable"),
)


def write_offline(manual: Manual, folder: Path) -> None:
    """Write the manifest and the service worker of a finished site. Call it last: the worker lists
    every file with its digest. Raises OSError.

    Where the feature is switched off, the worker is one that removes itself.
    """
    if not _SCRIPT.search((folder / "index.html").read_text("utf-8", "surrogateescape")):
        (folder / MANIFEST).unlink(missing_ok=True)
        write_whole(folder / WORKER, _template("no_service_worker.js").encode())
        return
    write_whole(folder / MANIFEST, _as_json(_manifest(manual, folder), indent=2).encode())
    digests = {
        name: hashlib.sha256((folder / name).read_bytes()).hexdigest()
        for name in kept_files(folder)
    }
    wording = wording_for(manual.language)
    build = {
        "version": hashlib.sha256(_as_json(digests).encode()).hexdigest()[:16],
        "title": squeeze(manual.title),
        "edition": squeeze(manual.edition),
        "language": manual.language,
        "words": {"not_here": wording.not_here, "front_page": wording.front_page},
        "files": digests,
    }
    worker = f"const BUILD = {_as_json(build)}\n{_template('service_worker.js')}"
    write_whole(folder / WORKER, worker.encode())


def kept_files(folder: Path) -> list[str]:
    """The files of a site that a browser keeps, in the order in which it fetches them: everything
    that a reader can come to. Downloads come last, smallest first, so that a device with little
    room keeps as many as it can.

    Left out are the worker itself, which browsers keep on their own; the search data for pages on
    disk; zip files, which hold the same files again; the site map, which is for search engines; and
    hidden files, which many hosts do not serve.
    """
    names = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return sorted(
        (name for name in names if not _is_left_out(name)),
        key=lambda name: (_size_of_download(folder, name), name),
    )


def _size_of_download(folder: Path, name: str) -> int:
    return (folder / name).stat().st_size if name.startswith(f"{FOLDER}/") else 0


def _is_left_out(name: str) -> bool:
    return (
        name in (WORKER, "search/search_index.js", "sitemap.xml", "sitemap.xml.gz")
        or name.endswith(".zip")
        or any(folder.startswith(".") for folder in name.split("/"))
    )


def _manifest(manual: Manual, folder: Path) -> dict[str, object]:
    """See https://www.w3.org/TR/appmanifest/. All addresses are relative, so that the site works
    wherever it is hosted; there is no `id`, which could not be relative.
    """
    title = squeeze(manual.title)
    manifest: dict[str, object] = {
        "name": title,
        "short_name": title.partition(":")[0].strip() or title,
        "description": squeeze(manual.description or plain(manual.audience)),
        "lang": manual.language,
        "start_url": "index.html",
        "scope": "./",
        "display": "standalone",
        "icons": [
            {"src": f"assets/icons/{name}", "sizes": sizes, "type": "image/png", "purpose": purpose}
            for name, sizes, purpose in _ICONS
        ],
    }
    styles = folder / "assets/manual.css"
    found = _COLOUR.search(styles.read_text("utf-8", "replace")) if styles.is_file() else None
    if found:
        manifest |= {"theme_color": found[1], "background_color": found[1]}
    return manifest


def _template(name: str) -> str:
    return (files("manual.site") / name).read_text("utf-8")


def _as_json(value: object, indent: int | None = None) -> str:
    return json.dumps(value, ensure_ascii=False, indent=indent)
