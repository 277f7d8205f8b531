"""A small rulebook and a small programme, to see one thing at a time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache

import polars as pl

from outwork.clear import rules
from outwork.clear.facts import stated
from outwork.clear.listing import Listings, listings
from outwork.clear.logic import Truth
from outwork.clear.rules.provision import ItemKind
from outwork.clear.rules.rulebook import Rulebook
from outwork.clear.things import Thing, Things, things
from outwork.model.programme import Programme
from outwork.model.table import Row
from outwork.model.tables.design import Component, Fact, Item, Operation
from outwork.model.tables.frame import Nation, Settings
from outwork.model.tables.moving import Corridor
from outwork.model.tables.places import Party, Site
from outwork.model.tables.sourcing import Qualification
from outwork.model.tables.wanting import Demand
from outwork.store import rulebook

VOCABULARY = """
[kind]
kind = "choice"
choices = ["goods", "tooling", "software", "technology"]
question = "Thing or knowledge?"
["made for"]
kind = "text"
question = "For what is it made?"
[class]
kind = "choice"
choices = ["kite", "winch", "peg", "unlisted thing"]
plain = ["peg"]
question = "What is it?"
[endurance]
kind = "quantity"
unit = "min"
question = "How long does it stay up?"
also = ["time aloft"]
[range]
kind = "quantity"
unit = "km"
question = "How far does it go?"
[speed]
kind = "quantity"
unit = "km/h"
question = "How fast is it?"
[steered]
kind = "flag"
question = "Is it steered?"
[public]
kind = "flag"
question = "Is it published?"
[destination]
kind = "nation"
set_here = true
question = "Where to?"
"""
HEAD = """
regime = "r"
title = "Kites"
status = "in force"
since = 2025-01-01
cite = "Law 1, {name}"
source = "s"
"""
KITE = (
    'entry = "9X1"\nkind = "goods"\nscope = { class = "kite" }'
    + HEAD.format(name="9X1")
    + """
[[control]]
path = "9X1.a"
all = [{ fact = "steered", is = true }, { fact = "endurance", at_least = "60 min" }]
[[control]]
path = "9X1.b"
all = [{ fact = "range", more_than = "300 km" }]
[[release]]
path = "9X1 Note"
of = ["9X1.a"]
all = [{ fact = "speed", less_than = "20 km/h" }]
"""
)
KNOWLEDGE = (
    'entry = "9Y1"\nkind = "technology"\nscope = { kind = "technology" }'
    + HEAD.format(name="9Y1")
    + """
[[control]]
path = "9Y1"
all = [{ listed = "9X1" }, { fact = "public", is = false }]
"""
)
WINCH = (
    'entry = "9Z1"\nkind = "goods"\nscope = { class = "winch" }'
    + HEAD.format(name="9Z1")
    + """
[[control]]
path = "9Z1"
all = [{ made_for = "9X1.a" }]
"""
)
BOOK: Mapping[str, str] = {"vocabulary.toml": VOCABULARY, "9X1.toml": KITE, "9Y1.toml": KNOWLEDGE, "9Z1.toml": WINCH}

Stated = Iterable[tuple[str, ...]]
"""Rows of facts: item, fact, value, and where wanted a unit."""


def table(rows: Stated) -> pl.DataFrame:
    full = [(item, "all", fact, value, unit[0] if unit else "", "") for item, fact, value, *unit in rows]
    columns = dict.fromkeys(["item", "revision", "fact", "value", "unit", "source"], pl.String)
    return pl.DataFrame(full, columns, orient="row")


def heard(rows: Stated, book: Rulebook, kind: ItemKind = "goods") -> tuple[Things, Listings]:
    """What is known of all items of the rows, and where they are listed."""
    every = list(rows)
    known = stated(table(every), [(item, "all") for item, *_ in every], book)
    found = things([Thing(item, revision, kind) for item, revision in known.by_item], known, book)
    return found, listings(found, book)


def state(rows: Stated, book: Rulebook, item: str = "k", kind: ItemKind = "goods") -> tuple[Truth, tuple[str, ...]]:
    """Whether an item is listed, and under which paths."""
    found, where = heard(rows, book, kind)
    place = found.place[Thing(item, "all", kind)]
    return Truth(int(where.states[place])), where.paths(place, Truth.TRUE)


@cache
def small() -> Rulebook:
    return rules.read(BOOK)


@cache
def shipped() -> Rulebook:
    return rules.read(rulebook.texts())


def programme(facts: Stated, *more: Row) -> Programme:
    """A firm in the Netherlands makes a craft of a camera from Poland; Estonia and Ukraine want it."""
    nations = {"NL": "Netherlands", "PL": "Poland", "EE": "Estonia", "UA": "Ukraine", "NO": "Norway", "US": "United States"}
    homes = {"maker": "NL", "lenses": "PL", "guard-ee": "EE", "guard-ua": "UA", "guard-no": "NO"}
    return Programme.of(
        Settings(name="Small", start=date(2027, 1, 4), weeks=52),
        [Nation(nation=code, name=name) for code, name in nations.items()],
        [Party(party=name, name=name, nation=home, role="manufacturer") for name, home in homes.items()],
        [Site(site=f"{name}-site", party=name, nation=home, name=name) for name, home in homes.items()],
        [Item(item="craft", name="Craft", value=9_000.0), Item(item="camera", name="Camera", value=2_000.0)],
        [
            Operation(operation="build", item="craft", process="build"),
            Operation(operation="grind", item="camera", process="grind"),
        ],
        Component(operation="build", item="camera", quantity=1.0),
        Qualification(operation="build", site="maker-site", status="qualified"),
        Qualification(operation="grind", site="lenses-site", status="qualified"),
        [Corridor(origin=a, destination=b) for a, b in (("PL", "NL"), ("NL", "EE"), ("NL", "UA"), ("NL", "NO"))],
        [
            Demand(demand=f"for-{name}", item="craft", site=f"guard-{name}-site", quantity=units, due=date(2027, 9, 1))
            for name, units in (("ee", 10.0), ("ua", 40.0), ("no", 5.0))
        ],
        [Fact(item=item, fact=fact, value=value, unit=unit[0] if unit else "") for item, fact, value, *unit in facts],
        *more,
    )
