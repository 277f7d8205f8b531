"""The log of access to guarded documents, in a programme's SQLite file: only ever added to, and chained record by record.

It stands beside the programme's tables under a version of its own: saving a programme leaves it alone, and copying one does not
copy it. A record is written in the transaction in which its decision is made: the file is locked for writing, the tables are
read, the decision is made, the record is added, and only then does anybody learn of the decision. So writers queue, no decision
rests on tables that changed meanwhile, and after a crash both the decision and its record are there or neither is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

import polars as pl
from adbc_driver_manager import Error

from outwork.model.chain import COLUMNS, EMPTY, FORMAT, GENESIS, Deed, Entry, Head, Record, seal
from outwork.model.errors import Unreadable, Unwritable
from outwork.model.programme import Programme
from outwork.store import door
from outwork.store.kinds import database, sqlite
from outwork.store.place import SQLITE, existing

LOG: Final = "access_log"
HEAD: Final = "access_head"
TEXTS: Final = tuple(name for name in COLUMNS if name not in {"number", "allowed"})
KEPT: Final = "BEGIN SELECT RAISE(ABORT, 'the access log is only added to'); END"
CREATE: Final = (
    f"""CREATE TABLE IF NOT EXISTS {LOG} (
  number INTEGER PRIMARY KEY,
  allowed INTEGER NOT NULL CHECK (allowed IN (0, 1)),
  {", ".join(f"{name} TEXT NOT NULL" for name in TEXTS)}
) STRICT""",
    f"""CREATE TABLE IF NOT EXISTS {HEAD} (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  version INTEGER NOT NULL,
  records INTEGER NOT NULL,
  digest TEXT NOT NULL
) STRICT""",
    f"CREATE TRIGGER IF NOT EXISTS {LOG}_unchanged BEFORE UPDATE ON {LOG} {KEPT}",
    f"CREATE TRIGGER IF NOT EXISTS {LOG}_whole BEFORE DELETE ON {LOG} {KEPT}",
    f"INSERT OR IGNORE INTO {HEAD} VALUES (1, {FORMAT}, {EMPTY.records}, '{GENESIS}')",  # noqa: S608 - ours
)
"""Each does nothing where it was done before, so that an interrupted beginning is finished by the next."""
LOCK: Final = f"UPDATE {HEAD} SET records = records"  # noqa: S608 - ours
"""The first statement of the transaction is a write: from it on nobody else writes the file."""

Frames = Mapping[str, pl.DataFrame]


def add(where: str | Path, decide: Callable[[Programme, Frames], Deed]) -> Record[Entry]:
    """Decide on the tables as they stand, add the record, and return it once both are on the disk.

    Args: decide, from the programme and its results to what is to be logged and what changes with it; it writes nothing itself.
    """
    path = _file(where)
    try:
        with sqlite.transaction(path, CREATE) as cursor:
            database.execute(cursor, LOCK)
            head = _head(cursor, path)
            deed = decide(door.read(path).tables(), door.load_results(path))
            record = seal(deed.entry, head)
            if deed.tables:
                sqlite.put(cursor, deed.tables, path)
            database.ingest(cursor, LOG, pl.DataFrame([record.flat]).with_columns(pl.col("allowed").cast(pl.Int64)))
            database.execute(cursor, f"UPDATE {HEAD} SET records = {record.number}, digest = '{record.digest}'")  # noqa: S608
    except Error as error:
        raise Unwritable(f"{path}: the access log cannot be added to ({error}); nothing was decided or written") from error
    return record


def read(where: str | Path) -> tuple[list[Record[Entry]], Head]:
    """Return every record, and where the file says that the log ends; none where nothing was ever logged."""
    path = _file(where)
    try:
        with sqlite.transaction(path) as cursor:
            if not {LOG, HEAD} <= sqlite.tables(cursor):
                return [], EMPTY
            head = _head(cursor, path)
            rows = database.fetch(cursor, f"SELECT {', '.join(COLUMNS)} FROM {LOG} ORDER BY number")  # noqa: S608 - ours
    except Error as error:
        raise Unreadable(f"{path}: its access log cannot be read ({error})") from error
    return [_record(row) for row in rows.iter_rows(named=True)], head


def _record(row: dict[str, Any]) -> Record[Entry]:
    number, previous, digest = (row.pop(name) for name in ("number", "previous", "digest"))
    return Record(number, Entry(**{**row, "allowed": bool(row["allowed"])}), previous, digest)


def _head(cursor: Any, path: Path) -> Head:
    rows = database.fetch(cursor, f"SELECT version, records, digest FROM {HEAD}").rows()  # noqa: S608 - ours
    if not rows and not database.fetch(cursor, f"SELECT count(*) FROM {LOG}").item():  # noqa: S608 - ours
        return EMPTY  # its beginning was interrupted
    if not rows:
        raise Unreadable(f"{path}: its access log has lost its end, the row of {HEAD}, and cannot be trusted")
    version, records, digest = rows[0]
    if version != FORMAT:
        said = f"is of version {version} and this Outwork writes {FORMAT}; use the Outwork that wrote it"
        raise Unreadable(f"{path}: its access log {said}")
    return Head(records, digest)


def _file(where: str | Path) -> Path:
    """Return the SQLite file at a place. Unreadable where it is another kind of place: only there is a log kept."""
    if existing(where) is not SQLITE:
        raise Unreadable(
            f"{where}: the log of access is kept in an .outwork file, and this is none; copy it: outwork copy {where} P.outwork"
        )
    return Path(where)
