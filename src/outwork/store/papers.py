"""Clearances that wait for a licence nobody has told about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

import polars as pl

from outwork.model.errors import Fault
from outwork.model.nearest import nearest
from outwork.store.reading import Sheet

READS: Final = ("clearances", "licences")

Sheets = Mapping[str, Sheet]


def unopened(sheets: Sheets) -> Iterator[Fault]:
    """Yield a fault for each clearance that opens as its licence does where `licences` has no row of that name.

    Taken for granted, a mistyped licence would open its lanes from the first day on.
    """
    own, known = sheets["clearances"], sheets["licences"].frame["licence"]
    rows = own.frame.with_row_index("row").filter(pl.col("licence").is_not_null() & pl.col("opens").is_null())
    names = known.to_list()
    for row, licence in rows.filter(~pl.col("licence").is_in(known.implode())).select("row", "licence").iter_rows():
        said = f"clearance '{own.frame['clearance'][row]}' opens as licence '{licence}' does, which is not in licences"
        said += "; give the licence a row there, or the clearance the day on which it opens"
        yield own.fault(row, "licence", said, licence, nearest(licence, names))
