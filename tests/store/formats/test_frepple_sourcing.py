"""frePPLe's offers, ways to move, stocks, demands and orders become rows of ours."""

from __future__ import annotations

from datetime import date

import pytest

from outwork.model.errors import Unreadable
from outwork.store.formats.frepple import Options, convert
from outwork.store.formats.frepple.wanting import weights
from tests.store.formats.models import lost, make, read_xml, row, rows, takes, translated, wish


def offer(item: str = "mast", inside: str = "<leadtime>P7D</leadtime>", supplier: str = "Oak") -> str:
    return (
        f'<suppliers><supplier name="{supplier}"><itemsuppliers><itemsupplier><item name="{item}"/>{inside}'
        "</itemsupplier></itemsuppliers></supplier></suppliers>"
    )


def way(item: str, origin: str, destination: str, inside: str = "<leadtime>P3D</leadtime>") -> str:
    return (
        f'<itemdistributions><itemdistribution><item name="{item}"/><origin name="{origin}"/>'
        f'<destination name="{destination}"/>{inside}</itemdistribution></itemdistributions>'
    )


def order(inside: str, attributes: str = 'reference="R1" status="confirmed" quantity="5"') -> str:
    return f"<operationplans><operationplan {attributes}>{inside}</operationplan></operationplans>"


def test_an_offer_without_a_place_holds_wherever_the_item_comes_up() -> None:
    model = offer() + wish("mast", "yard") + '<buffers><buffer><item name="mast"/><location name="port"/></buffer></buffers>'
    assert {each["site"] for each in rows(translated(model), "supplies")} == {"yard", "port"}


def test_an_offer_of_a_group_holds_for_its_members() -> None:
    model = '<items><item name="spars"/><item name="mast"><owner name="spars"/></item></items>' + offer("spars") + wish("mast")
    assert row(translated(model), "supplies", item="mast")["party"] == "Oak"


def test_an_offer_at_a_region_holds_at_the_places_in_it() -> None:
    places = '<locations><location name="north"/><location name="yard"><owner name="north"/></location></locations>'
    model = places + offer(inside='<location name="north"/>') + wish("mast", "yard")
    assert row(translated(model), "supplies", item="mast")["site"] == "yard"


def test_hard_safety_time_is_lead_time_and_soft_safety_time_is_listed() -> None:
    hard, soft = "<hard_safety_leadtime>P4D</hard_safety_leadtime>", "<extra_safety_leadtime>P9D</extra_safety_leadtime>"
    converted = translated(offer(inside=f"<leadtime>P7D</leadtime>{hard}{soft}") + wish("mast"))
    assert row(converted, "supplies", item="mast")["lead_days"] == 11
    assert "extra safety leadtime" in lost(converted)


def test_the_dates_of_an_offer_are_those_of_the_arrival_and_a_fence_holds_from_today() -> None:
    dates = "<effective_start>2026-01-20T00:00:00</effective_start><effective_end>2026-03-20T00:00:00</effective_end>"
    dated = row(translated(offer(inside=f"<leadtime>P7D</leadtime>{dates}") + wish("mast")), "supplies", item="mast")
    assert (dated["since"], dated["until"]) == (date(2026, 1, 13), date(2026, 3, 13))
    fenced = row(translated(offer(inside="<fence>P10D</fence>") + wish("mast")), "supplies", item="mast")
    assert fenced["since"] == date(2026, 1, 15)


def test_the_smallest_order_is_kept_and_its_multiple_is_listed() -> None:
    converted = translated(offer(inside="<size_minimum>50</size_minimum><size_multiple>10</size_multiple>") + wish("mast"))
    assert row(converted, "supplies", item="mast")["minimum"] == 50
    assert "size multiple" in lost(converted)


def test_two_offers_of_one_supplier_are_told_apart() -> None:
    twice = offer(inside="<cost>3</cost>") + offer(
        inside="<cost>4</cost><effective_start>2026-02-01T00:00:00</effective_start>"
    )
    assert {each["party"] for each in rows(translated(twice + wish("mast")), "supplies")} == {"Oak", "Oak (2)"}


def test_a_preferred_offer_costs_a_little_less_than_its_equal() -> None:
    model = offer(inside="<priority>1</priority>", supplier="Oak") + offer(inside="<priority>2</priority>", supplier="Elm")
    prices = {each["party"]: each["price"] for each in rows(translated(model + wish("mast")), "supplies")}
    assert 0 < prices["Oak"] < prices["Elm"] < 0.01


def test_a_distribution_of_a_group_is_a_lane_for_each_item_that_needs_it_and_none_other() -> None:
    members = "".join(f'<item name="{name}"><owner name="spars"/></item>' for name in ("mast", "boom"))
    items = f'<items><item name="spars"/>{members}</items>'
    chain = way("spars", "wood", "hub") + way("spars", "hub", "yard")
    converted = translated(items + chain + offer("mast", '<location name="wood"/>') + wish("mast", "yard"))
    assert {(each["origin"], each["destination"], each["item"]) for each in rows(converted, "lanes")} == {
        ("wood", "hub", "mast"),
        ("hub", "yard", "mast"),
    }


def test_stock_and_its_safety_come_from_buffers_named_or_spelled_out() -> None:
    model = (
        '<buffers><buffer name="mast @ yard" onhand="4"><minimum>2</minimum></buffer>'
        '<buffer name="old stock" onhand="-3"><item name="boom"/><location name="yard"/></buffer></buffers>'
    )
    converted = translated(model + offer() + wish("mast") + wish("boom"))
    mast = row(converted, "stocks", item="mast")
    assert (mast["site"], mast["on_hand"], mast["safety"]) == ("yard", 4, 2)
    assert row(converted, "stocks", item="boom")["on_hand"] == 0
    assert "stock below 0" in lost(converted)


def test_an_infinite_buffer_is_an_offer_without_limit_price_or_lead() -> None:
    model = '<buffers><buffer name="log @ yard" xsi:type="buffer_infinite"/></buffers>'
    supply = row(
        translated(model + make("turn", "mast", f"<flows>{takes('log')}</flows>") + wish("mast")), "supplies", item="log"
    )
    assert (supply["party"], supply["price"], supply["per_week"], supply["lead_days"]) == ("without limit", 0, None, 0)


def test_the_lowest_priority_number_weighs_most_and_the_highest_weighs_one() -> None:
    assert weights([1, 2, 3]) == {3: 1, 2: 4, 1: 16}
    assert weights([5, 5]) == {5: 1}
    assert max(weights(range(30)).values()) == pytest.approx(1000)


def test_no_demand_is_cheaper_late_than_on_time_by_any_way() -> None:
    converted = translated(offer(inside="<cost>250</cost>") + wish("mast"))
    demand = row(converted, "demands", item="mast")
    assert demand["lateness"] / 7 > 250
    assert demand["shortage"] > demand["lateness"] * converted.programme.settings.weeks


@pytest.mark.parametrize("status", ["closed", "canceled", "inquiry"])
def test_a_demand_that_frepple_does_not_plan_is_left_out_and_listed(status: str) -> None:
    converted = translated(offer() + wish("mast", more=f"<status>{status}</status>"))
    assert rows(converted, "demands") == []
    assert f"demand that is {status}" in lost(converted)


def test_a_delivery_operation_makes_an_item_of_its_own_that_is_what_is_wanted() -> None:
    delivery = (
        '<operation name="by cart" xsi:type="operation_fixed_time" duration="P2D">'
        f'<location name="yard"/><flows>{takes("mast")}</flows></operation>'
    )
    converted = translated(offer() + wish("mast", more=delivery))
    assert row(converted, "demands", item="mast by by cart")["site"] == "yard"
    assert row(converted, "operations", operation="by cart")["lead_days"] == 2
    assert row(converted, "components", operation="by cart")["item"] == "mast"


def test_what_arrived_before_the_plan_is_on_hand() -> None:
    inside = '<item name="mast"/><location name="yard"/><supplier name="Oak"/><end>2026-01-02T00:00:00</end>'
    converted = translated(
        offer() + wish("mast") + order(inside, 'ordertype="PO" reference="R1" status="confirmed" quantity="5"')
    )
    assert row(converted, "stocks", item="mast")["on_hand"] == 5
    assert rows(converted, "commitments") == []


def test_an_order_under_way_is_a_commitment_of_the_past_that_arrives_when_it_says() -> None:
    inside = '<item name="mast"/><location name="yard"/><supplier name="Oak"/><end>2026-01-09T00:00:00</end>'
    converted = translated(offer() + wish("mast") + order(inside))
    commitment = row(converted, "commitments", commitment="R1")
    assert (commitment["kind"], commitment["party"], commitment["start"]) == ("buy", "Oak", date(2026, 1, 2))


def test_an_order_that_no_offer_allows_is_kept_as_what_it_brings() -> None:
    inside = '<item name="mast"/><location name="yard"/><supplier name="Stranger"/><end>2026-01-20T00:00:00</end>'
    converted = translated(offer() + wish("mast") + order(inside))
    supply = row(converted, "supplies", party="order R1")
    assert (supply["since"], supply["until"]) == (date(2026, 1, 20), date(2026, 1, 20))
    assert row(converted, "commitments", commitment="R1")["quantity"] == 5
    assert "what an order takes" in lost(converted)


def test_an_order_whose_material_cannot_be_there_is_kept_as_what_it_brings() -> None:
    model = make("turn", "mast", f"<flows>{takes('log')}</flows>") + offer("log", "<leadtime>P30D</leadtime>") + wish("mast")
    soon = '<operation name="turn"/><start>2026-01-08T00:00:00</start><end>2026-01-09T00:00:00</end>'
    late = soon.replace("2026-01-08", "2026-02-20").replace("2026-01-09", "2026-02-21")
    assert row(translated(model + order(soon)), "commitments", commitment="R1")["kind"] == "buy"
    assert row(translated(model + order(late)), "commitments", commitment="R1")["kind"] == "make"


def test_a_shipment_under_way_arrives_and_one_from_nowhere_does_too() -> None:
    model = way("mast", "wood", "yard") + offer("mast", '<location name="wood"/>') + wish("mast")
    inside = '<item name="mast"/><origin name="wood"/><location name="yard"/><end>2026-01-07T00:00:00</end>'
    commitment = row(translated(model + order(inside)), "commitments", commitment="R1")
    assert (commitment["kind"], commitment["site"], commitment["destination"]) == ("ship", "wood", "yard")
    stray = '<item name="mast"/><location name="yard"/><end>2026-01-07T00:00:00</end>'
    attributes = 'ordertype="DO" reference="R1" status="confirmed" quantity="5"'
    assert row(translated(model + order(stray, attributes)), "commitments", commitment="R1")["kind"] == "buy"


def test_a_proposed_order_is_frepples_own_plan_and_is_left_out() -> None:
    inside = '<item name="mast"/><location name="yard"/><supplier name="Oak"/><end>2026-01-20T00:00:00</end>'
    converted = translated(offer() + wish("mast") + order(inside, 'reference="R1" status="proposed" quantity="5"'))
    assert rows(converted, "commitments") == []
    assert "order that is proposed" in lost(converted)


def test_the_horizon_reaches_past_the_last_due_date_by_the_lead_times() -> None:
    settings = translated(
        offer(inside="<leadtime>P70D</leadtime>") + wish("mast", due="2026-03-02T00:00:00")
    ).programme.settings
    assert settings.start == date(2026, 1, 5)
    assert settings.weeks >= 8 + 10


def test_the_horizon_holds_the_work_of_the_busiest_resource() -> None:
    model = '<resources><resource name="lathe"/></resources>'
    model += make("turn", "mast", '<loads><load><resource name="lathe"/></load></loads>', "time_per", 'duration_per="PT24H"')
    assert translated(model + wish("mast", quantity=700)).programme.settings.weeks >= 100


def test_a_model_without_any_date_asks_for_one() -> None:
    model, losses = read_xml('<items><item name="mast"/></items>', current="")
    with pytest.raises(Unreadable, match="give the day"):
        convert(model, losses)
    assert convert(model, losses, Options(start=date(2026, 1, 5))).programme.settings.start == date(2026, 1, 5)
