"""Every delivered unit is pegged to what brought it, and no source gives more than it has."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from outwork import plan
from outwork.model.programme import Programme
from outwork.model.tables.moving import Stock
from outwork.model.tables.wanting import Commitment, Demand
from tests.plan.explain.hall import day, hall
from tests.plan.replay.workshop import workshop

QUICK = plan.Options(explain=False, limit=20)


def test_yield_and_alternatives_are_pegged_as_they_were_used() -> None:
    # Four radios at a yield of one half: eight started, of 16 boards, 8 on hand and 8 of the ten bought.
    pegs = plan.run(workshop(), QUICK).tables["pegging"]
    units = {(s, i): q for s, i, q in pegs.group_by("source", "item").agg(pl.col("quantity").sum()).iter_rows()}
    assert units["make", "radio"] == pytest.approx(4)
    assert units["ship", "radio"] == pytest.approx(4)
    assert units["on hand", "board"] + units["buy", "board"] == pytest.approx(16)
    assert units["on hand", "wood"] + units["on hand", "steel"] / 3 == pytest.approx(8)


def test_what_came_first_goes_first() -> None:
    # Four masts lie in Turku, and history sends three; the others are built. d1 in week 2 takes the oldest.
    rows = (
        Stock(item="mast", site="turku", on_hand=4),
        Commitment(commitment="k", kind="ship", site="lund", destination="turku", start=day(-1), item="mast", quantity=3),
        Demand(demand="d2", item="mast", site="turku", quantity=5, due=day(4), earliest=day(4)),
    )
    pegs = plan.run(hall(*rows, quantity=10), QUICK).tables["pegging"]
    found = pegs.filter(item="mast").group_by("demand", "source").agg(pl.col("quantity").sum()).sort("demand", "source").rows()
    assert found == [
        ("d1", "commitment", 3),
        ("d1", "make", 3),
        ("d1", "on hand", 4),
        ("d1", "ship", 3),
        ("d2", "make", 5),
        ("d2", "ship", 5),
    ]


def test_units_of_a_single_source_are_pegged_to_what_its_source_draws_on() -> None:
    programme = hall(demand={"single_source": True}, quantity=10)
    pegs = plan.run(programme, QUICK).tables["pegging"]
    found = pegs.group_by("source", "item").agg(pl.col("quantity").sum()).sort("source", "item").rows()
    assert found == [("buy", "plate", 10), ("make", "mast", 10), ("ship", "mast", 10)]


def arrivals(tables: dict[str, pl.DataFrame], programme: Programme) -> pl.DataFrame:
    """Pegged units by demand that come to the site of the demand itself: made, bought or lying there, or sent there."""
    wanted = programme["demands"].select("demand", "item", place="site")
    pegs = tables["pegging"].join(wanted, on=["demand", "item"])
    there = pl.when(pl.col("source") == "ship").then(pl.col("name").str.split(" ").list.first()).otherwise(pl.col("site"))
    return pegs.filter(there == pl.col("place")).group_by("demand").agg(pl.col("quantity").sum())


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_what_is_pegged_to_a_demand_is_what_is_delivered_and_no_source_gives_more_than_it_has(seed: int) -> None:
    programme = drawn(seed)
    tables = dict(plan.run(programme, QUICK).tables)
    handed = tables["deliver"].group_by("demand").agg(delivered=pl.col("quantity").sum())
    compared = handed.join(arrivals(tables, programme), on="demand", how="left").fill_null(0.0)
    assert compared["quantity"].to_list() == pytest.approx(compared["delivered"].to_list(), abs=1e-4)
    for source, name, total in (("make", "operation", "good"), ("buy", "party", "quantity")):
        keys = [name, "site", "start", "item"]
        pegged = (
            tables["pegging"].filter(source=source).rename({"name": name}).group_by(keys).agg(pegged=pl.col("quantity").sum())
        )
        given = pegged.join(tables[source], on=keys, how="left")
        assert (given["pegged"] <= given[total].fill_null(0.0) + 1e-4).all()


def drawn(seed: int) -> Programme:
    """The hall with four more demands, stocks, and a yield, drawn by a seed."""
    dice = np.random.default_rng(seed)
    more = [
        Demand(demand=f"x{k}", item="mast", site=str(dice.choice(["lund", "turku"])), quantity=float(dice.integers(3, 12)),
               due=day(int(dice.integers(2, 10))))
        for k in range(4)
    ]  # fmt: skip
    lying = [Stock(item="mast", site="lund", on_hand=float(dice.integers(0, 5))), Stock(item="plate", site="lund", on_hand=7)]
    return hall(*more, *lying, operation={"yield_rate": 0.5, "lead_days": 7}, resource={"hours": 12}, quantity=15)
