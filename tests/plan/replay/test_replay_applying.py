"""A plan that rests on a licence pays for it, applies in time, and says truly what for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Any

import polars as pl
import pytest

from outwork.model.frames import from_rows
from outwork.model.programme import Programme
from outwork.model.table import Row
from outwork.model.tables import BY_NAME
from outwork.model.tables.licensing import Licence
from outwork.model.tables.moving import Clearance
from outwork.model.tables.planned import Application
from outwork.plan.replay import Replay, check
from tests.plan.ground import START
from tests.plan.replay.workshop import changed, day, more, workshop, workshop_plan

# The workshop sends its four radios in week 2, on 19 January. The licence takes a fortnight less two days.
ASKED = partial(Licence, licence="L", lead_days=11.5, fee=70)
TOLD = Application(
    licence="L", apply_on=START, opens=date(2026, 1, 17), apply_by=date(2026, 1, 7), first_use=day(2), site="lund", fee=70,
    units=4, value=400,
)  # fmt: skip

OTHER = TOLD.model_copy(update={"licence": "M"})


def waiting(*others: Row, **columns: Any) -> Programme:
    """The workshop whose clearance waits for its licence; `columns` of the licence."""
    frame = changed(workshop()["clearances"], opens=None, expires=None, quantity_cap=None)
    return workshop().replace(clearances=frame, licences=from_rows(BY_NAME["licences"], [ASKED(**columns), *others]))


def replayed(programme: Programme, *told: Application) -> Replay:
    return check(programme, workshop_plan() | {"applications": from_rows(BY_NAME["applications"], told)})


def codes(replay: Replay) -> set[str]:
    return {str(breach.code) for breach in replay.breaches}


def test_the_fee_is_paid_once_in_the_step_of_the_application_at_the_site_that_uses_it_first() -> None:
    replay = replayed(waiting(), TOLD)
    assert replay.breaches == ()
    assert replay.costs["licensing"].plain == 70
    assert replay.total == pytest.approx(check(workshop(), workshop_plan()).total + 70)
    paid = replay.cash_events.filter(kind="licensing").rows()
    assert paid == [(START, "licensing", "acme", "lund", 70.0)]


@pytest.mark.parametrize("status", ["applied", "granted"])
def test_what_is_applied_for_already_costs_nothing_and_needs_no_application(status: str) -> None:
    replay = replayed(waiting(status=status, apply_from=START))
    assert (replay.breaches, replay.costs["licensing"].plain) == ((), 0)


def told(**columns: Any) -> Callable[[], Replay]:
    return lambda: replayed(waiting(), TOLD.model_copy(update=columns))


REFUSED: dict[str, tuple[set[str], Callable[[], Replay]]] = {
    "goods move under a licence that is not applied for": ({"application"}, lambda: replayed(waiting())),
    "goods move before the licence opens": (
        {"clearance", "application"}, lambda: replayed(waiting(lead_days=15), TOLD)),
    "goods move before a licence that is applied for opens": (
        {"clearance"}, lambda: replayed(waiting(status="applied", apply_from=START + timedelta(4)))),
    "goods move after the licence has expired": ({"clearance"}, lambda: replayed(waiting(valid_days=1), TOLD)),
    "more moves than the licence allows": ({"cap"}, lambda: replayed(waiting(quantity_cap=3), TOLD)),
    "the value of what moves is above the licence's": ({"cap"}, lambda: replayed(waiting(value_cap=399), TOLD)),
    "a licence is applied for that nothing uses": (
        {"application"},
        lambda: replayed(waiting(ASKED(licence="M")), TOLD, OTHER)),
    "a licence is applied for that needs no application": (
        {"unknown"}, lambda: replayed(waiting(ASKED(licence="M", status="granted")), TOLD, OTHER)),
    "a licence is applied for that is not there": ({"unknown"}, lambda: replayed(waiting(), TOLD, OTHER)),
    "a licence is applied for twice": ({"key"}, lambda: replayed(waiting(), TOLD, TOLD)),
    "another fee is told": ({"application"}, told(fee=0.0)),
    "other units are told": ({"application"}, told(units=3.0)),
    "another value is told": ({"application"}, told(value=300.0)),
    "another day of application is told": ({"application"}, told(apply_on=day(1))),
    "another opening is told": ({"application"}, told(opens=day(1))),
    "a later last day of application is told": ({"application"}, told(apply_by=date(2026, 1, 8))),
    "another first use is told": ({"application"}, told(first_use=day(3))),
    "another site is told": ({"application"}, told(site="turku")),
}  # fmt: skip


@pytest.mark.parametrize(("expected", "case"), REFUSED.values(), ids=REFUSED.keys())
def test_a_plan_is_refused_when(expected: set[str], case: Callable[[], Replay]) -> None:
    replay = case()
    assert codes(replay) == expected
    assert all(breach.amount > 0 for breach in replay.breaches)


# Technology: radios are of Finnish technology now, and Lund makes them in weeks 0 and 1.
LEAVE = partial(Clearance, item="radio", origin="FI", destination="SE", kind="technology")
TAUGHT = TOLD.model_copy(
    update={"licence": "T", "opens": START, "apply_by": START, "first_use": day(0), "units": 8, "value": 800}
)


def taught(*clearances: Clearance) -> Programme:
    own = waiting(Licence(licence="T", fee=30), status="granted")
    leave = from_rows(BY_NAME["clearances"], clearances)
    return own.replace(
        items=changed(own["items"], {"item": "radio"}, technology_of="FI"), clearances=pl.concat([own["clearances"], leave])
    )


def test_technology_under_a_licence_to_apply_for_costs_its_fee() -> None:
    programme = taught(LEAVE(clearance="t", licence="T"))
    replay = replayed(programme, TAUGHT.model_copy(update={"fee": 30.0}))
    assert (replay.breaches, replay.costs["licensing"].plain) == ((), 30)
    assert codes(replayed(programme)) == {"technology"}


def test_where_other_leave_holds_for_technology_no_application_is_needed() -> None:
    assert replayed(taught(LEAVE(clearance="t", licence="T"), LEAVE(clearance="u"))).breaches == ()
    half = taught(LEAVE(clearance="t", licence="T"), LEAVE(clearance="u", opens=day(1)))
    asked = TAUGHT.model_copy(update={"fee": 30.0, "units": 4, "value": 400})
    assert codes(replayed(half)) == {"technology"}
    assert replayed(half, asked).breaches == ()


def test_a_qualification_begun_under_a_licence_is_a_use_of_it() -> None:
    programme = taught(LEAVE(clearance="t", licence="T"))
    possible = changed(programme["qualifications"], status="possible", cost=5.0)
    begun = more(workshop_plan().get("qualify", from_rows(BY_NAME["qualify"], [])), "qualify",
                 operation="assemble", site="lund", start=day(0), ready=day(0), cost=5.0)  # fmt: skip
    asked = from_rows(BY_NAME["applications"], [TAUGHT.model_copy(update={"fee": 30.0})])
    plan = workshop_plan() | {"qualify": begun}
    own = programme.replace(qualifications=possible)
    assert codes(check(own, plan)) == {"technology"}
    assert check(own, plan | {"applications": asked}).breaches == ()
