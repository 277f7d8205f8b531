from __future__ import annotations

from dataclasses import replace
from datetime import date

import polars as pl
import pytest

from outwork.model.listed import Entry, watch_list

DAY = date(2027, 1, 4)
REED = Entry("1", "unknown", ("Reed Bunting", "R. Bunting"), nations=("NL", "PL"))


def test_an_entry_is_the_same_in_whichever_order_its_names_stand() -> None:
    assert REED.digest == replace(REED, names=REED.names[::-1], nations=("PL", "NL")).digest
    assert REED.digest != replace(REED, names=("Reed Bunting",)).digest


def test_an_entry_of_a_list_is_the_one_that_was_put_in() -> None:
    assert watch_list("a", [replace(REED, entry="0"), REED], fetched=DAY, digest="").entry(1) == REED


def test_a_list_tells_the_state_of_the_day_on_which_it_was_published() -> None:
    told = watch_list("a", [REED], fetched=DAY, digest="", published=date(2026, 12, 28))
    assert (told.state, told.age(DAY)) == (date(2026, 12, 28), 7)
    assert watch_list("a", [REED], fetched=DAY, digest="").age(DAY) == 0


def test_entries_with_other_columns_are_no_list() -> None:
    with pytest.raises(TypeError, match="list a"):
        replace(watch_list("a", [REED], fetched=DAY, digest=""), entries=pl.DataFrame({"name": ["x"]}))
