"""Digests of files that tables name, such as reports of evidence and drawings."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from outwork.model.errors import Unreadable


def digests(folder: str | Path, names: Iterable[str]) -> dict[str, str]:
    """Return the SHA-256 of each file of a folder by its name, an empty text where it is not there.

    Unreadable where the folder is none, where a file cannot be read, or where a name leads out of the folder.
    """
    root = Path(folder).resolve()
    if not root.is_dir():
        raise Unreadable(f"{folder}: is not a folder")
    return {name: _digest(root, name) for name in sorted(set(names))}


def _digest(root: Path, name: str) -> str:
    path = (root / name).resolve()
    if not path.is_relative_to(root):
        raise Unreadable(f"{name}: leads out of the folder {root}; write the path of a file within it")
    try:
        if not path.is_file():
            return ""
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise Unreadable(f"{path}: cannot be read ({error})") from error
