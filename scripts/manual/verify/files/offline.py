"""What a browser keeps offline: the manifest, and the service worker, whose list of files
must be the site, file by file.
"""

import hashlib
import json
import re
import struct
from collections.abc import Iterator
from html import unescape
from importlib.resources import files
from pathlib import Path
from typing import Any

from manual.core.diagnostics import Code, Diagnostic
from manual.core.made import files_of_persons, is_left_by_a_system
from manual.core.model import Manual
from manual.core.outputs import offline_words
from manual.core.references import References
from manual.core.source import squeeze
from manual.core.wording import wording_for
from manual.verify.compare import compare_files, finding
from manual.verify.html.pages import pages_of

_TAG = re.compile(r'<script src="assets/offline\.js"(?P<attributes>[^>]*)></script>')
_ATTRIBUTE = re.compile(r' data-([a-z]+)="([^"]*)"')
# What browsers need to offer a site for installing: https://web.dev/articles/install-criteria
_ICONS = {("192x192", "any"), ("512x512", "any"), ("512x512", "maskable")}


def verify_offline(manual: Manual, _: References, site: Path) -> Iterator[Diagnostic]:
    """The copy that a browser keeps is this site and no other; or, switched off, it goes away."""
    tags = {name: _tag(site / name) for name in pages_of(manual)}
    if all(tag is None for tag in tags.values()):
        yield from _switched_off(site)
        return
    for name, tag in tags.items():
        if tag != offline_words(manual):
            yield _at(site, name, Code.CHANGED, "the page does not say what is kept offline")
    yield from _manifest(manual, site)
    yield from _worker(manual, site)


def _tag(page: Path) -> dict[str, str] | None:
    """The words that a page's script says, or None where it has no such script."""
    text = page.read_text(encoding="utf-8", errors="replace") if page.is_file() else ""
    found = _TAG.search(text)
    if found is None:
        return None
    return {name: unescape(value) for name, value in _ATTRIBUTE.findall(found["attributes"])}


def _switched_off(site: Path) -> Iterator[Diagnostic]:
    if _read(site / "sw.js") != _code("no_service_worker.js"):
        message = "no page is kept offline, and this does not take an earlier copy away"
        yield _at(site, "sw.js", Code.CHANGED, message)
    if (site / "manifest.webmanifest").exists():
        message = "no page is kept offline, and yet the site can be installed"
        yield _at(site, "manifest.webmanifest", Code.ADDED, message)


def _manifest(manual: Manual, site: Path) -> Iterator[Diagnostic]:
    name = "manifest.webmanifest"
    try:
        manifest: dict[str, Any] = json.loads(_read(site / name))
        icons = {(icon["sizes"], icon["purpose"]): icon["src"] for icon in manifest["icons"]}
        about = [manifest[key] for key in ("name", "lang", "start_url", "scope", "display")]
        short = manifest["short_name"]
    except (ValueError, KeyError, TypeError) as error:
        yield _at(site, name, Code.UNREADABLE_OUTPUT, f"cannot be read: {error!r}")
        return
    title = squeeze(manual.title)
    for is_wrong, message in (
        (about != [title, manual.language, "index.html", "./", "standalone"], f"is about {about}"),
        (not short or not title.startswith(short), f"the name `{short}` is not of the title"),
        ("id" in manifest, "an `id` would be the same for all manuals on a host"),
    ):
        if is_wrong:
            yield _at(site, name, Code.CHANGED, message)
    for missing in sorted(_ICONS - set(icons)):
        yield _at(site, name, Code.LOST, f"there is no icon {missing}")
    for (sizes, _), source in icons.items():
        if _size_of(site / source) != sizes:
            yield _at(site, name, Code.DEAD_LINK, f"`{source}` is no picture of {sizes}")


def _size_of(path: Path) -> str:
    """Width and height of a PNG file: https://www.w3.org/TR/png-3/#11IHDR."""
    head = path.read_bytes()[:24] if path.is_file() else b""
    if len(head) < 24 or not head.startswith(b"\x89PNG\r\n\x1a\n"):
        return ""
    width, height = struct.unpack(">II", head[16:])
    return f"{width}x{height}"


def _worker(manual: Manual, site: Path) -> Iterator[Diagnostic]:
    name = "sw.js"
    first, _, code = _read(site / name).partition("\n")
    try:
        build: dict[str, Any] = json.loads(first.removeprefix("const BUILD = "))
        kept: dict[str, str] = build["files"]
        version = build.pop("version")
        about = {key: build[key] for key in build if key != "files"}
    except (ValueError, KeyError, TypeError) as error:
        yield _at(site, name, Code.UNREADABLE_OUTPUT, f"cannot be read: {error!r}")
        return
    if code != _code("service_worker.js"):
        yield _at(site, name, Code.CHANGED, "the code of the worker is not ours")
    wording = wording_for(manual.language)
    if about != {
        "title": squeeze(manual.title),
        "edition": squeeze(manual.edition),
        "language": manual.language,
        "words": {"not_here": wording.not_here, "front_page": wording.front_page},
    }:
        yield _at(site, name, Code.CHANGED, f"it says something else than the manual: {about}")
    there = {path.relative_to(site).as_posix(): path for path in site.rglob("*") if path.is_file()}
    own = files_of_persons(site)
    expected = {
        path: _digest(file)
        for path, file in there.items()
        if _must_be_kept(path) and path not in own
    }
    yield from compare_files(expected, kept, f"{site.name}/{name}")
    # As the writer says it: a digest of the list.
    listed = json.dumps(kept, ensure_ascii=False).encode()
    if version != hashlib.sha256(listed).hexdigest()[:16]:
        yield _at(site, name, Code.CHANGED, "its version is not that of its files")


def _must_be_kept(name: str) -> bool:
    of_others = re.fullmatch(r"sw\.js|search/search_index\.js|sitemap\.xml(\.gz)?|.*\.zip", name)
    return not is_left_by_a_system(name) and not of_others


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _code(name: str) -> str:
    return (files("manual.site") / name).read_text(encoding="utf-8")


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""


def _at(site: Path, name: str, code: Code, message: str) -> Diagnostic:
    where = f"{site.name}/{name}"
    return finding(code, f"{where}: {message}", None, where)
