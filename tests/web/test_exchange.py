"""Files out of the service and into it."""

from __future__ import annotations

import io
import re
import tempfile
import zipfile
from collections.abc import Callable, Mapping

import fastexcel
import httpx
import polars as pl
import pytest
import xlsxwriter

from outwork.model.asker import Asker, Role
from outwork.model.frames import from_columns
from outwork.model.tables import BY_NAME
from outwork.store.exchange import outward
from outwork.store.exchange.inward import Rest, Upload
from outwork.store.overlay import ADD, Overlay
from outwork.store.service import Desk
from outwork.store.service.schema import AUDIT
from outwork.store.sight import seen
from outwork.web.exchange import report
from outwork.web.pages.tables import sending
from outwork.web.pages.tables.sending import changed
from tests.web.conftest import Person

Who = Callable[..., Person]
OFFICE = Asker("olena", "Olena", Role.OFFICE, "", "")
HOSTILE = [
    "=1+1",
    "'=1+1",
    "+49",
    "-x",
    "@a",
    "a;=b",
    "a,@b",
    "two\n=lines",
    "''=",
    "\uff1dcmd",
    "_x0041_",
    "'",
    "#N/A",
    "00123",
]


def send(person: Person, name: str, content: bytes, **more: str) -> httpx.Response:
    sent = {"csrf": person.csrf, **more}
    return person.post("/exchange", data=sent, files={"file": (name, content)})


def confirm(person: Person, answer: httpx.Response) -> httpx.Response:
    assert answer.status_code == 303, answer.text
    return person.fill(answer.headers["location"], remark="as agreed")


def zipped(files: Mapping[str, bytes]) -> bytes:
    found = io.BytesIO()
    with zipfile.ZipFile(found, "w", zipfile.ZIP_DEFLATED) as folder:
        for name, content in files.items():
            folder.writestr(name, content)
    return found.getvalue()


def hostile(desk: Desk) -> None:
    """Put names into the programme that a spreadsheet or a reader of files could trip over."""
    rows = from_columns(BY_NAME["items"], {"item": [f"i{at}" for at in range(len(HOSTILE))], "name": HOSTILE})
    with desk.writing(OFFICE) as writing:
        writing.edit(Overlay({"items": rows.insert_column(0, pl.repeat(ADD, rows.height, eager=True).alias("change"))}))


@pytest.mark.parametrize("path", ["/exchange/programme.xlsx", "/exchange/programme.zip"])
def test_what_is_taken_away_and_sent_back_changes_nothing(path: str, person: Who, desk: Desk) -> None:
    hostile(desk)
    office = person("olena")
    answer = send(office, path.rpartition("/")[2], office.get(path).content, rest="goes")
    assert "has what is here already" in answer.text


def test_a_table_of_hostile_text_comes_back_from_csv_and_excel_as_it_was(person: Who, desk: Desk) -> None:
    hostile(desk)
    view = seen(desk.snapshot().frames, OFFICE)
    office = person("olena")
    for form in ("csv", "xlsx"):
        content = office.get(f"/tables/items/rows.{form}").content
        assert changed(view, Upload(f"items.{form}", content), Rest.GOES) == ()


def test_no_cell_of_a_file_runs_as_a_formula(person: Who, desk: Desk) -> None:
    hostile(desk)
    office = person("olena")
    text = office.get("/tables/items/rows.csv").content.decode("utf-8-sig")
    assert not re.search(r'(^|[,;\n"])[=+@\uff1d]', text.replace('""', ""))
    with zipfile.ZipFile(io.BytesIO(office.get("/tables/items/rows.xlsx").content)) as book:
        assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")


def test_rows_that_any_page_shows_become_files_in_which_nothing_runs() -> None:
    rows = [["=1+1", 2.5, None], ["a;-b", -3, True]]
    text = report("Late; demands", ["who", "how much", "firm"], rows, "csv").body
    assert bytes(text).decode("utf-8-sig") == "who,how much,firm\n'=1+1,2.5,\na;'-b,-3.0,true\n"
    book = fastexcel.read_excel(bytes(report("Late: [demands]", ["who", "how much", "firm"], rows, "xlsx").body))
    assert book.load_sheet(0).to_polars()["who"].to_list() == ["=1+1", "a;-b"]


def test_only_what_the_asker_sees_is_in_a_file(person: Who) -> None:
    book = fastexcel.read_excel(person("marta").get("/exchange/programme.xlsx").content)
    assert "supplies" not in book.sheet_names
    assert "value" not in str(book.load_sheet("items", header_row=None).to_polars().row(0))


def test_a_csv_of_some_columns_changes_those_and_adds_rows_after_a_preview(person: Who, desk: Desk) -> None:
    office = person("olena")
    answer = send(office, "items.csv", b"item;value\nmast;950,5\nfoot;3\n")
    assert "name of item &#39;foot&#39; is empty" in answer.text
    answer = send(office, "items.csv", "item;name;value\nmast;Acoustic mast;950,5\nfoot;Foot;3,25\n".encode("utf-16"))
    page = office.get(answer.headers["location"]).text
    assert "items mast: value 900 -&gt; 950.5" in page
    assert "items foot: added, name Foot, value 3.25" in page
    assert desk.snapshot().programme["items"].height == 2
    assert confirm(office, answer).headers["location"] == "/exchange"
    items = desk.snapshot().programme["items"]
    assert dict(items.select("item", "value").iter_rows()) == {"mast": 950.5, "pole": 40, "foot": 3.25}
    with desk.reading() as connection:
        assert [row.kind for row in connection.execute(AUDIT.select()) if row.account == "olena"].count("import") == 1


def test_a_file_that_would_do_something_else_by_now_is_shown_again_before_it_is_written(person: Who, desk: Desk) -> None:
    office, other = person("olena"), person("olena")
    answer = send(office, "items.csv", b"item,value\nmast,950\n")
    form = {"key": "mast", "cell.value": "920"}
    assert other.fill("/tables/items/row", **form).status_code == 303
    again = confirm(office, answer)
    assert again.status_code == 409
    assert "items mast: value 920 -&gt; 950" in again.text
    place = re.search(r'action="(/exchange/[^"]+)"', again.text)
    assert place
    assert office.fill(place[1]).status_code == 303
    assert desk.snapshot().programme["items"]["value"].to_list() == [950, 40]


def test_what_waits_is_its_senders_alone(person: Who) -> None:
    answer = send(person("olena"), "items.csv", b"item,value\nmast,950\n")
    assert person("piet").get(answer.headers["location"]).status_code == 404


def bomb() -> bytes:
    return zipped({"items.csv": b"item,name\n" + b"a" * (70 << 20)})


def workbook(rows: list[list[object]], name: str = "items") -> bytes:
    found = io.BytesIO()
    with xlsxwriter.Workbook(found) as book:
        sheet = book.add_worksheet(name)
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, row)
    return found.getvalue()


ENTITIES = {
    "[Content_Types].xml": b"",
    "xl/workbook.xml": b'<!DOCTYPE b [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><workbook>&b;</workbook>',
    "xl/_rels/workbook.xml.rels": b"<r/>",
}


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("items.csv", b"", "is empty"),
        ("p.zip", bomb(), "unfolds to more than"),
        ("p.xlsx", zipped(ENTITIES), "is not a workbook"),
        ("p.xlsx", workbook([["item", "name"], ["foot", "Foot"]])[:-900], "is not a"),
        ("p.zip", zipped({"items.csv": b"item,name\n"})[:-30], "is not a ZIP archive"),
        ("p.xls", b"\xd0\xcf\x11\xe0" + b"\0" * 600, "save it as .xlsx"),
        ("items.csv", b"item,name\nfoot,\x81\n", "is neither UTF-8, UTF-16 nor Windows-1252"),
        ("items.csv", b",".join(b"c%d" % at for at in range(10_000)) + b"\n", "has more than 1,000 columns"),
        ("items.csv", b",".join(b"c%d" % at for at in range(900)) + b"\nx" + b"," * 899, "there is no column"),
        ("items.csv", b'item,name\nfoot,"Foot', "a quoted cell does not end"),
        ("items.csv", b"item,name\nfoot,Foot,3\n", "the row has 3 cells where the header has 2"),
        ("itmes.csv", b"item,name\n", "there is no table &#39;itmes&#39; that you could write; did you mean &#39;items&#39;?"),
        ("make.csv", b"operation\n", "there is no table &#39;make&#39; that you could write"),
        ("items.csv", b"name\nFoot\n", "column &#39;item&#39; is missing"),
        ("picture.png", b"\x89PNG\r\n\x1a\n", "there is no table"),
        ("p.xlsx", workbook([["item", "name"], ["foot", "Foot"]], "sheet1"), "there is no table"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",  # an archive differs from second to second
)
def test_a_file_that_hurts_or_is_wrong_is_refused_with_the_reason(
    name: str, content: bytes, said: str, person: Who, desk: Desk
) -> None:
    before = desk.snapshot()
    answer = send(person("olena"), name, content)
    assert (answer.status_code, said in answer.text) == (422, True), re.sub(r"\s+", " ", answer.text)[-1500:]
    assert tempfile.gettempdir() not in answer.text
    assert desk.snapshot() is before


def test_a_file_that_is_too_large_is_refused(person: Who, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "LARGEST", 1_000)
    assert send(person("olena"), "items.csv", b"x" * 1_001).status_code == 413


def test_a_file_for_a_table_that_is_not_the_senders_is_refused_as_one_of_no_table(person: Who) -> None:
    ministry = person("marta")
    hidden, nowhere = (send(ministry, f"{name}.csv", b"item,site\nmast,bonn\n").text for name in ("supplies", "nowhere1"))
    assert hidden.replace("supplies", "nowhere1") == nowhere
    items = send(ministry, "items.csv", b"item,name\nfoot,Foot\n")
    assert (items.status_code, "not yours to write" in items.text) == (403, True)


def test_equal_tables_are_equal_bytes() -> None:
    frames = {"items": pl.DataFrame({"item": ["a"], "name": ["b"]})}
    for write in (outward.workbook, outward.archive):
        assert write(frames) == write(frames)
