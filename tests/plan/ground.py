"""The ground on which tests put their rows: two nations, three sites, and weeks from Monday 5 January 2026.

Acme has Lund and Ystad in Sweden, Nord has Turku in Finland, and Parts sells; nobody has anything to work with yet.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from outwork.model.programme import Programme
from outwork.model.table import Row
from outwork.model.tables.frame import Nation, Settings
from outwork.model.tables.places import Party, Site

START = date(2026, 1, 5)


def monday(week: int) -> date:
    """First day of a week of the horizon; weeks before it are negative."""
    return START + timedelta(weeks=week)


def ground(*rows: Row | Iterable[Row], weeks: int = 12, frame: Mapping[str, Any] | None = None) -> Programme:
    """Return a programme of two nations, three parties and three sites, and the rows of a test. Args: frame, more settings."""
    return Programme.of(
        Settings(name="ground", start=START, weeks=weeks, **{"qualification_weeks": 1, **(frame or {})}),
        [Nation(nation="SE", name="Sweden"), Nation(nation="FI", name="Finland")],
        [
            Party(party="acme", name="Acme", nation="SE", role="manufacturer"),
            Party(party="nord", name="Nord", nation="FI", role="manufacturer"),
            Party(party="parts", name="Parts", nation="SE", role="supplier"),
        ],
        [
            Site(site="lund", party="acme", nation="SE", name="Lund"),
            Site(site="ystad", party="acme", nation="SE", name="Ystad"),
            Site(site="turku", party="nord", nation="FI", name="Turku", qualification_starts=1),
        ],
        *rows,
    )
