"""A folder with one file for each table: text that people edit, or Parquet for bulk. Tables without rows have no file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import polars as pl

from outwork.model.errors import Unreadable
from outwork.model.table import Table
from outwork.model.tables import BY_NAME
from outwork.store import delimited, durable
from outwork.store.reading import Raw, Stored, stranger


def read_text(where: str) -> Stored:
    """Return the tables of a folder of CSV files."""
    return _read(Path(where), ".csv", lambda table, path: delimited.parsed(table, path.read_bytes(), path.name))


def write_text(where: str, frames: Mapping[str, pl.DataFrame]) -> None:
    """Replace tables of a folder of CSV files; whatever else lies in the folder stays."""
    _write(Path(where), ".csv", frames, lambda frame, path: _put(path, delimited.written(frame)))


def read_parquet(where: str) -> Stored:
    """Return the tables of a folder of Parquet files."""
    return _read(Path(where), ".parquet", _parquet)


def write_parquet(where: str, frames: Mapping[str, pl.DataFrame]) -> None:
    """Replace tables of a folder of Parquet files; whatever else lies in the folder stays."""
    _write(Path(where), ".parquet", frames, lambda frame, path: frame.write_parquet(path))


def _read(folder: Path, suffix: str, read: Callable[[Table, Path], Raw]) -> Stored:
    try:
        durable.finish(folder)
        files = sorted(path for path in folder.iterdir() if path.suffix.lower() == suffix and path.name[0] not in ".~")
        if not files:
            raise Unreadable(f"{folder}: holds no table; a programme has files such as settings{suffix} and sites{suffix}")
        known = {path.stem: read(BY_NAME[path.stem], path) for path in files if path.stem in BY_NAME}
    except OSError as error:
        raise Unreadable(f"{error.filename or folder}: cannot be read ({error.strerror})") from error
    return Stored(known, tuple(stranger(path.stem, path.name) for path in files if path.stem not in BY_NAME), "{}" + suffix)


def _write(folder: Path, suffix: str, frames: Mapping[str, pl.DataFrame], write: Callable[[pl.DataFrame, Path], None]) -> None:
    def writer(frame: pl.DataFrame) -> durable.Writer:
        return lambda path: write(frame, path)

    filled = {name + suffix: writer(frame) for name, frame in frames.items() if frame.height}
    durable.replace_files(folder, filled, [name + suffix for name in frames if name + suffix not in filled])


def _parquet(_: Table, path: Path) -> Raw:
    try:
        frame = pl.read_parquet(path)
    except pl.exceptions.PolarsError as error:
        raise Unreadable(f"{path}: is not a Parquet file that can be read ({error})") from error
    return Raw(tuple(frame.columns), frame, path.name)


def _put(path: Path, content: bytes) -> None:
    path.write_bytes(content)
