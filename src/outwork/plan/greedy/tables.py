"""The books of the greedy planner, told as the tables of a plan."""

from __future__ import annotations

import numpy as np
import polars as pl

from outwork.plan.answer.decisions import LEAST, _Told
from outwork.plan.greedy.ledger import Ledger
from outwork.plan.network.axis import Array, Index


class _Booked(_Told):
    """Reads books instead of a solution."""

    def __init__(self, ledger: Ledger, starts: Index) -> None:
        self.network, self.ledger = ledger.network, ledger
        self.values = {
            "started": np.isin(np.arange(len(ledger.network.making.start_pair)), starts).astype(np.float64),
            "applied": ledger.applied.astype(np.float64),
        }
        self.licence = np.arange(len(ledger.applied))

    def positive(self, name: str) -> tuple[Index, Index, Array]:
        """Return member, step and quantity of everything booked."""
        ran = self.ledger.running & (self.ledger.make > LEAST)
        booked: Array = ran.astype(np.float64) if name == "setup" else getattr(self.ledger, name)
        member, step = np.nonzero(booked > LEAST)
        return member.astype(np.int64), step.astype(np.int64), booked[member, step]


def tables(ledger: Ledger, starts: Index) -> dict[str, pl.DataFrame]:
    """Return make, use, buy, ship, deliver, qualify and applications. Args: starts, positions of all started qualifications."""
    told = _Booked(ledger, starts)
    return {"make": told.make(), "use": told.use(), "buy": told.buy(), "ship": told.ship(), "deliver": told.deliver(),
            "qualify": told.qualify(), "applications": told.applications()}  # fmt: skip
