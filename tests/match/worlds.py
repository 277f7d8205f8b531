"""Random small programmes in which much almost matches."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from random import Random
from typing import Any

import polars as pl
from hypothesis import strategies as st

from outwork.model.programme import Programme
from outwork.model.table import Row
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


SEEDS = st.integers(0, 2**32 - 1)
"""Worlds are drawn from seeds, which are quicker to draw than rows, and name a world that breaks a law."""


class Dice(Random):
    """Random choices, some of them blanks."""

    def maybe(self, values: Sequence[Any]) -> Any:
        """A value, or a blank."""
        return self.choice((*values, None))

    def some(self, values: Sequence[Any], most: int) -> list[Any]:
        """Up to so many different values."""
        return self.sample(values, self.randint(0, most))


def operation(dice: Dice) -> dict[str, Any]:
    """What an operation asks."""
    asks = [scheme + dice.choice(("", " [radar]", " [all]")) for scheme in dice.some(SCHEMES, 2)]
    return {
        "process": dice.choice(PROCESSES), "material": dice.maybe(MATERIALS), "tolerance": dice.maybe((0.01, 0.1)),
        **{f"envelope_{edge}": dice.maybe(EDGES) for edge in "xyz"}, "mass": dice.maybe((1.0, 20.0)),
        "quality_class": dice.maybe(CLASSES), "batch": dice.maybe((10.0, 500.0)), "certificates": "; ".join(asks) or None,
    }  # fmt: skip


def ability(dice: Dice) -> dict[str, Any]:
    """What a resource can do besides its process."""
    return {
        "materials": "; ".join(dice.some(MATERIALS, 2)) or None, "tolerance": dice.maybe((0.005, 0.05)),
        **{f"envelope_{edge}": dice.maybe(EDGES) for edge in "xyz"}, "mass": dice.maybe((5.0, 50.0)),
        "quality_class": dice.maybe(CLASSES), "batch_least": dice.maybe((0.0, 20.0)), "batch_most": dice.maybe((100.0, 1000.0)),
    }  # fmt: skip


def site(name: str, dice: Dice) -> Iterator[Row]:
    """A site with its certificates, machines and listings."""
    recorded = dice.maybe((date(2026, 6, 1), date(2026, 10, 1)))
    yield Site(site=name, party="p", nation="NL", name=name, record=dice.choice(("part", "complete")), recorded_on=recorded)
    for scheme in dice.some(SCHEMES, 2):
        since, until = sorted(dice.choices(DAYS, k=2))
        scope, checked = dice.choice(SCOPES), dice.maybe((date(2026, 5, 1),))
        yield Certificate(site=name, scheme=scheme, scope=scope, since=since, until=until, verified_on=checked)
    for number in range(dice.randint(0, 2)):
        resource = f"{name}-r{number}"
        yield Resource(resource=resource, site=name, process=dice.choice(PROCESSES), hours=dice.choice((0.0, 10.0, 30.0)))
        for process in dice.some(PROCESSES, 2):
            yield Capability(resource=resource, process=process, **ability(dice), seen=dice.maybe((date(2026, 7, 1),)))
    for number in range(dice.choice((0, 0, 1))):
        text, machine = dice.choice(
            (("Fräsen", ""), ("", "Marlin M5"), ("weaving", ""), ("tea", ""), ("", "Heron H1"), ("milling, turning", ""))
        )
        yield Listing(listing=f"{name}-l{number}", site=name, text=text, machine=machine)


def world(seed: int) -> Programme:
    """A programme with a few operations and sites."""
    dice = Dice(seed)
    sites = [f"s{number}" for number in range(dice.randint(1, 4))]
    rows: list[Row] = [
        Settings(name="trial", start=START, weeks=12), Nation(nation="NL", name="Netherlands"),
        Party(party="p", name="P", nation="NL", role="manufacturer"), *(row for name in sites for row in site(name, dice)),
    ]  # fmt: skip
    last = dice.randint(0, 3)
    for number in range(last + 1):
        name = f"o{number}"
        rows.append(Item(item=f"i{number}", name="i", sourcing=dice.choice(("either", "either", "buy"))))
        rows += [
            Operation(operation=name, item=f"i{number}", **operation(dice)),
            Load(operation=name, process="milling", hours=2.0),
        ]
        rows += [Component(operation=name, item=f"i{number - 1}", quantity=2.0)] if number else []
    if dice.random() < 0.5:
        due = dice.choice((date(2026, 12, 1), date(2027, 2, 1), date(2029, 1, 1)))
        rows.append(Demand(demand="d", item=f"i{last}", site=sites[0], quantity=10, due=due))
    return Programme.of(*rows)


def edited(programme: Programme, name: str, seed: int) -> Programme:
    """The same programme with all rows of one site written anew."""
    other = Programme.of(*site(name, Dice(seed)))
    old = programme["resources"].filter(site=name)["resource"].implode()
    changes = {}
    for table in ("sites", "certificates", "resources", "listings", "capabilities"):
        own = pl.col("resource").is_in(old) if table == "capabilities" else pl.col("site") == name
        changes[table] = pl.concat([programme[table].filter(~own), other[table]])
    return programme.replace(**changes)
