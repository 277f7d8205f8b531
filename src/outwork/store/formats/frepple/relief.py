"""Keep a plan small: where set-ups would be too many to decide one by one, their hours are shared by the units.

A fixed duration is a set-up in every step in which an operation runs, and each is a yes or no of its own. Where there would
be thousands of them, or where all that is wanted is one order, the hours are spread over all units wanted, which occupies the
resource no more than frePPLe does.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from outwork.model.table import Row
from outwork.model.tables.design import Load, Operation
from outwork.store.formats.converted import Losses
from outwork.store.formats.frepple.span import Needs

MOST_SETUPS: Final = 1000
"""Set-ups that are decided one by one: operations that have them x steps."""


def relieved(rows: Iterable[Row], wanted: Needs, steps: int, losses: Losses) -> list[Row]:
    """Return the rows with set-ups shared out where they are too many; list what is."""
    rows = list(rows)
    count = sum(1 for row in rows if isinstance(row, Operation) and row.setup_hours > 0)
    found: list[Row] = []
    for row in rows:
        if not isinstance(row, Operation) or row.setup_hours <= 0:
            found.append(row)
            continue
        amount = max(1.0, sum(wanted.get(row.item, [])))
        if count * steps <= MOST_SETUPS and amount > 1:
            found.append(row)
            continue
        if amount > 1:
            why = "shared by all units wanted, as there are too many to decide one by one"
            losses.add("hours of an order of fixed duration", f"operation '{row.operation}'", why)
        found.append(row.model_copy(update={"setup_hours": 0.0}))
        found.append(Load(operation=row.operation, process=row.process, hours=row.setup_hours / amount))
    return _summed(found)


def _summed(rows: Iterable[Row]) -> list[Row]:
    """Return rows with the loads of one operation on one process added up."""
    loads: dict[tuple[str, str], Load] = {}
    others: list[Row] = []
    for row in rows:
        if isinstance(row, Load):
            held = loads.get((row.operation, row.process))
            hours = row.hours + (held.hours if held else 0.0)
            loads[row.operation, row.process] = Load(operation=row.operation, process=row.process, hours=hours)
        else:
            others.append(row)
    return [*others, *loads.values()]
