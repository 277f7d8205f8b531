"""What is replayed: the decisions of a plan, each row beside what the tables say of it.

`read` refuses rows that cannot be replayed at all (unknown, outside the horizon, not a number) and leaves them out, so
that every rule after it sees whole rows only. Decisions carry `step`, counted from 0, beside `start`, the step's first day.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import polars as pl

from outwork.model.frames import empty, schema
from outwork.model.horizon import Horizon
from outwork.model.programme import Programme
from outwork.model.tables import BY_NAME
from outwork.plan.replay.breach import TOLERANCE, Breach, Code, tell

DECISIONS: Final = ("make", "use", "buy", "ship", "deliver", "qualify")
DERIVED: Final = ("stock", "work", "promises", "cash_events")


@dataclass(frozen=True, eq=False)
class Case:
    """A programme and the decisions of a plan for it.

    `make` and `qualify` carry the columns of `pairs`, `buy` those of `offers`, `ship` those of `ways` and of its item,
    `deliver` those of `wanted`. `apply` is the table `applications` as it came; `stated` holds the derived tables that came
    with the plan.
    """

    programme: Programme
    horizon: Horizon
    make: pl.DataFrame
    use: pl.DataFrame
    buy: pl.DataFrame
    ship: pl.DataFrame
    deliver: pl.DataFrame
    qualify: pl.DataFrame
    apply: pl.DataFrame
    stated: Mapping[str, pl.DataFrame]

    def day(self, step: pl.Expr) -> pl.Expr:
        """First day of a step."""
        return pl.lit(self.horizon.start) + pl.duration(days=step * self.horizon.step_days)


def read(programme: Programme, plan: Mapping[str, pl.DataFrame]) -> tuple[Case, tuple[Breach, ...]]:
    """Return the case and what cannot be replayed. TypeError where a frame is not typed as its table."""
    frames: dict[str, pl.DataFrame] = {}
    breaches: list[Breach] = []
    for name in DECISIONS:
        frames[name], found = _sound(name, _typed(name, plan), programme.horizon)
        breaches += found
    known = {
        "make": frames["make"].join(pairs(programme), on=("operation", "site"), how="left", suffix="_made"),
        "qualify": frames["qualify"].join(pairs(programme), on=("operation", "site"), how="left"),
        "buy": frames["buy"].join(offers(programme), on=("item", "site", "party"), how="left"),
        "ship": with_way(programme, frames["ship"]),
        "deliver": frames["deliver"].join(wanted(programme), on="demand", how="left"),
    }
    for name, frame in known.items():
        lacking = frame.filter(pl.col("known").is_null()).with_columns(over=pl.lit(1.0))
        breaches += tell(Code.UNKNOWN, lacking, "row", f"{name} has a row for which {SOURCES[name]}", name)
    whole = {name: frame.filter(pl.col("known")) for name, frame in known.items()}
    stated = {name: _typed(name, plan) for name in DERIVED if name in plan}
    apply = _typed("applications", plan)
    return Case(programme, programme.horizon, use=frames["use"], apply=apply, stated=stated, **whole), tuple(breaches)


SOURCES: Final = {
    "make": "operation {operation} has no qualification at {site}",
    "qualify": "operation {operation} has no qualification at {site}",
    "buy": "nobody called {party} offers {item} at {site}",
    "ship": "no lane or corridor by {mode} leads from {origin} to {destination}, or there is no item {item}",
    "deliver": "there is no demand {demand}",
}
"""What is missing where a row is unknown."""


def pairs(programme: Programme) -> pl.DataFrame:
    """Return operations at sites: what qualifications, operations, sites and the item made say of them."""
    steps = programme.horizon.step_days
    operations = programme["operations"].select(
        "operation",
        "item",
        "revision",
        "process",
        "yield_rate",
        "setup_hours",
        "setup_cost",
        "lot",
        lead=leads("lead_days", steps),
    )
    return (
        programme["qualifications"]
        .with_columns(qualification_lead=leads("lead_days", steps), known=pl.lit(value=True))
        .rename({"cost": "qualification_cost"})
        .drop("lead_days")
        .join(operations, on="operation")
        .join(programme["sites"].select("site", "party", "nation", "qualification_starts"), on="site")
        .join(programme["items"].select("item", "technology_of", "sourcing"), on="item")
    )


def offers(programme: Programme) -> pl.DataFrame:
    """Return the offers of suppliers with their lead in steps and the sourcing of the item."""
    return (
        programme["supplies"]
        .with_columns(lead=leads("lead_days", programme.horizon.step_days), known=pl.lit(value=True))
        .join(programme["items"].select("item", "sourcing"), on="item")
    )


def wanted(programme: Programme) -> pl.DataFrame:
    """Return the demands with their prices filled in [EUR/unit], their step due and the first step of delivery."""
    settings, horizon = programme.settings, programme.horizon
    price = pl.coalesce("price", "value")
    return (
        programme["demands"]
        .join(programme["items"].select("item", "value"), on="item")
        .with_columns(
            price=price,
            lateness=pl.coalesce("lateness", settings.late_rate * price) * pl.col("priority"),
            shortage=pl.coalesce("shortage", settings.short_rate * price) * pl.col("priority"),
            due_step=step_of(pl.col("due"), horizon),
            first_step=step_of(pl.col("earliest"), horizon).fill_null(0),
            known=pl.lit(value=True),
        )
        .rename({"quantity": "wanted"})
    )


def with_way(programme: Programme, moves: pl.DataFrame) -> pl.DataFrame:
    """Return moves (item, origin, destination, mode) beside the lane or, without one, the corridor that carries them.

    `way` tells which of the two tables it is; `known` is null where there is neither, or no such item.
    """
    ends = programme["sites"].select("site", "party", "nation")
    own = ("lead_days", "cost", "fixed_cost", "per_week", "since", "until")
    lanes = programme["lanes"].select("origin", "destination", "mode", "item", *own, way=pl.lit("lanes"))
    lanes = lanes.rename({"item": "only", "cost": "cost_kg"})
    corridors = programme["corridors"].select("origin", "destination", "mode", *own, way=pl.lit("corridors"))
    corridors = corridors.rename({"origin": "origin_nation", "destination": "destination_nation", "cost": "cost_kg"})
    items = programme["items"].select("item", "value", "mass", "controlled")
    moves = moves.join(ends.select(origin="site", origin_nation="nation"), on="origin", how="left")
    moves = moves.join(
        ends.select(destination="site", destination_nation="nation", receiver="party"), on="destination", how="left"
    ).join(items, on="item", how="left")
    by_lane = moves.join(lanes, on=("origin", "destination", "mode"), how="left")
    others = by_lane.filter(pl.col("way").is_null()).select(*moves.columns, "only")
    by_corridor = others.join(corridors, on=("origin_nation", "destination_nation", "mode"), how="left")
    both = pl.concat([by_lane.filter(pl.col("way").is_not_null()), by_corridor.select(by_lane.columns)])
    somewhere = pl.col("way").is_not_null() & (pl.col("origin") != pl.col("destination")) & pl.col("mass").is_not_null()
    return both.with_columns(
        lead=leads("lead_days", programme.horizon.step_days), known=pl.when(somewhere).then(pl.lit(value=True))
    )


def leads(days: str, step_days: int) -> pl.Expr:
    """Steps that a lead time in a column of days takes, rounded up."""
    return (pl.col(days) / step_days - 1e-9).ceil().cast(pl.Int64)


def step_of(day: pl.Expr, horizon: Horizon) -> pl.Expr:
    """Step that holds a day; negative before the horizon."""
    return (day - pl.lit(horizon.start)).dt.total_days().floordiv(horizon.step_days)


def within(since: pl.Expr, until: pl.Expr, day: pl.Expr | None = None) -> pl.Expr:
    """Return whether a window holds a step, that is its first day (`start`); blank ends are open."""
    day = pl.col("start") if day is None else day
    return (since.is_null() | (since <= day)) & (until.is_null() | (day <= until))


def _typed(name: str, plan: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    frame = plan.get(name, empty(BY_NAME[name]))
    if frame.schema != schema(BY_NAME[name]):
        raise TypeError(f"{name}: {frame.schema} is not {schema(BY_NAME[name])}")
    return frame


def placed(frame: pl.DataFrame, horizon: Horizon) -> pl.DataFrame:
    """Return rows with the step of their `start`, and whether that is the first day of a step `inside` the horizon."""
    days = (pl.col("start") - pl.lit(horizon.start)).dt.total_days()
    step = days.floordiv(horizon.step_days)
    inside = (days.mod(horizon.step_days) == 0) & step.is_between(0, horizon.steps - 1)
    return frame.with_columns(step=step, inside=inside.fill_null(value=False))


def _sound(name: str, frame: pl.DataFrame, horizon: Horizon) -> tuple[pl.DataFrame, tuple[Breach, ...]]:
    """Return the rows that can be replayed, with their step, and the breaches of the others."""
    frame = placed(frame, horizon).with_columns(over=pl.lit(1.0))
    said = f"{name} starts on {{start}}, which is no step's first day"
    found = tell(Code.HORIZON, frame.filter(~pl.col("inside")), "row", said, name)
    twice = frame.filter(pl.struct(BY_NAME[name].key).is_duplicated())
    found += tell(Code.KEY, twice, "row", f"{name} has this row more than once", name)
    frame = frame.filter("inside")
    if "quantity" in frame.columns:
        real = (pl.col("quantity").is_finite() & (pl.col("quantity") >= -TOLERANCE)).fill_null(value=False)
        said = f"{name} has a quantity of {{quantity}} on {{start}}"
        found += tell(Code.QUANTITY, frame.filter(~real), "unit", said, name)
        frame = frame.filter(real)
    return frame.drop("over", "inside"), found
