"""Whether to apply for a licence, what it then costs and when it lets things go, in numbers told by hand and by brute force."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import chain, combinations
from typing import Any

import numpy as np
import polars as pl
import pytest

from outwork import plan
from outwork.model.programme import Programme
from outwork.model.tables.design import Item
from outwork.model.tables.licensing import Licence
from outwork.model.tables.moving import Clearance, Lane, Stock
from outwork.plan import bound, greedy
from outwork.plan.build import formulate
from outwork.plan.network import Network
from outwork.plan.replan import Again, replan
from outwork.plan.replay import check
from outwork.solve.run import run
from tests.plan.ground import START, ground, monday
from tests.plan.worlds import EXACT, by_week, licensed, plain, solved, wanted

RADIO = Item(item="radio", name="Radio", mass=2, value=52, controlled=True)
STORED = Stock(item="radio", site="lund", on_hand=10)
ROAD = Lane(origin="lund", destination="turku", lead_days=7, cost=0.5)


def cleared(name: str = "c", licence: str | None = "L", **more: Any) -> Clearance:
    return Clearance(clearance=name, item="radio", origin="SE", destination="FI", licence=licence, **more)


def asked(**more: Any) -> plan.Result:
    """Ten radios in Lund, four wanted in Turku in week 2; a week late costs 1 EUR each."""
    return solved(RADIO, STORED, ROAD, cleared(), Licence(**{"licence": "L", **more}), wanted(4, 2, "turku"))


def applications(result: plan.Result) -> list[dict[str, Any]]:
    return result.tables["applications"].to_dicts()


# When


def test_goods_leave_in_the_first_week_after_the_application_and_its_lead() -> None:
    result = asked(apply_from=monday(1), lead_days=15, fee=3)  # 12 January and 15 days are the 27th, in week 3
    assert by_week(result, "ship") == {4: 4}
    assert plain(result, "lateness") == 4 * 3
    (row,) = applications(result)
    assert (row["apply_on"], row["opens"], row["first_use"]) == (monday(1), date(2026, 1, 27), monday(4))
    assert row["apply_by"] == monday(4) - timedelta(days=15)


def test_nobody_applies_before_the_horizon_but_what_was_applied_for_then_counts_from_its_day() -> None:
    early = START - timedelta(days=14)
    assert by_week(asked(apply_from=early, lead_days=21), "ship") == {3: 4}
    assert by_week(asked(apply_from=early, lead_days=21, status="applied"), "ship") == {1: 4}


def test_a_licence_expires_so_many_days_after_it_opens() -> None:
    result = solved(RADIO, STORED, ROAD.model_copy(update={"per_week": 4}), cleared(), Licence(licence="L", valid_days=7),
                    wanted(10, 2, "turku"))  # fmt: skip
    assert by_week(result, "ship") == {0: 2, 1: 2}


def test_the_later_of_the_clearance_and_its_licence_opens_it() -> None:
    row = cleared(opens=monday(5), expires=monday(5))
    result = solved(RADIO, STORED, ROAD, row, Licence(licence="L", lead_days=1), wanted(4, 2, "turku"))
    assert by_week(result, "ship") == {5: 4}


def test_a_granted_licence_adds_nothing_to_its_clearances_but_its_caps() -> None:
    result = asked(status="granted", apply_from=monday(9), lead_days=30, fee=99, quantity_cap=3)
    assert sum(by_week(result, "ship").values()) == 3
    assert plain(result, "lateness") == 0
    assert (plain(result, "licensing"), applications(result)) == (0, [])


# Whether


@pytest.mark.parametrize(("fee", "sent"), [(3990, 4), (4010, 0)])
def test_a_licence_is_applied_for_just_where_its_fee_is_below_the_shortage_that_it_saves(fee: float, sent: float) -> None:
    result = asked(fee=fee)  # four at 1,000 EUR less 1 EUR each of moving
    assert sum(by_week(result, "ship").values()) == sent
    assert plain(result, "licensing") == (fee if sent else 0)
    assert len(applications(result)) == bool(sent)


def test_a_licence_without_a_fee_is_told_where_it_is_used_and_not_where_it_is_not() -> None:
    spare = [cleared("d", "M"), Licence(licence="M", apply_from=monday(8))]
    result = solved(RADIO, STORED, ROAD, cleared(), Licence(licence="L"), *spare, wanted(4, 2, "turku"))
    assert [row["licence"] for row in applications(result)] == ["L"]


def test_the_fee_is_paid_once_for_all_clearances_of_a_licence() -> None:
    rows = [cleared(), cleared("d", opens=monday(4)), Licence(licence="L", fee=30)]
    result = solved(RADIO, STORED, ROAD.model_copy(update={"per_week": 4}), *rows, wanted(10, 1, "turku"))
    assert plain(result, "licensing") == 30


def test_the_fee_counts_less_the_later_it_falls_due() -> None:
    result = solved(RADIO, STORED, ROAD.model_copy(update={"cost": 0}), cleared(),
                    Licence(licence="L", apply_from=monday(26), fee=100), wanted(4, 30, "turku"), weeks=40,
                    frame={"discount_rate": 0.21})  # fmt: skip
    assert result.outcome.cost == pytest.approx(100 / 1.1)


# The best of all choices


def choices(programme: Programme) -> list[tuple[str, ...]]:
    names = programme["licences"].filter(pl.col("fee") > 0)["licence"].to_list()
    return list(chain.from_iterable(combinations(names, count) for count in range(len(names) + 1)))


def with_applied(programme: Programme, applied: tuple[str, ...]) -> Programme:
    """The programme in which these licences cost nothing and the others with a fee are never granted."""
    priced = (pl.col("fee") > 0) & ~pl.col("licence").is_in(applied)
    never = programme["licences"].filter(priced)["licence"].implode()
    held = programme["clearances"].filter(~pl.col("licence").is_in(never).fill_null(value=False))
    return programme.replace(licences=programme["licences"].with_columns(fee=pl.lit(0.0)), clearances=held)


def priced(seed: int) -> Programme:
    """The licensed world with fees and lead times drawn."""
    rng = np.random.default_rng(seed)
    programme = licensed(discount_rate=0.1)
    frame = programme["licences"]
    fees = np.where(frame["fee"].to_numpy() > 0, rng.choice([40.0, 400.0, 1500.0, 3100.0], frame.height), 0.0)
    leads = rng.integers(0, 15, frame.height).astype(float)
    return programme.replace(licences=frame.with_columns(fee=pl.Series(fees), lead_days=pl.Series(leads)))


@pytest.mark.parametrize("seed", [1, *(pytest.param(seed, marks=pytest.mark.soak) for seed in (0, 2, 3, 4))])
def test_no_choice_of_licences_beats_the_plan(seed: int) -> None:
    programme = priced(seed)
    fee = dict(zip(programme["licences"]["licence"], programme["licences"]["fee"], strict=True))
    day = dict(zip(programme["licences"]["licence"], programme["licences"]["apply_from"], strict=True))
    best = plan.run(programme, EXACT)
    cost = {}
    for applied in choices(programme):
        due = [1.1 ** (-((day[name] or START) - START).days / 364) for name in applied]
        rest = plan.run(with_applied(programme, applied), EXACT).outcome.cost
        assert rest is not None
        cost[applied] = rest + sum(fee[name] * factor for name, factor in zip(applied, due, strict=True))
    assert best.outcome.cost == pytest.approx(min(cost.values()), abs=1e-3)
    told = best.tables["applications"].filter(pl.col("fee") > 0)["licence"].to_list()
    assert cost[tuple(name for name in fee if name in told)] == pytest.approx(min(cost.values()), abs=1e-3)


@pytest.mark.parametrize(("fee", "paid"), [(39.0, 39.0), (41.0, 0.0)])
def test_paying_is_weighed_against_the_dearer_way_round(fee: float, paid: float) -> None:
    # Ystad has ten that need no leave, for it is in Finland now; sending four of them costs 10 EUR more each, 5 EUR/kg.
    programme = ground(
        RADIO, STORED, ROAD.model_copy(update={"cost": 0.5}), cleared(), Licence(licence="L", fee=fee),
        Stock(item="radio", site="ystad", on_hand=10), Lane(origin="ystad", destination="turku", cost=5.5),
        wanted(4, 2, "turku"),
    )  # fmt: skip
    sites = programme["sites"].with_columns(nation=pl.when(pl.col("site") == "ystad").then(pl.lit("FI")).otherwise("nation"))
    assert plain(plan.run(programme.replace(sites=sites), EXACT), "licensing") == paid


# Bounds, greedy plans and replanning


@pytest.mark.parametrize("seed", range(4))
def test_the_certified_bound_and_the_greedy_plan_stand_on_either_side_of_the_best(seed: int) -> None:
    programme = priced(seed)
    formulation = formulate(Network.of(programme))
    answer = run(formulation.problem.relaxed())
    assert answer.objective is not None
    assert answer.dual is not None
    least = bound.certify(formulation, answer.dual).bound
    assert least == pytest.approx(answer.objective, rel=1e-6, abs=1e-6)
    best = plan.run(programme, EXACT).outcome.cost
    assert best is not None
    assert least <= best + 1e-6
    tables = greedy.plan(formulation.network).tables
    replay = check(programme, tables)
    assert replay.breaches == ()
    assert best <= replay.total + 1e-6


@pytest.mark.parametrize("seed", range(3))
def test_a_plan_in_longer_buckets_pays_for_what_it_uses(seed: int) -> None:
    programme = priced(seed)
    blocks = programme.replace(settings=programme["settings"].with_columns(weekly_buckets=pl.lit(2, pl.Int64)))
    exact, rough = plan.run(programme, EXACT).outcome.cost, plan.run(blocks, EXACT).outcome.cost
    assert exact is not None
    assert rough is not None
    assert rough >= exact - 1e-6


def test_what_the_last_plan_applied_for_is_applied_for_today() -> None:
    programme = ground(RADIO, STORED, ROAD, cleared(), Licence(licence="L", lead_days=28, fee=30), wanted(4, 5, "turku"))
    last = plan.run(programme, EXACT)
    found = replan(programme, last.tables, monday(2), again=Again(1, 0.05), options=EXACT, planned=programme)
    (paper,) = found.programme["licences"].to_dicts()
    assert (paper["status"], paper["apply_from"]) == ("applied", START)
    assert found.result.costs["licensing"].plain == 0
    assert by_week(found.result, "ship") == by_week(last, "ship")
    assert not found.difference


def test_a_licence_that_is_used_up_is_gone_with_its_clearances() -> None:
    rows = [cleared(), Licence(licence="L", quantity_cap=3), cleared("d", "M"), Licence(licence="M", apply_from=monday(5))]
    programme = ground(RADIO, STORED, ROAD, *rows, wanted(4, 1, "turku"))
    last = plan.run(programme, EXACT)
    found = replan(programme, last.tables, monday(2), again=Again(1, 0.05), options=EXACT)
    assert found.programme["licences"]["licence"].to_list() == ["M"]
    assert found.programme["clearances"]["clearance"].to_list() == ["d"]
    assert by_week(found.result, "ship") == {5: 1}


def test_a_programme_without_fees_has_no_variables_for_licences() -> None:
    programme = ground(RADIO, STORED, ROAD, cleared(), Licence(licence="L", lead_days=28), wanted(4, 5, "turku"))
    problem = formulate(Network.of(programme)).problem
    assert problem.variables["applied"].size == 0
    assert [problem.rows[name].size for name in ("covered", "taught make", "taught start")] == [0, 0, 0]
