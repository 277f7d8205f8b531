"""The ladder in the public tables is as hard as the generator made it."""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl
import pytest

from benchmarks import ladder
from outwork.model.programme import Programme

pytestmark = pytest.mark.skipif(not ladder.GENERATOR.exists(), reason="the generator ../shared/bench/instances.py is absent")


@pytest.fixture(scope="module", params=[("XS", 0), ("XS", 7), ("S", 3)], ids=lambda each: f"{each[0]}-{each[1]}")
def pair(request: pytest.FixtureRequest) -> tuple[Any, Programme]:
    size, seed = request.param
    source = ladder.generator().make(**ladder.generator().SIZES[size], seed=seed)
    return source, ladder.programme(size, seed)


def test_the_same_seed_gives_the_same_programme() -> None:
    assert ladder.programme("XS", 5).digest == ladder.programme("XS", 5).digest


def test_every_spare_hour_is_in_the_calendar(pair: tuple[Any, Programme]) -> None:
    source, programme = pair
    assert programme["calendar"]["hours"].sum() == pytest.approx(source.cap.sum())
    assert programme["resources"]["overtime_hours"].sum() == 0
    assert programme["calendar"].group_by("resource").len()["len"].unique().to_list() == [source.T]


def test_every_unit_wanted_is_demanded_at_its_weight(pair: tuple[Any, Programme]) -> None:
    source, programme = pair
    worth = source.items["value"][source.orders["item"]] * source.orders["weight"]
    priced = programme["demands"].select(pl.col("quantity") * pl.col("priority") * pl.col("lateness")).to_series()
    np.testing.assert_allclose(priced, 0.02 * worth * source.orders["qty"])


def test_a_unit_that_never_comes_costs_its_lateness_to_the_end_besides(pair: tuple[Any, Programme]) -> None:
    source, programme = pair
    shares = programme["demands"]["shortage"].to_numpy() / source.items["value"][source.orders["item"]]
    np.testing.assert_allclose(shares, 2 + 0.02 * (source.T - source.orders["due"]))


def test_a_demand_is_due_in_the_week_that_the_generator_names(pair: tuple[Any, Programme]) -> None:
    source, programme = pair
    assert [programme.horizon.step(day) for day in programme["demands"]["due"]] == source.orders["due"].tolist()


def test_what_a_licence_refuses_has_no_clearance(pair: tuple[Any, Programme]) -> None:
    source, programme = pair
    position = {f"X{chr(ord('A') + nation)}": nation for nation in range(len(source.demand_nodes["country"]))}
    rows = programme["clearances"]
    assert rows.height > 0
    item = rows["item"].str.strip_prefix("item-").cast(int).to_numpy()
    origin, destination = (rows[end].replace_strict(position).to_numpy() for end in ("origin", "destination"))
    week = [programme.horizon.step(day) for day in rows["opens"]]
    np.testing.assert_array_equal(source.lic[origin, destination, source.items["ctrl"][item]], week)


def test_only_what_is_qualified_today_may_be_made_without_a_decision(pair: tuple[Any, Programme]) -> None:
    source, programme = pair
    possible = programme["qualifications"].filter(pl.col("status") == "possible")
    assert possible.height == (source.capable["qual_lead"] > 0).sum()
    assert possible["cost"].sum() == pytest.approx(source.capable["qual_cost"].sum())
    assert possible["ramp"].null_count() == 0


def test_nothing_can_be_kept_at_a_suppliers_depot(pair: tuple[Any, Programme]) -> None:
    source, programme = pair
    assert programme["stocks"].height == programme["supplies"].height == len(source.suppliers["item"])
    assert programme["stocks"]["most"].to_list() == [0.0] * len(source.suppliers["item"])
