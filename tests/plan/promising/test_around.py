"""East starts 4 masts a week and needs a week to cast and one to move; the plan keeps 4 masts promised for week 4."""

from __future__ import annotations

from functools import cache

import pytest

from outwork.model.errors import UnknownName
from outwork.model.outcome import Status
from outwork.plan import Options, run
from outwork.plan.promising import Ask, Promised, around, plain
from outwork.solve.watch import Stop
from tests.plan.ground import monday
from tests.plan.objectives.foundry import foundry

HOURS_AND_MATERIAL = 10 * 10 + 5
"""What one mast costs at east [EUR]."""


@cache
def planned() -> tuple:  # type: ignore[type-arg]
    programme = foundry(quantity=4, due=4, discount_rate=0.0)
    return programme, dict(run(programme, Options(explain=False, gap=0.0)).tables)


def asked(quantity: float, by: int, item: str = "mast", site: str = "west", stop: Stop | None = None) -> Promised:
    programme, tables = planned()
    return around(programme, tables, Ask(item, quantity, site, monday(by)), Options(gap=0.0), stop=stop)


def test_what_fits_by_the_day_is_promised_for_what_it_costs_to_make() -> None:
    answer = asked(4, by=5)
    assert answer.outcome.status is Status.DONE
    assert answer.by_day is not None
    assert answer.by_day.quantity == 4
    assert answer.by_day.ready <= monday(5)
    assert answer.by_day.each == pytest.approx(HOURS_AND_MATERIAL, abs=3)


def test_no_more_is_promised_by_a_day_than_the_oven_casts_beside_what_is_promised_already() -> None:
    """Until week 4 east casts 3 weeks' worth that arrive, 12 masts, of which 4 are promised."""
    answer = asked(40, by=4)
    assert answer.by_day is not None
    assert answer.by_day.quantity == 8


def test_all_of_them_come_in_the_first_week_in_which_the_oven_has_cast_them() -> None:
    """4 promised and 16 more are 20 masts, 5 weeks of the oven: started in weeks 0 to 4, the last arrive in week 6."""
    answer = asked(16, by=4)
    assert answer.soonest is not None
    assert answer.soonest.ready == monday(6) == answer.not_before
    assert answer.soonest.quantity == 16


def test_more_than_the_horizon_holds_is_never_promised() -> None:
    answer = asked(400, by=4)
    assert answer.soonest is None
    assert answer.cheapest is None
    assert "not all of them within the horizon" in answer.outcome.sentence


def test_at_least_cost_they_never_cost_more_than_soonest() -> None:
    answer = asked(16, by=4)
    assert answer.soonest is not None
    assert answer.cheapest is not None
    assert answer.cheapest.cost <= answer.soonest.cost + 0.01


def test_a_search_that_was_stopped_says_so() -> None:
    stop = Stop()
    stop.set()
    assert asked(16, by=4, stop=stop).outcome.status is Status.LIMITED


def test_an_answer_as_plain_values_has_every_offer() -> None:
    answer = asked(4, by=5)
    found = plain(answer)
    assert answer.by_day is not None
    assert found["by_day"] == {
        "quantity": 4,
        "ready": answer.by_day.ready.isoformat(),
        "cost": answer.by_day.cost,
        "against": (),
    }


@pytest.mark.parametrize(("item", "site"), [("mastt", "west"), ("mast", "wst")])
def test_an_unknown_name_is_refused_with_the_nearest(item: str, site: str) -> None:
    with pytest.raises(UnknownName, match="did you mean"):
        asked(4, 5, item, site)


def test_without_a_plan_nothing_is_promised() -> None:
    programme, tables = planned()
    with pytest.raises(ValueError, match="no plan"):
        around(programme, {**tables, "promises": tables["promises"].clear()}, Ask("mast", 4, "west", monday(5)))
