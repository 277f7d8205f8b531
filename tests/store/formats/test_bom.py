"""Bills of material become items and one operation that puts them together, counted by designators."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outwork.model.errors import Unreadable
from outwork.model.programme import Programme
from outwork.store.formats import door
from outwork.store.formats.bom.designators import spread
from outwork.store.formats.converted import Converted
from outwork.store.formats.export import Outward, export
from tests.store.formats.manifests_of import again, converted, sound


def bill(tmp_path: Path, text: str) -> Converted:
    return converted(tmp_path, board_csv=text)


def taken(programme: Programme) -> dict[str, float]:
    return dict(programme["components"].select("item", "quantity").iter_rows())


@pytest.mark.parametrize(
    "text",
    [
        "Reference,Qty,Value,MPN\nR1-R3,3,10k,RC0402\nU1,1,,STM32\n",
        "Ref;Qnty;Value;Manufacturer Part Number\nR1, R2, R3;3;10k;RC0402\nU1;1;;STM32\n",
        "Designator\tMPN\nR1 R2 R3\tRC0402\nU1\tSTM32\n",
        'Source:,board.sch\nTool:,Eeschema\n\n"Reference(s)","Quantity Per PCB","Mfr. Part #"\n"R1..R3",3,RC0402\nU1,1,STM32\n',
        "Qty;Value;Device;Package;Parts;Description;Part Number\n3;10k;R;0402;R1, R2, R3;;RC0402\n1;;IC;QFP;U1;;STM32\n",
        "Item,Part Number,Quantity\n1,RC0402,3\n2,STM32,1\n",
        "refdes,mpn\nR1,RC0402\nR2,RC0402\nR3,RC0402\nU1,STM32\n",
        "Comment,Designator,Footprint,Mfg Part No\n10k,R1-R2,0402,RC0402\n10k,R3,0402,RC0402\nMCU,U1,QFP,STM32\n",
        "Bezeichner;Menge;MPN\nR1-R3;3,0;RC0402\nU1;1;STM32\n",
        "MPN,Quantity\n=RC0402,3\nSTM32,1\nTotal:,4\n".replace("=", ""),
    ],
)
def test_headings_and_groups_are_read_in_the_spellings_of_many_tools(tmp_path: Path, text: str) -> None:
    programme = bill(tmp_path, text).programme
    assert taken(programme) == {"RC0402": 3, "STM32": 1}
    assert programme["items"].filter(item="board")["sourcing"].to_list() == ["make"]
    assert sound(programme) == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings_of_offices_are_read(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "board.csv").write_bytes("Designator,MPN,Gehäuse\nR1,Ärger,0402\n".encode(encoding))
    assert taken(door.convert(tmp_path / "board.csv").programme) == {"Ärger": 1}


@pytest.mark.parametrize(
    ("cell", "quantity", "names"),
    [
        ("R1-R4, R7", None, ("R1", "R2", "R3", "R4", "R7")),
        ("R1 - R3", None, ("R1", "R2", "R3")),
        ("C01..C03", None, ("C01", "C02", "C03")),
        ("R1 R2;R3", None, ("R1", "R2", "R3")),
        ("J1-2", None, ("J1-2",)),
        ("J1-2", 2, ("J1", "J2")),
        ("R4-R1", None, ("R4-R1",)),
        ("R1-C4", None, ("R1-C4",)),
        ("TP_1–TP_3", None, ("TP_1", "TP_2", "TP_3")),
        ("", None, ()),
    ],
)  # fmt: skip
def test_a_span_of_designators_is_written_out_where_it_is_one(
    cell: str, quantity: float | None, names: tuple[str, ...]
) -> None:
    assert spread(cell, quantity) == names


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Ref,Qty,MPN\nR1,1,A\nR2-R5,3,B\n", r"board.csv line 3: quantity 3 is not the number of its designators, 4"),
        ("Ref,MPN\nR1,A\nR1,B\n", r"board.csv line 3: designator R1 is there already, on 2"),
        ('Ref,MPN\n"R1, R1",A\n', r"board.csv line 2: designator R1 is in the line twice"),
        ("Ref,Qty,MPN\nR1,one,A\n", r"board.csv line 2: quantity 'one' is not a number"),
        ("Ref,Qty,MPN\nR1,NaN,A\n", r"board.csv line 2: quantity 'NaN' is not a number"),
        ("Ref,Qty,MPN\n,-2,A\n", r"board.csv line 2: quantity -2 is below 0"),
        ("MPN;Qty\nA;1,000\n", r"board.csv line 2: quantity '1,000' is not a number"),
        ('Ref,MPN\n"R1,A\n', r"board.csv line 2: a quoted cell does not end"),
        ("once,upon\na,time\n", r"looks like none of the formats"),
    ],
)  # fmt: skip
def test_a_bill_that_contradicts_itself_is_refused_with_file_and_line(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(Unreadable, match=said):
        bill(tmp_path, text)


def test_every_fault_of_a_bill_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(
        Unreadable, match=r"(?s)line 2: quantity 2.*line 3: quantity 'x'.*line 4: designator R1 is there already"
    ):
        bill(tmp_path, "Ref,Qty,MPN\nR1,2,A\nR2,x,B\nR1,1,C\n")


@pytest.mark.parametrize(
    "text",
    [
        "Ref,MPN,DNP\nR1,A,\nR2,B,DNP\n",
        "Ref,MPN,Populate\nR1,A,yes\nR2,B,no\n",
        "Ref,MPN,Value\nR1,A,1k\nR2,B,1k DNP\n",
        "Ref,MPN,DNP,Exclude from BOM\nR1,A,,\nR2,B,,Excluded from BOM\n",
        "Ref,MPN,Qty\nR1,A,1\nR2,B,0\n",
    ],
)
def test_a_part_that_is_not_fitted_is_left_out_and_listed(tmp_path: Path, text: str) -> None:
    found = bill(tmp_path, text)
    assert taken(found.programme) == {"A": 1}
    assert [loss.where for loss in found.losses] == ["'board', B R2 (board.csv line 3)"]


def test_parts_of_one_value_with_other_numbers_are_two_items(tmp_path: Path) -> None:
    programme = bill(
        tmp_path, "ref;value;Field1;Field2\nC1;100nF;Murata;GRM1\nC2;100nF;Murata;GRM2\nC3;100nF;Murata;GRM1\n"
    ).programme
    assert taken(programme) == {"100nF": 2, "100nF (Murata)": 1}
    assert dict(programme["facts"].filter(item="100nF").select("fact", "value").iter_rows()) == {
        "value": "100nF", "Field1": "Murata", "Field2": "GRM1",
    }  # fmt: skip


def test_a_list_of_parts_without_counts_assembles_nothing(tmp_path: Path) -> None:
    found = bill(tmp_path, "Mfg Part Num\tMfg Name\tDescription\nA\tX\tchip\nB\tY\tclip\n")
    assert found.programme["components"].is_empty()
    assert [loss.what for loss in found.losses] == ["quantity", "quantity"]


NETLIST = """<?xml version="1.0" encoding="UTF-8"?>
<export version="E"><components>
  <comp ref="R1"><value>10k</value><footprint>R:R_0402</footprint>
    <fields><field name="MPN">RC0402</field><field name="Manufacturer">Yageo</field>
    <field name="Voltage">50V</field></fields></comp>
  <comp ref="R2"><value>10k</value><footprint>R:R_0402</footprint><fields><field name="MPN">RC0402</field>
    <field name="Manufacturer">Yageo</field></fields></comp>
  <comp ref="R3"><value>1k</value><property name="dnp"/></comp>
  <comp ref="H1"><value>Hole</value><property name="exclude_from_bom"/></comp>
  <comp ref="U1"><value>MCU</value><libsource lib="x" part="y" description="a chip"/></comp>
</components></export>
"""
NET = """(export (version "E") (components
  (comp (ref "R1") (value "10k") (footprint "R:R_0402") (fields (field (name "MPN") "RC0402")))
  (comp (ref "R2") (value "10k") (footprint "R:R_0402") (fields (field (name "MPN") "RC0402")))
  (comp (ref "R3") (value "1k") (property (name "dnp")))
  (comp (ref "U1") (value "MCU \\"x\\"") (libsource (lib "x") (part "y") (description "a chip")))))
"""
SHEET = """(kicad_sch (version 20231120)
  (lib_symbols (symbol "Device:R" (property "Reference" "R")))
  (symbol (lib_id "Device:R") (in_bom yes) (dnp no) (uuid "1") (property "Reference" "R1") (property "Value" "10k")
    (property "MPN" "RC0402")
    (instances (project "b" (path "/a" (reference "R1") (unit 1)) (path "/b" (reference "R2") (unit 1)))))
  (symbol (in_bom yes) (dnp yes) (uuid "2") (property "Reference" "R3") (property "Value" "1k"))
  (symbol (in_bom no) (uuid "3") (property "Reference" "H1") (property "Value" "Hole"))
  (symbol (in_bom yes) (uuid "4") (property "Reference" "#PWR1") (property "Value" "GND"))
  (symbol (in_bom yes) (uuid "5") (property "Reference" "U1") (property "Value" "MCU"))
  (symbol (in_bom yes) (uuid "6") (property "Reference" "U1") (property "Value" "MCU")))
"""


@pytest.mark.parametrize(
    ("name", "text", "chip"), [("b_xml", NETLIST, "MCU"), ("b_net", NET, 'MCU "x"'), ("b_kicad_sch", SHEET, "MCU")]
)
def test_what_kicad_writes_is_read(tmp_path: Path, name: str, text: str, chip: str) -> None:
    path = tmp_path / name.replace("_", ".", 1)
    path.write_text(text)
    found = door.convert(path)
    assert taken(found.programme) == {"RC0402": 2, chip: 1}
    assert any(loss.why == "left out: KiCad marks it dnp" for loss in found.losses)
    assert sound(found.programme) == []


def test_the_sheets_below_a_schematic_are_read_from_its_folder_alone(tmp_path: Path) -> None:
    top = '(kicad_sch (version 1) (sheet (property "Sheetname" "psu") (property "Sheetfile" "{}")))'
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "psu.kicad_sch").write_text(SHEET)
    (tmp_path / "in" / "b.kicad_sch").write_text(top.format("psu.kicad_sch"))
    assert taken(door.convert(tmp_path / "in" / "b.kicad_sch").programme) == {"RC0402": 2, "MCU": 1}
    (tmp_path / "psu.kicad_sch").write_text(SHEET)
    (tmp_path / "in" / "b.kicad_sch").write_text(top.format("../psu.kicad_sch"))
    with pytest.raises(Unreadable, match="does not lie in the folder of the board"):
        door.convert(tmp_path / "in" / "b.kicad_sch")


@pytest.mark.parametrize(("name", "text"), [("b.xml", NETLIST), ("b.net", NET), ("b.kicad_sch", SHEET)])
def test_every_cut_of_what_kicad_writes_is_a_message(tmp_path: Path, name: str, text: str) -> None:
    for end in range(10, len(text) - 3, 11):
        (tmp_path / name).write_text(text[:end])
        with pytest.raises(Unreadable, match="b"):
            door.convert(tmp_path / name, door.Format.BOM)


def test_brackets_without_end_are_refused(tmp_path: Path) -> None:
    (tmp_path / "b.kicad_sch").write_text("(kicad_sch " + "(a " * 200_000)
    with pytest.raises(Unreadable, match="nests deeper than 100 levels"):
        door.convert(tmp_path / "b.kicad_sch")


def test_a_workbook_is_read_from_the_first_sheet_that_has_a_header(tmp_path: Path) -> None:
    with pl.Config():
        frame = pl.DataFrame({"Designator": ["R1, R2", "U1"], "Quantity": [2, 1], "MPN": ["A", "B"]})
        frame.write_excel(tmp_path / "board.xlsx")
    assert taken(door.convert(tmp_path / "board.xlsx", door.Format.BOM).programme) == {"A": 2, "B": 1}


TEXTS = st.text("abcXYZ019 =+-@'ÄЖ,;\"", min_size=1, max_size=8).map(lambda text: " ".join(text.split())).filter(
    lambda text: text and text.strip("-") and any(letter.isalnum() for letter in text)
)  # fmt: skip
PARTS = st.lists(st.tuples(TEXTS, TEXTS, st.integers(1, 4)), min_size=1, max_size=5, unique_by=lambda part: part[0].casefold())


@settings(max_examples=25, deadline=None)
@given(PARTS)
def test_a_bill_survives_the_way_out_and_in_again(
    tmp_path_factory: pytest.TempPathFactory, parts: list[tuple[str, str, int]]
) -> None:
    folder = tmp_path_factory.mktemp("law")
    rows = [(", ".join(f"R{at}{n}_" for n in range(count)), number, value) for at, (number, value, count) in enumerate(parts)]
    frame = pl.DataFrame(rows, schema=("Reference", "MPN", "Tolerance"), orient="row")
    (folder / "in").mkdir()
    frame.write_csv(folder / "in" / "board.csv")
    first = door.convert(folder / "in" / "board.csv").programme
    second = again(first, Outward.BOM, folder / "out")
    for name in ("items", "operations", "components", "facts"):
        assert sorted(map(repr, second[name].rows())) == sorted(map(repr, first[name].rows())), name


def test_what_a_bill_cannot_carry_is_listed(tmp_path: Path) -> None:
    programme = bill(tmp_path, "Ref,MPN\nR1,A\n").programme
    heavy = programme.replace(items=programme["items"].with_columns(mass=pl.lit(2.0)))
    assert [loss.where for loss in export(heavy, Outward.BOM).losses] == ["'A'"]
