"""Why there is no consortium."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from benchmarks.made_up_fields import Size, field
from outwork.match.consortium.cheapest import cheapest
from outwork.match.consortium.draft import wanted
from outwork.match.consortium.field import Field
from outwork.match.consortium.impossible import impossible
from outwork.match.consortium.wish import NO_WISH, Share, Wish
from outwork.model.outcome import Reason

SIZE = Size(operations=4, sites=5, chance=0.7)


def why(own: Field, wish: Wish = NO_WISH) -> tuple[Reason, ...]:
    ask = wanted(own, wish, "repairs")
    assert cheapest(own, ask) is None
    return impossible(own, ask)


def with_hours(own: Field, factor: float) -> Field:
    hours = own.hours
    return replace(own, hours=replace(hours, ordinary=hours.ordinary * factor, overtime=hours.overtime * factor))


def test_there_are_no_reasons_where_there_is_a_consortium() -> None:
    own = field(2, SIZE)
    assert impossible(own, wanted(own, Wish(), "known")) == ()


def test_an_operation_that_nobody_can_do_is_named_with_those_near_to_it() -> None:
    own = field(2, replace(SIZE, asked=0.0))
    barred = own.operation == 2
    questions = replace(
        own.questions, names=("q",), site=np.zeros(1, np.int64), operation=np.full(1, -1), need=("mass",), text=("?",),
        pair=np.flatnonzero(barred), question=np.zeros(barred.sum(), np.int64),
    )  # fmt: skip
    (reason,) = why(replace(own, questions=questions))
    assert reason.code == "no site"
    assert reason.rows[0].key == ("o002",)
    assert (
        reason.sentence == f"No site can do o002 (p0); of those near to it {barred.sum()} might, once questions are answered."
    )


def test_an_operation_of_which_nobody_knows_what_it_needs_leads_to_the_designer() -> None:
    own = field(2, SIZE)
    riddle = np.arange(4) == 1
    closed = replace(own, routing=replace(own.routing, nobody_knows=riddle))
    ask = wanted(closed, Wish(), "known")
    (reason,) = impossible(closed, replace(ask, open=ask.open & (own.operation != 1)))
    assert reason.code == "requirement"
    assert "designer" in reason.change


def test_hours_that_are_short_are_told_as_the_fewest_that_would_do() -> None:
    own = with_hours(field(2, SIZE), 0.02)
    reasons = why(own)
    assert {reason.code for reason in reasons} == {"hours"}
    lacking = {reason.sentence.split(" ")[0]: reason.amount for reason in reasons}
    place = {process: own.hours.processes.index(process) for process in lacking}
    hours = own.hours.ordinary.copy()
    for process, amount in lacking.items():
        assert amount is not None
        hours[own.hours.pool_process == place[process]] += amount * 1.001
    enough = replace(own, hours=replace(own.hours, ordinary=hours))
    free = replace(wanted(own, Wish(), "repairs"), days=np.inf)
    assert cheapest(enough, free) is not None


def test_wishes_that_cannot_hold_together_are_told_and_no_others() -> None:
    own = field(2, SIZE)
    first = cheapest(own, wanted(own, NO_WISH, "known"))
    assert first is not None
    nation = own.sites.nations[own.sites.nation[own.site[first.pairs[np.argmax(first.part_cost[first.pairs])]]]]
    shares = (Share("most of it", "nation", nation, 0.3), Share("little of it", "nation", nation, 0.0, 0.2))
    (reason,) = why(own, Wish(firms=4, nations=4, shares=shares))
    assert reason.code == "wishes"
    assert f"30% to 100% of the value for {nation}; 0% to 20% of the value for {nation}." in reason.sentence
    assert "firms" not in reason.sentence


def test_too_few_days_are_told() -> None:
    (reason,) = why(field(2, SIZE), Wish(days=3))
    assert "all of it within 3 days" in reason.sentence
