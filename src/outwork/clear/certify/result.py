"""The answer of `certify`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

import polars as pl

from outwork.clear.certify.standing import SETTLED
from outwork.model.outcome import MadeBy, Outcome, Reason
from outwork.model.tables.certification import Compliance

MOST_LINES: Final = 15


@dataclass(frozen=True)
class Readiness:
    """How far one revision of an item is."""

    item: str
    revision: str
    rows: tuple[Compliance, ...]

    @property
    def left(self) -> tuple[Compliance, ...]:
        """The requirements for which something is left to do."""
        return tuple(row for row in self.rows if row.status not in SETTLED)

    @property
    def ready(self) -> date | None:
        """Earliest day by which everything can be accepted, were all of it begun at once; None where some length is unknown."""
        days = [row.ready for row in self.left]
        known = [day for day in days if day is not None]
        return max(known, default=None) if len(known) == len(days) else None

    @property
    def not_before(self) -> date | None:
        """Earliest day by which that can be of which the length is known; None where there is none."""
        return max((row.ready for row in self.left if row.ready is not None), default=None)

    def line(self) -> str:
        """Return one line for a person."""
        counts = Counter(row.status for row in self.rows)
        said = ", ".join(f"{many} {status}" for status, many in counts.items())
        settled = f"{len(self.rows) - len(self.left)} of {len(self.rows)} settled"
        return f"{self.item} {self.revision}: {settled} ({said}); {self._when()}"

    def _when(self) -> str:
        if not self.left:
            return "nothing is left to do"
        unknown = sum(row.ready is None for row in self.left)
        assumed = sum(row.grade == "assumed" for row in self.left)
        rests = f", by durations that we assume for {assumed} of them" if assumed else ""
        if unknown:
            least = f"not before {self.not_before}{rests}; " if self.not_before else ""
            return f"{least}for {unknown} of them nobody has stated how long they take"
        return f"not before {self.ready}{rests}"


@dataclass(frozen=True, eq=False)
class Result:
    """How items stand with their requirements: the table `compliance`, what is left, and by when it can be done."""

    outcome: Outcome
    tables: Mapping[str, pl.DataFrame]
    why: tuple[Reason, ...]
    made_by: MadeBy
    readiness: tuple[Readiness, ...]

    def summary(self) -> str:
        """At most 15 lines for a person."""
        lines = [self.outcome.sentence, *(each.line() for each in self.readiness)]
        lines += [f"  {reason.sentence}" for reason in self.why]
        if len(lines) > MOST_LINES:
            lines = [*lines[: MOST_LINES - 1], f"  and {len(lines) - MOST_LINES + 1:,} more; all are in the table compliance"]
        return "\n".join(lines)
