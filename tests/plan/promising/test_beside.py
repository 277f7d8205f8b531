"""East starts 4 masts a week and needs a week to cast and one to move; the plan keeps 4 masts promised for week 4."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import polars as pl
import pytest

from outwork.model.errors import UnknownName, Unproven
from outwork.model.outcome import Status
from outwork.model.programme import Programme
from outwork.plan import Options, run
from outwork.plan.promising import Ask, Promised, around, beside
from outwork.plan.promising.beside import _Desk
from outwork.plan.replay import Code, check
from tests.plan.ground import monday
from tests.plan.promising.test_around import HOURS_AND_MATERIAL, planned
from tests.plan.rich import programme as rich
from tests.plan.worlds import crossing, licensed, venture, workshop


def asked(quantity: float, by: int, item: str = "mast", site: str = "west") -> Promised:
    programme, tables = planned()
    return beside(programme, tables, Ask(item, quantity, site, monday(by)))


def test_what_the_plan_leaves_is_promised_for_what_it_costs_to_make() -> None:
    answer = asked(4, by=5)
    assert answer.outcome.status is Status.DONE
    assert answer.by_day is not None
    assert (answer.by_day.quantity, answer.by_day.ready) == (4, monday(5))
    assert answer.by_day.each == pytest.approx(HOURS_AND_MATERIAL, abs=3)


def test_the_hours_that_the_plan_uses_are_not_promised_again() -> None:
    """Until week 4 east casts 3 weeks' worth that arrive, 12 masts, of which 4 are promised."""
    answer = asked(40, by=4)
    assert answer.by_day is not None
    assert answer.by_day.quantity == 8


def test_all_of_them_come_when_the_oven_has_cast_them() -> None:
    """4 promised and 16 more are 20 masts, 5 weeks of the oven: started in weeks 0 to 4, the last arrive in week 6."""
    answer = asked(16, by=4)
    assert answer.soonest is not None
    assert answer.cheapest is not None
    assert (answer.soonest.quantity, answer.soonest.ready) == (16, monday(6))
    assert answer.cheapest.cost <= answer.soonest.cost
    assert "all of them in the week of" in answer.outcome.sentence


def test_more_than_the_horizon_holds_is_never_promised() -> None:
    answer = asked(400, by=4)
    assert (answer.soonest, answer.cheapest) == (None, None)
    assert "not all of them within the horizon beside what is planned" in answer.outcome.sentence


@pytest.mark.parametrize("quantity", [3, 9, 14])
@pytest.mark.parametrize("by", [3, 5, 8])
def test_with_the_plan_moved_around_it_no_less_can_be_had_and_none_of_it_later(quantity: float, by: int) -> None:
    programme, tables = planned()
    ask = Ask("mast", quantity, "west", monday(by))
    quick, whole = beside(programme, tables, ask), around(programme, tables, ask, Options(gap=0.0))
    if quick.by_day is not None:
        assert whole.by_day is not None
        assert whole.by_day.quantity >= quick.by_day.quantity
    assert quick.soonest is not None
    assert whole.soonest is not None
    assert whole.soonest.ready <= quick.soonest.ready
    assert whole.cheapest is not None
    assert whole.cheapest.cost <= quick.soonest.cost + 0.01


def test_beside_a_plan_that_no_longer_holds_nothing_is_promised() -> None:
    programme, tables = planned()
    fewer = programme.replace(resources=programme["resources"].with_columns(hours=pl.lit(1.0)))
    with pytest.raises(Unproven, match="plan again first"):
        beside(fewer, tables, Ask("mast", 4, "west", monday(5)))


WORLDS = [
    *(pytest.param(partial(world, weeks=16), id=world.__name__) for world in (workshop, crossing, licensed, venture)),
    *(pytest.param(partial(rich, seed), id=f"rich-{seed}") for seed in range(2)),
]


@pytest.mark.parametrize("world", WORLDS)
def test_whatever_is_added_to_a_plan_the_checker_finds_sound(world: Callable[[], Programme]) -> None:
    """An offer that breaks a rule is dropped in silence, so here what would be offered is looked at itself.

    Shares of agreements are what the greedy planner does not heed.
    """
    programme = world()
    tables = dict(run(programme, Options(explain=False, limit=5.0, gap=0.05)).tables)
    had = 0.0
    for demand in programme["demands"].head(3).iter_rows(named=True):
        ask = Ask(demand["item"], demand["quantity"], demand["site"], demand["due"])
        desk = _Desk.of(programme, tables, ask)
        for step in (programme.horizon.steps // 2, programme.horizon.steps - 1):
            had += desk._pulled(step, ask.quantity / 2)
        breaches = check(desk.programme, desk.added.tables()).breaches
        assert [str(breach) for breach in breaches if breach.code is not Code.SHARE] == []
    assert had > 0


@pytest.mark.parametrize(("item", "site"), [("mastt", "west"), ("mast", "wst")])
def test_an_unknown_name_is_refused_with_the_nearest(item: str, site: str) -> None:
    with pytest.raises(UnknownName, match="did you mean"):
        asked(4, 5, item, site)
