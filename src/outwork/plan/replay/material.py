"""Material: what lies at every site at the end of every step, replayed from every arrival and departure.

A plan that takes more from a stock than ever came to it makes something from nothing; this is where it is caught.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import polars as pl
from numpy.typing import NDArray

from outwork.plan.replay.breach import TOLERANCE, Breach, Code, tell
from outwork.plan.replay.case import Case
from outwork.plan.replay.history import arriving

PLACE = ("item", "site")
FLOW = (*PLACE, "step", "quantity")


def flows(case: Case) -> pl.DataFrame:
    """Return everything that comes to a stock (above 0) or leaves it (below 0) in a step: item, site, step, quantity.

    Units for a single-source demand come and go in the same step, so that they leave the site's stock as it is.
    """
    coming = pl.col("step") + pl.col("lead")
    out = -pl.col("quantity")
    moves = [
        arriving(case.programme),
        case.make.with_columns(item="item_made", step=coming, quantity=pl.col("quantity") * pl.col("yield_rate")),
        case.buy.with_columns(step=coming),
        case.ship.with_columns(site="destination", step=coming),
        case.use.with_columns(quantity=out),
        case.ship.with_columns(site="origin", quantity=out),
        case.deliver.with_columns(quantity=out),
    ]
    return pl.concat([move.select(FLOW) for move in moves]).filter(pl.col("step") < case.horizon.steps)


def kept(case: Case) -> pl.DataFrame:
    """Return what lies where at the end of each step, for every item and site that anything touches.

    Columns: item, site, step, start, quantity [unit, below 0 where too much left], slack [unit, by how much errors of a
    solver may have added up], below [unit missing to the safety stock], most [unit], on_hand [unit, at the start].
    """
    moved = flows(case)
    stocks = case.programme["stocks"]
    places = pl.concat([moved.select(PLACE), stocks.select(PLACE)]).unique(maintain_order=True).with_row_index("place")
    about = places.join(stocks, on=PLACE, how="left", maintain_order="left").with_columns(
        pl.col("on_hand", "safety").fill_null(0.0)
    )
    moved = moved.join(places, on=PLACE)
    shape = (places.height, case.horizon.steps)
    position = moved["place"].to_numpy().astype(np.int64) * shape[1] + moved["step"].to_numpy()
    quantity, on_hand = moved["quantity"].to_numpy(), about["on_hand"].to_numpy()[:, None]
    stock = on_hand + _running(position, quantity, shape)
    through = on_hand + _running(position, np.abs(quantity), shape) + np.arange(1, shape[1] + 1)
    deepest = np.minimum.accumulate(np.c_[np.zeros(len(stock)), stock[:, :-1]], axis=1)
    dense = pl.DataFrame(
        {
            "place": np.repeat(np.arange(shape[0], dtype=np.uint32), shape[1]),
            "step": np.tile(np.arange(shape[1]), shape[0]),
            "quantity": stock.ravel(),
            "slack": TOLERANCE * through.ravel(),
            "deepest": deepest.ravel(),
        }
    )
    below = pl.max_horizontal(pl.lit(0.0), pl.col("safety") - pl.max_horizontal(pl.lit(0.0), "quantity"))
    return dense.join(about, on="place", maintain_order="left").with_columns(below=below, start=case.day(pl.col("step")))


def check(lying: pl.DataFrame) -> Iterator[Breach]:
    """No stock (as `kept` returns them) falls below 0, or above max(most, on_hand), at the end of any step.

    A stock that stays below 0 is told once, and again in each step in which it falls deeper.
    """
    short = lying.filter(pl.col("quantity") < pl.min_horizontal(pl.lit(0.0), "deepest") - pl.col("slack"))
    said = "{over} units of {item} leave {site} by {start} that never came there"
    yield from tell(Code.STOCK, short.with_columns(over=-pl.col("quantity")), "unit", said, "stocks")
    room = pl.max_horizontal("most", "on_hand")
    full = lying.filter(pl.col("most").is_not_null() & (pl.col("quantity") > room + pl.col("slack")))
    said = "{quantity} units of {item} are kept at {site} on {start}, {over} more than the store takes"
    yield from tell(Code.STORE, full.with_columns(over=pl.col("quantity") - room), "unit", said, "stocks")


def _running(position: NDArray[np.int64], quantity: NDArray[np.float64], shape: tuple[int, int]) -> NDArray[np.float64]:
    """Return running sums over the steps of quantities at flat positions. [place, step]."""
    return np.bincount(position, quantity, shape[0] * shape[1]).reshape(shape).cumsum(axis=1)
