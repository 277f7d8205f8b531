"""Tables on screen, as people use them."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from outwork.model.tables import EVERY
from outwork.store.service import Desk
from outwork.web.pages.tables.listed import group
from outwork.web.texts import LANGUAGES, texts
from tests.web.conftest import Person

Who = Callable[..., Person]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_table_and_its_group_are_called_something(language: str) -> None:
    said = texts(language)
    assert all(said(f"tables.called.{table.name}") and said(f"tables.group.{group(table)}") for table in EVERY)


def test_every_table_opens_for_the_office(person: Who) -> None:
    office = person("olena")
    assert office.get("/tables").text.count('href="/tables/') == len(EVERY)
    for table in EVERY:
        assert office.get(f"/tables/{table.name}").status_code == 200, table.name


def test_rows_are_filtered_sorted_and_named_in_the_address(person: Who) -> None:
    office = person("olena")
    page = office.get("/tables/items?sort=-value").text
    assert page.index("Acoustic mast") < page.index("Pole")
    assert "Acoustic mast" not in office.get("/tables/items?value.most=40,5").text
    wrong = office.get("/tables/items?value.most=cheap&prise.is=3&sort=colour&page=0").text
    assert "&#39;cheap&#39; is not a number" in wrong
    assert "there is no column &#39;prise&#39; in items" in wrong


def test_a_table_that_is_not_for_the_asker_looks_as_if_it_were_not_there(person: Who) -> None:
    ministry = person("marta")
    pages = [ministry.get(f"/tables/{name}{rest}") for name in ("supplies", "nowhere") for rest in ("", "/row", "/rows.csv")]
    assert {page.status_code for page in pages} == {404}
    assert "supplies" not in ministry.get("/tables").text


def fields(page: str) -> dict[str, str]:
    """What a browser would send of a form."""
    found = dict(re.findall(r'name="([^"]+)" value="([^"]*)"', page))
    found |= dict(re.findall(r'<textarea[^>]* name="([^"]+)"[^>]*>\n([^<]*)</textarea>', page))
    chosen = re.findall(r'<select[^>]* name="([^"]+)".*?<option value="([^"]*)" selected', page, re.DOTALL)
    return {name: value for name, value in (found | dict(chosen)).items() if name.startswith(("cell.", "key", "stamp"))}


def test_a_row_is_changed_without_a_script(person: Who, desk: Desk) -> None:
    office = person("olena")
    form = fields(office.get("/tables/items/row?key=mast").text)
    answer = office.fill("/tables/items/row", **{**form, "cell.value": "900,5"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/tables/items/row?key=mast")
    row = desk.snapshot().programme["items"].row(0, named=True)
    assert (row["value"], row["name"]) == (900.5, "Acoustic mast")


def test_what_was_typed_stays_in_the_form_with_what_is_wrong_beside_it(person: Who) -> None:
    office = person("olena")
    form = fields(office.get("/tables/items/row?key=mast").text)
    answer = office.fill("/tables/items/row", **{**form, "cell.value": "much", "cell.name": "Tall mast"})
    assert answer.status_code == 422
    assert "value &#39;much&#39; of item &#39;mast&#39; is not a number" in answer.text
    assert fields(answer.text)["cell.name"] == "Tall mast"


def test_of_two_who_edit_one_row_the_second_sees_both(person: Who) -> None:
    office = person("olena")
    form = fields(office.get("/tables/items/row?key=mast").text)
    assert office.fill("/tables/items/row", **{**form, "cell.value": "1"}).status_code == 303
    answer = office.fill("/tables/items/row", **{**form, "cell.value": "2"})
    assert answer.status_code == 409
    assert "olena changed this row" in answer.text
    assert fields(answer.text)["cell.value"] == "2"
    assert "theirs: 1<" in answer.text
    again = office.fill("/tables/items/row", **{**fields(answer.text), "cell.value": "2"})
    assert again.status_code == 303


def test_a_row_is_added_and_removed_without_a_script(person: Who, desk: Desk) -> None:
    office = person("olena")
    form = {**fields(office.get("/tables/items/row").text), "cell.item": "foot", "cell.name": "Foot"}
    assert office.fill("/tables/items/row", **form).headers["location"] == "/tables/items/row?key=foot"
    form = fields(office.get("/tables/items/row?key=foot").text)
    assert office.fill("/tables/items/row", **form, do="remove").headers["location"] == "/tables/items"
    assert "foot" not in desk.snapshot().programme["items"]["item"]


def test_the_editable_table_is_answered_as_it_reads_answers(person: Who) -> None:
    office = person("olena")
    page = office.get("/tables/items").text
    stamp = re.search(r'data-row="\{&#34;item&#34;:&#34;mast&#34;\}" data-version="(\w+)"', page)
    assert stamp

    def send(cells: dict[str, str], version: str | None, key: dict[str, str] | None) -> tuple[int, dict[str, object]]:
        body = {"rows": [{"key": key, "at": 7, "version": version, "cells": cells}]}
        answer = office.post("/tables/items/rows", json=body, headers={"X-CSRF-Token": office.csrf})
        return answer.status_code, answer.json()

    mast = {"item": "mast"}
    status, saved = send({"value": "3,5"}, stamp[1], mast)
    assert status == 200
    assert saved["rows"][0]["at"] == 7  # type: ignore[index]
    assert saved["rows"][0]["cells"]["value"] == "3.5"  # type: ignore[index]
    status, told = send({"value": "4"}, stamp[1], mast)
    assert status == 409
    assert [(each["at"], each["column"], each["theirs"], each["by"]) for each in told["conflicts"]] == [  # type: ignore[attr-defined]
        (7, "value", "3.5", "olena")
    ]
    status, told = send({"value": "x"}, None, mast)
    assert (status, told["faults"]) == (
        422, [{"at": 7, "column": "value", "message": "value 'x' of item 'mast' is not a number"}],
    )  # fmt: skip
    status, saved = send({"item": "foot", "name": "Foot", "value": ""}, None, None)
    assert status == 200
