"""Writing files whole: beside, then renamed, so that a reader never finds half of one."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


def write_whole(path: Path, data: bytes) -> bool:
    """Make `path` hold `data`. Returns whether it changed; an equal file is left alone, so that
    nothing that watches it wakes up. Raises OSError, with the old file as it was.
    """
    try:
        if path.read_bytes() == data:
            return False
    except OSError:
        pass
    handle, beside = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(beside, 0o644)
        os.replace(beside, path)
    except BaseException:
        os.unlink(beside)
        raise
    return True


@contextmanager
def new_folder(target: Path) -> Iterator[Path]:
    """A new, empty folder beside `target`, which takes the place of `target` at the end.

    When the body raises, the new folder is deleted and `target` stays as it was. A reader finds
    the old folder or the new one, whole, or for a moment between two renames none.
    """
    beside = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
    try:
        fresh = beside / target.name
        fresh.mkdir()
        yield fresh
        with suppress(FileNotFoundError):
            target.rename(beside / "old")
        fresh.rename(target)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
