"""How a plan is made: what it is to achieve, how good it has to be, how long it may take."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Objective = Literal["cost", "on time", "most", "surge"]


@dataclass(frozen=True)
class Options:
    """How a plan is made."""

    objective: Objective = "cost"
    """cost: on time at least cost, lateness and shortage priced. on time: least cost with every binding demand on time.
    most: most units of `item` by the date `by`. surge: fewest weeks until `rate` units of `item` a week are kept up."""
    item: str | None = None
    """Design that `most` and `surge` count."""
    by: date | None = None
    """Date by which `most` counts."""
    rate: float | None = None
    """Units a week that `surge` asks for."""
    weeks: int | None = None
    """Length of the horizon [week]. None: as the settings say."""
    gap: float = 0.01
    """Proven relative distance [1] to the best possible cost at which the search may stop."""
    limit: float | None = 120.0
    """Wall seconds after which the search takes the best plan so far; unfolding, bounding and explaining it come after, each
    within a part of the same limit. None: no limit."""
    threads: int = 2
    """Solvers side by side, and threads that branch and bound may use."""
    seed: int = 0
    """Where the solver's own dice begin."""
    explain: bool = True
    """False: answer without reasons and remedies, which take longer than the plan of a small programme."""
    remedies: int = 3
    """Remedies to compute for every late or short demand [1]."""

    def __post_init__(self) -> None:
        """Refuse what no plan can follow."""
        if self.objective in ("most", "surge") and self.item is None:
            raise ValueError(f"options: objective '{self.objective}' asks for an item; name the design that it counts")
        if self.objective == "most" and self.by is None:
            raise ValueError("options: objective 'most' asks for a date; give the day by which it counts")
        if self.objective == "surge" and not (self.rate or 0) > 0:
            raise ValueError("options: objective 'surge' asks for a rate; give the units a week that are to be kept up")
        if not 0 <= self.gap < 1:
            raise ValueError(f"options: gap is {self.gap}; give a share from 0 to below 1, 0.01 for one per cent")
        if self.threads < 1:
            raise ValueError(f"options: threads is {self.threads}; give at least 1")
