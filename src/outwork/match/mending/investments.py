"""What one thing each site could get, and how much demand that would open to it."""

from __future__ import annotations

from typing import Final

import numpy as np
import polars as pl

from outwork.match.judging.matched import Matched
from outwork.match.mending.mending import Mend
from outwork.match.mending.repairs import Repairs
from outwork.model.axis import Index
from outwork.model.frames import from_columns
from outwork.model.tables import BY_NAME

BETWEEN: Final = "; "


def investments(found: Matched, mended: Repairs, most: int) -> pl.DataFrame:
    """Return the table of investments, for each site at most so many, those that open most hours first.

    An investment is a repair that alone mends everything in which a pair fails; what is not known of the pair stays so.
    """
    pairs, mend, mends = _alone(mended)
    opened = pl.DataFrame({
        "at": found.judged.site[pairs], "mend": mend, "operation": found.judged.operation[pairs],
        "hours": found.needs.wanted.hours[found.judged.operation[pairs]],
    })  # fmt: skip
    grouped = opened.group_by("at", "mend").agg(pl.len().alias("operations"), pl.col("hours").sum(), pl.col("operation"))
    what = [mended.what(each) for each in mends]
    facts = pl.DataFrame({
        "mend": np.arange(len(mends)), "investment": [named(mended, each) for each in mends],
        "days": pl.Series([each.days for each in what], dtype=pl.Float64()),
        "cost": pl.Series([each.cost for each in what], dtype=pl.Float64()),
    }, schema_overrides={"investment": pl.String()})  # fmt: skip
    order = ["at", "hours", "operations", "cost", "investment"]
    ranked = grouped.join(facts, on="mend").sort(order, descending=[False, True, True, False, False])
    ranked = ranked.with_columns(place=pl.int_range(pl.len()).over("at") + 1).filter(pl.col("place") <= most)
    designs = [_designs(found, operations) for operations in ranked["operation"]]
    names = np.array([*found.offers.sites.names, ""])[ranked["at"].to_numpy()]
    columns = ("investment", "place", "operations", "hours", "days", "cost")
    return from_columns(
        BY_NAME["investments"], {"site": names.tolist(), "designs": designs, **{name: ranked[name] for name in columns}}
    )  # fmt: skip


def named(mended: Repairs, mend: Mend) -> str:
    """Return what a site would get, such as `get certified to EN 9100`, and for what it is paid once there."""
    what = mended.what(mend).what
    return f"{what} ({mend.subject.removeprefix('~')})" if mend.subject else what


def _alone(mended: Repairs) -> tuple[Index, Index, list[Mend]]:
    """Return pairs and repairs each of which alone mends the pair, and all such repairs."""
    singles = [sorted(set.intersection(*map(set, ways))) for ways in mended.ways]
    mends = sorted({mend for each in singles for mend in each})
    place = {mend: at for at, mend in enumerate(mends)}
    rows = [np.array([place[mend] for mend in each], np.int64) for each in singles]
    sizes = np.array([*(len(each) for each in rows), 0], np.int64)[mended.of]
    pairs = np.repeat(np.arange(len(mended.of)), sizes)
    return pairs, np.concatenate([np.empty(0, np.int64), *(rows[at] for at in mended.of if at >= 0)]), mends


def _designs(found: Matched, operations: pl.Series) -> str:
    wish = found.needs.wanted
    needed = np.flatnonzero(wish.needed[:, operations.to_numpy()].any(axis=1))
    return BETWEEN.join(wish.designs[at] for at in needed)
