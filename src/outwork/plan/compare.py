"""Two plans side by side: what moved, what that costs, and why, for a person to read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import Any, Final

import polars as pl

from outwork.model.frames import empty
from outwork.model.programme import Programme
from outwork.model.tables import BY_NAME
from outwork.plan.causes import weeks
from outwork.plan.replay import check

Tables = Mapping[str, pl.DataFrame]
DECIDED: Final = ("make", "use", "buy", "ship", "deliver", "qualify", "work")
"""Decisions by their start; applications are beside them, having none."""
PAIR: Final = ["operation", "site"]
LEAST: Final = 1e-3
"""Units below which nothing has moved."""
NAMED: Final = 3
"""Causes told in the first line."""


@dataclass(frozen=True)
class Difference:
    """What a plan does otherwise than the one before, from the start of its programme on.

    `demands`, `qualifications` and `production` are sentences, one for each thing that moved; `causes` what changed in the
    tables. `before` and `after` are costs [EUR] of the two plans, counted by the checker over the same time; what the plan
    before would have cost, had it still been possible. `moved` is the value [EUR] of what is made, bought or qualified
    otherwise: a unit that is made elsewhere or at another time counts once.
    """

    demands: tuple[str, ...]
    qualifications: tuple[str, ...]
    production: tuple[str, ...]
    causes: tuple[str, ...]
    before: float
    after: float
    moved: float

    def __bool__(self) -> bool:
        """Return whether anything moved."""
        return bool(self.demands or self.qualifications or self.production)

    @property
    def changes(self) -> int:
        """How many things moved [1]."""
        return len(self.demands) + len(self.qualifications) + len(self.production)

    def lines(self) -> list[str]:
        """Return the difference for a person, the sum of it first."""
        cause = f"; cause: {', '.join(self.causes[:NAMED])}" if self.causes else ""
        more = f" and {len(self.causes) - NAMED} more" if len(self.causes) > NAMED else ""
        if not self:
            return [f"Nothing moves{cause}{more}."]
        counts = ((self.demands, "demand"), (self.qualifications, "qualification"), (self.production, "shift of production"))
        told = ", ".join(_count(len(found), name) for found, name in counts if found)
        cost = self.after - self.before
        money = (
            f"Cost from today on: {self.after:,.0f} EUR, {abs(cost):,.0f} EUR {'more' if cost >= 0 else 'less'} than before."
        )
        return [f"{told} moved{cause}{more}.", money, *self.demands, *self.qualifications, *self.production]


def compare(programme: Programme, before: Tables, after: Tables, causes: tuple[str, ...] = ()) -> Difference:
    """Compare two plans for a programme from its start on; of what either did earlier nothing is looked at."""
    old, new = _from(before, programme.horizon.start), _from(after, programme.horizon.start)
    return Difference(
        tuple(_demands(old["promises"], new["promises"], programme)),
        tuple(_qualifications(old["qualify"], new["qualify"])),
        tuple(_production(old["make"], new["make"])),
        causes,
        check(programme, _decisions(old, programme)).total,
        check(programme, _decisions(new, programme)).total,
        _moved(old, new, programme),
    )


def _count(count: int, name: str) -> str:
    """Return for example: 1 demand, 3 demands, 2 shifts of production."""
    first, _, rest = name.partition(" ")
    return f"{count} {first}{'' if count == 1 else 's'}{' ' + rest if rest else ''}"


def _from(tables: Tables, start: date) -> dict[str, pl.DataFrame]:
    """Return the tables of a plan from a day on; promises as they are."""
    held = {name: tables.get(name, empty(BY_NAME[name])) for name in ("promises", "applications", *DECIDED)}
    return {name: frame.filter(pl.col("start") >= start) if name in DECIDED else frame for name, frame in held.items()}


def _decisions(tables: Tables, programme: Programme) -> dict[str, pl.DataFrame]:
    """Return the decisions that the checker can cost: what hands over more than is still wanted is not among them."""
    wanted = programme["demands"].select("demand")
    kept = {name: tables[name] for name in (*DECIDED, "applications")}
    return kept | {"deliver": tables["deliver"].join(wanted, on="demand", how="semi", maintain_order="left")}


def _demands(before: pl.DataFrame, after: pl.DataFrame, programme: Programme) -> Iterator[str]:
    """Tell which promises moved, of demands that are still open."""
    columns = ["demand", "complete", "short", "weeks_late", "taken"]
    open_now = programme["demands"].select("demand")
    both = open_now.join(before.select(columns), on="demand", how="left", maintain_order="left")
    both = both.join(after.select(columns), on="demand", how="left", suffix=" now", maintain_order="left")
    for row in both.iter_rows(named=True):
        if row["taken now"] is None:
            continue
        if row["taken"] is None:
            yield f"demand {row['demand']} is new: {_promise(row, ' now')}"
        elif row["complete"] != row["complete now"] or abs(row["short"] - row["short now"]) > LEAST:
            yield f"demand {row['demand']}: {_promise(row, ' now')}; it was {_promise(row, '')}"


def _promise(row: dict[str, Any], now: str) -> str:
    if not row[f"taken{now}"]:
        return "left"
    if row[f"complete{now}"] is None:
        return f"{row[f'short{now}']:,.1f} short"
    late = row[f"weeks_late{now}"]
    return f"complete on {row[f'complete{now}']}" + (f", {late:.0f} weeks late" if late > 0 else "")


def _qualifications(before: pl.DataFrame, after: pl.DataFrame) -> Iterator[str]:
    """Tell which qualifications are added, dropped or begun at another time."""
    for operation, site, was, now in _beside(before, after, PAIR, "start").sort(PAIR).iter_rows():
        if was is None:
            yield f"{operation} at {site} is qualified from {now} on; it was not to be"
        elif now is None:
            yield f"{operation} at {site} is not qualified; it was to be from {was} on"
        elif was != now:
            yield f"{operation} at {site} is qualified from {now} on; it was to be from {was} on"


def _production(before: pl.DataFrame, after: pl.DataFrame) -> Iterator[str]:
    """Tell, item by item, what moved from one site to another, what is more or less, and what moved in time only."""
    both = _beside(before, after, ["item", "operation", "site", "start"], "quantity")
    delta = both.with_columns(delta=pl.col("quantity now").fill_null(0.0) - pl.col("quantity").fill_null(0.0))
    delta = delta.filter(pl.col("delta").abs() > LEAST)
    sums = delta.group_by("item", "site").agg(
        net=pl.col("delta").sum(), gross=pl.col("delta").abs().sum(), first=pl.col("start").min(), last=pl.col("start").max()
    )
    for (item,), frame in sums.sort("item", "site").group_by("item", maintain_order=True):
        yield from _between(str(item), frame.to_dicts())
        for row in frame.iter_rows(named=True):
            shifted = (row["gross"] - abs(row["net"])) / 2
            if shifted > LEAST:
                yield f"{shifted:,.1f} {item} at {row['site']} move in time, within {weeks(row['first'], row['last'])}"


def _between(item: str, rows: list[dict[str, Any]]) -> Iterator[str]:
    """Match the sites that make less with those that make more."""
    net = {row["site"]: row["net"] for row in rows}
    when = {row["site"]: weeks(row["first"], row["last"]) for row in rows}
    for origin, destination in product(net, net):
        units = min(-net[origin], net[destination])
        if units > LEAST:
            yield f"{units:,.1f} {item} move from {origin} to {destination}, {when[destination]}"
            net[origin] += units
            net[destination] -= units
    for site, units in net.items():
        if abs(units) > LEAST:
            yield f"{abs(units):,.1f} {item} {'more' if units > 0 else 'fewer'} at {site}, {when[site]}"


def _moved(before: Tables, after: Tables, programme: Programme) -> float:
    """Return half of the value that is missing here and more there, and the fees of qualifications that are otherwise [EUR]."""
    value = programme["items"].select("item", "value")
    price = programme["supplies"].select("item", "site", "party", value="price")
    wanted = programme["demands"].select("demand", "item").join(value, on="item").drop("item")
    freely = [tables["deliver"].filter(pl.col("origin") == "") for tables in (before, after)]
    halves = (
        _worth(before["make"], after["make"], ["item", "operation", "site", "start"], value),
        _worth(before["buy"], after["buy"], ["item", "site", "party", "start"], price),
        _worth(freely[0], freely[1], ["demand", "start"], wanted),
    )
    both = _beside(before["qualify"], after["qualify"], PAIR, "start")
    other = both.filter(pl.col("start").ne_missing(pl.col("start now")))
    fees = other.join(programme["qualifications"].select(*PAIR, "cost"), on=PAIR)
    return sum(halves) / 2 + float(fees["cost"].sum())


def _worth(before: pl.DataFrame, after: pl.DataFrame, keys: list[str], priced: pl.DataFrame) -> float:
    """Return the value of all differences in quantity [EUR]. Args: priced, a value for some of the keys."""
    both = _beside(before, after, keys, "quantity").join(priced, on=[key for key in keys if key in priced.columns])
    delta = pl.col("quantity now").fill_null(0.0) - pl.col("quantity").fill_null(0.0)
    return float(both.select((delta.abs() * pl.col("value")).sum()).item())


def _beside(before: pl.DataFrame, after: pl.DataFrame, keys: list[str], column: str) -> pl.DataFrame:
    """Return a column of both plans by the same keys; `now` is the one after, null where a plan has no such row."""
    own, other = before.select(*keys, column), after.select(*keys, column)
    return own.join(other, on=keys, how="full", coalesce=True, suffix=" now")
