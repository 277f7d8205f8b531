"""Shares of a design's making that agreements give to nations and parties, as a consortium has to keep them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from functools import partial

import polars as pl

from outwork.match.consortium.field import Field
from outwork.match.consortium.wish import Share, Wish
from outwork.model.programme import Programme


def kept(wish: Wish, programme: Programme, field: Field) -> Wish:
    """Return a wish that keeps the agreements of a programme besides its own shares."""
    return replace(wish, shares=(*wish.shares, *shares(programme, field)))


def shares(programme: Programme, field: Field) -> Iterator[Share]:
    """Yield the shares of items that the design is made of, by agreements that hold while it is made.

    A consortium keeps them over all of its units; `plan` counts only what is started while the agreement holds. One of a nation
    or party that has no site here asks nothing unless it asks for a least share; then no consortium can keep it.
    """
    start = programme.settings.start
    last = start + timedelta(days=field.window)
    holding = programme["agreements"].filter(pl.col("since").fill_null(start) <= last, pl.col("until").fill_null(last) >= start)
    rows = programme["shares"].join(holding.select("agreement"), on="agreement").sort("share")
    for row in rows.filter(pl.col("item").is_in(field.routing.items)).iter_rows(named=True):
        asked = partial(Share, row["share"], least=row["min_share"], most=row["max_share"], item=row["item"])
        own = asked("party", row["party"]) if row["nation"] is None else asked("nation", row["nation"])
        if own.least > 0 or own.whose in (field.sites.parties if own.by == "party" else field.sites.nations):
            yield own
