"""The weeks in which the work of an operation is wanted: from today to the last due day of a demand that needs it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from outwork.model.axis import Index
from outwork.model.horizon import Horizon


@dataclass(frozen=True, eq=False)
class Windows:
    """Spans of days, each once, and which of them each operation has.

    first, last [window], days from the start of the horizon, both of the span; of [operation], its window.
    """

    horizon: Horizon
    first: Index
    last: Index
    of: Index

    @property
    def steps(self) -> tuple[Index, Index]:
        """First step of each window, and the one after its last. [window]."""
        return self.first // self.horizon.step_days, self.last // self.horizon.step_days + 1


def windows(horizon: Horizon, last: Index, today: date | None) -> Windows:
    """Return the windows of operations.

    Args: last [operation], days from the start of the horizon to the last due day, -1 where nothing is due: then the whole
    horizon is wanted; today, from which on work can be done, None for the start of the horizon. What is due before today is
    late and wanted today.
    """
    end = horizon.steps * horizon.step_days - 1
    first = 0 if today is None else min(max((today - horizon.start).days, 0), end)
    until = np.where(last < 0, end, np.clip(last, first, end))
    spans, of = np.unique(until, return_inverse=True)
    return Windows(horizon, np.full(len(spans), first, np.int64), spans.astype(np.int64), of.astype(np.int64))
