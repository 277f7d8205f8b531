"""Files that are there whole or not at all, whatever interrupts the writing.

One file is written beside its place and moved over it. Several files of a folder change together: the new ones are
written into a folder of their own, which is then given the name `.outwork-commit`; from that moment on they count. Moving
them to their places can be interrupted and finished by whoever opens the folder next.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from outwork.model.errors import Unwritable

COMMIT: Final = ".outwork-commit"
BEGUN: Final = ".outwork-begun-"
REMOVED: Final = "removed.txt"
"""Within the commit: the names of files that no longer count, one on each line."""

Writer = Callable[[Path], None]


def replace_file(path: Path, write: Writer) -> None:
    """Write a file in one step. Unwritable where it cannot be; the old one is then still there."""
    with _told(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        name, fresh = _fresh(path)
        try:
            write(fresh)
            _settle(fresh)
            fresh.replace(path)
        finally:
            shutil.rmtree(name, ignore_errors=True)
        _settle(path.parent)


def replace_files(folder: Path, writers: Mapping[str, Writer], removed: Iterable[str]) -> None:
    """Write and remove files of a folder in one step. Unwritable where it cannot be; all old ones are then still there."""
    with _told(folder):
        folder.mkdir(parents=True, exist_ok=True)
        finish(folder)
        begun = Path(tempfile.mkdtemp(prefix=BEGUN, dir=folder))
        try:
            for name, write in writers.items():
                write(begun / name)
                _settle(begun / name)
            (begun / REMOVED).write_text("\n".join(removed), encoding="utf-8")
            _settle(begun / REMOVED)
            _settle(begun)
            begun.rename(folder / COMMIT)
            _settle(folder)
        finally:
            shutil.rmtree(begun, ignore_errors=True)
        finish(folder)


def finish(folder: Path) -> None:
    """Move the files of a commit to their places, if one was interrupted; doing so twice does no harm."""
    commit = folder / COMMIT
    if not commit.is_dir():
        return
    for name in (commit / REMOVED).read_text(encoding="utf-8").split("\n"):
        if name:
            (folder / name).unlink(missing_ok=True)
    for file in sorted(commit.iterdir()):
        if file.name != REMOVED:
            file.replace(folder / file.name)
    _settle(folder)
    shutil.rmtree(commit)


def _fresh(path: Path) -> tuple[Path, Path]:
    """Return a new folder beside the path and a file in it with the same name."""
    name = Path(tempfile.mkdtemp(prefix=BEGUN, dir=path.parent))
    return name, name / path.name


def _settle(path: Path) -> None:
    """Wait until a file or the entries of a folder are on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Turn what the system says into a sentence that says where and what to do."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise Unwritable(f"{path}: cannot be written ({reason}); what was there before is unchanged") from error
