from __future__ import annotations

import struct
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import fastexcel
import pytest
import xlsxwriter
from typer.testing import CliRunner

from outwork import store
from outwork.cli.main import app
from outwork.model.errors import Unreadable, Unwritable
from outwork.model.tables import INPUT
from outwork.store.kinds import sheets
from tests.store.small import programme


def book(path: Path, sheet: str, rows: list[list[Any]]) -> Path:
    """A workbook of one sheet, as a person would fill it."""
    with xlsxwriter.Workbook(path, {"default_date_format": "dd/mm/yyyy"}) as written:
        cells = written.add_worksheet(sheet)
        for row, values in enumerate(rows):
            for column, value in enumerate(values):
                cells.write(row, column, value)
    return path


def reasons(path: Path) -> list[str]:
    return [str(fault) for fault in store.read(path).faults]


def test_a_template_is_a_sound_workbook_without_rows(tmp_path: Path) -> None:
    ended = CliRunner().invoke(app, ["template", str(tmp_path / "new.xlsx")])
    assert ended.exit_code == 0
    assert fastexcel.read_excel(tmp_path / "new.xlsx").sheet_names == [table.name for table in INPUT]
    assert reasons(tmp_path / "new.xlsx") == []


def test_a_template_offers_choices_and_says_what_columns_mean(tmp_path: Path) -> None:
    store.save(programme(), tmp_path / "new.xlsx")
    with zipfile.ZipFile(tmp_path / "new.xlsx") as parts:
        text = b"".join(parts.read(name) for name in parts.namelist()).decode()
    assert '<formula1>"make,buy,either"</formula1>' in text
    assert "<formula1>sites!$A$2:$A$1048575</formula1>" in text
    assert "Spare hours of an ordinary week." in text
    assert "hours (h/week)" in text


def test_a_template_takes_no_other_files_place(tmp_path: Path) -> None:
    store.save(programme(), tmp_path / "mine.xlsx")
    assert CliRunner().invoke(app, ["template", str(tmp_path / "mine.xlsx")]).exit_code == 1
    assert store.load(tmp_path / "mine.xlsx") == programme()


def test_rows_are_numbered_as_the_sheet_numbers_them(tmp_path: Path) -> None:
    rows = [["item", "name", "value (EUR/unit)"], ["mast", "Mast", 900], [], ["pole", "Pole", "forty"], ["foot", "", 1]]
    assert reasons(book(tmp_path / "a.xlsx", "items", rows)) == [
        "sheet items line 4: value 'forty' of item 'pole' is not a number",
        "sheet items line 5: name of item 'foot' is empty",
    ]


def test_a_date_cell_is_a_date_and_a_number_cell_in_a_text_column_is_its_text(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", "revisions", [["item", "revision", "released"], ["mast", 2, date(2026, 3, 1)]])
    assert store.read(path).frames["revisions"].select("revision", "released").row(0) == ("2", date(2026, 3, 1))


def test_an_error_of_the_spreadsheet_is_a_fault_and_not_a_blank(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as written:
        cells = written.add_worksheet("sites")
        for column, name in enumerate(["site", "party", "nation", "name", "latitude"]):
            cells.write(0, column, name)
            cells.write_formula(1, column, "=1/0", None, "#DIV/0!" if name in ("name", "latitude") else "x")
    found = [reason for reason in reasons(tmp_path / "a.xlsx") if "error" in reason]
    assert found == [
        "sheet sites line 2: name '#DIV/0!' of site 'x' is an error that the spreadsheet shows instead of a value",
        "sheet sites line 2: latitude '#DIV/0!' of site 'x' is an error that the spreadsheet shows instead of a value",
    ]


def test_an_unknown_sheet_is_named_with_the_nearest_table(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", "item", [["item"]])
    assert reasons(path) == ["sheet item: there is no table 'item'; did you mean 'items'?"]


def test_a_sheet_without_cells_is_empty(tmp_path: Path) -> None:
    assert reasons(book(tmp_path / "a.xlsx", "items", [])) == ["sheet items: is empty; its first row names the columns"]


def bomb(path: Path, *, says: int | None = None) -> Path:
    """A workbook whose only sheet unfolds to 80 MiB of blanks, whatever size it says that it has."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/worksheets/sheet1.xml", b" " * (80 << 20))
    if says is not None:
        content = bytearray(path.read_bytes())
        struct.pack_into("<I", content, content.rindex(b"PK\x01\x02") + 24, says)
        path.write_bytes(content)
    return path


@pytest.mark.parametrize("says", [None, 1000])
def test_a_zip_bomb_is_refused_before_it_is_opened(says: int | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fastexcel, "read_excel", lambda _: pytest.fail("opened"))
    with pytest.raises(Unreadable, match="unfolds to more than 64 MiB, as no workbook does; it was not opened"):
        store.load(bomb(tmp_path / "bomb.xlsx", says=says))
    assert CliRunner().invoke(app, ["check", str(tmp_path / "bomb.xlsx")]).exit_code == 2


def test_a_cell_far_from_every_table_is_refused(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "far.xlsx") as written:
        written.add_worksheet("items").write(1_048_575, 16_383, 1)
    with pytest.raises(Unreadable, match="to the right of column AZ"):
        store.load(tmp_path / "far.xlsx")


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no", b"PK\x05\x06" + bytes(18)])
def test_what_is_no_workbook_is_said_so(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(content)
    with pytest.raises(Unreadable, match="is not a workbook"):
        store.load(tmp_path / "a.xlsx")


def test_more_rows_than_a_sheet_holds_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "ROWS", 1)
    with pytest.raises(Unwritable, match="has 2 rows and a sheet holds 1"):
        store.save(programme(), tmp_path / "a.xlsx")


@pytest.mark.parametrize("piece", [b'<c t="e" r="A1"><f>', b"<c ", b'r = "', b' r="A1"'])
def test_a_sheet_made_to_be_searched_without_end_is_searched_at_once(piece: bytes, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/worksheets/sheet1.xml", b'<c t="e"' + piece * ((1 << 20) // len(piece)))
    with pytest.raises(Unreadable, match="is not a workbook"):
        store.load(tmp_path / "a.xlsx")
