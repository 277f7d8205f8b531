"""Our compact tables of the United States against the regulations as somebody else took them from the eCFR."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from outwork.clear import united_states as us
from outwork.clear.logic import FALSE, TRUE
from outwork.clear.rules.conditions import ALWAYS
from outwork.clear.united_states.book import COLUMNS
from tests.clear.authorise.rules import answers, shipped

DATA = Path(__file__).resolve().parents[3] / "shared" / "data" / "clear"
needs_data = pytest.mark.skipif(not DATA.is_dir(), reason="the folder ../shared/data/clear is absent")
pytestmark = needs_data

OTHER_NAMES = {
    "Saint Vincent and the Grenadines": "VC", "The Bahamas": "BS", "Seycheles": "SC", "Saint Lucia": "LC", "China (PRC)": "CN",
    "Micronesia, Federated States of": "FM", "Sao Tome & Principe": "ST", "Trinidad & Tobago": "TT", "Cote d'lvoire": "CI",
    "Congo (Democratic Republic of)": "CD", "Saint Kitts & Nevis": "KN", "Bosnia & Herzegovina": "BA",
}  # fmt: skip
"""Spellings of the two supplements other than those that we keep."""
COLUMN = re.compile(r"\b(CB|NP|NS|MT|RS|FC|CC|AT) Column (\d)")


@cache
def outside(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((DATA / f"us_{name}.json").read_text(encoding="utf-8"))
    return found


@cache
def book() -> us.UnitedStates:
    return us.read(shipped())


def code(name: str) -> str:
    named = {country.name: country.nation for country in book().countries.values()} | OTHER_NAMES
    return named[name]


def test_every_country_has_the_marks_of_the_chart() -> None:
    theirs = {
        code(name): (set(row["marks"]), {str(n) for n in row["footnotes"]})
        for name, row in outside("country_chart")["countries"].items()
    }
    ours = {each.nation: (set(each.marks), set(each.footnotes)) for each in book().countries.values() if each.row == "chart"}
    assert ours.pop("HK") == theirs["CN"]  # governed by the entry for China
    assert ours == theirs
    assert len(ours) == outside("country_chart")["countryCount"] == 196


def test_the_columns_are_those_of_the_chart() -> None:
    assert tuple(outside("country_chart")["columns"]) == COLUMNS


def test_the_chart_does_not_answer_for_embargoed_countries() -> None:
    theirs = {code(name) for name in outside("country_chart")["embargoed"]}
    assert {each.nation for each in book().countries.values() if each.row == "part 746"} == theirs


def test_every_country_is_in_the_groups_of_part_740() -> None:
    groups = outside("country_groups")["groups"]
    theirs: dict[str, set[str]] = {nation: set() for nation in book().countries}
    for group, names in groups.items():
        for name in names:
            theirs[code(name)].add(group)
    theirs["HK"] = theirs["CN"]
    assert {each.nation: set(each.groups) for each in book().countries.values()} == theirs


def entries() -> list[dict[str, Any]]:
    return list(outside("ccl_uav_sensor_subset")["entries"]) if DATA.is_dir() else []


def test_the_entries_are_those_of_the_outside_file() -> None:
    assert set(book().entries) == {entry["eccn"] for entry in entries()}


@pytest.mark.parametrize("entry", entries(), ids=lambda entry: entry["eccn"])
def test_an_entry_is_controlled_for_the_same_reasons_in_the_same_columns(entry: dict[str, Any]) -> None:
    eccn = entry["eccn"]
    reasons = {each for each in re.split(r",\s*|\s+and\s+", entry["reasonForControl"]) if each}
    assert set(book().entries[eccn].reasons) == reasons
    theirs = {f"{name} {number}" for row in entry["countryChart"] for name, number in COLUMN.findall(row["countryChart"])}
    ours = {name for control in book().controls_of[eccn] for name in control.where.inside if name in COLUMNS}
    assert ours == theirs
    assert {control.reason for control in book().controls_of[eccn]} == reasons


@pytest.mark.parametrize("entry", entries(), ids=lambda entry: entry["eccn"])
def test_a_control_of_the_whole_entry_names_no_paragraph_and_any_other_does_or_asks(entry: dict[str, Any]) -> None:
    for row in entry["countryChart"]:
        reason = row["control"].split()[0]
        ours = [control for control in book().controls_of[entry["eccn"]] if control.reason == reason]
        if row["control"] == f"{reason} applies to entire entry":
            assert any(not control.paths and not control.but for control in ours), row
        else:
            assert all(
                control.paths or control.but or control.condition != ALWAYS or control.reading == "ours" for control in ours
            )


@pytest.mark.parametrize("entry", entries(), ids=lambda entry: entry["eccn"])
def test_an_entry_grants_the_exceptions_that_it_states(entry: dict[str, Any]) -> None:
    flags = entry["licenceExceptionFlags"]
    theirs = {
        name for name in ("LVS", "GBS", "ENC") if not flags.get(name, "N/A").startswith("N/A") or "$" in flags.get(name, "")
    }
    ours = {each.name for each in book().exceptions if each.eccn == entry["eccn"] and not each.barred}
    assert ours == theirs
    for each in book().exceptions:
        if each.eccn == entry["eccn"] and each.limit_usd:
            assert f"{each.limit_usd:.0f}" in flags["LVS"].replace(",", "")
    barred = {each for each in book().exceptions if each.eccn == entry["eccn"] and each.name == "STA"}
    assert bool(barred) == ("STA" in flags)


def test_for_every_country_what_one_column_controls_needs_a_licence_where_it_has_an_x_and_nowhere_else() -> None:
    chart = outside("country_chart")["countries"]
    columns = {"9B010": "NS 1", "9D004": "NS 1", "7A103": "MT 1", "6A108": "MT 1", "9A120": "MT 1", "6A993": "AT 1"}
    for eccn, column in columns.items():
        for name, row in chart.items():
            nation = code(name)
            sanctioned = nation in {"RU", "BY"}  # 746.8 stands beside the chart
            found = us.licence(book(), eccn, nation, answers({})).truth
            assert found == (TRUE if column in row["marks"] or sanctioned else FALSE), (eccn, name)


def test_ukraine_needs_a_licence_for_ns_2_and_has_no_strategic_trade_authorisation() -> None:
    ukraine = book().countries["UA"]
    assert {"A:2", "A:4"} <= ukraine.groups
    assert not {"A:5", "A:6"} & ukraine.groups
    assert "NS 2" in ukraine.marks
    assert not {"NS 2"} & (book().countries["NL"].marks | book().countries["DK"].marks)
    assert {"A:5"} <= book().countries["NL"].groups & book().countries["PL"].groups
