"""The books of the greedy planner, told as the tables of a plan."""

from __future__ import annotations

import numpy as np
import polars as pl

from outwork.model.axis import Array, Index
from outwork.plan.answer.decisions import LEAST, Told
from outwork.plan.greedy.ledger import Ledger


def tables(ledger: Ledger, starts: Index) -> dict[str, pl.DataFrame]:
    """Return make, use, buy, ship, deliver, qualify and applications. Args: starts, positions of all started qualifications."""

    def positive(name: str) -> tuple[Index, Index, Array]:
        ran = ledger.running & (ledger.make > LEAST)
        booked: Array = ran.astype(np.float64) if name == "setup" else getattr(ledger, name)
        member, step = np.nonzero(booked > LEAST)
        return member.astype(np.int64), step.astype(np.int64), booked[member, step]

    begun = np.isin(np.arange(len(ledger.network.making.start_pair)), starts).astype(np.float64)
    return Told(ledger.network, positive, begun, np.flatnonzero(ledger.applied)).tables()
