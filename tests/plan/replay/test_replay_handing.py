"""Single sources and options: 2 radios wait in Lund and 2 in Turku, which wants them of one source."""

from datetime import timedelta
from typing import Any

import pytest

from outwork.model.frames import empty
from outwork.model.programme import Programme
from outwork.model.tables import BY_NAME
from outwork.model.tables.planned import Delivery
from outwork.plan.replay import Cost, check
from tests.plan.ground import START
from tests.plan.replay.workshop import changed, day, decisions, more, sent, workshop


def depot(**columns: Any) -> Programme:
    programme = workshop()
    stocks = empty(BY_NAME["stocks"])
    for site in ("lund", "turku"):
        stocks = more(stocks, "stocks", item="radio", site=site, on_hand=2.0)
    demands = changed(programme["demands"], **({"quantity": 2.0, "due": day(1), "single_source": True} | columns))
    return programme.replace(stocks=stocks, demands=demands)


def handed(week: int, quantity: float, origin: str = "", late: float = 0) -> Delivery:
    return Delivery(demand="d1", start=day(week), quantity=quantity, weeks_late=late, origin=origin)


def codes(programme: Programme, *rows: Any) -> set[str]:
    return {str(breach.code) for breach in check(programme, decisions(list(rows))).breaches}


def test_a_single_source_may_be_the_stock_of_the_site_itself() -> None:
    assert codes(depot(), handed(0, 2, "turku")) == set()


def test_stock_that_other_sites_would_fill_is_no_single_source() -> None:
    programme = depot()
    programme = programme.replace(stocks=programme["stocks"].filter(site="lund"))
    assert codes(programme, sent(0, 2), handed(1, 2, "turku")) == {"source"}
    assert codes(programme, sent(0, 2), handed(1, 2, "lund")) == set()


def test_a_single_source_may_be_another_site_whose_units_pass_the_stock() -> None:
    replay = check(depot(), decisions([sent(0, 2), handed(1, 2, "lund")]))
    assert replay.breaches == ()
    assert {q for _, site, _, q, _ in replay.stock.iter_rows() if site == "turku"} == {2}


def test_a_single_source_names_its_origin() -> None:
    assert codes(depot(), handed(0, 2)) == {"source"}


def test_two_sources_are_not_one() -> None:
    assert codes(depot(), sent(0, 1), handed(1, 1, "lund"), handed(0, 1, "turku")) == {"source"}


def test_units_from_the_stock_of_the_site_do_not_pass_for_those_of_another() -> None:
    assert codes(depot(), handed(1, 2, "lund")) == {"source"}
    assert codes(depot(), sent(0, 1), handed(1, 2, "lund")) == {"source"}


def test_units_are_handed_over_in_the_step_in_which_they_arrive() -> None:
    assert codes(depot(due=day(3)), sent(0, 2), handed(2, 2, "lund")) == {"source"}


def test_two_single_source_demands_do_not_share_one_arrival() -> None:
    programme = depot()
    twin = {**programme["demands"].row(0, named=True), "demand": "d2"}
    both = programme.replace(demands=more(programme["demands"], "demands", **twin))
    second = Delivery(demand="d2", start=day(1), quantity=2, weeks_late=0, origin="lund")
    assert codes(both, sent(0, 2), handed(1, 2, "lund"), second) == {"source"}


def test_what_was_sent_before_the_horizon_serves_no_single_source() -> None:
    programme = depot()
    columns = {"site": "lund", "destination": "turku", "item": "radio", "start": START - timedelta(days=3), "quantity": 2.0}
    held = more(empty(BY_NAME["commitments"]), "commitments", commitment="s", kind="ship", **columns)
    assert codes(programme.replace(commitments=held), handed(0, 2, "lund")) == {"source"}


def test_what_was_sent_before_the_horizon_may_be_handed_over_from_the_stock() -> None:
    programme = depot()
    columns = {"site": "lund", "destination": "turku", "item": "radio", "start": START - timedelta(days=3), "quantity": 2.0}
    held = more(empty(BY_NAME["commitments"]), "commitments", commitment="s", kind="ship", **columns)
    bare = programme.replace(commitments=held, stocks=programme["stocks"].filter(site="lund"))
    assert codes(bare, handed(1, 2, "turku")) == set()


def test_an_option_taken_earns_its_price_and_one_left_costs_nothing() -> None:
    option = depot(firm="option", single_source=False, price=150.0)
    assert check(option, decisions([handed(0, 2)])).costs["options"] == Cost(-300, -300)
    left = check(option, {})
    assert left.breaches == ()
    assert left.costs["shortage"] == left.costs["options"] == Cost(0, 0)
    assert left.promises.select("taken", "short", "complete").row(0) == (False, 2, None)


def test_an_option_may_come_late_and_in_parts_at_its_lateness_price() -> None:
    option = depot(firm="option", single_source=False, due=day(0), lateness=7.0)
    replay = check(option, decisions([handed(0, 1), handed(2, 1, late=2)]))
    assert replay.breaches == ()
    assert replay.costs["lateness"].plain == 7 * 2 * 2


def test_prices_left_blank_follow_the_price_and_then_the_value() -> None:
    """Shortage is 2 x price x priority 2; without a price the radio's value of 100 takes its place."""
    assert check(depot(price=30.0), {}).costs["shortage"].plain == pytest.approx(2 * 2 * 30 * 2)
    assert check(depot(), {}).costs["shortage"].plain == pytest.approx(2 * 2 * 100 * 2)
    assert check(depot(shortage=11.0), {}).costs["shortage"].plain == pytest.approx(2 * 11 * 2)
