"""The greedy planner keeps every rule but shares, and serves the urgent first."""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl
import pytest

from outwork.model.programme import Programme
from outwork.model.table import Row
from outwork.model.tables.capacity import Resource
from outwork.model.tables.design import Component, Item, Load, Operation
from outwork.model.tables.frame import Nation, Settings
from outwork.model.tables.moving import Lane
from outwork.model.tables.places import Party, Site
from outwork.model.tables.sourcing import Qualification, Supply
from outwork.model.tables.wanting import Demand
from outwork.plan import bound, greedy
from outwork.plan.build import formulate
from outwork.plan.greedy.ledger import Ledger
from outwork.plan.greedy.ways import unit_costs
from outwork.plan.network import Network
from outwork.plan.replay import Code, check
from outwork.solve.run import run
from tests.plan import rich
from tests.plan.ground import START
from tests.plan.ground import monday as day


def bench(*wants: Row, status: str = "qualified", weeks: int = 4) -> Programme:
    """Kits at 21 EUR, four a week: two parts at 3, 4 of unit cost, 5 h at 2, 2 kg at 0.5 EUR/kg."""
    return Programme.of(
        Settings(name="bench", start=START, weeks=weeks, qualification_weeks=1),
        Nation(nation="XA", name="Here"),
        Party(party="firm", name="Firm", nation="XA", role="manufacturer"),
        [Site(site=each, party="firm", nation="XA", name=each) for each in ("works", "depot")],
        Item(item="kit", name="Kit", value=50, mass=2),
        Item(item="part", name="Part", value=3),
        Operation(operation="fit", item="kit", process="bench"),
        Component(operation="fit", item="part", quantity=2),
        Load(operation="fit", process="bench", hours=5),
        Resource(resource="bench", site="works", process="bench", hours=20, cost=2),
        Qualification.model_validate(
            {"operation": "fit", "site": "works", "unit_cost": 4, "status": status, "lead_days": 7 * (status == "possible")}
        ),
        Supply(item="part", site="works", party="firm", price=3),
        Lane(origin="works", destination="depot", cost=0.5),
        wants,
    )


def delivered(programme: Programme, **starts: np.ndarray) -> dict[tuple[str, date], float]:
    frame = greedy.plan(Network.of(programme), **starts).tables["deliver"]
    return {(row["demand"], row["start"]): row["quantity"] for row in frame.iter_rows(named=True)}


def test_what_fits_is_delivered_on_the_due_date_and_costs_what_its_units_cost() -> None:
    programme = bench(Demand(demand="ten", item="kit", site="depot", quantity=10, due=day(3)))
    tables = greedy.plan(Network.of(programme)).tables
    assert check(programme, tables).total == pytest.approx(10 * 21)
    assert tables["make"].sort("start")["quantity"].to_list() == pytest.approx([2, 4, 4])


def test_the_urgent_demand_has_the_hours_and_the_other_waits() -> None:
    urgent = Demand(demand="urgent", item="kit", site="depot", quantity=8, due=day(1), priority=9)
    patient = Demand(demand="patient", item="kit", site="depot", quantity=4, due=day(1))
    assert delivered(bench(patient, urgent)) == pytest.approx({("urgent", day(1)): 8, ("patient", day(2)): 4})


def test_where_waiting_costs_more_than_to_go_without_nothing_is_delivered_late() -> None:
    late = Demand(demand="late", item="kit", site="depot", quantity=6, due=day(0), lateness=60, shortage=100)
    assert delivered(bench(late)) == pytest.approx({("late", day(0)): 4, ("late", day(1)): 2})
    assert delivered(bench(late.model_copy(update={"lateness": 120.0}))) == pytest.approx({("late", day(0)): 4})


@pytest.mark.parametrize(("price", "quantity", "taken"), [(30, 8, True), (20, 8, False), (1000, 17, False)])
def test_an_option_is_taken_whole_where_it_pays_or_left(price: float, quantity: float, *, taken: bool) -> None:
    option = Demand(demand="maybe", item="kit", site="depot", quantity=quantity, due=day(3), firm="option", price=price)
    assert delivered(bench(option)) == ({("maybe", day(3)): pytest.approx(quantity)} if taken else {})


def test_a_possible_site_makes_only_after_a_start_that_it_is_given() -> None:
    programme = bench(Demand(demand="four", item="kit", site="depot", quantity=4, due=day(0)), status="possible")
    network = Network.of(programme)
    assert delivered(programme) == {}
    assert delivered(programme, starts=greedy.necessary(network)) == pytest.approx({("four", day(1)): 4})


@pytest.mark.parametrize("seed", range(8))
def test_a_greedy_plan_breaks_no_rule_but_shares_and_says_that_it_does_not_heed_them(seed: int) -> None:
    programme = rich.programme(seed)
    network = Network.of(programme)
    every = np.unique(network.making.start_pair, return_index=True)[1]
    for starts in (greedy.NONE, every):
        found = greedy.plan(network, starts)
        assert {breach.code for breach in check(programme, found.tables).breaches} <= {Code.SHARE}
        assert found.ignored[0].startswith("2 shares of agreements")


@pytest.mark.parametrize("seed", range(3))
def test_no_greedy_plan_costs_less_than_the_certified_bound(seed: int) -> None:
    full = rich.programme(seed, weekly=None)
    programme = full.replace(shares=full["shares"].clear())
    network = Network.of(programme)
    formulation = formulate(network)
    dual = run(formulation.problem.relaxed()).dual
    assert dual is not None
    least = bound.certify(formulation, dual).bound
    for starts in (greedy.NONE, greedy.necessary(network)):
        assert check(programme, greedy.plan(network, starts).tables).total >= least


def test_the_same_programme_gives_the_same_plan() -> None:
    network = Network.of(rich.programme(5))
    one, other = greedy.plan(network).tables, greedy.plan(network).tables
    assert all(one[name].equals(other[name]) for name in one)


def test_with_the_necessary_starts_every_demand_can_be_served_and_no_site_begins_too_many_at_once() -> None:
    full = rich.programme(2)
    signed = full["commitments"].filter(pl.col("kind") == "qualify")
    programme = full.replace(qualifications=full["qualifications"].with_columns(status=pl.lit("possible")), commitments=signed)
    network = Network.of(programme)
    starts = greedy.necessary(network)
    usable = np.isin(np.arange(len(network.making)), network.making.start_pair[starts])
    wanted = network.wishes.item, network.wishes.site
    assert np.isfinite(unit_costs(network, usable, on_hand=np.inf)[wanted]).all()
    assert not np.isfinite(unit_costs(network, np.zeros_like(usable), on_hand=np.inf)[wanted]).all()
    codes = {breach.code for breach in check(programme, greedy.plan(network, starts).tables).breaches}
    assert codes <= {Code.SHARE}


def test_taking_bookings_back_leaves_the_books_as_they_were() -> None:
    ledger = Ledger(Network.of(rich.programme(0)), greedy.NONE)
    before = ledger.hours.copy(), ledger.stock.copy(), ledger.running.copy()
    mark = ledger.mark()
    found = ledger.work(0, np.full(ledger.make.shape[1], 2.0))
    assert found.shape == (ledger.make.shape[1],)
    ledger.add(ledger.stock, 3, 7.0)
    assert not np.array_equal(before[0], ledger.hours)
    ledger.undo(mark)
    assert all(np.array_equal(was, now) for was, now in zip(before, (ledger.hours, ledger.stock, ledger.running), strict=True))
