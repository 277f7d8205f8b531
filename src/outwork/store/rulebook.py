"""The rule files that come with Outwork, and those that a person lays beside or over them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib.resources import as_file, files
from pathlib import Path
from typing import Final

from outwork.model.errors import Unreadable

KINDS: Final = (".toml", ".csv", ".json")
"""Ends of the names of rule files; whatever else lies in a folder is left alone."""


def texts(extra: Path | None = None) -> Mapping[str, str]:
    """Return every rule file as text, by its path within the rulebook, such as eu/dual_use/entries/9A012.toml.

    A file of the folder `extra` takes the place of the file that has its path, or is added. Unreadable where the folder or a
    file of it cannot be read.
    """
    with as_file(files("outwork.store") / "rulebook") as own:
        shipped = dict(_read(own))
    return shipped if extra is None else {**shipped, **of_folder(extra)}


def of_folder(folder: Path) -> Mapping[str, str]:
    """Return the rule files of one folder alone. Unreadable where it is none, or holds none."""
    if not folder.is_dir():
        raise Unreadable(f"{folder}: is not a folder of rule files")
    found = dict(_read(folder))
    if not found:
        raise Unreadable(f"{folder}: holds no rule file; their names end in {', '.join(KINDS)}")
    return found


def _read(folder: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(each for each in folder.rglob("*") if each.suffix in KINDS and each.is_file()):
        try:
            yield path.relative_to(folder).as_posix(), path.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise Unreadable(f"{path}: cannot be read as UTF-8 text ({error})") from error
