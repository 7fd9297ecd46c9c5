"""Atomic writes: to a temporary name, then renamed, so that no reader ever sees half a file."""

import errno
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_ATTEMPTS = 100
_A_DAY = 86_400  # seconds
_OURS = ".being-made"  # the end of temporary names, so that no file of a person is taken for one


def write_whole(path: Path, data: bytes) -> bool:
    """Make `path` hold `data`. Returns whether it changed: an equal file is left alone, so that
    nothing that watches it wakes up. Raises OSError, and leaves the old file as it was.
    """
    try:
        if path.read_bytes() == data:
            return False
    except OSError:
        pass
    handle, temporary = tempfile.mkstemp(_OURS, f".{path.name}.", path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise
    return True


@contextmanager
def new_folder(target: Path) -> Iterator[Path]:
    """A context with an empty folder that takes the place of `target` when its body ends.

    When the body raises, the new folder is deleted and `target` stays as it was. At any moment,
    even after a kill, a reader finds the old folder or the new one, whole; or none, between two
    renames. Two builds at once never mix: the later one wins. Raises OSError.
    """
    clear_leftovers(target)
    temporary = Path(tempfile.mkdtemp(_OURS, f".{target.name}.", target.parent))
    try:
        fresh = temporary / target.name
        fresh.mkdir()
        yield fresh
        _exchange(fresh, target, temporary)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def _exchange(fresh: Path, target: Path, temporary: Path) -> None:
    for attempt in range(_ATTEMPTS):
        old = temporary / f"old{attempt}"
        with suppress(FileNotFoundError):
            target.rename(old)
        try:
            fresh.rename(target)
        except OSError as error:
            if error.errno not in (errno.ENOTEMPTY, errno.EEXIST):
                if old.exists():
                    old.rename(target)
                raise
            # Another build has put its folder there in the meantime: replace that one, too.
        else:
            return
    raise FileExistsError(errno.EEXIST, "other builds keep writing it", str(target))


def clear_leftovers(target: Path) -> None:
    """Delete what killed builds have left beside a file or folder, once it is a day old.

    (A build that is running now must keep its own.)
    """
    for path in target.parent.glob(f".{target.name}.*{_OURS}"):
        with suppress(OSError):
            if path.stat().st_mtime < time.time() - _A_DAY:
                shutil.rmtree(path) if path.is_dir() else path.unlink()


def first_line(path: Path) -> str:
    """The beginning of a file, to show with a problem of the whole file."""
    try:
        with path.open(encoding="utf-8-sig", errors="replace") as file:
            return file.readline(200).rstrip("\r\n")
    except OSError:
        return ""
