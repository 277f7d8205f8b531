"""Files that people send: a workbook, a table as CSV, or an archive of such, as the changes that they make.

Only what the sender sees can be in them: any other table or column is as unknown as one that is mistyped.
"""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from io import BytesIO
from pathlib import Path
from typing import Final

import polars as pl

from outwork.model.errors import Fault, Unreadable
from outwork.model.nearest import nearest
from outwork.model.table import Table
from outwork.model.tables import BY_NAME, INPUT
from outwork.store import delimited, headers
from outwork.store.exchange.asked import PUT, Wanted
from outwork.store.exchange.merged import Changes, merged
from outwork.store.exchange.visible import known
from outwork.store.kinds import workbook, zipped
from outwork.store.overlay import REMOVE
from outwork.store.reading import Raw, Sheet, Stored
from outwork.store.sight import View

LARGEST: Final = 256 << 20
"""Most to which a file that was sent may unfold [byte]."""
ZIP: Final = b"PK"
"""How archives begin, and with them workbooks."""
OLE: Final = b"\xd0\xcf\x11\xe0"
"""How workbooks of before 2007 begin, and those with a password."""


class Rest(StrEnum):
    """What becomes of rows that the sender sees and the file does not hold."""

    STAYS = "stays"
    GOES = "goes"


@dataclass(frozen=True)
class Upload:
    """A file that somebody sent, under its name there; `table` says which one a CSV file is, where its name does not."""

    name: str
    content: bytes
    table: str = ""


def received(upload: Upload, view: View) -> Stored:
    """Return the tables of a file as they are written there. Unreadable where it is no file of tables."""
    if not upload.content:
        raise Unreadable(f"{upload.name}: is empty; send a workbook (.xlsx), a CSV file or a ZIP archive of CSV files")
    if upload.content.startswith(OLE):
        raise Unreadable(f"{upload.name}: is a workbook of before 2007, or one with a password; save it as .xlsx without one")
    if upload.content.startswith(ZIP):
        return _within(view, _packed(upload))
    name = upload.table or Path(upload.name).stem
    return _within(view, _texts([(f"{name}.csv", upload.content)]))


def proposed(stored: Stored, view: View, rest: Rest = Rest.STAYS) -> tuple[Changes, ...]:
    """Return the changes that a file makes of what its sender sees, table by table, with all that is wrong in it.

    A column that is not in the file stays as it is; in rows that are new it has its default.
    """
    sheets = {name: _sheet(known(view, name), raw) for name, raw in stored.raws.items()}
    also = {name: sheet.frame for name, sheet in sheets.items()}
    return tuple(
        merged(known(view, name), _wanted(sheet, view, rest), view, also) if _keyed(sheet) else _hopeless(sheet, view)
        for name, sheet in sheets.items()
    )


def _packed(upload: Upload) -> Stored:
    """Return the tables of a workbook or an archive; what is said of it names it as its sender knows it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sent.xlsx"
        path.write_bytes(upload.content)
        try:
            if _is_workbook(upload.content):
                return workbook.read(str(path), LARGEST)
            return _texts(zipped.files(path, ".csv", LARGEST))
        except Unreadable as error:
            raise Unreadable(str(error).replace(str(path), upload.name)) from error


def _is_workbook(content: bytes) -> bool:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return "[Content_Types].xml" in archive.NameToInfo
    except (zipfile.BadZipFile, OSError, ValueError):
        return False


def _texts(files: Iterator[tuple[str, bytes]] | list[tuple[str, bytes]]) -> Stored:
    """Return the tables of CSV files; each is called after its table."""
    raws: dict[str, Raw] = {}
    faults: list[Fault] = []
    for name, content in files:
        table = name[: -len(".csv")]
        if table in raws:
            faults.append(Fault(table, f"there are two files of the table '{table}'", place=name))
        elif table in BY_NAME:
            raws[table] = delimited.parsed(BY_NAME[table], content, name)
        else:
            faults.append(Fault(table, "", None, "", table, "", name))
    return Stored(raws, tuple(faults), "{}.csv")


def _within(view: View, stored: Stored) -> Stored:
    """Return only tables that the sender sees and that people write; any other is a stranger."""
    own = [table.name for table in INPUT if table.name in view]
    faults = [
        *(fault for fault in stored.faults if fault.table in own),
        *(_stranger(fault.table, fault.place, own) for fault in stored.faults if fault.table not in own),
        *(_stranger(name, stored.pattern.format(name), own) for name in stored.raws if name not in own),
    ]
    return replace(stored, raws={name: stored.raws[name] for name in own if name in stored.raws}, faults=tuple(faults))


def _stranger(name: str, place: str, own: list[str]) -> Fault:
    return Fault(name, f"there is no table '{name}' that you could write", None, "", name, nearest(name, own), place)


def _sheet(table: Table, raw: Raw) -> Sheet:
    """Return the table with its columns typed; one that is not in the file is no fault, unless it is of the key."""
    columns = tuple(column if column.key else replace(column, optional=True) for column in table.columns)
    sheet = headers.sheet(replace(table, columns=columns), raw)
    given = [name for name in table.names if name in table.key or name not in sheet.defaulted | sheet.lost]
    return replace(sheet, table=table, frame=sheet.frame.select(given))


def _keyed(sheet: Sheet) -> bool:
    """Return whether rows can be told apart, and none is missing that would then seem removed."""
    return sheet.whole and not sheet.lost & set(sheet.table.key)


def _wanted(sheet: Sheet, view: View, rest: Rest) -> Wanted:
    """Return the rows of a file as rows that are wanted, and those that it lacks as rows to remove."""
    gone = view[sheet.table.name].join(sheet.frame, on=list(sheet.table.key), how="anti") if rest is Rest.GOES else None
    if gone is not None and gone.height:
        sheet = _with(sheet, gone.select(sheet.frame.columns))
    many = 0 if gone is None else gone.height
    put = sheet.frame.height - many
    change = pl.Series([PUT] * put + [REMOVE] * many, dtype=pl.String)
    return Wanted(sheet, change, pl.repeat(None, put + many, dtype=pl.String, eager=True))


def _with(sheet: Sheet, gone: pl.DataFrame) -> Sheet:
    """Return a sheet with rows below it that stand in no file."""
    many = gone.height
    blank = pl.repeat(None, many, dtype=pl.String, eager=True)
    return replace(
        sheet,
        frame=pl.concat([sheet.frame, gone]),
        lines=None if sheet.lines is None else pl.concat([sheet.lines, pl.Series(range(-many, 0), dtype=sheet.lines.dtype)]),
        unread={name: pl.concat([texts, blank]) for name, texts in sheet.unread.items()},
        ragged=None if sheet.ragged is None else pl.concat([sheet.ragged, blank.cast(sheet.ragged.dtype)]),
    )


def _hopeless(sheet: Sheet, view: View) -> Changes:
    """Return no change, and why a file has none."""
    table = sheet.table
    return Changes(
        table,
        view[table.name].clear().insert_column(0, pl.Series("change", [], pl.String)),
        pl.Series([], dtype=pl.Int64),
        sheet.faults,
    )
