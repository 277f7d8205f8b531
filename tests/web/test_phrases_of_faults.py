"""Faults of an input, acts of the audit and phases of long work are in the phrase book, and pages show them from it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

import outwork
from outwork.model.tables import BY_NAME
from outwork.store.cells import WHY
from outwork.store.service import Desk, jobs
from outwork.web.texts.phrases import phrases
from tests.store import small
from tests.web.conftest import PEOPLE, Person, kinds

BAD = sorted((Path(small.__file__).parent / "bad").glob("*/expected.txt"))
ACT = re.compile(r"""\baudit\(\s*"([a-z ]+)",""")
PHASE = re.compile(r"""(?:\bboard\.(?:say|offer|raise_bound)\(|\bprogress\(|"phase": )f?"([^"]+)\"""")
MESSAGE = re.compile(r"""_end\([^()]*, "[a-z]+", "([^"]+)"|CALLED_OFF: Final = "([^"]+)"|"message": "([^"]+)\"""")


def sources(*rooms: str) -> list[str]:
    """The code of some rooms, file by file."""
    return [each.read_text("utf-8") for room in rooms for each in (Path(outwork.__file__).parent / room).rglob("*.py")]


def english(sentence: str, heading: str = "") -> bool:
    return phrases("uk").said(sentence, heading).language == "en"


@pytest.mark.parametrize("report", BAD, ids=[each.parent.name for each in BAD])
def test_every_fault_of_a_bad_programme_is_in_the_book(report: Path) -> None:
    lines = report.read_text("utf-8").splitlines()
    without_docs = [line for line in lines if " is missing: " not in line]  # the docs of columns are entries of their own
    assert [line for line in without_docs if english(line, "fault")] == []


def test_every_rule_of_a_table_is_in_the_book() -> None:
    rules = [rule.sentence for table in BY_NAME.values() for rule in table.rules]
    assert len(rules) > 50
    assert [each for each in rules if english(f"since 2027-05-03 of demand 'd1': {each}", "fault")] == []


def test_every_way_in_which_a_cell_cannot_be_read_is_in_the_book() -> None:
    assert [
        each for each in WHY.values() if english(f"quantity 'much' of demand 'd1' {each}; did you mean 'many'?", "fault")
    ] == []


def test_every_act_that_the_audit_names_is_in_the_book() -> None:
    acts = {found for source in sources("store", "web") for found in ACT.findall(source)}
    assert len(acts) >= 20
    assert {each for each in acts if english(each, "act")} == set()


def test_every_phase_of_long_work_is_in_the_book() -> None:
    told = {found for source in sources("plan", "match", "clear", "web") for found in PHASE.findall(source)}
    phases = {re.sub(r"\{[a-z]+\}", "x", re.sub(r"\{[^}]*(?::g|:,|len)[^}]*\}", "3", each)) for each in told}
    assert len(phases) > 15
    assert {each for each in phases if english(each, "phase")} == set()


def test_every_message_of_a_job_that_failed_or_was_stopped_is_in_the_book() -> None:
    messages = {each for source in sources("store", "web") for found in MESSAGE.findall(source) for each in found if each}
    assert len(messages) > 4
    assert {each for each in messages if english(each)} == set()


def test_a_page_tells_a_fault_in_the_language_of_the_account(person: Callable[..., Person]) -> None:
    olena = person("olena")
    olena.fill("/language", language="uk")
    row = {"cell.demand": "D-99", "cell.item": "mast", "cell.site": "delft", "cell.quantity": "much", "cell.due": "2026-05-30"}
    answer = olena.fill("/tables/demands/row", **row)
    assert answer.status_code == 422
    assert "quantity &#39;much&#39; (рядок: demand &#39;D-99&#39;): це не число" in answer.text
    cells = {"demand": "D-99", "item": "mast", "site": "delft", "quantity": "much", "due": "2026-05-30"}
    sent = {"rows": [{"key": None, "at": 0, "version": None, "cells": cells}]}
    answer = olena.post("/tables/demands/rows", json=sent, headers={"X-CSRF-Token": olena.csrf})
    assert [each["message"] for each in answer.json()["faults"]] == ["quantity 'much' (рядок: demand 'D-99'): це не число"]


def test_the_audit_names_acts_in_the_language_of_the_account(person: Callable[..., Person], desk: Desk) -> None:
    olena = person("olena")
    assert "<td>sign in</td>" in olena.get("/audit").text
    olena.fill("/language", language="uk")
    page = olena.get("/audit").text
    assert "<td>вхід</td>" in page
    assert '<option value="sign in">вхід</option>' in page
    assert kinds(desk) == ["sign in", "account changed"]


def test_a_scenario_tells_what_does_not_fit_in_the_language_of_the_account(person: Callable[..., Person]) -> None:
    olena = person("olena")
    made = olena.fill("/scenarios", name="x")
    olena.fill("/language", language="uk")
    where = made.headers["location"]
    answer = olena.fill(f"{where}/change", table="demands", key="D-01", column="colour", value="red")
    assert "<p>demands: стовпця «colour» немає</p>" in answer.text


def test_what_is_not_in_the_book_is_marked_as_english(person: Callable[..., Person], desk: Desk) -> None:
    for message in ("The plan costs 1,200 EUR.", "Nobody <b> said this."):
        with desk.writing(PEOPLE[0].asker) as writing:
            jobs.finish(writing, jobs.ask(writing, "plan", {}), "done", message)
    olena = person("olena")
    assert "<td>Nobody &lt;b&gt; said this.</td>" in olena.get("/jobs").text
    olena.fill("/language", language="uk")
    page = olena.get("/jobs").text
    assert "<td>План коштує 1\u00a0200\u00a0EUR.</td>" in page
    assert '<td><span lang="en">Nobody &lt;b&gt; said this.</span></td>' in page
