"""What builds have made, with its digests: a later build replaces and deletes nothing else.

The list lies in the project's folder. What a build is about to write is on it before it is written,
beside what was there before: so the list is true whenever a build is killed.
"""

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from manual.core.diagnostics import Code, Diagnostic, Severity
from manual.core.files import write_whole
from manual.core.source import Source, Span

LIST = ".made.json"

_MOST_DIGESTS = 8  # of one file; older builds than that have left nothing behind
# What systems leave in every folder that somebody has looked at.
_OF_SYSTEMS = (".DS_Store", "Thumbs.db", "desktop.ini")


class Made:
    """The list of a project."""

    def __init__(self, root: Path) -> None:
        self.root = root
        try:
            self._digests: dict[str, list[str]] = json.loads((root / LIST).read_bytes())
        except (OSError, ValueError):
            self._digests = {}

    def __bool__(self) -> bool:
        return bool(self._digests)

    def holds(self, path: Path) -> bool:
        """Whether a build has made this file, and nobody has changed it since."""
        digests = self._digests.get(path.relative_to(self.root).as_posix())
        try:
            return digests is not None and _digest(path.read_bytes()) in digests
        except OSError:
            return False

    def names(self, folder: str) -> list[str]:
        """The paths on the list that lie in a folder of the project, from there on."""
        begin = f"{folder}/"
        return [name.removeprefix(begin) for name in self._digests if name.startswith(begin)]

    def add(self, files: Mapping[str, bytes]) -> None:
        """Put files on the list, by their paths in the project, before they are written.

        Raises OSError.
        """
        for name, data in files.items():
            digest = _digest(data)
            earlier = [other for other in self._digests.get(name, ()) if other != digest]
            self._digests[name] = [*earlier, digest][-_MOST_DIGESTS:]
        self._write()

    def remove(self, names: Iterable[str]) -> None:
        """Take files off the list that are deleted. Raises OSError."""
        for name in names:
            self._digests.pop(name, None)
        self._write()

    def _write(self) -> None:
        text = json.dumps(self._digests, indent=0, sort_keys=True, ensure_ascii=False)
        write_whole(self.root / LIST, f"{text}\n".encode())


def own_files(site: Path) -> list[str]:
    """The files in a site that no build of its project has made, or that somebody has changed."""
    made = Made(site.parent)
    paths = sorted(path for path in site.rglob("*") if path.is_file() or path.is_symlink())
    return [
        path.relative_to(site).as_posix()
        for path in paths
        if path.name not in _OF_SYSTEMS and not made.holds(path)
    ]


def files_of_persons(site: Path) -> frozenset[str]:
    """As own_files; none where there is no list, as beside a copy of a site."""
    return frozenset(own_files(site) if Made(site.parent).names(site.name) else ())


def problems_of(
    site: Path, own: Iterable[str], in_the_way: Collection[str] = ()
) -> list[Diagnostic]:
    """What to say of files of a person's in a site: one error of those that readers would get or
    that are `in_the_way`, or else a warning for each of its folders and files that has some.
    """
    names = list(own)
    if wrong := [name for name in names if name in in_the_way or _is_for_readers(name)]:
        more = f" and {len(wrong) - 1} more" if len(wrong) > 1 else ""
        message = f"no build has made this file{more}, or somebody has changed it since"
        mend = (
            "move it to docs/, from where every site has it, or delete it; where nothing in the "
            f"folder {site.name}/ is yours, delete the folder"
        )
        place = Span(Source(f"{site.name}/{wrong[0]}", ""), 0, 0)
        return [Diagnostic(Code.OWN_FILE, f"{message}, and readers would get it", mend, place)]
    return [
        Diagnostic(
            Code.OWN_FILE,
            "no build has made this: every new site has it too, but not its zip",
            "nothing, if it is to be there; move it to docs/, if readers are to have it offline",
            Span(Source(f"{site.name}/{top}", ""), 0, 0),
            Severity.WARNING,
        )
        for top in sorted({name.partition("/")[0] for name in names})
    ]


def _is_for_readers(name: str) -> bool:
    return name.lower().endswith((".html", ".htm", ".js", ".css")) and not is_left_by_a_system(name)


def is_left_by_a_system(name: str) -> bool:
    """Whether a file is none of a site: hidden, or left there by a system."""
    parts = name.split("/")
    return parts[-1] in _OF_SYSTEMS or any(part.startswith(".") for part in parts)


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
