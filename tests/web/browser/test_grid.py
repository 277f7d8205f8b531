from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from outwork.web.built import manifest
from tests.web.browser import pages

pytestmark = [
    pytest.mark.skipif(bool(manifest().missing), reason="the assets were not built"),
    pytest.mark.parametrize("scheme", ["light"]),
]
HOST = "http://outwork.test"


def row(resource: str, hours: str, cost: str) -> str:
    return (
        f"<tr data-row='{json.dumps({'resource': resource})}' data-version='7'><th scope='row'>{resource}</th>"
        f"<td data-column='hours' class='number'>{hours}</td><td data-column='cost' class='number'>{cost}</td></tr>"
    )


TABLE = f"""<h1>Resources</h1>
<div class="buttons"><button type="button" class="primary" data-grid-save data-for="resources">Save</button>
<p role="status" data-grid-status data-for="resources"></p></div>
<div class="scroll"><table id="resources" data-grid data-save="/tables/resources" aria-label="Resources">
<thead><tr><th scope="col">Resource</th><th scope="col">Hours</th><th scope="col">Cost</th></tr></thead>
<tbody>{row("mill", "40", "12")}{row("lathe", "30", "9")}{row("oven", "20", "5")}</tbody></table></div>"""


PASTE = """content => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", content);
    const options = {clipboardData, bubbles: true, cancelable: true};
    document.activeElement.dispatchEvent(new ClipboardEvent("paste", options));
}"""


class Service:
    """Answers what the test says, and keeps what was sent."""

    def __init__(self) -> None:
        self.sent: list[dict[str, Any]] = []
        self.status, self.answer = 200, {"rows": []}

    def __call__(self, route: Route) -> None:
        self.sent.append({"token": route.request.headers.get("x-csrf-token"), **(route.request.post_data_json or {})})
        route.fulfill(status=self.status, json=self.answer)


@pytest.fixture
def service() -> Service:
    return Service()


@pytest.fixture
def table(page: Page, answer: Callable[[dict[str, Any]], None], service: Service) -> Page:
    answer({"/resources": pages.page(TABLE), "/tables/resources": service})
    page.goto(f"{HOST}/resources")
    page.wait_for_selector("table[role=grid]")
    return page


def cell(page: Page, line: int, column: int) -> str:
    return page.locator(f"#resources tbody tr:nth-child({line}) > :nth-child({column})").inner_text()


def start(page: Page, line: int, column: int) -> None:
    page.locator(f"#resources tbody tr:nth-child({line}) > :nth-child({column})").focus()


def paste(page: Page, content: str) -> None:
    page.evaluate(PASTE, content)


def told(page: Page, said: str) -> None:
    expect(page.locator("[data-grid-status]")).to_contain_text(said)


def status(page: Page) -> str:
    return page.inner_text("[data-grid-status]")


def test_a_block_pasted_from_excel_fills_the_cells_from_the_one_in_focus(table: Page) -> None:
    start(table, 1, 2)
    paste(table, "36\t11\r\n28\t8\r\n")
    assert [cell(table, 1, 2), cell(table, 1, 3), cell(table, 2, 2), cell(table, 2, 3), cell(table, 3, 2)] == [
        "36",
        "11",
        "28",
        "8",
        "20",
    ]
    assert table.locator(".changed").count() == 4


def test_what_does_not_fit_is_told_and_what_cannot_be_edited_is_left(table: Page) -> None:
    start(table, 3, 1)
    paste(table, "kiln\t22\nsaw\t5")
    assert cell(table, 3, 1) == "oven"
    assert cell(table, 3, 2) == "22"
    assert status(table) == "grid.pasted 1 grid.left-out 1 1"


def test_saving_sends_the_changed_rows_with_key_version_and_token(table: Page, service: Service) -> None:
    service.answer = {"rows": [{"at": 1, "key": {"resource": "lathe"}, "version": "8", "cells": {"hours": "28.5"}}]}
    start(table, 2, 2)
    paste(table, "28,5")
    table.click("[data-grid-save]")
    told(table, "saved")
    sent = {"key": {"resource": "lathe"}, "at": 1, "version": "7", "cells": {"hours": "28,5"}}
    assert service.sent == [{"token": "token-of-the-test", "rows": [sent]}]
    assert cell(table, 2, 2) == "28.5"
    assert table.locator(".changed").count() == 0


def test_a_fault_stands_at_its_cell_and_is_read_with_it(table: Page, service: Service) -> None:
    service.status, service.answer = 422, {"faults": [{"at": 0, "column": "hours", "message": "40x is no number"}]}
    start(table, 1, 2)
    paste(table, "40x")
    table.click("[data-grid-save]")
    note = table.locator(".at-cell.fault")
    assert note.inner_text() == "40x is no number"
    described = table.locator("td[aria-invalid=true]")
    assert described.get_attribute("aria-describedby") == note.get_attribute("id")
    assert described.evaluate("cell => cell === document.activeElement")


def test_the_second_of_two_writers_is_told_and_keeps_what_they_typed(table: Page, service: Service) -> None:
    conflict = {"at": 0, "column": "hours", "theirs": "44", "by": "Jonas", "when": "12:40", "version": "9"}
    service.status, service.answer = 409, {"conflicts": [conflict]}
    start(table, 1, 2)
    paste(table, "36")
    table.click("[data-grid-save]")
    table.wait_for_selector(".at-cell.conflict")
    assert "Jonas 12:40 44" in cell(table, 1, 2)
    assert cell(table, 1, 2).startswith("36")
    table.click("text=grid.keep-mine")
    assert cell(table, 1, 2) == "36"
    service.status, service.answer = 200, {"rows": []}
    table.click("[data-grid-save]")
    told(table, "saved")
    assert service.sent[-1]["rows"] == [{"key": {"resource": "mill"}, "at": 0, "version": "9", "cells": {"hours": "36"}}]


def test_theirs_can_be_taken(table: Page, service: Service) -> None:
    conflict = {"at": 0, "column": "hours", "theirs": "44", "by": "Jonas", "when": "12:40", "version": "9"}
    service.status, service.answer = 409, {"conflicts": [conflict]}
    start(table, 1, 2)
    paste(table, "36")
    table.click("[data-grid-save]")
    table.click("text=grid.take-theirs")
    assert cell(table, 1, 2) == "44"
    assert table.locator(".changed").count() == 0


def test_an_expired_session_loses_nothing(table: Page, service: Service) -> None:
    service.status = 401
    start(table, 1, 2)
    paste(table, "36")
    table.click("[data-grid-save]")
    told(table, "expired")
    table.on("dialog", lambda asked: asked.accept())
    table.reload()
    table.wait_for_selector(".changed")
    assert cell(table, 1, 2) == "36"


def test_keys_move_edit_and_take_back(table: Page) -> None:
    start(table, 1, 1)
    for key in ("ArrowRight", "ArrowDown", "5", "5", "Enter"):
        table.keyboard.press(key)
    assert cell(table, 2, 2) == "55"
    assert table.evaluate("document.activeElement.textContent") == "20"
    table.keyboard.press("Control+z")
    assert cell(table, 2, 2) == "30"
    table.keyboard.press("F2")
    table.keyboard.type("99")
    table.keyboard.press("Escape")
    assert cell(table, 3, 2) == "20"


def test_one_cell_is_in_the_order_of_tab_and_the_grid_breaks_no_rule(table: Page, accessible: Callable[[Page], None]) -> None:
    start(table, 2, 3)
    assert table.locator("#resources tbody [tabindex='0']").count() == 1
    accessible(table)
