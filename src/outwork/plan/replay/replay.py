"""The replay itself: a plan's decisions, step by step from the tables, against every rule of `docs/reference/meaning.md`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from outwork.model.frames import schema
from outwork.model.programme import Programme
from outwork.model.tables import BY_NAME
from outwork.plan.replay import (
    applying,
    buying,
    handing,
    history,
    leave,
    making,
    material,
    money,
    moving,
    qualifying,
    ramping,
    sharing,
    telling,
)
from outwork.plan.replay.breach import Breach
from outwork.plan.replay.case import Case, read
from outwork.plan.replay.hours import capacity
from outwork.plan.replay.money import Cost
from outwork.plan.replay.working import work


@dataclass(frozen=True, eq=False)
class Replay:
    """What the replay of a plan found.

    `breaches` are the rules that the plan breaks, none in a plan that holds. `costs` are by kind, in EUR. The tables are
    recomputed from the decisions: stock, promises and cash events always; work from the hours that the plan's work table
    gives to each resource, or, where it has none, from the cheapest hours that serve the plan.
    """

    breaches: tuple[Breach, ...]
    costs: Mapping[str, Cost]
    stock: pl.DataFrame
    work: pl.DataFrame
    promises: pl.DataFrame
    cash_events: pl.DataFrame

    @property
    def holds(self) -> bool:
        """Return whether the plan breaks no rule."""
        return not self.breaches

    @property
    def total(self) -> float:
        """Return the plan's objective, all costs discounted to the start [EUR]."""
        return sum(cost.discounted for cost in self.costs.values())


def check(programme: Programme, plan: Mapping[str, pl.DataFrame]) -> Replay:
    """Replay a plan from the tables of its programme.

    `plan` holds the decisions (make, use, buy, ship, deliver, qualify, applications; one that is not there is empty) and any
    of the tables derived from them (stock, work, promises, cash_events), which must then agree with the replay. The value of
    an hour in `work` is not looked at, nor is any other table. TypeError where a frame is not typed as its table.
    """
    case, unread = read(programme, plan)
    hours = capacity(programme)
    worked, overworked = work(case, hours)
    lying, promised = material.kept(case), handing.promises(case)
    entries = money.ledger(case, worked, lying, promised)
    tables = {
        "stock": _table("stock", lying.filter((pl.col("quantity") > lying["slack"]) | (pl.col("below") > 0))),
        "work": _table("work", worked.with_columns(worth=pl.lit(0.0))),
        "promises": _table("promises", promised),
        "cash_events": money.cash_events(case, entries),
    }
    breaches = (
        *unread, *_rules(case), *ramping.check(case, hours), *overworked,
        *material.check(lying), *telling.check(case, tables, lying),
    )  # fmt: skip
    return Replay(breaches, money.costs(case, entries), **tables)


def _rules(case: Case) -> tuple[Breach, ...]:
    """Return the breaches of the rules that read nothing but decisions and tables."""
    rules = (making, qualifying, buying, moving, leave, applying, handing, sharing, history)
    return tuple(breach for rule in rules for breach in rule.check(case))


def _table(name: str, frame: pl.DataFrame) -> pl.DataFrame:
    return frame.select(list(schema(BY_NAME[name])))
