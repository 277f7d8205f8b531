"""The answer of `clear`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import polars as pl

from outwork.clear.determine import Determination
from outwork.clear.summary import lines
from outwork.model.outcome import MadeBy, Outcome, Reason
from outwork.model.programme import Programme


@dataclass(frozen=True, eq=False)
class Result:
    """Whether each thing may move, under what, why, and what to ask first.

    `name` is the programme's; `tables` are determinations and questions; `determinations` the same with every step that was
    tried, in the order of the table.
    """

    name: str
    outcome: Outcome
    tables: Mapping[str, pl.DataFrame]
    why: tuple[Reason, ...]
    made_by: MadeBy
    programme: Programme
    """The programme with the clearances, licences and closures that follow, as `plan` is to read it."""
    determinations: tuple[Determination, ...] = field(default=(), repr=False)

    def summary(self) -> str:
        """At most 15 lines for a person."""
        return "\n".join(lines(self))
