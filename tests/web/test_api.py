"""The API, as programs ask it."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import httpx
import polars as pl
import pytest

from tests.web.conftest import Person

Who = Callable[..., Person]


class Program:
    """A program in a browser's place: JSON in, JSON out."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.token = person.csrf

    def get(self, path: str, **headers: str) -> httpx.Response:
        return self.person.get(f"/api{path}", headers=headers)

    def change(self, table: str, *changes: dict[str, Any], remark: str = "") -> httpx.Response:
        body = {"changes": changes, "remark": remark}
        return self.person.post(f"/api/tables/{table}/changes", json=body, headers={"X-CSRF-Token": self.token})

    def row(self, table: str, at: int = 0) -> tuple[dict[str, Any], str]:
        found = self.get(f"/tables/{table}").json()
        return found["rows"][at], found["stamps"][at]


@pytest.fixture
def office(person: Who) -> Program:
    return Program(person("olena"))


@pytest.fixture
def auditor(person: Who) -> Program:
    return Program(person("piet"))


@pytest.fixture
def ministry(person: Who) -> Program:
    return Program(person("marta"))


def errors(answer: httpx.Response) -> list[dict[str, Any]]:
    assert answer.headers["content-type"] == "application/problem+json"
    found: list[dict[str, Any]] = answer.json()["errors"]
    return found


def test_tables_are_listed_with_what_the_asker_sees_of_them(office: Program, ministry: Program) -> None:
    found = {each["table"]: each for each in office.get("/tables").json()["tables"]}
    assert found["items"]["rows"] == 2
    assert found["items"]["writable"]
    seen = {each["table"]: each for each in ministry.get("/tables").json()["tables"]}
    assert "supplies" not in seen
    assert set(seen) < set(found)


def test_rows_come_in_pages_by_key_until_there_are_no_more(office: Program) -> None:
    first = office.get("/tables/sites?limit=1")
    assert [row["site"] for row in first.json()["rows"]] == ["bonn"]
    assert first.json()["total"] == 2
    second = office.person.get(first.headers["link"].split(";")[0].strip("<>")).json()
    assert [row["site"] for row in second["rows"]] == ["delft"]
    assert second["next"] is None


def test_rows_are_filtered_by_what_is_typed_as_in_a_file(office: Program) -> None:
    assert [row["item"] for row in office.get("/tables/items?value.least=39,5&value.most=40").json()["rows"]] == ["pole"]
    assert [row["item"] for row in office.get("/tables/items?name.has=MAST").json()["rows"]] == ["mast"]
    assert office.get("/tables/items?technology_of.blank=yes&item.is=mast").json()["total"] == 1


@pytest.mark.parametrize(
    ("asked", "what"),
    [
        ("valeu.least=3", "there is no column 'valeu' in items; did you mean 'value'?"),
        ("value.has=3", "a number is asked for by least, most, is or blank, not by 'has'"),
        ("value.least=much", "'much' is not a number"),
        ("after=bm8", "is no cursor of this table; take it from the answer before, or begin without one"),
    ],
)
def test_a_filter_that_does_not_fit_is_told_with_what_would(asked: str, what: str, office: Program) -> None:
    answer = office.get(f"/tables/items?{asked}")
    assert answer.status_code == 422
    assert [each["what"] for each in errors(answer)] == [what]


def test_rows_come_as_an_arrow_stream_where_that_is_asked_for(office: Program) -> None:
    answer = office.get("/tables/items", Accept="application/vnd.apache.arrow.stream")
    assert answer.headers["content-type"] == "application/vnd.apache.arrow.stream"
    assert pl.read_ipc_stream(io.BytesIO(answer.content))["item"].to_list() == ["mast", "pole"]


def test_what_an_asker_has_already_is_not_sent_again_until_it_changes(office: Program) -> None:
    mark = office.get("/tables/items").headers["etag"]
    again = office.get("/tables/items", **{"If-None-Match": mark})
    assert (again.status_code, again.content) == (304, b"")
    assert office.change("items", {"change": "change", "row": {"item": "pole", "value": 41}}).status_code == 200
    assert office.get("/tables/items", **{"If-None-Match": mark}).status_code == 200


def test_a_table_that_is_not_for_the_asker_is_answered_as_one_that_is_not_there(ministry: Program) -> None:
    for path in ("", "/schema"):
        hidden, nowhere = (ministry.get(f"/tables/{name}{path}") for name in ("supplies", "nowhere"))
        assert (hidden.status_code, hidden.content) == (404, nowhere.content)
    hidden, nowhere = (ministry.change(name, {"change": "add", "row": {"item": "mast"}}) for name in ("supplies", "nowhere"))
    assert (hidden.status_code, hidden.content) == (404, nowhere.content)


def test_the_schema_has_the_columns_that_the_asker_sees(office: Program, ministry: Program) -> None:
    assert "value" in office.get("/tables/items/schema").json()["items"]["properties"]
    assert "value" not in ministry.get("/tables/items/schema").json()["items"]["properties"]


def test_a_cell_is_changed_and_the_row_comes_back_as_it_stands(office: Program) -> None:
    row, stamp = office.row("items")
    answer = office.change("items", {"change": "change", "row": {"item": "mast", "value": "900,5"}, "stamp": stamp})
    assert answer.status_code == 200
    (saved,) = answer.json()["rows"]
    assert saved["row"] == {**row, "value": 900.5}
    assert (saved["row"], saved["stamp"]) == office.row("items")


def test_rows_are_added_and_removed(office: Program) -> None:
    add = office.change("items", {"change": "add", "row": {"item": "foot", "name": "Foot", "value": 3.5}})
    assert add.status_code == 200
    assert office.get("/tables/items?item.is=foot").json()["rows"][0]["value"] == 3.5
    assert office.change("items", {"change": "remove", "row": {"item": "foot"}}).json()["rows"][0]["row"] is None
    assert office.get("/tables/items?item.is=foot").json()["total"] == 0


def test_each_cell_that_is_wrong_is_told_and_nothing_is_written(office: Program) -> None:
    before = office.get("/tables/supplies").content
    answer = office.change(
        "supplies",
        {"change": "change", "row": {"item": "pole", "site": "delft", "party": "mast-works", "price": "cheap"}},
        {"change": "add", "row": {"item": "pol", "site": "bonn", "party": "mast-works", "price": 3, "lead_days": "soon"}},
        {"change": "change", "row": {"item": "pole", "site": "delf", "party": "mast-works", "prise": 1}},
    )
    assert answer.status_code == 422
    assert {(each["at"], each["column"], each["what"]) for each in errors(answer)} == {
        (0, "price", "price 'cheap' of item 'pole', site 'delft', party 'mast-works' is not a number"),
        (1, "lead_days", "lead_days 'soon' of item 'pol', site 'bonn', party 'mast-works' is not a number"),
        (1, "item", "item 'pol' of site 'bonn', party 'mast-works' is not in items; did you mean 'pole'?"),
        (2, "party", "item 'pole', site 'delf', party 'mast-works' is not there"),
        (2, "prise", "there is no column 'prise' in supplies; did you mean 'price'?"),
    }
    assert office.get("/tables/supplies").content == before


def test_the_second_of_two_writers_is_told_and_sees_the_row_of_the_first(office: Program) -> None:
    _, stamp = office.row("items")
    first = office.change("items", {"change": "change", "row": {"item": "mast", "value": 1}, "stamp": stamp})
    assert first.status_code == 200
    second = office.change("items", {"change": "change", "row": {"item": "mast", "value": 2}, "stamp": stamp})
    assert second.status_code == 409
    (other,) = errors(second)
    assert (other["row"]["value"], other["by"], other["stamp"]) == (1, "olena", office.row("items")[1])


def test_what_named_persons_decide_on_is_proposed(office: Program) -> None:
    answer = office.change(
        "demands", {"change": "change", "row": {"demand": "D-01", "quantity": 5}}, remark="Bonn asked"
    ).json()
    assert answer["proposals"] == [1]
    assert answer["rows"][0]["proposed"]
    assert answer["rows"][0]["row"]["quantity"] == 4


def test_who_may_only_read_is_told_so(auditor: Program) -> None:
    answer = auditor.change("items", {"change": "change", "row": {"item": "mast", "value": 1}})
    assert answer.status_code == 403
    assert errors(answer) == [{"table": "items"}]


def test_a_removal_takes_what_verbs_answered_of_the_row_and_refuses_where_people_wrote_of_it(office: Program) -> None:
    answer = office.change("items", {"change": "remove", "row": {"item": "pole"}})
    assert answer.status_code == 422
    assert "is not in items" in errors(answer)[0]["what"]


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b'{"changes": [' + b"[" * 100_000, "application/json", 400),
        (b"\xff\xfe{}", "application/json", 422),
        (b"changes=1", "application/x-www-form-urlencoded", 403),
        (b'{"changes": [{"change": "add", "row": {"item": "\\ud800"}}]}', "application/json", 422),
        (b'{"changes": [{"change": "add", "row": {"item": ' + b"9" * 5000 + b"}}]}", "application/json", 400),
        (b'{"changes": []}', "application/json", 422),
        (b"", "application/json", 422),
    ],
)
def test_a_body_that_cannot_be_read_is_refused(body: bytes, kind: str, status: int, office: Program) -> None:
    headers = {"Content-Type": kind, **({} if status == 403 else {"X-CSRF-Token": office.token})}
    answer = office.person.post("/api/tables/items/changes", content=body, headers=headers)
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"


def test_the_programme_says_who_asks_and_its_version_to_who_sees_the_whole(office: Program, ministry: Program) -> None:
    assert office.get("/programme").json()["version"] == 1
    told = ministry.get("/programme").json()
    assert (told["asker"]["role"], told["version"], told["settings"]["name"]) == ("ministry", None, "Trial")


def test_a_verb_that_has_not_answered_is_not_there(office: Program) -> None:
    assert office.get("/answers/plan").status_code == 404
    assert office.get("/answers/dance").status_code == 422
