"""frePPLe's operations become operations, components, loads and leads of ours."""

from __future__ import annotations

from datetime import date

import pytest

from outwork.store.formats.frepple import Options
from tests.store.formats.models import lost, make, read_xml, row, rows, takes, translated, wish

LATHE = '<resources><resource name="lathe"><location name="yard"/>{inside}</resource></resources>'
ON_LATHE = '<loads><load><resource name="lathe"/><quantity>{quantity}</quantity></load></loads>'


def lathe(inside: str = "") -> str:
    return LATHE.format(inside=inside)


def on_lathe(quantity: float = 1) -> str:
    return ON_LATHE.format(quantity=quantity)


def hours_a_week(inside: str, calendars: str = "") -> float:
    model = calendars + lathe(inside) + make("turn", "mast", on_lathe()) + wish("mast")
    return float(row(translated(model), "resources", resource="lathe")["hours"])


def test_a_time_per_operation_takes_its_time_times_the_loads_quantity_for_each_unit() -> None:
    model = lathe("<maximum>3</maximum>") + make("turn", "mast", on_lathe(2), "time_per", 'duration_per="PT3H"') + wish("mast")
    assert row(translated(model), "loads", operation="turn")["hours"] == 6


def test_a_fixed_time_operation_is_set_up_once_in_a_step_and_takes_no_hours_per_unit() -> None:
    converted = translated(lathe() + make("turn", "mast", on_lathe(), attributes='duration="PT6H"') + wish("mast"))
    assert row(converted, "operations", operation="turn")["setup_hours"] == 6
    assert rows(converted, "loads") == []


def test_a_fixed_time_operation_of_a_single_unit_takes_its_time_for_that_unit() -> None:
    model = lathe() + make("turn", "mast", on_lathe(), attributes='duration="PT6H"') + wish("mast", quantity=1)
    converted = translated(model)
    assert row(converted, "operations", operation="turn")["setup_hours"] == 0
    assert row(converted, "loads", operation="turn")["hours"] == 6


def test_set_ups_too_many_to_decide_one_by_one_are_shared_by_the_units_and_listed() -> None:
    model = lathe() + make("turn", "mast", on_lathe(), attributes='duration="PT6H"') + wish("mast", due="2031-01-06T00:00:00")
    converted = translated(model)
    assert row(converted, "operations", operation="turn")["setup_hours"] == 0
    assert row(converted, "loads", operation="turn")["hours"] == pytest.approx(0.6)
    assert "hours of an order of fixed duration" in lost(converted)


def test_lots_too_many_to_decide_one_by_one_are_left_out_and_listed() -> None:
    model = make("turn", "mast", attributes='duration="P1D" size_multiple="5"')
    assert row(translated(model + wish("mast")), "operations", operation="turn")["lot"] == 5
    converted = translated(model + wish("mast", due="2031-01-06T00:00:00"))
    assert row(converted, "operations", operation="turn")["lot"] == 0
    assert "multiple of an order size" in lost(converted)


def test_a_fixed_time_operation_with_a_largest_order_shares_its_time_among_the_units() -> None:
    model = lathe() + make("turn", "mast", on_lathe(), attributes='duration="PT6H" size_maximum="12"') + wish("mast")
    assert row(translated(model), "loads", operation="turn")["hours"] == 0.5


def test_an_order_longer_than_a_step_occupies_its_resource_in_the_first_and_that_is_listed() -> None:
    converted = translated(lathe() + make("turn", "mast", on_lathe(), attributes='duration="P3D"') + wish("mast"))
    assert row(converted, "operations", operation="turn")["setup_hours"] == 24
    assert row(converted, "operations", operation="turn")["lead_days"] == 3
    assert "hours of an order after its first step" in lost(converted)


def test_a_resource_without_a_calendar_is_open_all_week_for_each_of_its_units() -> None:
    assert hours_a_week("<maximum>2</maximum>") == 2 * 168


def test_efficiency_stretches_what_a_resource_gives() -> None:
    assert hours_a_week("<efficiency>50</efficiency>") == 84


def test_a_calendar_of_size_and_the_working_hours_of_the_place_hold_together() -> None:
    calendars = (
        '<calendars><calendar name="size" default="3"/>'
        '<calendar name="shift" default="0"><buckets><bucket value="1" starttime="PT8H" endtime="PT16H"/></buckets></calendar>'
        '</calendars><locations><location name="yard"><available name="shift"/></location></locations>'
    )
    assert hours_a_week('<maximum_calendar name="size"/>', calendars) == 3 * 8 * 7


def test_closed_days_become_exceptions_of_the_calendar() -> None:
    calendars = (
        '<calendars><calendar name="week" default="0"><buckets>'
        '<bucket value="1" days="62"/><bucket value="0" priority="-1" start="2026-01-14T00:00:00" end="2026-01-15T00:00:00"/>'
        "</buckets></calendar></calendars>"
    )
    model = calendars + lathe('<available name="week"/>') + make("turn", "mast", on_lathe()) + wish("mast")
    closed = {(entry["since"], entry["until"], entry["hours"]) for entry in rows(translated(model), "calendar")}
    assert (date(2026, 1, 10), date(2026, 1, 11), 0) in closed
    assert (date(2026, 1, 14), date(2026, 1, 14), 0) in closed


@pytest.mark.parametrize(("rounding", "days"), [("down", 1), ("nearest", 2), ("up", 2)])
def test_a_lead_time_becomes_whole_steps_as_asked_and_what_is_rounded_is_listed(rounding: str, days: int) -> None:
    model = make("turn", "mast", attributes='duration="P1DT15H"') + wish("mast")
    converted = translated(model, Options(rounding=rounding))  # type: ignore[arg-type]
    assert row(converted, "operations", operation="turn")["lead_days"] == days
    assert "part of a step of lead time" in lost(converted)


def test_a_lead_time_in_working_days_is_the_shortest_over_all_starts() -> None:
    calendars = (
        '<calendars><calendar name="week" default="0"><buckets><bucket value="1" days="62"/></buckets></calendar></calendars>'
        '<locations><location name="yard"><available name="week"/></location></locations>'
    )
    model = calendars + make("turn", "mast", attributes='duration="P{}D"') + wish("mast")
    leads = {n: row(translated(model.format(n)), "operations", operation="turn")["lead_days"] for n in (1, 5, 6, 10)}
    assert leads == {1: 1, 5: 5, 6: 8, 10: 12}


def test_the_smallest_order_of_a_time_per_operation_sets_its_lead() -> None:
    model = make("turn", "mast", kind="time_per", attributes='duration="P1D" duration_per="PT12H" size_minimum="4"') + wish(
        "mast"
    )
    assert row(translated(model), "operations", operation="turn")["lead_days"] == 3


def test_several_units_out_of_one_order_scale_everything_to_one() -> None:
    flows = f'<flows><flow xsi:type="flow_end"><item name="mast"/><quantity>4</quantity></flow>{takes("log", 2)}</flows>'
    model = (
        lathe() + make("turn", "mast", flows + on_lathe(), "time_per", 'duration_per="PT2H" size_multiple="3"') + wish("mast")
    )
    converted = translated(model)
    assert row(converted, "components", operation="turn")["quantity"] == 0.5
    assert row(converted, "loads", operation="turn")["hours"] == 0.5
    assert row(converted, "operations", operation="turn")["lot"] == 12


def test_a_lot_that_takes_longer_than_a_step_is_dropped_and_listed() -> None:
    model = lathe() + make("turn", "mast", on_lathe(), "time_per", 'duration_per="PT2H" size_multiple="30"') + wish("mast")
    converted = translated(model)
    assert row(converted, "operations", operation="turn")["lot"] == 0
    assert "multiple of an order size" in lost(converted)


def test_flows_of_one_name_are_alternatives_within_their_dates() -> None:
    dated = "<name>wood</name><effective_end>2026-02-01T00:00:00</effective_end>"
    flows = f"<flows>{takes('oak', 2, dated)}{takes('pine', 3, '<name>wood</name>')}{takes('glue')}</flows>"
    converted = translated(make("turn", "mast", flows) + wish("mast"))
    oak = row(converted, "components", item="oak")
    assert (oak["choice"], oak["quantity"], oak["until"]) == ("wood", 2, date(2026, 1, 31))
    assert row(converted, "components", item="pine")["choice"] == "wood"
    assert row(converted, "components", item="glue")["choice"] is None


def test_one_item_taken_in_unlike_amounts_at_unlike_dates_goes_through_a_stand_in() -> None:
    before = "<effective_end>2026-02-01T00:00:00</effective_end>"
    after = "<effective_start>2026-02-01T00:00:00</effective_start>"
    converted = translated(
        make("turn", "mast", f"<flows>{takes('log', 2, before)}{takes('log', 1, after)}</flows>") + wish("mast")
    )
    parts = [each for each in rows(converted, "components") if each["operation"] == "turn"]
    assert {(each["quantity"], each["since"], each["until"]) for each in parts} == {
        (2, None, date(2026, 1, 31)),
        (1, date(2026, 2, 1), None),
    }
    stand_in = next(each["item"] for each in parts if each["item"] != "log")
    (passing,) = [each for each in rows(converted, "operations") if each["item"] == stand_in]
    assert row(converted, "components", operation=passing["operation"])["item"] == "log"


def test_material_at_another_place_comes_over_a_lane_of_its_own() -> None:
    far = '<flow xsi:type="flow_start"><item name="log"/><location name="forest"/><quantity>-1</quantity></flow>'
    converted = translated(make("turn", "mast", f"<flows>{far}</flows>") + wish("mast"))
    lane = row(converted, "lanes", item="log")
    assert (lane["origin"], lane["destination"], lane["lead_days"], lane["cost"]) == ("forest", "yard", 0, 0)


def test_a_routing_becomes_a_chain_of_items() -> None:
    steps = "".join(
        f'<suboperation><operation name="{name}" xsi:type="operation_fixed_time" duration="P{days}D"/>'
        f"<priority>{place}</priority></suboperation>"
        for place, (name, days) in enumerate([("turn", 2), ("paint", 1)], 1)
    )
    inside = f"<suboperations>{steps}</suboperations><flows>{takes('log')}</flows>"
    converted = translated(make("make mast", "mast", inside, "routing", "") + wish("mast"))
    assert {each["operation"]: (each["item"], each["lead_days"]) for each in rows(converted, "operations")} == {
        "turn": ("make mast: turn", 2),
        "paint": ("mast", 1),
    }
    assert row(converted, "components", operation="turn")["item"] == "log"
    assert row(converted, "components", operation="paint")["item"] == "make mast: turn"


def test_steps_that_wait_for_one_step_share_what_it_makes_and_their_ends_are_joined() -> None:
    def step(name: str, waits: str = "") -> str:
        after = f'<dependencies><dependency><blockedby name="{waits}"/></dependency></dependencies>' if waits else ""
        return f'<suboperation><operation name="{name}" xsi:type="operation_fixed_time">{after}</operation></suboperation>'

    inside = f"<suboperations>{step('saw')}{step('left', 'saw')}{step('right', 'saw')}</suboperations>"
    converted = translated(make("make mast", "mast", inside, "routing", "") + wish("mast"))
    assert row(converted, "components", operation="left")["quantity"] == 1
    assert row(converted, "components", operation="right")["item"] == "make mast: saw"
    ends = [each["item"] for each in rows(converted, "components") if each["operation"] == "make mast: all steps"]
    assert sorted(ends) == ["make mast: left", "make mast: right"]
    assert row(converted, "operations", operation="make mast: all steps")["item"] == "mast"


def test_alternatives_make_one_item_and_the_preferred_one_costs_a_little_less() -> None:
    options = "".join(
        f'<suboperation><operation name="{name}" xsi:type="operation_fixed_time"><location name="yard"/></operation>'
        f"<priority>{priority}</priority></suboperation>"
        for name, priority in (("by hand", 2), ("by lathe", 1), ("by magic", 0))
    )
    converted = translated(make("make", "mast", f"<suboperations>{options}</suboperations>", "alternate", "") + wish("mast"))
    costs = {each["operation"]: each["unit_cost"] for each in rows(converted, "qualifications")}
    assert 0 < costs["by lathe"] < costs["by hand"] < 0.01
    assert "by magic" not in costs
    assert "alternative of priority 0" in lost(converted)


def test_an_operation_that_only_carries_is_a_lane() -> None:
    inside = (
        '<operations><operation name="cart" xsi:type="operation_fixed_time" duration="P2D"><flows>'
        '<flow xsi:type="flow_start"><item name="mast"/><location name="yard"/><quantity>-1</quantity></flow>'
        '<flow xsi:type="flow_end"><item name="mast"/><location name="port"/><quantity>1</quantity></flow>'
        "</flows></operation></operations>"
    )
    converted = translated(make("turn", "mast") + inside + wish("mast", "port"))
    lane = row(converted, "lanes", mode="cart")
    assert (lane["origin"], lane["destination"], lane["item"], lane["lead_days"]) == ("yard", "port", "mast", 2)


def test_a_pool_and_a_skill_are_processes_that_their_members_give_hours_to() -> None:
    people = "".join(f'<resource name="{name}"><owner name="crew"/></resource>' for name in ("Ada", "Bo"))
    skilled = '<resourceskills><resourceskill><resource name="Bo"/></resourceskill></resourceskills>'
    skills = f'<skills><skill name="varnish">{skilled}</skill></skills>'
    loads = '<loads><load><resource name="crew"/></load></loads>'
    varnishing = '<loads><load><resource name="crew"/><skill name="varnish"/></load></loads>'
    model = f'<resources><resource name="crew"/>{people}</resources>{skills}'
    model += make("turn", "mast", loads, "time_per", 'duration_per="PT1H"')
    model += make("varnish", "boom", varnishing, "time_per", 'duration_per="PT1H"') + wish("mast") + wish("boom")
    converted = translated(model)
    assert {(each["resource"], each["process"]) for each in rows(converted, "capabilities")} == {
        ("Ada", "crew"), ("Bo", "crew"), ("Bo", "crew with varnish"),
    }  # fmt: skip
    assert row(converted, "loads", operation="varnish")["process"] == "crew with varnish"
    assert {each["resource"] for each in rows(converted, "resources")} == {"Ada", "Bo"}


def test_loads_of_one_name_are_alternatives() -> None:
    loads = "<loads>" + "".join(
        f'<load><resource name="{name}"/><name>any</name><priority>{place}</priority></load>'
        for place, name in enumerate(("old lathe", "new lathe"))
    )
    resources = '<resources><resource name="old lathe"/><resource name="new lathe"/></resources>'
    model = resources + make("turn", "mast", loads + "</loads>", "time_per", 'duration_per="PT1H"') + wish("mast")
    converted = translated(model)
    assert row(converted, "loads", operation="turn")["process"] == "old lathe or new lathe"
    assert {each["resource"] for each in rows(converted, "capabilities")} == {"old lathe", "new lathe"}


def test_a_resource_without_limit_is_left_out_and_listed() -> None:
    model = '<resources><resource name="sky" xsi:type="resource_infinite"/></resources>'
    model += make("turn", "mast", '<loads><load><resource name="sky"/></load></loads>') + wish("mast")
    converted = translated(model)
    assert rows(converted, "resources") == []
    assert {"load", "resource without limit"} <= lost(converted)


def test_weekly_buckets_are_planned_in_weeks_from_a_monday() -> None:
    calendar = '<calendars><calendar name="b"><buckets>' + "".join(
        f'<bucket start="2026-01-{day:02}T00:00:00" end="2026-01-{day + 7:02}T00:00:00" value="21"/>' for day in (5, 12, 19)
    )
    model = calendar + "</buckets></calendar></calendars>"
    model += '<resources><resource name="line" xsi:type="resource_buckets"><maximum_calendar name="b"/></resource></resources>'
    model += make("turn", "mast", '<loads><load><resource name="line"/><quantity>2</quantity></load></loads>') + wish("mast")
    converted = translated(model, current="2026-01-07T00:00:00")
    assert (converted.programme.settings.step_days, converted.programme.settings.start) == (7, date(2026, 1, 5))
    assert row(converted, "loads", operation="turn")["hours"] == 2
    assert 21 in {
        row(converted, "resources", resource="line")["hours"],
        *(each["hours"] for each in rows(converted, "calendar")),
    }


def test_a_run_of_days_of_one_entry_is_a_bucket_of_its_own_every_week() -> None:
    calendar = (
        '<calendars><calendar name="b" default="0"><buckets><bucket days="62" value="20"/></buckets></calendar></calendars>'
    )
    line = '<resources><resource name="line" xsi:type="resource_buckets"><maximum_calendar name="b"/></resource></resources>'
    turn = make("turn", "mast", '<loads><load><resource name="line"/></load></loads>')
    converted = translated(calendar + line + turn + wish("mast"))
    assert converted.programme.settings.step_days == 7
    assert row(converted, "resources", resource="line")["hours"] == pytest.approx(20)


def test_two_ways_that_would_make_an_item_of_itself_are_cut_and_listed() -> None:
    model = make("there", "mast", f"<flows>{takes('boom')}</flows>") + make("back", "boom", f"<flows>{takes('mast')}</flows>")
    converted = translated(model + wish("mast"))
    assert [each["operation"] for each in rows(converted, "operations")] == ["there"]
    assert "operation in a circle" in lost(converted)


def test_what_is_taken_and_not_given_anywhere_is_offered_by_nobody_none_a_week() -> None:
    converted = translated(make("turn", "mast", f"<flows>{takes('moonstone')}</flows>") + wish("mast"))
    assert row(converted, "supplies", item="moonstone")["per_week"] == 0
    assert "replenishment" in lost(converted)


def test_the_same_file_gives_the_same_programme() -> None:
    model = lathe() + make("turn", "mast", on_lathe()) + wish("mast")
    assert translated(model).programme.digest == translated(model).programme.digest
    assert read_xml(model)[0] == read_xml(model)[0]
