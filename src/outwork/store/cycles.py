"""Items that go into themselves."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping

import numpy as np
import polars as pl
import scipy.sparse as sp
from scipy.sparse.csgraph import connected_components

from outwork.model.errors import Fault
from outwork.store.reading import Sheet


def cycles(sheets: Mapping[str, Sheet]) -> Iterator[Fault]:
    """Yield a fault for each knot of items that are made of each other, naming one way around it.

    A knot is a strongly connected part of the graph that leads from each component to the item of its operation.
    """
    own = sheets["components"]
    edges = own.frame.with_row_index("row").join(sheets["operations"].frame.select("operation", into="item"), on="operation")
    if not edges.height:
        return
    names, places = np.unique(np.r_[edges["item"].to_numpy(), edges["into"].to_numpy()], return_inverse=True)
    source, target = np.split(places.reshape(-1), 2)
    graph = sp.coo_array((np.ones(len(source)), (source, target)), shape=(len(names),) * 2)
    _, part = connected_components(graph, connection="strong")
    inside = edges.with_columns(pl.Series("from", source), pl.Series("to", target)).filter(
        pl.Series(part[source] == part[target])
    )
    seen: set[int] = set()
    for row, begin, to in inside.sort("row").select("row", "from", "to").iter_rows():
        if part[begin] not in seen:
            seen.add(part[begin])
            way = " -> ".join(names[place] for place in (begin, *_way(inside, to, begin)))
            yield own.fault(row, "item", f"item '{names[begin]}' goes into itself: {way}", names[begin])


def _way(edges: pl.DataFrame, begin: int, end: int) -> list[int]:
    """Return a shortest way from one item to another, both included (breadth first)."""
    after: dict[int, list[int]] = {}
    for source, target in edges.select("from", "to").iter_rows():
        after.setdefault(source, []).append(target)
    before: dict[int, int] = {}
    queue = deque([begin])
    while queue and end not in (before.keys() | {begin}):
        here = queue.popleft()
        for there in after[here]:
            if there not in before:
                before[there] = here
                queue.append(there)
    way = [end]
    while way[-1] != begin:
        way.append(before[way[-1]])
    return way[::-1]
