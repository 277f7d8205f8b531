"""A plan with bookings added, as the tables of one plan."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl

from outwork.model.axis import Array, Index, Mask
from outwork.model.tables import BY_NAME
from outwork.plan.answer.applications import Done, applications
from outwork.plan.answer.decisions import LEAST, Told
from outwork.plan.greedy.ledger import Ledger
from outwork.plan.network import Network
from outwork.plan.promising.left import Decisions, booked
from outwork.plan.rolling.earlier import begun

SUMS: Final = {
    "make": ("quantity", "good", "setups", "cost"),
    "use": ("quantity",),
    "buy": ("quantity", "cost"),
    "ship": ("quantity", "cost"),
    "deliver": ("quantity",),
}
"""Columns that add up where two rows have one key; the others of such rows are equal."""


@dataclass(frozen=True, eq=False)
class Added:
    """A plan, and books on which more is booked. `ran` [pair, step], what the plan itself has set up."""

    network: Network
    plan: Decisions
    ledger: Ledger
    ran: Mask

    @classmethod
    def to(cls, network: Network, plan: Decisions, ledger: Ledger) -> Added:
        """Return a plan to which is added what will be booked. Args: ledger, the books that the plan leaves."""
        return cls(network, plan, ledger, ledger.running.copy())

    def tables(self) -> dict[str, pl.DataFrame]:
        """Return the decisions of the plan and the books together."""
        more = Told(self.network, self._positive, np.zeros(len(self.network.making.start_pair)), np.empty(0, np.int64))
        both = {name: _sum(name, self.plan[name], getattr(more, name)()) for name in SUMS}
        return both | {"qualify": self.plan["qualify"], "applications": self._applications(more)}

    def _positive(self, name: str) -> tuple[Index, Index, Array]:
        """Return member, step and quantity of what is booked of a block."""
        ledger = self.ledger
        fresh = ledger.running & ~self.ran & (ledger.make > LEAST)
        values: Array = fresh.astype(np.float64) if name == "setup" else getattr(ledger, name)
        member, step = np.nonzero(values > LEAST)
        return member.astype(np.int64), step.astype(np.int64), values[member, step]

    def _applications(self, more: Told) -> pl.DataFrame:
        """Return which licences to apply for, for what is planned and what is added together."""
        own, network = self.network.licences, self.network
        start = begun(network, self.plan)
        made, sent = (
            tuple(np.r_[old, new] for old, new in zip(booked(network, self.plan, name), added, strict=True))
            for name, added in (("make", self._positive("make")), ("ship", more.sent()))
        )
        started = (network.making.start_pair[start], network.making.start_step[start], np.ones(len(start)))
        applied = (own.pending & (own.fee == 0)) | self.ledger.applied
        return applications(network, Done(sent, made, started), applied)


def _sum(name: str, old: pl.DataFrame, new: pl.DataFrame) -> pl.DataFrame:
    table = BY_NAME[name]
    both = pl.concat([old.select(table.names), new.select(table.names)])
    added = both.group_by(table.key, maintain_order=True).agg(
        pl.col(column).sum() if column in SUMS[name] else pl.col(column).first()
        for column in table.names
        if column not in table.key
    )
    return added.select(table.names)
