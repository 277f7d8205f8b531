"""What InvenTree does not say and a plan needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class Options:
    """How to convert.

    Args: start, first day of the plan, moved to the Monday on or before it (None: the day after the last date on which
    anything of the catalogue was written); weeks, its length; site, the location at which everything is assembled, bought
    and sold from (None: the top location with the most stock rows); at, the quantity whose price is taken from the
    breaks of an offer [unit]; lead_days of a purchase and assembly_days of an assembly, which InvenTree does not hold
    [day]; rates, what one unit of a currency is worth in EUR; without one for the catalogue's commonest
    currency the programme counts in that, and the rates are what others are worth in it.
    """

    start: date | None = None
    weeks: int = 52
    site: str | None = None
    at: float = 100.0
    lead_days: float = 14.0
    assembly_days: float = 7.0
    rates: Mapping[str, float] = field(default_factory=dict)
