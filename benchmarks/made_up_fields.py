"""Made-up fields: designs, sites and hours from a seed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from outwork.match.consortium.field import Field, Hours, Questions, Repairs, Sites
from outwork.match.consortium.routing import Routing


@dataclass(frozen=True)
class Size:
    """How large a made-up field is."""

    operations: int = 4
    sites: int = 4
    chance: float = 0.6
    quantity: float = 10.0
    repaired: float = 0.0
    asked: float = 0.0
    alternatives: int = 0
    tight: float = 3.0


def routing(dice: np.random.Generator, size: Size) -> Routing:
    """Return a tree in which every operation takes what some later one makes; the last alternatives make item 0 again."""
    items = size.operations - size.alternatives
    parent = [int(dice.integers(0, item)) for item in range(1, items)]
    makes = np.r_[np.arange(items), dice.integers(0, items, size.alternatives)].astype(np.int64)
    return Routing(
        items=tuple(f"i{k:03}" for k in range(items)),
        goal=0,
        quantity=size.quantity,
        operations=tuple(f"o{k:03}" for k in range(size.operations)),
        process=tuple(f"p{k % max(2, size.operations // 3)}" for k in range(size.operations)),
        makes=makes,
        good=np.round(dice.uniform(0.8, 1.0, size.operations), 2),
        lead=np.round(dice.uniform(0, 5, size.operations)),
        takes_by=np.array(parent, np.int64),
        takes=np.arange(1, items),
        takes_units=1.0 + (dice.random(items - 1) < 0.3),
        nobody_knows=np.zeros(size.operations, bool),
    )


def sites(dice: np.random.Generator, count: int) -> Sites:
    """Return sites of about half as many parties, in up to six nations."""
    parties, nations = max(1, count // 2), min(6, count)
    party = dice.integers(0, parties, count)
    return Sites(
        tuple(f"s{k:03}" for k in range(count)),
        party,
        tuple(f"f{k:03}" for k in range(parties)),
        dice.integers(0, nations, count),
        ("DE", "FI", "FR", "NL", "PL", "RO")[:nations],
    )


def field(seed: int, size: Size = Size()) -> Field:
    """Return a made-up field; a pool has hours for `tight` of the work of one operation, on average."""
    dice = np.random.default_rng(seed)
    own, where = routing(dice, size), sites(dice, size.sites)
    able = dice.random((size.operations, size.sites)) < size.chance
    operation, site = np.nonzero(able)
    processes = tuple(sorted(set(own.process)))
    process = np.array([processes.index(own.process[each]) for each in operation], np.int64)
    keys, pool = np.unique(np.stack([site, process]), axis=1, return_inverse=True)
    hours = np.round(dice.uniform(0.5, 3.0, size.operations), 1)
    need = np.bincount(process, hours[operation] * own.most[operation], len(processes))
    need /= np.maximum(1, np.bincount(process, minlength=len(processes)))
    pools = keys.shape[1]
    cost = np.round(dice.uniform(20, 90, pools))
    repaired, asked = (np.flatnonzero(dice.random(len(operation)) < share) for share in (size.repaired, size.asked))
    mends, mend = np.unique(site[repaired], return_inverse=True)
    waits, wait = np.unique(np.stack([site[asked], process[asked]]), axis=1, return_inverse=True)
    return Field(
        own,
        where,
        Hours(
            processes,
            keys[0],
            keys[1],
            tuple(f"r{k:04}" for k in range(pools)),
            keys[0],
            np.round(need[keys[1]] * dice.uniform(0.4, 1.6, pools) * size.tight, 1),
            np.round(need[keys[1]] * dice.uniform(0.0, 0.3, pools) * size.tight, 1),
            cost,
            1.5 * cost,
            np.arange(pools),
            np.arange(pools),
        ),
        180.0,
        operation,
        site,
        np.round(dice.uniform(0, 40, len(operation))),
        np.round(dice.uniform(0, 4000, len(operation))),
        np.round(dice.uniform(0, 40, len(operation))),
        np.arange(len(operation)),
        pool.ravel(),
        hours[operation],
        Repairs(
            tuple(f"EN 9100 at {where.names[each]}" for each in mends),
            mends,
            np.round(dice.uniform(5000, 40000, len(mends))),
            np.round(dice.uniform(30, 90, len(mends))),
            repaired,
            mend.ravel(),
        ),
        Questions(
            tuple(f"{where.names[s]}: envelope of {processes[p]}" for s, p in waits.T),
            waits[0],
            np.full(waits.shape[1], -1),
            ("envelope",) * waits.shape[1],
            ("how large?",) * waits.shape[1],
            asked,
            wait.ravel(),
        ),
    )
