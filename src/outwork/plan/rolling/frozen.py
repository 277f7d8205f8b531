"""The next weeks: what the last plan decided there is kept, and nothing else is begun."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

import numpy as np
import polars as pl

from outwork.model.axis import Array, Index
from outwork.model.programme import Programme
from outwork.plan.build import formulate
from outwork.plan.build.aim import SHUT, Aim
from outwork.plan.build.draft import Draft
from outwork.plan.network import Network
from outwork.plan.options import Options
from outwork.plan.rolling.done import KEYS, direct_moves
from outwork.plan.rolling.forward import LEAST, committed
from outwork.plan.search import solve
from outwork.plan.search.board import Board
from outwork.solve.blocks import Problem

FLOWS: Final = ("make", "buy", "ship")
DUST: Final = 1e-5
"""Units below which nothing has to be cut."""
TRIES: Final = 4
"""How often what cannot be kept is cut; whole lots can make further cuts needed."""


@dataclass(frozen=True, eq=False)
class Frozen:
    """A programme with the last plan's decisions of its first steps as commitments.

    `own` names these commitments; `cut` are those that cannot be kept, with the quantity of the last plan and what is left.
    """

    programme: Programme
    steps: int
    own: frozenset[str]
    cut: pl.DataFrame

    @property
    def aim(self) -> Aim:
        """Nothing but what is decided happens in the frozen steps."""
        until = self.programme.horizon.day(self.steps).isoformat()
        says = {SHUT: f"until {until} nothing is begun but what the last plan has"} if self.steps else {}
        return Aim(turns=(partial(still, steps=self.steps),), says=says)


def frozen(programme: Programme, last: Mapping[str, pl.DataFrame], steps: int) -> Frozen:
    """Freeze the first steps of a programme as the last plan has them.

    A shipment to a single-source demand is not committed to, for the model keeps it apart; it may happen as planned.
    """
    start, end = programme.horizon.start, programme.horizon.day(steps)
    near = {kind: last[kind].filter(pl.col("start") < end) for kind in (*FLOWS, "qualify")}
    near = {kind: _summed(kind, frame) for kind, frame in near.items()}
    direct = direct_moves(last).select("item", "origin", "destination")
    near["ship"] = near["ship"].join(direct, on=["item", "origin", "destination"], how="anti", maintain_order="left")
    old = programme["commitments"]
    inside = (pl.col("start") >= start) & (pl.col("start") < end)
    kept = old.filter((pl.col("kind") == "qualify") | ~inside | (pl.col("quantity") <= LEAST))
    qualify = near["qualify"].join(old.filter(pl.col("kind") == "qualify"), on=["operation", "site"], how="anti")
    rows = [committed(programme, frame, kind, start) for kind, frame in (near | {"qualify": qualify}).items()]
    added = pl.concat(rows) if steps else old.clear()
    cut = added.head(0).with_columns(left=pl.lit(0.0))
    return Frozen(
        programme.replace(commitments=pl.concat([kept if steps else old, added])), steps, frozenset(added["commitment"]), cut
    )


def still(problem: Problem, draft: Draft, steps: int) -> Problem:
    """Return the problem in which what is not decided for the frozen steps does not happen there."""
    decided = np.diff(problem.matrix[problem.rows["decided"].slice].tocsc().indptr) > 0
    upper = problem.upper.copy()
    for name in FLOWS:
        block = problem.variables[name]
        idle = (draft.spans[name].last < steps) & ~decided[block.slice]
        upper[block.slice] = np.where(idle, 0.0, upper[block.slice])
    making = draft.network.making
    fixed = np.isin(np.arange(len(making.start_step)), making.start_fixed)
    early = (making.start_step < steps) & ~fixed
    started = problem.variables["started"].slice
    upper[started] = np.where(early, 0.0, upper[started])
    return problem.bounded(problem.lower, upper)


def loosened(state: Frozen, options: Options, board: Board) -> Frozen:
    """Cut the frozen decisions that cannot be kept, by as little value as can be.

    Minimise the value that is cut, whatever else it costs; what is left of an operation in lots is whole lots, and what is
    left of an order is its minimum or nothing.
    """
    for _ in range(TRIES):
        cuts = _cuts(state, options, board)
        if cuts is None or not (cuts > 0).any():
            break
        state = _without(state, cuts)
    return state


def _cuts(state: Frozen, options: Options, board: Board) -> Array | None:
    """Return how much has to be cut of every commitment of the programme; None where cutting does not help."""
    own = state.programme["commitments"].with_row_index("row").filter(pl.col("kind") != "qualify")
    mine = own["commitment"].is_in(list(state.own)).to_numpy()
    aim = state.aim.and_also(Aim((partial(_elastic, mine=mine),), (_least_cut,)))
    model = formulate(Network.of(state.programme), aim)
    answer = solve(model.problem.relaxed(), replace(options, limit=None), board)
    if answer.x is None:
        return None
    cut = np.zeros(state.programme["commitments"].height)
    block = model.problem.variables["cut"]
    found = answer.x[block.slice]
    cut[own["row"].to_numpy()[block.keys["commitment"]]] = np.where(found > DUST, found, 0.0)
    return cut


def _elastic(draft: Draft, mine: Array) -> None:
    """cut[k] in 0..quantity: units of commitment k that are not kept;   make, buy or ship  +  cut[k]  =  quantity[k]."""
    keys = draft.rows["decided"].keys["commitment"]
    row = np.flatnonzero(mine[keys])
    draft.plain("cut", "commitment", keys[row], upper=draft.network.decided.quantity[keys[row]])
    draft.add("decided", row, "cut", np.arange(len(row)))


def _least_cut(problem: Problem, draft: Draft) -> Problem:
    """Price nothing but what is cut, by its value and a cent, and up to twice that the nearer it is."""
    network, cut = draft.network, problem.variables["cut"]
    decided = network.decided
    item = np.where(decided.item < 0, _made(network)[decided.operation], decided.item)[cut.keys["commitment"]]
    cost = np.zeros_like(problem.cost)
    near = 2 - decided.step[cut.keys["commitment"]] / network.horizon.steps
    cost[cut.slice] = (network.value[item] + 0.01) * near
    return problem.priced(cost)


def _made(network: Network) -> Index:
    """Return the item of every operation that somebody can make, 0 for others. [operation]."""
    item = np.zeros(len(network.operations), np.int64)
    item[network.making.operation] = network.making.item
    return item


def _without(state: Frozen, cuts: Array) -> Frozen:
    """Return the programme with its commitments cut, and tell which were."""
    programme = state.programme
    frame = programme["commitments"].with_columns(cut=pl.Series(cuts))
    lots = programme["operations"].select("operation", "lot")
    least = programme["supplies"].select("item", "site", "party", "minimum")
    frame = frame.join(lots, on="operation", how="left", maintain_order="left")
    frame = frame.join(least, on=["item", "site", "party"], how="left", maintain_order="left")
    left = pl.col("quantity") - pl.col("cut")
    whole = pl.when(pl.col("lot") > 0).then((left / pl.col("lot") + LEAST).floor() * pl.col("lot")).otherwise(left)
    whole = pl.when(whole < pl.col("minimum").fill_null(0.0)).then(0.0).otherwise(whole)
    frame = frame.with_columns(left=pl.when(pl.col("cut") > 0).then(whole).otherwise(pl.col("quantity")))
    names = programme["commitments"].columns
    known = state.cut["commitment"].to_list()
    hit = frame.filter((pl.col("cut") > 0) & ~pl.col("commitment").is_in(known)).select(*names, "left")
    again = state.cut.drop("left").join(frame.select("commitment", "left"), on="commitment", maintain_order="left")
    after = programme.replace(commitments=frame.with_columns(quantity="left").select(names))
    return Frozen(after, state.steps, state.own, pl.concat([again, hit]))


def _summed(kind: str, frame: pl.DataFrame) -> pl.DataFrame:
    """Sum a kind of decision over clearances, by what a commitment names."""
    quantity = pl.lit(1.0) if kind == "qualify" else pl.col("quantity")
    frame = frame.with_columns(quantity=quantity)
    return frame.group_by(KEYS[kind], maintain_order=True).agg(pl.col("quantity").sum())
