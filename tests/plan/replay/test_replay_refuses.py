"""Every rule is broken once, in a plan that holds but for it; the breach has the rule's code and nothing else is told."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from outwork.model.frames import empty
from outwork.model.programme import Programme
from outwork.model.tables import BY_NAME
from outwork.model.tables.planned import Buy, Delivery
from outwork.plan.replay import check
from tests.plan.ground import START
from tests.plan.replay.workshop import Plan, changed, day, decisions, made, more, sent, used, without, workshop, workshop_plan

Case = tuple[Programme, Plan]
Change = Callable[[], Case]


def plan_with(table: str, where: dict[str, Any] | None = None, **columns: Any) -> Change:
    """Change cells of the plan."""
    return lambda: (workshop(), workshop_plan() | {table: changed(workshop_plan()[table], where, **columns)})


def with_rows(*rows: Any) -> Change:
    """Put other rows in place of the plan's tables that they belong to."""
    return lambda: (workshop(), workshop_plan() | decisions(list(rows)))


def tables_with(table: str, where: dict[str, Any] | None = None, **columns: Any) -> Change:
    """Change cells of the programme, the plan staying as it is."""
    return lambda: (workshop().replace(**{table: changed(workshop()[table], where, **columns)}), workshop_plan())


def bought(week: int, quantity: float, cost: float | None = None) -> Buy:
    cost = 9 * quantity if cost is None else cost
    return Buy(item="board", site="lund", party="parts", start=day(week), quantity=quantity, ready=day(week + 1), cost=cost)


def handed(week: int, quantity: float, late: float = 0, origin: str = "") -> Delivery:
    return Delivery(demand="d1", start=day(week), quantity=quantity, weeks_late=late, origin=origin)


def committed(**columns: Any) -> Change:
    def case() -> Case:
        held = more(empty(BY_NAME["commitments"]), "commitments", commitment="k", **columns)
        return workshop().replace(commitments=held), workshop_plan()

    return case


def shared(**columns: Any) -> Change:
    def case() -> Case:
        agreements = more(empty(BY_NAME["agreements"]), "agreements", agreement="a", name="A", kind="joint venture")
        shares = more(empty(BY_NAME["shares"]), "shares", share="s", agreement="a", item="radio", **columns)
        return workshop().replace(agreements=agreements, shares=shares), workshop_plan()

    return case


def passing(site: str, **tables: Any) -> Change:
    def case() -> Case:
        programme = workshop()
        sites = changed(programme["sites"], {"site": site}, transit=False)
        return programme.replace(
            sites=sites, **{name: frame(programme[name]) for name, frame in tables.items()}
        ), workshop_plan()

    return case


WEEK_0, WEEK_1 = {"start": day(0)}, {"start": day(1)}

REFUSED: dict[str, tuple[set[str], Change]] = {
    "one unit too many is started": (
        {"lot", "component", "choice"}, with_rows(made(0, 4), made(1, 5))),
    "one lot too many is started": ({"component", "choice"}, with_rows(made(0, 4), made(1, 6))),
    "radios are made of nothing": (
        {"component", "choice", "store"}, lambda: (workshop(), workshop_plan() | {"use": empty(BY_NAME["use"])})),
    "radios are started one week too early": (
        {"stock"}, lambda: (workshop().replace(resources=changed(workshop()["resources"], hours=9.0)),
                            workshop_plan() | decisions([made(0, 8), *used(0, board=16, wood=5, steel=9)]))),
    "radios are started a week after their components are taken in": (
        {"component", "choice", "ready", "stock"}, plan_with("make", WEEK_1, start=day(2))),
    "a component is missing": (
        {"component"}, lambda: (
            workshop(), workshop_plan() | {"use": without(workshop_plan()["use"], item="board", start=day(1))})),
    "one board too few is taken in": ({"component"}, plan_with("use", WEEK_0 | {"item": "board"}, quantity=7.0)),
    "a component out of use is taken in": (
        {"component", "choice"}, tables_with("components", {"item": "steel"}, since=day(1))),
    "one alternative stands for two": ({"choice"}, plan_with("use", WEEK_0 | {"item": "wood"}, quantity=0.0)),
    "no alternative is in its window": (
        {"component", "choice"}, tables_with("components", {"choice": "casing"}, until=day(0))),
    "something is taken in that is no component": (
        {"component", "stock"}, with_rows(*used(0, board=8, wood=1, steel=9, radio=1), *used(1, board=8, wood=4))),
    "more steel is used than lies there": (
        {"stock"}, with_rows(*used(0, board=8, steel=12), *used(1, board=8, wood=4))),
    "a lot is broken": ({"lot"}, tables_with("operations", lot=3.0)),
    "what is only bought is made": ({"sourcing"}, tables_with("items", {"item": "radio"}, sourcing="buy")),
    "what is only made is bought": ({"sourcing"}, tables_with("items", {"item": "board"}, sourcing="make")),
    "more good units are told than come out": ({"good"}, plan_with("make", WEEK_1, good=3.0)),
    "a make says ready a week early": ({"ready"}, plan_with("make", WEEK_1, ready=day(1))),
    "a make tells another cost": ({"cost"}, plan_with("make", WEEK_1, cost=21.0)),
    "a make tells another item": ({"unknown"}, plan_with("make", WEEK_1, item="board")),
    "a set-up is not told": ({"set-up"}, plan_with("make", WEEK_1, setups=0)),
    "two set-ups are told": ({"set-up"}, plan_with("make", WEEK_1, setups=2)),
    "the hours do not suffice": ({"hours"}, tables_with("resources", {"resource": "crew"}, hours=0.9)),
    "the set-up takes an hour too many": ({"hours"}, tables_with("operations", setup_hours=5.5)),
    "the crew cannot test": ({"hours"}, tables_with("capabilities", process="paint")),
    "the crew stands elsewhere": ({"hours"}, tables_with("resources", {"resource": "crew"}, site="turku")),
    "a week is a holiday": (
        {"hours"}, lambda: (workshop().replace(calendar=more(empty(BY_NAME["calendar"]), "calendar",
            resource="crew", since=day(1), until=day(2) - timedelta(days=1), hours=0.0)), workshop_plan())),
    "the site begins later to make": ({"unqualified"}, tables_with("qualifications", earliest=day(0) + timedelta(days=1))),
    "the site is never qualified": ({"unqualified"}, tables_with("qualifications", status="possible")),
    "the site has no technology clearance": ({"technology"}, tables_with("items", {"item": "radio"}, technology_of="FI")),
    "an order is a board too large": ({"offer limit"}, tables_with("supplies", per_week=9.0)),
    "an order is a board too small": ({"offer minimum"}, tables_with("supplies", minimum=11.0)),
    "an offer is over": ({"offer"}, tables_with("supplies", until=START - timedelta(days=1))),
    "an offer has not begun": ({"offer"}, tables_with("supplies", since=day(0) + timedelta(days=1))),
    "a board too few is ordered": ({"stock"}, with_rows(bought(0, 7))),
    "boards are ordered one week too late": ({"stock"}, with_rows(bought(1, 10))),
    "an order tells another price": ({"cost"}, with_rows(bought(0, 10, cost=91))),
    "an order says ready a week early": ({"ready"}, plan_with("buy", ready=day(0))),
    "the store is too small": ({"store"}, with_rows(bought(0, 20))),
    "radios leave one week too early": ({"stock"}, with_rows(sent(1, 4))),
    "a shipment says ready a week early": ({"ready"}, plan_with("ship", ready=day(2))),
    "a shipment tells another cost": ({"cost"}, plan_with("ship", cost=11.0)),
    "one radio too many leaves": ({"stock", "cap"}, with_rows(sent(2, 5))),
    "a lane is closed": ({"lane"}, tables_with("lanes", until=day(1))),
    "a lane is not open yet": ({"lane"}, tables_with("lanes", since=day(3))),
    "a lane carries only boards": ({"lane"}, tables_with("lanes", item="board")),
    "there is no lane": ({"unknown", "stock"}, tables_with("lanes", mode="rail")),
    "a lane carries too much": ({"lane limit"}, tables_with("lanes", per_week=7.9)),
    "a longer lane brings the radios after their delivery": ({"ready", "stock"}, tables_with("lanes", lead_days=8.0)),
    "a clearance has expired": ({"clearance"}, tables_with("clearances", expires=day(1))),
    "a clearance opens later": ({"clearance"}, tables_with("clearances", opens=day(2) + timedelta(days=1))),
    "a clearance is for another party": ({"clearance"}, tables_with("clearances", consignee="acme")),
    "a clearance is for another item": ({"clearance"}, tables_with("clearances", item="board")),
    "a clearance leads the other way": ({"clearance"}, tables_with("clearances", origin="FI", destination="SE")),
    "a clearance is for technology": ({"clearance"}, tables_with("clearances", kind="technology")),
    "a clearance is not there": ({"clearance"}, with_rows(sent(2, 4, "c2"))),
    "no clearance is named": ({"clearance"}, with_rows(sent(2, 4, ""))),
    "a cap by quantity is exceeded": ({"cap"}, tables_with("clearances", quantity_cap=3.0)),
    "a cap by value is exceeded": ({"cap"}, tables_with("clearances", value_cap=399.0)),
    "another clearance of the licence has a smaller cap": (
        {"cap"}, lambda: (workshop().replace(clearances=more(
            workshop()["clearances"], "clearances", clearance="c0", item="board", origin="FI", destination="SE", opens=day(0),
            licence="L", quantity_cap=1.0)), workshop_plan())),
    "a site without transit sends what it has no part in": (
        {"transit", "stock", "unknown", "component"}, passing("lund", qualifications=lambda q: q.clear())),
    "a site without transit receives what it does not want": (
        {"transit", "unknown"}, passing("turku", demands=lambda d: d.clear())),
    "one unit too many is handed over": ({"delivery", "stock"}, with_rows(handed(3, 5))),
    "units are handed over before they are there": ({"stock"}, with_rows(handed(2, 4))),
    "units are handed over before they may be": ({"delivery"}, tables_with("demands", earliest=day(4), due=day(4))),
    "a delivery tells another lateness": ({"delivery"}, with_rows(handed(3, 4, late=1))),
    "a delivery is for nobody": ({"unknown"}, plan_with("deliver", demand="d2")),
    "a delivery names an origin that nobody asked for": ({"source"}, with_rows(handed(3, 4, origin="lund"))),
    "an option is half taken": (
        {"option"}, lambda: (workshop().replace(demands=changed(workshop()["demands"], firm="option")),
                             workshop_plan() | decisions([handed(3, 2)]))),
    "a commitment to make is not kept": (
        {"commitment"}, committed(kind="make", site="lund", operation="assemble", start=day(1), quantity=6.0)),
    "a commitment to buy is not kept": (
        {"commitment"}, committed(kind="buy", site="lund", item="board", party="parts", start=day(2), quantity=5.0)),
    "a commitment to ship is not kept": (
        {"commitment"}, committed(kind="ship", site="lund", destination="turku", item="radio", start=day(2), quantity=3.0)),
    "a commitment to make nothing is not kept": (
        {"commitment"}, committed(kind="make", site="lund", operation="assemble", start=day(1), quantity=0.0)),
    "a commitment to qualify is not kept": (
        {"commitment"}, committed(kind="qualify", site="lund", operation="assemble", start=day(1))),
    "a nation makes more than its share": ({"share"}, shared(nation="SE", max_share=0.9)),
    "a nation makes less than its share": ({"share"}, shared(nation="FI", min_share=0.1)),
    "a party makes more than its share": ({"share"}, shared(party="acme", max_share=0.5)),
    "a row starts on a Tuesday": ({"horizon", "component", "stock"}, plan_with("make", WEEK_0, start=START + timedelta(1))),
    "a row starts before the horizon": ({"horizon", "stock"}, plan_with("buy", start=day(-1))),
    "a row starts after the horizon": ({"horizon"}, plan_with("deliver", start=day(6))),
    "a quantity is not a number": ({"quantity", "stock"}, plan_with("buy", quantity=float("nan"))),
    "a quantity is negative": ({"quantity"}, plan_with("deliver", quantity=-1.0)),
    "a row stands twice": ({"key", "store"}, with_rows(bought(0, 10), bought(0, 10))),
    "an operation is made where nobody knows how": (
        {"unknown", "component", "stock"}, plan_with("make", WEEK_1, site="turku")),
    "a qualified pair is qualified again": (
        {"twice"}, lambda: (workshop(), workshop_plan() | {"qualify": more(
            empty(BY_NAME["qualify"]), "qualify", operation="assemble", site="lund", start=day(0), ready=day(0), cost=0.0)})),
}  # fmt: skip


@pytest.mark.parametrize(("codes", "case"), REFUSED.values(), ids=REFUSED.keys())
def test_a_plan_is_refused_when(codes: set[str], case: Change) -> None:
    replay = check(*case())
    assert {str(breach.code) for breach in replay.breaches} == codes
    assert not replay.holds
    assert all(breach.amount > 0 for breach in replay.breaches)
