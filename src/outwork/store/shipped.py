"""Plain text files that come with Outwork, and those that a person lays beside or over them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path
from typing import Final

from outwork.model.errors import Unreadable

KINDS: Final = (".toml", ".csv", ".json")
"""Ends of the names of such files; whatever else lies in a folder is left alone."""


@dataclass(frozen=True)
class Shipped:
    """A folder of files in this room: `folder`, its name here; `called`, what a person calls one of them."""

    folder: str
    called: str

    def texts(self, extra: Path | None = None) -> Mapping[str, str]:
        """Return every file as text, by its path within the folder.

        A file of the folder `extra` takes the place of the file that has its path, or is added. Unreadable where the folder or
        a file of it cannot be read.
        """
        with as_file(files("outwork.store") / self.folder) as own:
            shipped = dict(_read(own))
        return shipped if extra is None else {**shipped, **self.of_folder(extra)}

    def of_folder(self, folder: Path) -> Mapping[str, str]:
        """Return the files of one folder alone. Unreadable where it is none, or holds none."""
        if not folder.is_dir():
            raise Unreadable(f"{folder}: is not a folder of {self.called}s")
        found = dict(_read(folder))
        if not found:
            raise Unreadable(f"{folder}: holds no {self.called}; their names end in {', '.join(KINDS)}")
        return found


def _read(folder: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(each for each in folder.rglob("*") if each.suffix in KINDS and each.is_file()):
        try:
            yield path.relative_to(folder).as_posix(), path.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise Unreadable(f"{path}: cannot be read as UTF-8 text ({error})") from error
