"""What is read from a programme: pairs, hours, costs, repairs and questions of one small workshop."""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl
import pytest

from outwork.match.consortium.field import Field
from outwork.match.consortium.read import Entry, read
from outwork.match.consortium.run import Consortia, Extent, consortia
from outwork.match.judging.matched import matched
from outwork.match.mending.repairs import repairs
from outwork.model.errors import UnknownName
from outwork.model.programme import Programme
from outwork.model.table import Row
from outwork.model.tables.capacity import Capability, Resource
from outwork.model.tables.design import Component, Item, Load, Operation
from outwork.model.tables.frame import Nation, Settings
from outwork.model.tables.matching import Listing
from outwork.model.tables.places import Certificate, Party, Site
from outwork.model.tables.sourcing import Qualification
from outwork.model.tables.wanting import Demand
from tests.match.vocabulary import small_terms

START = date(2027, 1, 4)
QUICK = Extent(unlike=1, days=0)


def site(name: str, nation: str) -> list[Row]:
    return [
        Party(party=f"{name}-ltd", name=name, nation=nation, role="manufacturer"),
        Site(site=name, party=f"{name}-ltd", nation=nation, name=name, record="complete"),
    ]


def milling(name: str, cost: float, envelope: float | None) -> list[Row]:
    return [
        Resource(resource=f"{name}-mill", site=name, process="milling", hours=40, overtime_hours=2, cost=cost),
        Capability(resource=f"{name}-mill", process="milling", envelope_x=envelope, envelope_y=envelope, envelope_z=envelope),
    ]


def workshop() -> Programme:
    """A mast is made of two brackets, which are milled: at arras today, at brno once certified, at celle if large enough."""
    rows: list[Row] = [
        Settings(name="trial", start=START, weeks=60), Nation(nation="FR", name="France"), Nation(nation="CZ", name="Czechia"),
        *site("arras", "FR"), *site("brno", "CZ"), *site("celle", "CZ"),
        *milling("arras", 90, 300), *milling("brno", 40, 300), *milling("celle", 20, None),
        Resource(resource="bench", site="arras", process="board-assembly", hours=20, cost=30),
        Certificate(site="arras", scheme="ISO 9001"), Certificate(site="celle", scheme="ISO 9001"),
        Item(item="mast", name="mast"), Item(item="bracket", name="bracket"), Item(item="bolt", name="bolt", sourcing="buy"),
        Operation(operation="assemble", item="mast", process="board-assembly", lead_days=3),
        Operation(
            operation="mill", item="bracket", process="milling", yield_rate=0.8, lead_days=2, envelope_x=200,
            envelope_y=100, envelope_z=20, certificates="ISO 9001", setup_cost=100,
        ),
        Component(operation="assemble", item="bracket", quantity=2), Component(operation="assemble", item="bolt", quantity=8),
        Load(operation="mill", process="milling", hours=1.5), Load(operation="assemble", process="board-assembly", hours=1),
        Qualification(operation="assemble", site="arras"),
        Qualification(operation="mill", site="arras", status="possible", unit_cost=5, cost=2000, lead_days=30),
        Demand(demand="d", item="mast", site="arras", quantity=80, due=date(2028, 2, 1)),
    ]  # fmt: skip
    return Programme.of(*rows)


def field_of(programme: Programme, item: str = "mast", entry: Entry = Entry(1000.0, 10.0)) -> Field:  # noqa: B008 - frozen
    found = matched(programme, small_terms(), near=2)
    return read(programme, found, repairs(found), item, 80.0, entry)


def pairs(own: Field) -> dict[tuple[str, str], int]:
    return {
        (own.routing.operations[o], own.sites.names[s]): p for p, (o, s) in enumerate(zip(own.operation, own.site, strict=True))
    }


def told() -> Consortia:
    return consortia(field_of(workshop()), extent=QUICK)


def test_what_is_bought_is_not_waited_for() -> None:
    own = field_of(workshop())
    assert own.routing.items == ("bracket", "mast")
    assert own.routing.takes_units.tolist() == [2.0]
    assert own.routing.most.tolist() == [80.0, 200.0]


def test_pairs_rest_on_nothing_on_repairs_or_on_answers() -> None:
    own = field_of(workshop())
    level = {key: int(own.level[pair]) for key, pair in pairs(own).items() if key[0] == "mill"}
    assert level == {("mill", "arras"): 0, ("mill", "brno"): 1, ("mill", "celle"): 2}


def test_a_qualification_gives_cost_and_days_and_a_pair_without_one_what_entry_says() -> None:
    own = field_of(workshop())
    at = pairs(own)
    arras, brno = at["mill", "arras"], at["mill", "brno"]
    assert [own.unit_cost[arras], own.fixed_cost[arras], own.ready[arras]] == [5.0, 2100.0, 30.0]
    assert [own.unit_cost[brno], own.fixed_cost[brno], own.ready[brno]] == [0.0, 1100.0, 10.0]


def test_a_repair_is_priced_and_delays_its_pair_by_the_book() -> None:
    own = field_of(workshop())
    brno = pairs(own)["mill", "brno"]
    (repair,) = own.repairs.repair[own.repairs.pair == brno]
    book = next(each for each in small_terms().book.repairs if each.name == "ISO 9001")
    assert own.repairs.cost[repair] == book.cost
    assert own.start[brno] == book.days + 10


def test_hours_are_those_that_judging_counts() -> None:
    found = matched(workshop(), small_terms(), near=2)
    own = field_of(workshop())
    known = {
        (found.needs.operations.names[o], found.offers.sites.names[s]): hours
        for o, s, hours in zip(found.judged.operation, found.judged.site, found.judged.hours, strict=True)
    }
    for key, pair in pairs(own).items():
        (pool,) = own.load_pool[own.load_pair == pair]
        if not np.isnan(known[key]):
            assert own.hours.most[pool] == pytest.approx(known[key])
    assert np.isfinite(list(known.values())).sum() == 4


def test_each_level_is_cheaper_and_the_question_that_makes_it_so_is_told() -> None:
    cost = {level: round(found.cost) for level, found in told().best.items() if found}
    assemble = 80 * 30
    assert cost["known"] == assemble + 200 * (5 + 1.5 * 90) + 2100
    assert cost["repairs"] == cost["known"]
    assert cost["answers"] == assemble + 200 * 1.5 * 20 + 1100
    (question,) = told().frames()["enquiries"].rows(named=True)
    assert question["enquiry"] == "celle: envelope of milling"
    assert question["question"] == "What envelope of milling can celle offer? Wanted: 200 x 100 x 20 mm."
    assert question["gain"] == cost["repairs"] - cost["answers"]


def test_a_dearer_known_site_makes_the_repair_pay() -> None:
    programme = workshop()
    dear = programme["resources"].with_columns(cost=pl.when(pl.col("resource") == "arras-mill").then(400.0).otherwise("cost"))
    best = consortia(field_of(programme.replace(resources=dear)), extent=QUICK).best
    book = next(each for each in small_terms().book.repairs if each.name == "ISO 9001")
    repaired = best["repairs"]
    assert repaired is not None
    assert repaired.cost == pytest.approx(80 * 30 + 200 * 1.5 * 40 + 1100 + book.cost)
    assert repaired.level == "repairs"


def test_a_site_known_by_a_listing_only_is_asked_for_its_hours() -> None:
    programme = workshop()
    known = programme["resources"].filter(pl.col("site") != "celle")
    able = programme["capabilities"].filter(pl.col("resource") != "celle-mill")
    said = Programme.of(Listing(listing="l", site="celle", text="milling"))["listings"]
    own = field_of(programme.replace(resources=known, capabilities=able, listings=said))
    names = {own.questions.names[each] for each in own.questions.question[own.questions.pair == pairs(own)["mill", "celle"]]}
    assert names == {"celle: hours of milling", "celle: envelope of milling"}


def test_the_order_of_rows_does_not_matter() -> None:
    programme = workshop()
    shuffled = programme.replace(**{name: frame.reverse() for name, frame in programme.tables.items()})
    first, second = (consortia(field_of(each), extent=QUICK).frames() for each in (programme, shuffled))
    assert all(first[name].equals(second[name]) for name in first)


def test_a_design_that_nobody_makes_is_named_with_the_nearest() -> None:
    with pytest.raises(UnknownName, match="no operation makes 'mst'; did you mean 'mast'"):
        field_of(workshop(), "mst")
