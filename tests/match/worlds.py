"""Random small programmes in which much almost matches."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import strategies as st

from outwork.model.programme import Programme
from outwork.model.tables.capacity import Capability, Resource
from outwork.model.tables.design import Component, Item, Load, Operation
from outwork.model.tables.frame import Nation, Settings
from outwork.model.tables.matching import Listing
from outwork.model.tables.places import Certificate, Party, Site
from outwork.model.tables.wanting import Demand

START = date(2027, 1, 4)
PROCESSES = (
    "milling",
    "Fräsen",
    "five-axis-milling",
    "machining",
    "turning",
    "range test",
    "smt",
    "unknown",
    "weaving",
    "Weaving",
)
MATERIALS = ("aluminium", "EN AW-6082", "steel", "Stahl", "FR4", "nettle cloth")
CLASSES = ("IPC-A-610 class 2", "IPC-A-610 class 3", "J-STD-001 class 2", "ISO 2768 m", "house rule 7")
SCHEMES = ("ISO 9001", "EN ISO 9001:2015", "EN 9100", "AS9100", "AQAP-2110", "IATF 16949", "ISO/IEC 17025", "guild letter")
SCOPES = ("all", "radar", "composites")
EDGES = (50.0, 100.0, 200.0)
DAYS = (date(2026, 1, 1), date(2026, 12, 31), date(2027, 1, 10), date(2027, 3, 1), date(2030, 1, 1))


def maybe(values: Any) -> st.SearchStrategy[Any]:
    """A value, or a blank."""
    return st.none() | st.sampled_from(values)


def operations() -> st.SearchStrategy[dict[str, Any]]:
    """What an operation asks."""
    asks = st.lists(st.tuples(st.sampled_from(SCHEMES), st.sampled_from(("", " [radar]", " [all]"))), max_size=2)
    return st.fixed_dictionaries({
        "process": st.sampled_from(PROCESSES), "material": maybe(MATERIALS), "envelope_x": maybe(EDGES),
        "envelope_y": maybe(EDGES), "envelope_z": maybe(EDGES), "tolerance": maybe((0.01, 0.1)), "mass": maybe((1.0, 20.0)),
        "quality_class": maybe(CLASSES), "batch": maybe((10.0, 500.0)),
        "certificates": asks.map(lambda found: "; ".join(scheme + scope for scheme, scope in found) or None),
    })  # fmt: skip


def abilities() -> st.SearchStrategy[dict[str, Any]]:
    """What a resource can do."""
    several = st.lists(st.sampled_from(MATERIALS), min_size=1, max_size=2, unique=True).map("; ".join)
    return st.fixed_dictionaries({
        "process": st.sampled_from(PROCESSES), "materials": st.none() | several, "envelope_x": maybe(EDGES),
        "envelope_y": maybe(EDGES), "envelope_z": maybe(EDGES), "tolerance": maybe((0.005, 0.05)), "mass": maybe((5.0, 50.0)),
        "quality_class": maybe(CLASSES), "batch_least": maybe((0.0, 20.0)), "batch_most": maybe((100.0, 1000.0)),
    })  # fmt: skip


OPERATIONS = st.lists(operations(), min_size=1, max_size=4)
ABILITIES = st.lists(abilities(), max_size=2)
PAPERS = st.lists(st.tuples(st.sampled_from(SCHEMES), st.sampled_from(SCOPES)), max_size=2, unique=True)
SPANS = st.tuples(st.sampled_from(DAYS), st.sampled_from(DAYS)).map(sorted)


@st.composite
def worlds(draw: st.DrawFn, most_sites: int = 4) -> Programme:
    """A programme with a few operations and sites."""
    sites = [f"s{n}" for n in range(draw(st.integers(1, most_sites)))]
    wants = draw(OPERATIONS)
    machines = [(f"r{n}", draw(st.sampled_from(sites))) for n in range(draw(st.integers(0, 5)))]
    rows: list[Any] = [
        Settings(name="trial", start=START, weeks=12), Nation(nation="NL", name="Netherlands"),
        Party(party="p", name="P", nation="NL", role="manufacturer"), Item(item="depot", name="depot"),
    ]  # fmt: skip
    for site in sites:
        rows.append(Site(site=site, party="p", nation="NL", name=site, record=draw(st.sampled_from(("part", "complete")))))
        held = draw(PAPERS)
        for scheme, scope in held:
            since, until = draw(SPANS)
            rows.append(Certificate(site=site, scheme=scheme, scope=scope, since=since, until=until))
    for name, site in machines:
        hours = draw(st.sampled_from((0.0, 10.0, 30.0)))
        rows.append(Resource(resource=name, site=site, process=draw(st.sampled_from(PROCESSES)), hours=hours))
        able = {each["process"]: each for each in draw(ABILITIES)}
        rows += [Capability(resource=name, **each) for each in able.values()]
    for number in range(draw(st.integers(0, 2))):
        text, machine = draw(
            st.sampled_from((("Fräsen", ""), ("", "Marlin M5"), ("weaving", ""), ("tea", ""), ("", "Heron H1")))
        )
        rows.append(Listing(listing=f"l{number}", site=draw(st.sampled_from(sites)), text=text, machine=machine))
    for number, want in enumerate(wants):
        rows += [Item(item=f"i{number}", name="i", sourcing=draw(st.sampled_from(("either", "make", "buy"))))]
        rows += [
            Operation(operation=f"o{number}", item=f"i{number}", **want),
            Load(operation=f"o{number}", process="milling", hours=2.0),
        ]
        if number:
            rows.append(Component(operation=f"o{number}", item=f"i{number - 1}", quantity=2.0))
    if draw(st.booleans()):
        due = draw(st.sampled_from((date(2026, 12, 1), date(2027, 2, 1), date(2029, 1, 1))))
        rows.append(Demand(demand="d", item=f"i{len(wants) - 1}", site=sites[0], quantity=10, due=due))
    return Programme.of(*rows)
