"""`outwork demo` never overwrites what somebody has changed."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from outwork import store
from outwork.cli.demo import demo, example
from outwork.model.errors import Unwritable


def test_an_example_that_somebody_has_changed_is_left_as_it_is(tmp_path: Path) -> None:
    place = tmp_path / "demo.outwork"
    shipped = example()
    changed = shipped.replace(demands=shipped["demands"].with_columns(pl.col("quantity") * 2))
    store.save(changed, place)
    with pytest.raises(Unwritable, match="name another file with --to"):
        demo(place)
    assert store.load(place) == changed


def test_the_example_survives_the_way_through_a_workbook(tmp_path: Path) -> None:
    store.save(example(), tmp_path / "reedbed.xlsx")
    assert store.load(tmp_path / "reedbed.xlsx") == example()
