"""Our files of EU001 to EU008 against their texts in the Official Journal, as somebody else took them from there."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

import pytest

from outwork.clear.rules.conditions import Joined, Listed, leaves
from outwork.clear.rules.rulebook import Authorisation
from tests.clear.authorise.rules import shipped

DATA = Path(__file__).resolve().parents[3] / "shared" / "data" / "clear" / "eu_annex_i_uav_sensor_subset.json"
pytestmark = pytest.mark.skipif(not DATA.is_file(), reason=f"the file ../shared/data/clear/{DATA.name} is absent")

NAMES = [f"EU00{n}" for n in range(1, 9)]
CODE = re.compile(r"\b\d[A-E]\d{3}(?:\.[a-z]\.?(?:\d+)?\.?(?:[a-z])?\.?(?:\d+)?)?")
NATIONS = {
    "Albania": "AL", "Argentina": "AR", "Australia": "AU", "Bosnia and Herzegovina": "BA", "Brazil": "BR", "Canada": "CA",
    "Chile": "CL", "China (including Hong Kong and Macao)": "CN HK MO", "French overseas territories": "BL NC PF PM TF WF",
    "Iceland": "IS", "India": "IN", "Indonesia": "ID", "Israel": "IL", "Japan": "JP", "Jordan": "JO", "Kazakhstan": "KZ",
    "Malaysia": "MY", "Mexico": "MX", "Montenegro": "ME", "Morocco": "MA", "New Zealand": "NZ", "North Macedonia": "MK",
    "Norway": "NO", "Philippines": "PH", "Russia": "RU", "Serbia": "RS", "Singapore": "SG", "South Africa": "ZA",
    "South Korea": "KR", "Switzerland, including Liechtenstein": "CH LI", "Thailand": "TH", "Tunisia": "TN",
    "Turkey": "TR", "Ukraine": "UA", "United Arab Emirates": "AE", "United Kingdom": "GB", "United States": "US",
}  # fmt: skip


@cache
def texts() -> dict[str, str]:
    found = json.loads(DATA.read_text(encoding="utf-8"))
    return {each["id"]: each["verbatim_text"] for each in found["geas"]} | {"Section I": found["gea_common_list"]}


def ours(name: str) -> Authorisation:
    return next(each for each in shipped().authorisations if each.name == name)


def part(name: str, number: int) -> str:
    """Part 1, 2 or 3 of a text."""
    halves = re.split(r"Part \d [\u2013\u2014] ", texts()[name])
    return halves[number]


def codes(text: str) -> set[str]:
    return {each.rstrip(".") for each in CODE.findall(text)}


def spoken(rule: Authorisation) -> set[str]:
    """Paths that a file names: covered, excepted, or asked about by a condition."""
    asked = {
        path for each in rule.conditions for leaf in leaves(each.condition) if isinstance(leaf, Listed) for path in leaf.paths
    }
    own = {*(rule.covers or ()), *rule.excepts, *asked}
    section = shipped().path_list("annex-ii-section-i")
    assert section is not None
    return {path for path in own if len(path) > 2 and not (path in section.paths and path not in codes(part(rule.name, 1)))}


@pytest.mark.parametrize("name", [name for name in NAMES if name != "EU006"])
def test_an_authorisation_names_the_items_that_its_text_names(name: str) -> None:
    assert spoken(ours(name)) - {"5D002.c.1"} == codes(part(name, 1)) - {"5A002.a", "5D002.c.1"}


def test_eu006_names_the_chemicals_of_its_text() -> None:
    text = part("EU006", 1)
    lists = re.split(r"1C350:|1C450\.a\.:|1C450\.b\.:", text)[1:]
    numbered = [{int(n) for n in re.findall(r"(?:^|\s)(\d{1,2})\. ", each)} for each in lists]
    paths = {f"{head}.{n}" for head, numbers in zip(("1C350", "1C450.a", "1C450.b"), numbered, strict=True) for n in numbers}
    assert set(ours("EU006").covers or ()) == paths


@pytest.mark.parametrize("name", [name for name in NAMES if name != "EU008"])
def test_an_authorisation_holds_for_the_destinations_of_its_text(name: str) -> None:
    text = part(name, 2)
    theirs = {code for words, nations in NATIONS.items() if words in text for code in nations.split()}
    assert ours(name).destinations == theirs


def test_eu008_leaves_out_what_its_text_leaves_out() -> None:
    named = {
        "Afghanistan": "AF",
        "Israel": "IL",
        "Qatar": "QA",
        "United Arab Emirates": "AE",
        "Georgia": "GE",
        "Malaysia": "MY",
        "Mali": "ML",
    }
    assert all(words in part("EU008", 2) for words in named)
    held = ours("EU008").destinations
    assert not held & {
        *named.values(),
        *ours("EU001").destinations,
        *shipped().members("EU"),
        *shipped().members("arms embargo"),
    }
    assert {"UA", "IN", "KR", "TR", "BR", "MD"} <= held


def test_section_i_lists_what_its_text_lists_beside_annex_iv() -> None:
    section = shipped().path_list("annex-ii-section-i")
    assert section is not None
    listed = {line.split()[0].rstrip(".") for line in re.sub("— ", "", texts()["Section I"]).split("\n")[3:]}
    assert set(section.paths) == listed


@pytest.mark.parametrize("name", NAMES)
def test_each_lettered_condition_of_part_3_has_one_of_ours(name: str) -> None:
    text = part(name, 3)
    denied = re.search(r"(\d)\. This authorisation does not authorise the export of (?:items|software)", text)
    assert denied is not None
    sentence = text[denied.start() :].split("\n")[0]
    letters = {each for each in re.findall(r"[:;] (?:or )?\(([a-k])\)", sentence) if each != "i"} | {"a"}
    paths = {each.path for each in ours(name).conditions}
    for letter in letters - (
        {"f"} if name == "EU008" else set()
    ):  # EU008 (f): the item is listed elsewhere too; both must be covered
        assert any(path.startswith(f"{name} Part 3({denied[1]})({letter})") for path in paths), letter


def test_conditions_are_joined_by_all_unless_the_text_gives_a_choice() -> None:
    chosen = {
        each.path
        for rule in shipped().authorisations
        for each in rule.conditions
        if isinstance(each.condition, Joined) and each.condition.how == "any"
    }
    assert chosen == {
        "EU003 Part 1(1)(a), (b)", "EU004 Part 1(b)", "EU005 Part 1", "EU007 Part 3(1)", "EU007 Part 3(1)(b)",
        "EU008 Part 1(1)",
    }  # fmt: skip
