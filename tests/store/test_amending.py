from __future__ import annotations

from datetime import date

import pytest

from outwork.model.outcome import Amendment
from outwork.store import amending, overlay
from outwork.store.amending import amended, of_cell
from tests.store.small import programme


def test_an_amendment_changes_its_row_and_nothing_else() -> None:
    base = programme()
    name = base["items"]["item"][0]
    changes = amended(base, Amendment("items", (("item", name),), (("value", 77.0),)))
    assert {table: frame.height for table, frame in changes.tables.items()} == {"items": 1}
    assert overlay.apply(base, changes)["items"].filter(item=name)["value"].to_list() == [77.0]


def test_a_row_that_is_not_there_is_added_with_its_defaults() -> None:
    base = programme()
    item, site = base["items"]["item"][0], base["sites"]["site"][0]
    values = (("item", item), ("site", site), ("quantity", 12), ("due", "2026-05-11"))
    changes = amended(base, Amendment("demands", (("demand", "new"),), values))
    (row,) = overlay.apply(base, changes)["demands"].filter(demand="new").to_dicts()
    assert (row["quantity"], row["due"], row["priority"], row["firm"]) == (12.0, date(2026, 5, 11), 1.0, "binding")


def test_an_amendment_that_changes_nothing_is_empty() -> None:
    base = programme()
    row = base["items"].row(0, named=True)
    assert not amended(base, Amendment("items", (("item", row["item"]),), (("value", row["value"]),)))


@pytest.mark.parametrize("table", ["promises", "service_accounts", "itemz"])
def test_only_what_people_write_can_be_amended(table: str) -> None:
    with pytest.raises(ValueError, match=table):
        amended(programme(), Amendment(table, (("item", "mast"),), ()))


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        (("itemz", "mast", "value", "3"), "there is no table 'itemz'"),
        (("items", "mast;2", "value", "3"), "a row is named by item"),
        (("items", "mast", "valu", "3"), "did you mean 'value'"),
        (("items", "mast", "value", "three"), "'three' is not a number"),
    ],
)
def test_a_cell_that_cannot_be_read_says_why(cell: tuple[str, str, str, str], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        of_cell(*cell)


def test_a_cell_is_read_as_its_column_holds_it() -> None:
    assert amending.of_cell("calendar", "mill; 2027-01-04", "hours", "12") == Amendment(
        "calendar", (("resource", "mill"), ("since", date(2027, 1, 4))), (("hours", 12.0),)
    )
