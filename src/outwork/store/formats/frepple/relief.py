"""Keep a plan small: where set-ups would be too many to decide one by one, their hours are shared by the units.

A fixed duration is a set-up in every step in which an operation runs, and each is a yes or no of its own. Where there would
be thousands of them, or where all that is wanted is one order, the hours are spread over all units wanted, which occupies the
resource no more than frePPLe does. Lots that are too many are left out.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from outwork.model.table import Row
from outwork.model.tables.design import Load, Operation
from outwork.store.formats.converted import Losses
from outwork.store.formats.frepple.span import Needs

MOST_DECISIONS: Final = 1000
"""Set-ups, and likewise lots, that are decided one by one: operations that have them x steps."""
TOO_MANY: Final = "as there are too many to decide one by one"


def relieved(rows: Iterable[Row], wanted: Needs, steps: int, losses: Losses) -> list[Row]:
    """Return the rows with set-ups shared out and lots left out where they are too many; list what is."""
    rows = list(rows)
    setups = steps * sum(1 for row in rows if isinstance(row, Operation) and row.setup_hours > 0)
    lots = steps * sum(1 for row in rows if isinstance(row, Operation) and row.lot > 0)
    found: list[Row] = []
    for row in rows:
        kept = row
        if isinstance(kept, Operation) and kept.lot > 0 and lots > MOST_DECISIONS:
            losses.add("multiple of an order size", f"operation '{kept.operation}'", f"any quantity can be made, {TOO_MANY}")
            kept = kept.model_copy(update={"lot": 0.0})
        amount = max(1.0, sum(wanted.get(kept.item, []))) if isinstance(kept, Operation) else 0.0
        if isinstance(kept, Operation) and kept.setup_hours > 0 and (setups > MOST_DECISIONS or amount <= 1):
            if amount > 1:
                losses.add(
                    "hours of an order of fixed duration", f"operation '{kept.operation}'", f"shared by all units, {TOO_MANY}"
                )
            found.append(Load(operation=kept.operation, process=kept.process, hours=kept.setup_hours / amount))
            kept = kept.model_copy(update={"setup_hours": 0.0})
        found.append(kept)
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
