"""A solution over steps, told as the tables that a person decides by: make, use, buy, ship, deliver, qualify, applications."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl

from outwork.model.axis import Array, Axis, Index, join
from outwork.model.frames import from_columns
from outwork.model.tables import BY_NAME
from outwork.plan.answer.applications import Done, applications
from outwork.plan.build import Formulation
from outwork.plan.network import Network
from outwork.plan.network.lanes import FREE

HALF = 0.5
LEAST = 1e-6
"""Quantities [unit] below this are the solver's dust and are not told."""


def decisions(formulation: Formulation, x: Array) -> dict[str, pl.DataFrame]:
    """Return the decision tables of a solution. Args: formulation with one step to a bucket; x [variable]."""
    solved = _Solution(formulation, x)
    block = formulation.problem.variables
    paid = block["applied"].keys["licence"][x[block["applied"].slice] > HALF]
    return Told(formulation.network, solved.positive, x[block["started"].slice], paid).tables()


@dataclass(frozen=True, eq=False)
class _Solution:
    """Reads a solution block by block."""

    formulation: Formulation
    x: Array

    def positive(self, name: str) -> tuple[Index, Index, Array]:
        own, values = self.formulation.spans[name], self.x[self.formulation.problem.variables[name].slice]
        kept = np.flatnonzero(values > LEAST)
        return own.member[kept], own.first[kept], values[kept]


@dataclass(frozen=True, eq=False)
class Told:
    """Whatever decides, told as tables.

    Args: positive, returns member, step and quantity of all that a block (make, setup, take, buy, ship, direct, deliver) does;
    started [start], above one half where a qualification has begun; paid, the licences whose fee is paid.
    """

    network: Network
    positive: Callable[[str], tuple[Index, Index, Array]]
    started: Array
    paid: Index

    def tables(self) -> dict[str, pl.DataFrame]:
        """Return the tables of all decisions."""
        return {"make": self.make(), "use": self.use(), "buy": self.buy(), "ship": self.ship(), "deliver": self.deliver(),
                "qualify": self.qualify(), "applications": self.applications()}  # fmt: skip

    def make(self) -> pl.DataFrame:
        """What is made, and when it is good."""
        pair, step, quantity = self.positive("make")
        making, network = self.network.making, self.network
        run = {(p, t): count for p, t, count in zip(*self.positive("setup"), strict=True)}
        setups = np.array([run.get((p, t), 0) for p, t in zip(pair, step, strict=True)]).round().astype(np.int64)
        return _frame(
            "make",
            operation=_names(network.operations, making.operation[pair]),
            site=_names(network.sites, making.site[pair]),
            start=days(network, step),
            item=_names(network.items, making.item[pair]),
            quantity=quantity,
            good=quantity * making.yield_rate[pair],
            ready=days(network, step + making.lead[pair]),
            setups=setups,
            cost=quantity * making.unit_cost[pair] + setups * making.setup_cost[pair],
        )

    def use(self) -> pl.DataFrame:
        """What making takes in."""
        pair, step, quantity = self.positive("make")
        making, network = self.network.making, self.network
        fixed = np.flatnonzero(making.use_choice < 0)
        here, which = join(pair, making.use_pair[fixed])
        which = fixed[which]
        held = (making.use_first[which] <= step[here]) & (step[here] <= making.use_last[which])
        here, which = here[held], which[held]
        chosen, chosen_step, chosen_quantity = self.positive("take")
        use = np.r_[which, chosen]
        return _frame(
            "use",
            operation=_names(network.operations, making.operation[making.use_pair[use]]),
            site=_names(network.sites, making.site[making.use_pair[use]]),
            start=days(network, np.r_[step[here], chosen_step]),
            item=_names(network.items, making.use_item[use]),
            quantity=np.r_[quantity[here] * making.use_quantity[which], chosen_quantity],
        )

    def buy(self) -> pl.DataFrame:
        """What is ordered."""
        offer, step, quantity = self.positive("buy")
        offers, network = self.network.offers, self.network
        return _frame(
            "buy",
            item=_names(network.items, offers.item[offer]),
            site=_names(network.sites, offers.site[offer]),
            party=_names(network.parties, offers.party[offer]),
            start=days(network, step),
            quantity=quantity,
            ready=days(network, step + offers.lead[offer]),
            cost=quantity * offers.price[offer],
        )

    def sent(self) -> tuple[Index, Index, Array]:
        """Return leg, step and quantity of all that moves."""
        leg, step, quantity = self.positive("ship")
        way, way_step, way_quantity = self.positive("direct")
        own = self.network.directs.leg[way] >= 0
        leg = np.r_[leg, self.network.directs.leg[way[own]]]
        return leg, np.r_[step, way_step[own]], np.r_[quantity, way_quantity[own]]

    def ship(self) -> pl.DataFrame:
        """What leaves for another site."""
        frame = shipments(self.network, *self.sent())
        keys = ["item", "origin", "destination", "mode", "start", "clearance", "ready"]
        return frame.group_by(keys, maintain_order=True).agg(pl.col("quantity", "cost").sum()).select(BY_NAME["ship"].names)

    def deliver(self) -> pl.DataFrame:
        """What is handed over."""
        demand, step, quantity = self.positive("deliver")
        way, left, sent = self.positive("direct")
        ways, wishes, network = self.network.directs, self.network.wishes, self.network
        there = left + ways.lead[way]
        origin = _names(network.sites, ways.origin[way])
        all_demand, all_step = np.r_[demand, ways.demand[way]], np.r_[step, there]
        late = np.maximum(all_step - wishes.due[all_demand], 0) * network.horizon.weeks_per_step
        frame = _frame(
            "deliver",
            demand=_names(wishes.names, all_demand),
            start=days(network, all_step),
            origin=[""] * len(demand) + origin,
            quantity=np.r_[quantity, sent],
            weeks_late=late,
        )
        keys = ["demand", "start", "origin", "weeks_late"]
        return frame.group_by(keys, maintain_order=True).agg(pl.col("quantity").sum()).select(BY_NAME["deliver"].names)

    def applications(self) -> pl.DataFrame:
        """By when to apply for which licence."""
        own, making = self.network.licences, self.network.making
        applied = own.pending & (own.fee == 0)
        applied[self.paid] = True
        start = begun(self.network, self.started)
        started = making.start_pair[start], making.start_step[start], np.ones(len(start))
        return applications(self.network, Done(self.sent(), self.positive("make"), started), applied)

    def qualify(self) -> pl.DataFrame:
        """Which qualifications begin."""
        making, network = self.network.making, self.network
        start = begun(self.network, self.started)
        start = start[making.start_step[start] >= 0]
        pair, step = making.start_pair[start], making.start_step[start]
        return _frame(
            "qualify",
            operation=_names(network.operations, making.operation[pair]),
            site=_names(network.sites, making.site[pair]),
            start=days(network, step),
            ready=days(network, step + making.ready_lead[pair]),
            cost=making.fee[pair],
        )


def begun(network: Network, started: Array) -> Index:
    """Return the start of every pair whose qualification is started: the first of its starts that is over one half."""
    on = np.flatnonzero(started > HALF)
    _, first = np.unique(network.making.start_pair[on], return_index=True)
    return on[first]


def shipments(network: Network, leg: Index, step: Index, quantity: Array) -> pl.DataFrame:
    """Return what leaves on legs as the table `ship`."""
    legs, lanes = network.legs, network.lanes
    lane, item = legs.lane[leg], legs.item[leg]
    clearance = np.array([*network.leave.names.names, ""], dtype=object)[
        np.where(legs.clearance[leg] == FREE, -1, legs.clearance[leg])
    ]
    return _frame(
        "ship",
        item=_names(network.items, item),
        origin=_names(network.sites, lanes.origin[lane]),
        destination=_names(network.sites, lanes.destination[lane]),
        mode=_names(lanes.mode, lanes.mode_of[lane]),
        start=days(network, step),
        clearance=clearance.tolist(),
        quantity=quantity,
        ready=days(network, step + lanes.lead[lane]),
        cost=quantity * lanes.cost[lane] * network.mass[item],
    )


def days(network: Network, step: Index) -> pl.Series:
    """Return the first days of steps."""
    horizon = network.horizon
    return pl.Series(np.datetime64(horizon.start, "D") + (step * horizon.step_days).astype("timedelta64[D]"), dtype=pl.Date)


def _names(axis: Axis, position: Index) -> list[str]:
    return [axis.names[k] for k in position]


def _frame(name: str, **columns: Any) -> pl.DataFrame:
    table = BY_NAME[name]
    return from_columns(table, {k: v if not isinstance(v, np.ndarray) else pl.Series(v) for k, v in columns.items()}).sort(
        table.key
    )
