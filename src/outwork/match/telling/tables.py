"""Candidates and gaps as tables."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import numpy as np
import polars as pl

from outwork.match.judging.judged import VERDICTS
from outwork.match.judging.matched import Matched
from outwork.match.mending.mending import Mend
from outwork.match.mending.repairs import Repairs
from outwork.match.telling.clauses import Clause, clauses
from outwork.match.telling.evidence import oldest
from outwork.match.telling.ranking import places
from outwork.match.telling.sentences import decisive, makers, rule, sentence
from outwork.match.terms.columns import EPOCH, UNDATED
from outwork.match.terms.kinds import named
from outwork.model.axis import Array, Index
from outwork.model.frames import from_columns
from outwork.model.tables import BY_NAME

BETWEEN = "; "


def told(found: Matched, mended: Repairs, most: int) -> Index:
    """Return the pairs that are told of, at most so many of each operation, in the order of operations and places."""
    place = places(found.judged, mended)
    pairs = np.flatnonzero(place <= most)
    return pairs[np.lexsort((place[pairs], found.judged.operation[pairs]))]


def candidates(found: Matched, mended: Repairs, pairs: Index) -> pl.DataFrame:
    """Return the table of candidates. Args: pairs that are told of."""
    judged, offers = found.judged, found.offers
    seen, place = oldest(found, pairs), places(judged, mended)
    reasons = [decisive(found, pair) for pair in pairs]
    every = makers(found)
    said = [every[pair] for pair in pairs]
    offer = judged.offer[pairs]
    columns = {
        "operation": [found.needs.operations.names[at] for at in judged.operation[pairs]],
        "site": [offers.sites.names[at] for at in judged.site[pairs]],
        "verdict": [VERDICTS[at] for at in judged.verdict[pairs]],
        "place": place[pairs],
        "resource": [None if at < 0 or offers.listing[at] else offers.names[at] for at in offer],
        "failed": [BETWEEN.join(named(int(bits))) for bits in judged.failed[pairs]],
        "unknown": [BETWEEN.join(named(int(bits))) for bits in judged.unknown[pairs]],
        "hours": _known(judged.hours[pairs]),
        "repair_days": _known(mended.days[pairs]),
        "repair_cost": _known(mended.cost[pairs]),
        "seen": [_date(day) for day in seen],
        "rule": [rule(why, maker) for why, maker in zip(reasons, said, strict=True)],
        "sentence": [sentence(found, mended, pair, why, maker) for pair, why, maker in zip(pairs, reasons, said, strict=True)],
    }
    return from_columns(BY_NAME["candidates"], columns)


def gaps(found: Matched, mended: Repairs, pairs: Index) -> pl.DataFrame:
    """Return the table of gaps of those pairs that cannot. Args: pairs that are told of."""
    rows = [row for pair in pairs if found.judged.failed[pair] for row in _gaps(found, mended, int(pair))]
    names = BY_NAME["gaps"].names
    return from_columns(BY_NAME["gaps"], {name: [row.get(name) for row in rows] for name in names})


def _gaps(found: Matched, mended: Repairs, pair: int) -> Iterator[dict[str, object]]:
    """Yield the gaps of a pair, in the order in which the ways to mend them stand."""
    at = int(mended.of[pair])
    key = {
        "operation": found.needs.operations.names[found.judged.operation[pair]],
        "site": found.offers.sites.names[found.judged.site[pair]],
    }
    for clause, way in zip(_failed(found, pair), mended.ways[at], strict=True):
        told_of = {"need": clause.need, "wanted": clause.wanted, "held": clause.held, "field": clause.field}
        chosen = [mend for mend in mended.sets[at] or way[:1] if mend in way]
        yield {**key, **told_of, **_repair(mended, chosen)}


def _failed(found: Matched, pair: int) -> list[Clause]:
    """Return a clause for each need that failed, those on certificates last, as `Repairs.ways` has them."""
    needs = sorted(named(int(found.judged.failed[pair])), key=lambda need: need == "certificate")
    return [clause for need in needs for clause in clauses(found, pair, need)]


def _repair(mended: Repairs, chosen: list[Mend]) -> dict[str, object]:
    if not chosen:
        return {"repair": "", "grade": "unknown", "source": ""}
    what = mended.what(chosen[0])
    return {
        "repair": what.what, "days_p10": what.days_p10, "days": what.days, "days_p90": what.days_p90, "cost": what.cost,
        "grade": what.grade, "source": what.source,
    }  # fmt: skip


def _known(numbers: Array) -> list[float | None]:
    return [None if np.isnan(number) else float(number) for number in numbers]


def _date(day: int) -> date | None:
    return None if day == UNDATED or day > np.iinfo(np.int32).max else EPOCH + timedelta(days=int(day))
