"""The ladder in the public tables is as hard as the generator made it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

from benchmarks import handover, ladder
from benchmarks.peers import ours_model
from benchmarks.pieces import take_apart
from outwork import store
from outwork.model.programme import Programme
from outwork.plan.build import formulate
from outwork.plan.network import Network

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
    offers = programme["supplies"].filter(pl.col("per_week") > 0)
    assert (
        programme["stocks"]
        .sort("item", "site")
        .select("item", "site")
        .equals(offers.sort("item", "site").select("item", "site"))
    )
    assert offers["per_week"].sum() == pytest.approx(source.suppliers["lim"].sum())
    assert programme["stocks"]["most"].to_list() == [0.0] * len(source.suppliers["item"])


def test_the_ladder_breaks_no_rule_of_the_tables(pair: tuple[Any, Programme], tmp_path: Path) -> None:
    _, programme = pair
    store.save(programme, tmp_path / "ladder.outwork")
    assert store.load(tmp_path / "ladder.outwork") == programme


def test_a_problem_taken_apart_for_the_peers_is_whole(pair: tuple[Any, Programme]) -> None:
    problem = formulate(Network.of(pair[1])).problem
    pieces = take_apart(problem)
    total = sum(each.coefficient.sum() for terms in pieces.terms.values() for each in terms)
    count = sum(len(each.coefficient) for terms in pieces.terms.values() for each in terms)
    assert (total, count) == (pytest.approx(problem.matrix.sum()), problem.matrix.nnz)
    highs = ours_model.build(pieces)
    np.testing.assert_allclose(highs.getLp().col_cost_, problem.cost)
    np.testing.assert_allclose(highs.getLp().row_upper_, problem.row_upper)


def test_a_problem_handed_over_as_a_file_comes_back_the_same(pair: tuple[Any, Programme], tmp_path: Path) -> None:
    problem = formulate(Network.of(pair[1])).problem
    handover.write(problem, tmp_path / "problem.npz")
    plain = handover.Plain.read(tmp_path / "problem.npz")
    assert (plain.matrix != problem.matrix).nnz == 0
    np.testing.assert_array_equal(plain.upper, problem.upper)
    np.testing.assert_array_equal(plain.integer, problem.integer)
