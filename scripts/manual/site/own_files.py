"""Files that a person has put into site/: a new site has them too, or is not made."""

import os
import shutil
from contextlib import suppress
from pathlib import Path

from manual.core.diagnostics import Diagnostic, errors_in
from manual.core.made import own_files, problems_of


class OwnFilesError(Exception):
    """Files of a person's stand where a build would replace them; `diagnostics` say which."""

    def __init__(self, diagnostics: list[Diagnostic]) -> None:
        super().__init__(f"{len(diagnostics)} files in the way")
        self.diagnostics = diagnostics


def keep_own_files(site: Path, fresh: Path) -> list[Diagnostic]:
    """Put a person's files in the folder `site` into `fresh`, the new one, too.

    Returns a warning for each folder or file that it has kept. Raises OwnFilesError where readers
    would get such a file, or where the new site has another of that name; OSError.
    """
    own = [name for name in own_files(site) if not _is_the_same(site / name, fresh / name)]
    found = problems_of(site, own, [name for name in own if (fresh / name).exists()])
    if errors_in(found):
        raise OwnFilesError(found)
    for name in own:
        (fresh / name).parent.mkdir(parents=True, exist_ok=True)
        _link_or_copy(site / name, fresh / name)
    for folder, folders, files in os.walk(site):
        if not folders and not files:  # git, for one, wants its empty folders
            (fresh / Path(folder).relative_to(site)).mkdir(parents=True, exist_ok=True)
    return found


def _is_the_same(path: Path, fresh: Path) -> bool:
    return path.is_file() and fresh.is_file() and path.read_bytes() == fresh.read_bytes()


def _link_or_copy(path: Path, target: Path) -> None:
    with suppress(OSError):
        os.link(path, target, follow_symlinks=False)
        return
    shutil.copy2(path, target, follow_symlinks=False)
