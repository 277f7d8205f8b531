"""What a plan does about each feature, in numbers that can be worked out by hand.

On the common ground (see `worlds`) a radio takes an hour at Lund's bench and 1 EUR, a week late costs 1 EUR a radio, and
one that never comes 1,000 EUR.
"""

from __future__ import annotations

from datetime import timedelta

import pytest

from outwork.model.table import Row
from outwork.model.tables.capacity import CalendarEntry, Capability
from outwork.model.tables.design import Component, Item, Load, Operation
from outwork.model.tables.moving import Clearance, Corridor, Lane, Stock
from outwork.model.tables.sourcing import Qualification, Ramp, RampShare, Supply
from outwork.model.tables.wanting import Agreement, Commitment, Share
from outwork.plan import Result
from tests.plan.worlds import bench, by_week, monday, plain, radio, solved, wanted


def cost(result: Result) -> float:
    """Return what a plan costs [EUR], to a hundredth of a cent."""
    assert result.outcome.cost is not None
    return round(result.outcome.cost, 3)


# Making


def test_a_yield_of_four_fifths_takes_twelve_and_a_half_starts_for_ten_good() -> None:
    plan = solved(radio(yield_rate=0.8), bench(40), wanted(10, 3))
    assert sum(by_week(plan, "make").values()) == pytest.approx(12.5)
    assert cost(plan) == 12.5


def test_a_lead_time_of_ten_days_takes_two_weeks() -> None:
    plan = solved(radio(lead_days=10), bench(40), wanted(4, 0))
    assert by_week(plan, "deliver") == {2: 4}
    assert plain(plan, "lateness") == 4 * 2


def test_what_the_bench_cannot_make_in_time_is_late_by_as_many_weeks_as_it_takes() -> None:
    plan = solved(radio(), bench(4), wanted(12, 0))
    assert by_week(plan, "deliver") == {0: 4, 1: 4, 2: 4}
    assert plain(plan, "lateness") == 4 * 1 + 4 * 2


def test_what_cannot_be_made_at_all_is_short() -> None:
    plan = solved(radio(), bench(4), wanted(12, 1), weeks=2)
    assert plain(plan, "shortage") == 4 * 1000
    assert plan.tables["promises"]["short"].to_list() == [pytest.approx(4)]


def test_a_holiday_of_two_and_a_half_days_leaves_the_hours_of_the_other_days() -> None:
    closed = CalendarEntry(resource="bench-lund", since=monday(0), until=monday(0) + timedelta(days=4), hours=0)
    plan = solved(radio(), bench(7), closed, wanted(9, 1, lateness=10))
    assert by_week(plan, "make") == {0: 2, 1: 7}
    assert plan.tables["work"].sort("start")["open_hours"].to_list()[:2] == [pytest.approx(2), pytest.approx(7)]


def test_the_exception_that_begins_later_holds() -> None:
    shut = CalendarEntry(resource="bench-lund", since=monday(0), until=monday(4), hours=0)
    again = CalendarEntry(resource="bench-lund", since=monday(1), until=monday(2) - timedelta(days=1), hours=21)
    plan = solved(radio(), bench(7), [again, shut], wanted(21, 0))
    assert by_week(plan, "make") == {1: 21}


def test_overtime_comes_after_ordinary_hours_and_at_one_and_a_half_times_their_cost() -> None:
    plan = solved(radio(unit_cost=0), bench(5, cost=10, overtime_hours=3), wanted(7, 0, lateness=100))
    assert plain(plan, "hours") == 5 * 10 + 2 * 15
    assert plan.tables["work"].sort("start")["overtime"][0] == pytest.approx(2)


def test_a_week_of_lateness_is_cheaper_than_dear_overtime() -> None:
    plan = solved(radio(unit_cost=0), bench(5, cost=10, overtime_hours=3, overtime_cost=12), wanted(7, 0, lateness=1.5))
    assert plain(plan, "hours") == 7 * 10
    assert plain(plan, "lateness") == 2 * 1.5


def test_a_week_without_ordinary_hours_has_no_overtime() -> None:
    shut = CalendarEntry(resource="bench-lund", since=monday(0), until=monday(1) - timedelta(days=1), hours=0)
    plan = solved(radio(), bench(5, overtime_hours=3), shut, wanted(7, 0))
    assert by_week(plan, "make") == {1: 7}


def test_a_resource_shares_its_hours_between_two_processes() -> None:
    tests = Load(operation="assemble", process="test", hours=1)
    plan = solved(radio(), tests, bench(10), Capability(resource="bench-lund", process="test"), wanted(10, 0))
    assert by_week(plan, "make") == {0: 5, 1: 5}


def test_lots_make_more_than_is_wanted() -> None:
    plan = solved(radio(lot=4), bench(40), wanted(10, 0))
    assert sum(by_week(plan, "make").values()) == 12
    assert plain(plan, "making") == 12


def test_a_set_up_is_paid_once_where_one_week_holds_it_all() -> None:
    plan = solved(radio(setup_cost=30), bench(10), wanted(5, 2), wanted(5, 3, demand="e"))
    assert plain(plan, "set-up") == 30
    assert len(by_week(plan, "make")) == 1


def test_a_set_up_takes_hours_from_every_week_that_runs() -> None:
    plan = solved(radio(setup_hours=3), bench(10, cost=1), wanted(14, 0))
    assert by_week(plan, "make") == {0: 7, 1: 7}
    assert by_week(plan, "work") == {0: 10, 1: 10}


CASED: list[Row] = [
    Item(item="wood", name="Wood"),
    Item(item="steel", name="Steel"),
    Supply(item="wood", site="lund", party="parts", price=5),
    Supply(item="steel", site="lund", party="parts", price=1),
    Component(operation="assemble", item="wood", quantity=1, choice="casing"),
]


def test_the_cheaper_alternative_is_taken_by_what_a_unit_needs_of_it() -> None:
    plan = solved(
        radio(), CASED, Component(operation="assemble", item="steel", quantity=3, choice="casing"), bench(40), wanted(4, 0)
    )
    assert by_week(plan, "use", item="steel") == {0: 12}
    assert plain(plan, "buying") == 4 * 3 * 1


def test_an_alternative_waits_for_its_first_day() -> None:
    later = Component(operation="assemble", item="steel", quantity=3, choice="casing", since=monday(2))
    plan = solved(radio(), CASED, later, bench(40), wanted(4, 0), wanted(4, 2, demand="e", earliest=monday(2)))
    assert by_week(plan, "use", item="wood") == {0: 4}
    assert by_week(plan, "use", item="steel") == {2: 12}


def test_a_component_that_comes_later_is_not_taken_before() -> None:
    later = Component(operation="assemble", item="steel", quantity=2, since=monday(1))
    plan = solved(radio(), CASED, later, bench(2), wanted(4, 0))
    assert by_week(plan, "use", item="wood") == {0: 2, 1: 2}
    assert by_week(plan, "use", item="steel") == {1: 4}


# Qualifying


def ready_in_turku(**more: object) -> list[Row]:
    """Turku can be qualified for radios, which Lund makes slowly."""
    return [
        bench(2),
        bench(10, "turku"),
        Qualification(**{"operation": "assemble", "site": "turku", "status": "possible", **more}),
    ]


HOME = Lane(origin="turku", destination="lund")
LATENESS_SAVED = 2 * (1 + 2 + 3 + 4)
"""Ten radios for week 0 at two a week are late by 2 x (1 + 2 + 3 + 4) = 20 weeks in all."""


@pytest.mark.parametrize(("fee", "started"), [(LATENESS_SAVED - 1, 1), (LATENESS_SAVED + 1, 0)])
def test_a_qualification_is_started_just_where_its_fee_is_below_the_lateness_that_it_saves(fee: float, started: int) -> None:
    plan = solved(radio(unit_cost=0), ready_in_turku(cost=fee), HOME, wanted(10, 0))
    assert plan.tables["qualify"].height == started
    assert cost(plan) == min(fee, LATENESS_SAVED)


def test_a_new_site_follows_its_ramp() -> None:
    ramp = [Ramp(ramp="slow"), *(RampShare(ramp="slow", week=week, share=share) for week, share in ((0, 0.2), (2, 1.0)))]
    only = [row for row in radio() if not isinstance(row, Qualification)]
    turku = Qualification(operation="assemble", site="turku", status="possible", lead_days=7, ramp="slow", unit_cost=1)
    plan = solved(only, ramp, turku, bench(10, "turku"), wanted(14, 0, "turku"))
    assert by_week(plan, "make") == {1: 2, 2: 2, 3: 10}


def test_a_site_without_hours_to_count_is_free_as_soon_as_its_ramp_begins() -> None:
    ramp = [Ramp(ramp="slow"), *(RampShare(ramp="slow", week=week, share=share) for week, share in ((1, 0.1), (9, 1.0)))]
    by_hand = [Item(item="radio", name="Radio"), Operation(operation="assemble", item="radio", process="hand")]
    turku = Qualification(operation="assemble", site="turku", status="possible", ramp="slow", unit_cost=1)
    plan = solved(by_hand, ramp, turku, wanted(14, 0, "turku"))
    assert by_week(plan, "make") == {1: 14}


def test_a_site_that_starts_one_qualification_a_date_starts_the_second_on_the_next() -> None:
    plan = solved(
        [Item(item=item, name=item) for item in ("radio", "phone")],
        [Operation(operation=f"o-{item}", item=item, process="hand") for item in ("radio", "phone")],
        [Qualification(operation=f"o-{item}", site="turku", status="possible", cost=1) for item in ("radio", "phone")],
        [wanted(5, 0, "turku"), wanted(3, 0, "turku", demand="e", item="phone")],
        frame={"qualification_weeks": 4},
    )
    assert sorted(day for day in plan.tables["qualify"]["start"]) == [monday(0), monday(4)]
    assert plain(plan, "lateness") == 4 * 3


def test_technology_that_is_cleared_in_week_three_is_used_from_week_three_on() -> None:
    rows = [row for row in radio() if not isinstance(row, Qualification | Item)]
    plan = solved(
        Item(item="radio", name="Radio", technology_of="SE"), rows, bench(40, "turku"),
        Qualification(operation="assemble", site="turku", status="possible", lead_days=7),
        Clearance(clearance="t", item="radio", origin="SE", destination="FI", kind="technology", opens=monday(3)),
        wanted(4, 0, "turku"),
    )  # fmt: skip
    assert plan.tables["qualify"]["start"].to_list() == [monday(3)]
    assert by_week(plan, "deliver") == {4: 4}


def test_a_qualified_site_makes_from_its_earliest_day_on() -> None:
    rows = [row for row in radio() if not isinstance(row, Qualification)]
    plan = solved(
        rows,
        Qualification(operation="assemble", site="lund", earliest=monday(1) + timedelta(days=1), unit_cost=1),
        bench(40),
        wanted(4, 0),
    )
    assert by_week(plan, "make") == {2: 4}


# Buying, moving, keeping

BOUGHT = Item(item="radio", name="Radio", mass=2, value=52, holding_rate=0.5)
CONTROLLED = BOUGHT.model_copy(update={"controlled": True, "holding_rate": 0.0})
STORED = Stock(item="radio", site="lund", on_hand=10)
ROAD = Lane(origin="lund", destination="turku", lead_days=7, cost=0.5)


def test_a_supplier_sells_no_less_than_its_minimum() -> None:
    plan = solved(BOUGHT, Supply(item="radio", site="lund", party="parts", price=3, minimum=8), wanted(5, 11))
    assert by_week(plan, "buy") == {11: 8}
    assert plain(plan, "buying") == 24


def test_a_small_want_goes_short_where_the_minimum_is_dearer() -> None:
    plan = solved(BOUGHT, Supply(item="radio", site="lund", party="parts", price=300, minimum=8), wanted(1, 11))
    assert by_week(plan, "buy") == {}
    assert plain(plan, "shortage") == 1000


def test_what_is_kept_costs_its_share_of_the_value_week_by_week() -> None:
    plan = solved(BOUGHT, STORED, wanted(10, 4, earliest=monday(4)))
    assert plain(plan, "holding") == 10 * 4 * 0.5


def test_no_more_is_kept_than_the_store_takes() -> None:
    offer = Supply(item="radio", site="lund", party="parts", price=3, until=monday(0))
    plan = solved(BOUGHT, Stock(item="radio", site="lund", most=4), offer, wanted(6, 3, earliest=monday(1)))
    assert sum(by_week(plan, "buy").values()) == 4
    assert plain(plan, "shortage") == 2 * 1000


def test_falling_below_the_safety_stock_costs_the_shortage_price_spread_over_a_year() -> None:
    plan = solved(BOUGHT, Stock(item="radio", site="lund", on_hand=5, safety=4), wanted(3, 8, earliest=monday(8), lateness=9))
    assert plain(plan, "safety") == pytest.approx(2 * 4 * 2 * 52 / 52)  # 2 below at the end of weeks 8 to 11, 2 x 52 EUR a year


def test_a_lane_takes_no_more_weight_than_its_limit() -> None:
    plan = solved(BOUGHT, STORED, ROAD.model_copy(update={"per_week": 8}), wanted(10, 1, "turku"))
    assert by_week(plan, "ship") == {0: 4, 1: 4, 2: 2}
    assert plain(plan, "moving") == 10 * 2 * 0.5
    assert plain(plan, "lateness") == 4 * 1 + 2 * 2


def test_a_fixed_cost_is_paid_for_each_week_in_which_anything_moves() -> None:
    lane = ROAD.model_copy(update={"per_week": 12, "fixed_cost": 7})
    plan = solved(BOUGHT, STORED, lane, wanted(10, 4, "turku"))
    assert plain(plan, "fixed lanes") == 2 * 7


def test_all_sites_of_two_nations_share_the_limit_of_their_corridor() -> None:
    sea = Corridor(origin="SE", destination="FI", mode="sea", lead_days=7, per_week=12)
    plan = solved(
        BOUGHT, [Stock(item="radio", site=site, on_hand=5) for site in ("lund", "ystad")], sea, wanted(10, 1, "turku")
    )  # fmt: skip
    assert by_week(plan, "ship") == {0: 6, 1: 4}


def test_a_lane_takes_the_place_of_a_corridor_of_its_mode() -> None:
    free = Corridor(origin="SE", destination="FI", mode="road")
    plan = solved(BOUGHT, STORED, ROAD, free, wanted(4, 0, "turku"))
    assert by_week(plan, "deliver") == {1: 4}


def test_a_clearance_that_opens_in_week_six_delays_the_delivery_to_week_six_and_the_lead() -> None:
    leave = Clearance(clearance="c", item="radio", origin="SE", destination="FI", opens=monday(6))
    plan = solved(CONTROLLED, STORED, ROAD, leave, wanted(4, 2, "turku"))
    assert by_week(plan, "deliver") == {7: 4}
    assert plain(plan, "lateness") == 4 * 5


def test_a_cap_sends_the_rest_under_the_clearance_that_opens_later() -> None:
    early = Clearance(clearance="a", item="radio", origin="SE", destination="FI", opens=monday(0), quantity_cap=3)
    late = Clearance(clearance="b", item="radio", origin="SE", destination="FI", opens=monday(4), value_cap=52 * 5)
    plan = solved(CONTROLLED, STORED, ROAD, [early, late], wanted(10, 1, "turku"))
    assert by_week(plan, "ship", clearance="a") == {0: 3}
    assert by_week(plan, "ship", clearance="b") == {4: 5}
    assert plain(plan, "shortage") == 2 * 1000


def test_clearances_of_one_licence_share_its_cap() -> None:
    rows = [
        Clearance(clearance=c, item="radio", origin="SE", destination="FI", opens=monday(w), licence="L", quantity_cap=cap)
        for c, w, cap in (("a", 0, 6), ("b", 2, 8))
    ]
    plan = solved(CONTROLLED, STORED, ROAD, rows, wanted(10, 1, "turku"))
    assert sum(by_week(plan, "ship").values()) == 6


def test_nothing_controlled_crosses_to_another_consignee() -> None:
    leave = Clearance(clearance="c", item="radio", origin="SE", destination="FI", opens=monday(0), consignee="acme")
    plan = solved(CONTROLLED, STORED, ROAD, leave, wanted(4, 2, "turku"))
    assert by_week(plan, "ship") == {}


# Wanting


@pytest.mark.parametrize(("price", "earned"), [(1.5, -15.0), (0.5, 0.0)])
def test_an_option_is_taken_whole_just_where_it_pays(price: float, earned: float) -> None:
    plan = solved(radio(), bench(40), wanted(10, 3, firm="option", price=price))
    assert plain(plan, "options") == earned


def test_an_option_that_cannot_be_served_whole_is_left() -> None:
    plan = solved(radio(), bench(4), wanted(10, 0, firm="option", price=50), weeks=2)
    assert plan.tables["promises"]["taken"].to_list() == [False]
    assert cost(plan) == 0


def two_sites() -> list[Row]:
    """Lund makes radios for 1 EUR and four a week, Ystad for 3 EUR and twenty; both are next to Turku."""
    ystad = Qualification(operation="assemble", site="ystad", unit_cost=3)
    return [*radio(), ystad, bench(4), bench(20, "ystad"), *(Lane(origin=o, destination="turku") for o in ("lund", "ystad"))]


def test_without_a_single_source_both_sites_deliver() -> None:
    plan = solved(two_sites(), wanted(8, 0, "turku", lateness=100))
    assert {row["site"]: round(row["quantity"], 3) for row in plan.tables["make"].to_dicts()} == {"lund": 4, "ystad": 4}


def test_a_single_source_is_the_site_that_costs_less_for_all_of_it() -> None:
    soon = solved(two_sites(), wanted(8, 0, "turku", lateness=100, single_source=True))
    late = solved(two_sites(), wanted(8, 1, "turku", lateness=100, single_source=True))
    assert soon.tables["deliver"]["origin"].unique().to_list() == ["ystad"]
    assert cost(soon) == 8 * 3
    assert late.tables["deliver"]["origin"].unique().to_list() == ["lund"]
    assert cost(late) == 8 * 1


def test_a_single_source_needs_no_lane_where_its_own_site_makes_it() -> None:
    plan = solved(radio(), bench(40), wanted(4, 1, single_source=True))
    assert plan.tables["deliver"]["origin"].to_list() == ["lund"]


def test_a_higher_priority_is_served_first() -> None:
    plan = solved(radio(), bench(4), wanted(4, 0), wanted(4, 0, demand="e", priority=2))
    assert by_week(plan, "deliver", demand="e") == {0: 4}
    assert by_week(plan, "deliver", demand="d") == {1: 4}


# Agreements and commitments


def agreed(**share: object) -> list[Row]:
    """Return an agreement on radios from week 0 on, and its share."""
    return [
        Agreement(agreement="a", name="A", kind="framework"),
        Share(**{"share": "s", "agreement": "a", "item": "radio", **share}),
    ]


def dear_turku() -> list[Row]:
    """Turku makes radios for 3 EUR, Lund for 1 EUR."""
    turku = Qualification(operation="assemble", site="turku", unit_cost=3)
    return [*radio(), turku, bench(40), bench(40, "turku"), Lane(origin="turku", destination="lund")]


def test_a_least_share_gives_units_to_the_dearer_nation() -> None:
    plan = solved(dear_turku(), agreed(nation="FI", min_share=0.3), wanted(10, 3))
    assert sum(by_week(plan, "make", site="turku").values()) == pytest.approx(3)
    assert cost(plan) == 7 * 1 + 3 * 3


def test_a_most_share_takes_units_from_the_cheaper_party() -> None:
    plan = solved(dear_turku(), agreed(party="acme", max_share=0.6), wanted(10, 3))
    assert sum(by_week(plan, "make", site="lund").values()) == pytest.approx(6)


def decided(**more: object) -> Commitment:
    """Return a commitment, to make radios in Lund unless told otherwise."""
    kind = {"commitment": "c", "kind": "make", "operation": "assemble", "site": "lund"}
    return Commitment(**{**kind, **more})


def test_what_is_decided_within_the_horizon_is_kept_to_the_unit() -> None:
    plan = solved(radio(), bench(40), wanted(4, 3), decided(start=monday(1), quantity=7))
    assert by_week(plan, "make") == {1: 7}


def test_decisions_on_the_same_thing_in_the_same_week_add_up() -> None:
    rows = [decided(commitment=name, start=monday(1), quantity=units) for name, units in (("c", 3), ("e", 4))]
    assert by_week(solved(radio(), bench(40), wanted(7, 3), rows), "make") == {1: 7}


@pytest.mark.parametrize("more", [{"setup_cost": 5.0}, {"lot": 5.0}])
def test_more_may_be_decided_than_is_wanted(more: dict[str, float]) -> None:
    assert by_week(solved(radio(**more), bench(400), wanted(1, 3), decided(start=monday(1), quantity=30)), "make") == {1: 30}


def test_more_may_be_ordered_and_sent_than_is_wanted() -> None:
    order = decided(kind="buy", operation=None, item="radio", party="parts", start=monday(0), quantity=30)
    trip = order.model_copy(update={"commitment": "t", "kind": "ship", "party": None, "destination": "turku", "quantity": 20})
    offer = Supply(item="radio", site="lund", party="parts", price=3, minimum=2)
    plan = solved(BOUGHT, offer, ROAD.model_copy(update={"fixed_cost": 9}), wanted(1, 3, "turku"), [order, trip])
    assert (by_week(plan, "buy"), by_week(plan, "ship")) == ({0: 30}, {0: 20})


def test_what_was_begun_before_the_horizon_arrives_and_costs_nothing() -> None:
    plan = solved(radio(lead_days=14, yield_rate=0.5), bench(40), wanted(3, 1), decided(start=monday(-1), quantity=6))
    assert by_week(plan, "make") == {}
    assert by_week(plan, "deliver") == {1: 3}
    assert cost(plan) == 0


def test_a_qualification_begun_before_the_horizon_is_ready_in_time_and_free() -> None:
    begun = decided(kind="qualify", site="turku", start=monday(-2))
    plan = solved(radio(unit_cost=9), ready_in_turku(cost=50, lead_days=21, unit_cost=1), begun, wanted(10, 0, "turku"))
    assert by_week(plan, "make", site="turku") == {1: 10}
    assert plan.tables["qualify"].height == 0


def test_a_qualification_is_started_when_it_was_decided_though_it_does_not_pay() -> None:
    begun = decided(kind="qualify", site="turku", start=monday(3))
    plan = solved(radio(), ready_in_turku(cost=50), begun, wanted(2, 0))
    assert plan.tables["qualify"]["start"].to_list() == [monday(3)]
    assert cost(plan) == 50 + 2


def test_a_decision_for_after_the_horizon_says_nothing() -> None:
    after = decided(kind="qualify", site="turku", start=monday(20))
    plan = solved(radio(unit_cost=0), ready_in_turku(cost=5), HOME, after, wanted(10, 0))
    assert plan.tables["qualify"]["start"].to_list() == [monday(0)]


# Money


def test_later_money_counts_less() -> None:
    offer = Supply(item="radio", site="lund", party="parts", price=100, since=monday(26))
    plan = solved(Item(item="radio", name="Radio"), offer, wanted(1, 26), weeks=30, frame={"discount_rate": 0.21})
    assert cost(plan) == round(100 / 1.1, 3)
