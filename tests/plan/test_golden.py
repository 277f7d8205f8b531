"""What each constraint of the model says, word by word.

`tests/golden/plan` holds, for every function of `outwork.plan.build` that adds rows, the rows that it makes of one of the
tiny programmes in `worlds`, as .lp text. A change of a constraint shows there, line by line. After a change that is meant,
write the files anew, read the difference, and commit both together:

    OUTWORK_GOLDEN=write pytest tests/plan/test_golden.py
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path

import pytest

from outwork.model.programme import Programme
from outwork.model.tables.design import Component, Item
from outwork.plan.build import Formulation, formulate
from outwork.plan.network import Network
from outwork.solve.lp import text
from tests.plan.worlds import bench, crossing, ground, licensed, monday, radio, venture, wanted, workshop


def lacking() -> Programme:
    """Return radios that from week 2 on need wood, of which there is none."""
    wood = Component(operation="assemble", item="wood", quantity=1, since=monday(2))
    return ground(radio(), bench(4), Item(item="wood", name="Wood"), wood, wanted(9, 1), weeks=4)


GOLDEN: dict[str, tuple[Callable[[], Programme], tuple[str, ...]]] = {
    "material.take": (workshop, ("choice",)),
    "material.stock": (workshop, ("safety",)),
    "material.balance": (workshop, ("balance",)),
    "capacity.pools": (workshop, ("pool",)),
    "capacity.capacity": (workshop, ("capacity",)),
    "qualification.started": (venture, ("once",)),
    "qualification.starts": (venture, ("starts",)),
    "qualification.ramp": (venture, ("ramp",)),
    "qualification.setup": (workshop, ("setup", "lots")),
    "moving.ordered": (workshop, ("minimum", "ordering")),
    "moving.trips": (crossing, ("ship_trips", "direct_trips")),
    "moving.lane_capacity": (crossing, ("lane",)),
    "moving.licences": (crossing, ("quantity_cap", "value_cap")),
    "licensing.covered": (licensed, ("covered",)),
    "licensing.taught": (licensed, ("taught_make", "taught_start")),
    "wanted.short": (workshop, ("demand",)),
    "wanted.direct": (crossing, ("source", "single")),
    "material.absent": (lacking, ("absent",)),
    "wanted.shares": (venture, ("least_share", "most_share")),
    "commitments.fix": (venture, ("decided",)),
    "bucketed.balance": (lambda: workshop(weeks=6, weekly=2), ("balance",)),
    "bucketed.ramp": (lambda: venture(weeks=6, weekly=2), ("ramp",)),
}
WHOLE = {"workshop": workshop, "crossing": crossing, "venture": venture, "licensed": licensed}


@pytest.mark.parametrize("name", GOLDEN)
def test_a_constraint_says_what_its_golden_file_says(name: str, root: Path) -> None:
    world, blocks = GOLDEN[name]
    said = [line for line in model(world).splitlines() if ": " in line and line.strip().split("(")[0] in blocks]
    agree(root / "tests/golden/plan" / f"{name}.lp", said)


@pytest.mark.parametrize("name", WHOLE)
def test_the_objective_and_the_bounds_say_what_their_golden_file_says(name: str, root: Path) -> None:
    lines = model(WHOLE[name]).splitlines()
    terms = lines[1].replace(" + ", "\n + ").replace(" - ", "\n - ").splitlines()
    limits = [line for line in lines[lines.index("bounds") :] if not (line.startswith(" 0 <= ") and line.endswith(" <= inf"))]
    agree(root / "tests/golden/plan" / f"objective.{name}.lp", [*terms, *limits])


def test_every_row_of_the_model_stands_in_a_golden_file() -> None:
    covered = {block for _, blocks in GOLDEN.values() for block in blocks}
    built = {block.replace(" ", "_") for world in WHOLE.values() for block in formulation(world).problem.rows}
    assert built == covered


def agree(golden: Path, said: list[str]) -> None:
    """Compare lines with those of a golden file, or write them where the environment says so."""
    written = "\n".join(said) + "\n"
    if os.environ.get("OUTWORK_GOLDEN") == "write":
        golden.write_text(written)
    assert said, f"{golden.stem}: the programme has no such row"
    assert written == golden.read_text()


@cache
def formulation(world: Callable[[], Programme]) -> Formulation:
    """Return the model of a world."""
    return formulate(Network.of(world()))


@cache
def model(world: Callable[[], Programme]) -> str:
    """Return the model of a world as text, with names in place of positions."""
    built = formulation(world)
    return text(built.problem, {axis: list(names) for axis, names in labels(built)})


def labels(built: Formulation) -> Iterator[tuple[str, Sequence[str]]]:
    """Yield the names along every axis of the model."""
    net = built.network
    items, sites, operations, parties = net.items.names, net.sites.names, net.operations.names, net.parties.names
    making, lanes, legs, hours = net.making, net.lanes, net.legs, net.hours
    ways = [
        f"{sites[o]}.{sites[d]}.{lanes.mode.names[m]}"
        for o, d, m in zip(lanes.origin, lanes.destination, lanes.mode_of, strict=True)
    ]
    pools = [f"{sites[s]}.{hours.processes.names[p]}" for s, p in zip(hours.pool_site, hours.pool_process, strict=True)]
    leave = [*net.leave.names.names, "free"]
    carried = [f"{items[i]}.{ways[lane]}.{leave[c]}" for i, lane, c in zip(legs.item, legs.lane, legs.clearance, strict=True)]
    pairs = [f"{operations[o]}.{sites[s]}" for o, s in zip(making.operation, making.site, strict=True)]
    yield "pair", pairs
    yield "use", [f"{items[i]}.to.{pairs[p]}" for i, p in zip(making.use_item, making.use_pair, strict=True)]
    yield "node", [f"{items[i]}.{sites[s]}" for i, s in zip(net.node_item, net.node_site, strict=True)]
    yield "store", [f"{items[i]}.{sites[s]}" for i, s in zip(net.stores.item, net.stores.site, strict=True)]
    yield (
        "offer",
        [
            f"{items[i]}.{sites[s]}.{parties[p]}"
            for i, s, p in zip(net.offers.item, net.offers.site, net.offers.party, strict=True)
        ],
    )
    yield "licence", net.licences.names.names
    yield "lane", ways
    yield "leg", carried
    yield (
        "direct",
        [
            f"{net.wishes.names.names[d]}.{carried[leg] if leg >= 0 else 'own'}"
            for d, leg in zip(net.directs.demand, net.directs.leg, strict=True)
        ],
    )
    yield "pool", pools
    yield (
        "grant",
        [f"{hours.resources.names[r]}.{pools[k]}" for r, k in zip(hours.grant_resource, hours.grant_pool, strict=True)],
    )
    yield "resource", hours.resources.names
    yield "demand", net.wishes.names.names
    yield "item", items
    yield "site", sites
    yield "step", [f"w{step}" for step in range(net.horizon.steps)]
    yield "bucket", [f"w{first}" for first in net.horizon.edges[:-1]]
