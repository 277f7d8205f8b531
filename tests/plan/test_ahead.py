"""The best plan so far is carried out while the search goes on, so that a person who says stop waits for nothing."""

from __future__ import annotations

from threading import Event

import numpy as np
import pytest

from outwork import plan
from outwork.model.axis import Array
from outwork.model.errors import Stopped, Unproven
from outwork.model.outcome import Status
from outwork.plan.ahead import Ahead
from outwork.plan.build import formulate
from outwork.plan.carry import Carried, carry, polished
from outwork.plan.network import Network
from outwork.plan.search import search
from outwork.plan.search.board import Board
from outwork.solve.watch import Progress, Stop
from tests.plan import rich

OPTIONS = plan.Options(gap=1e-6, limit=None, threads=1, explain=False)
PROGRAMME = rich.programme(3, weeks=12, weekly=4)
FORMULATION = formulate(Network.of(PROGRAMME))


def decided() -> Array:
    found = search(FORMULATION, OPTIONS, Board(0.5, None)).x
    assert found is not None
    return found


DECIDED = decided()


def carried(x: Array, stop: Stop) -> Carried:
    return carry(PROGRAMME, FORMULATION, x, OPTIONS, stop)


def test_a_plan_that_was_taken_is_carried_out_once() -> None:
    done: list[Array] = []

    def counted(x: Array, stop: Stop) -> Carried:
        done.append(x)
        return carried(x, stop)

    with Ahead(counted) as ahead:
        ahead.take(DECIDED)
        found = ahead.of(DECIDED, Stop())
        assert found is not None
        assert found is ahead.newest is ahead.of(DECIDED, Stop())
    assert [each is DECIDED for each in done] == [True]
    assert found.replay.total == pytest.approx(carried(DECIDED, Stop()).replay.total)


def test_what_was_not_taken_is_not_there() -> None:
    with Ahead(carried) as ahead:
        assert ahead.newest is None
        assert ahead.of(DECIDED, Stop()) is None


def test_of_plans_that_wait_only_the_newest_is_carried_out_and_a_stop_takes_the_one_that_stands() -> None:
    gate, second, begun = Event(), Event(), []

    def held(x: Array, stop: Stop) -> Carried:
        begun.append(x)
        if len(begun) > 1:
            second.set()
            gate.wait(60)
        return carried(x, stop)

    plans = [DECIDED.copy() for _ in range(4)]
    with Ahead(held) as ahead:
        ahead.take(plans[0])
        first = ahead.of(plans[0], Stop())
        ahead.take(plans[1])
        assert second.wait(60)
        ahead.take(plans[2])
        ahead.take(plans[3])
        asked = Stop()
        asked.set()
        assert ahead.of(plans[3], asked) is first
        gate.set()
    assert not any(each is plans[2] for each in begun)


def test_what_carrying_out_raises_is_told_to_whom_it_concerns() -> None:
    def fails(_decided: Array, _stop: Stop) -> Carried:
        raise Unproven("it does not stand up")

    with Ahead(fails) as ahead:
        ahead.take(DECIDED)
        with pytest.raises(Unproven, match="stand up"):
            ahead.of(DECIDED, Stop())
        assert ahead.newest is None


def test_carrying_out_ends_where_it_is_stopped() -> None:
    stop = Stop()
    stop.set()
    with pytest.raises(Stopped):
        carried(DECIDED, stop)


def test_polishing_never_makes_a_plan_dearer() -> None:
    found = carried(DECIDED, Stop())
    better = polished(PROGRAMME, found, OPTIONS, Board(0.0, 10))
    assert better.replay.total <= found.replay.total + 1e-6
    assert np.array_equal(better.decided, found.decided)


def test_a_plan_that_is_stopped_while_it_is_searched_is_whole() -> None:
    stop = Stop()

    def at_the_first_plan(news: Progress) -> None:
        if news.cost is not None:
            stop.set()

    result = plan.run(PROGRAMME, plan.Options(gap=0.0, limit=None), at_the_first_plan, stop)
    assert result.outcome.status is Status.LIMITED
    assert result.outcome.cost == pytest.approx(sum(cost.discounted for cost in result.costs.values()))
    assert {"make", "deliver", "promises", "work", "pegging"} <= set(result.tables)
