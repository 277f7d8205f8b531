"""The answer of `match`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import polars as pl

from outwork.match.judging.matched import Matched
from outwork.match.telling.summary import lines
from outwork.model.outcome import MadeBy, Outcome, Reason
from outwork.model.programme import Programme


@dataclass(frozen=True, eq=False)
class Result:
    """Who can make what, with whom, and what is missing.

    `name` is the programme's; `tables` are candidates, gaps, enquiries, consortia, parts, scarcities and investments.
    """

    name: str
    outcome: Outcome
    tables: Mapping[str, pl.DataFrame]
    why: tuple[Reason, ...]
    made_by: MadeBy
    programme: Programme
    """The programme with the sites that could be qualified, as `plan` is to read it."""
    found: Matched = field(repr=False)
    """Everything judged, to ask about one site or to compare with another programme."""

    def summary(self) -> str:
        """At most 15 lines for a person."""
        return "\n".join(lines(self))
