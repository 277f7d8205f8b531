"""What an expert is pointed to for things designed for military use."""

from __future__ import annotations

from outwork.clear import military
from outwork.clear.rules.read import read
from outwork.model.errors import Fault
from outwork.store.rulebook import texts


def tables(**changed: str) -> tuple[military.Military, list[Fault]]:
    faults: list[Fault] = []
    files = dict(texts())
    files |= {military.CATEGORIES: changed["categories"]} if changed else {}
    return military.read(files, read(texts()).vocabulary, faults), faults


def test_the_common_military_list_has_22_categories_and_transfers_three_kinds_of_licence() -> None:
    found, faults = tables()
    assert faults == []
    assert [each.name for each in found.categories] == [f"ML{number}" for number in range(1, 23)]
    assert [each.name for each in found.licences if each.where == "within"] == [
        "general transfer licence", "global transfer licence", "individual transfer licence",
    ]  # fmt: skip


def test_an_aircraft_begins_with_ml10_and_its_drawings_with_ml22() -> None:
    found, _ = tables()
    assert [each.name for each in found.concerning(frozenset({"unmanned aircraft"}), "goods")] == ["ML10"]
    assert [each.name for each in found.concerning(frozenset({"unmanned aircraft"}), "technology")] == ["ML22"]


def test_a_category_of_an_unknown_class_or_kind_is_named_with_the_nearest() -> None:
    head = "category,title,kinds,classes,cite\n"
    _, faults = tables(categories=f"{head}ML10,Aircraft,gods,unmaned aircraft,the list\n")
    assert [(fault.line, fault.column, fault.nearest) for fault in faults] == [
        (2, "kinds", "goods"),
        (2, "classes", "unmanned aircraft"),
    ]
