"""`outwork replan` reads the last plan beside its programme, says what moves and why, and writes where it is told to."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import polars as pl
import pytest
from typer.testing import CliRunner

from outwork import plan, store
from outwork.cli.main import app
from outwork.model.frames import from_rows
from outwork.model.tables import BY_NAME
from outwork.model.tables.capacity import CalendarEntry
from outwork.plan.replay import check
from tests.plan.objectives.foundry import foundry, monday


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the foundry as planned, and as it is known now: down in its week 3, the plan beside it."""
    folder = tmp_path_factory.mktemp("foundry")
    programme = foundry(quantity=16, due=6)
    last = plan.run(programme, plan.Options(gap=1e-6))
    closed = CalendarEntry(resource="east-oven", since=monday(3), until=monday(4) - timedelta(days=1), hours=0)
    now = programme.replace(calendar=from_rows(BY_NAME["calendar"], [closed]))
    store.save(programme, folder / "planned.outwork", dict(last.tables))
    store.save(now, folder / "now.outwork", dict(last.tables))
    return folder


def outwork(*words: str | Path) -> tuple[int, str]:
    done = CliRunner().invoke(app, [str(word) for word in words])
    return done.exit_code, done.output


def test_what_moves_is_said_with_its_cause_and_nothing_is_written_unasked(place: Path) -> None:
    planned = place / "planned.outwork"
    before = store.load(place / "now.outwork")
    status, said = outwork("replan", place / "now.outwork", "--today", "2026-01-14", "--freeze", "1", "--planned", planned)
    assert status == 0
    assert "cause: site east down in week 5 of 2026" in said
    assert "--to Q writes" in said
    assert store.load(place / "now.outwork") == before


def test_the_programme_as_it_stands_today_is_written_with_a_plan_that_holds(place: Path) -> None:
    to = place / "rolled.outwork"
    status, said = outwork("replan", place / "now.outwork", "--today", "2026-01-14", "--to", to)
    assert status == 0, said
    rolled = store.load(to)
    assert rolled.settings.start == monday(1)
    assert check(rolled, store.load_results(to)).holds


def test_actuals_are_read_from_a_file_and_their_faults_are_named(place: Path) -> None:
    seen = place / "actuals.csv"
    seen.write_text("actual,kind,quantity,site,item\n1,stock,9,east,mast\n", encoding="utf8")
    words = ("replan", place / "planned.outwork", "--today", "2026-01-14", "--actuals", seen)
    status, said = outwork(*words)
    assert status == 0
    assert "9 mast lie at east" in said
    seen.write_text("actual,kind,quantity,site,item\n1,stock,9,eats,mast\n", encoding="utf8")
    status, said = outwork(*words)
    assert status == 2
    assert "did you mean 'east'?" in said


def test_without_a_plan_there_is_nothing_to_carry_on(place: Path) -> None:
    store.save(foundry(), place / "bare.outwork")
    status, said = outwork("replan", place / "bare.outwork", "--today", "2026-01-14")
    assert status == 2
    assert "holds no plan to carry on" in said


def test_a_plan_for_most_units_is_written_with_the_demands_that_it_serves(place: Path) -> None:
    to = place / "most.outwork"
    words = ("plan", place / "bare2.outwork", "--objective", "most", "--item", "mast", "--by", "2026-02-02", "--to", to)
    store.save(foundry(), place / "bare2.outwork")
    status, said = outwork(*words)
    assert status == 0, said
    assert "12.0 units of mast are handed over by 2026-02-02" in said
    assert store.load(to)["demands"].filter(pl.col("demand") == "extra mast west").height == 1
    assert check(store.load(to), store.load_results(to)).holds
