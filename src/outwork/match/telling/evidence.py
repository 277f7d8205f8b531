"""How old the oldest statement is on which a verdict rests."""

from __future__ import annotations

import numpy as np

from outwork.match.judging.matched import Matched
from outwork.match.terms.columns import UNDATED
from outwork.match.terms.kinds import State
from outwork.model.axis import Index


def oldest(found: Matched, pairs: Index) -> Index:
    """Return the day of the oldest statement behind each pair, in days from 1970-01-01; UNDATED where one has no day.

    A pair rests on its offer, or on the record of the site where there is none, and on the certificates that answer what is
    asked for. A statement without a day of its own is as old as the record of its site.
    """
    judged, offers = found.judged, found.offers
    offer, site = judged.offer[pairs], judged.site[pairs]
    seen = np.where(offer < 0, offers.recorded[site], offers.seen[offer] if len(offers) else UNDATED)
    for place, (ask, window) in enumerate(found.related.held.asks):
        asking = np.array([place in asks for asks in found.asks], bool)[judged.operation[pairs]]
        said = np.full(len(offers.sites), UNDATED)
        rows = offers.papers.enough(ask, found.terms.schemes)
        rows = np.concatenate([rows, offers.papers.valid(rows, found.needs, window)])
        checked = offers.papers.checked[rows]
        said[offers.papers.site[rows]] = np.where(checked == UNDATED, offers.recorded[offers.papers.site[rows]], checked)
        silent = np.setdiff1d(np.arange(len(offers.sites)), offers.papers.site[rows])
        refused = found.related.held.state[place, silent] == State.FAILED
        said[silent] = np.where(refused, offers.recorded[silent], np.iinfo(np.int64).max)
        seen = np.where(asking, np.minimum(seen, said[site]), seen)
    return seen.astype(np.int64)
