"""The order of the sites of an operation."""

from __future__ import annotations

import numpy as np

from outwork.match.judging.judged import Judged
from outwork.match.mending.repairs import Repairs
from outwork.model.axis import Index


def places(judged: Judged, mended: Repairs) -> Index:
    """Return the place of every pair among those of its operation, the best being 1. [pair].

    Can goes before not known, and that before cannot; then fewer needs that failed, fewer not known, cheaper repairs, more
    hours, the name. What nobody knows goes last.
    """
    hours = np.where(np.isnan(judged.hours), -1.0, judged.hours)
    price = np.where(np.isnan(mended.cost), np.inf, mended.cost)
    counts = (np.bitwise_count(judged.unknown), np.bitwise_count(judged.failed), judged.verdict)
    order = np.lexsort((judged.site, -hours, price, *counts, judged.operation))
    begins = np.searchsorted(judged.operation, judged.operation)
    place = np.empty(len(judged), np.int64)
    place[order] = np.arange(len(judged))
    return place - begins + 1
