"""`outwork demo` never overwrites what somebody has changed, and shows what it does."""

from __future__ import annotations

import re
from contextlib import nullcontext
from pathlib import Path

import polars as pl
import pytest

from outwork import store
from outwork.cli.demo import demo, example, guide
from outwork.model.errors import Unwritable
from outwork.solve.watch import Stop

SHOWN = object()


class Reached(Exception):
    """The search began."""


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


def test_the_demo_shows_its_search_and_can_be_stopped_as_plan_can(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def run(_programme: object, _options: object, progress: object, stop: object) -> None:
        assert progress is SHOWN
        assert isinstance(stop, Stop)
        raise Reached

    monkeypatch.setattr("outwork.cli.demo.plan.run", run)
    monkeypatch.setattr("outwork.cli.demo.shown", lambda: nullcontext(SHOWN))
    with pytest.raises(Reached):
        demo(tmp_path / "demo.outwork")


def test_the_guide_names_the_place_and_keeps_its_columns() -> None:
    lines = [line for line in guide(Path("a-long-name-for-it.outwork")).splitlines() if line.startswith("  outwork")]
    assert len({len(line) - len(re.split(" {3,}", line)[-1]) for line in lines}) == 1
