"""What decisions come to: stock, hours, promises and cash, worked out from the decision tables and the network."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import polars as pl

from outwork.model.frames import from_columns
from outwork.model.tables import BY_NAME
from outwork.plan.answer.decisions import LEAST, days
from outwork.plan.build import Formulation
from outwork.plan.network import Network
from outwork.plan.network.axis import Array, Axis

Tables = Mapping[str, pl.DataFrame]


def stock(formulation: Formulation, x: Array) -> pl.DataFrame:
    """Return units left at the end of every step, and what is missing to the safety stock."""
    network, own = formulation.network, formulation.spans["stock"]
    problem = formulation.problem
    kept = x[problem.variables["stock"].slice]
    below = np.zeros((*network.node.shape, network.horizon.steps))
    under = formulation.spans["below"]
    stores = network.stores
    below[stores.item[under.member], stores.site[under.member], under.first] = x[problem.variables["below"].slice]
    item, site = network.node_item[own.member], network.node_site[own.member]
    missing = below[item, site, own.first]
    told = np.flatnonzero((kept > LEAST) | (missing > LEAST))
    return _frame(
        "stock",
        item=[network.items.names[i] for i in item[told]],
        site=[network.sites.names[s] for s in site[told]],
        start=days(network, own.first[told]),
        quantity=np.maximum(kept[told], 0.0),
        below=np.maximum(missing[told], 0.0),
    )


def work(formulation: Formulation, x: Array) -> pl.DataFrame:
    """Return hours used, added and open of every resource that some operation could load."""
    network, hours = formulation.network, formulation.network.hours
    problem = formulation.problem
    used = np.zeros_like(hours.hours)
    given = formulation.spans["work"]
    np.add.at(used, (hours.grant_resource[given.member], given.first), x[problem.variables["work"].slice])
    added = np.zeros_like(hours.hours)
    extra = formulation.spans["overtime"]
    added[extra.member, extra.first] = np.maximum(x[problem.variables["overtime"].slice], 0.0)
    resource = np.unique(hours.grant_resource[given.member])
    row, step = (axis.ravel() for axis in np.meshgrid(resource, np.arange(network.horizon.steps), indexing="ij"))
    overtime = np.where(used > hours.hours + LEAST, np.minimum(added, used), 0.0)
    return _frame(
        "work",
        resource=[hours.resources.names[r] for r in row],
        start=days(network, step),
        used=np.maximum(used[row, step], 0.0),
        overtime=overtime[row, step],
        open_hours=hours.hours[row, step],
        cost=(used * hours.cost[:, None] + overtime * (hours.overtime_cost - hours.cost)[:, None])[row, step],
    )


def promises(network: Network, deliver: pl.DataFrame, demands: pl.DataFrame) -> pl.DataFrame:
    """Return what every demand comes to."""
    on_time = pl.col("weeks_late") == 0
    came = deliver.group_by("demand").agg(
        on_time=pl.col("quantity").filter(on_time).sum(),
        late=pl.col("quantity").filter(~on_time).sum(),
        complete=pl.col("start").max(),
        weeks_late=pl.col("weeks_late").max(),
    )
    frame = demands.join(came, on="demand", how="left", maintain_order="left").with_columns(
        pl.col("on_time", "late", "weeks_late").fill_null(0.0)
    )
    option = pl.col("firm") == "option"
    came_all = pl.col("on_time") + pl.col("late")
    taken = ~option | (came_all > LEAST)
    short = pl.when(taken).then((pl.col("quantity") - came_all).clip(0)).otherwise(0.0)
    frame = frame.with_columns(taken=taken, short=pl.when(short > pl.col("quantity") * 1e-6 + LEAST).then(short).otherwise(0.0))
    del network
    return from_columns(
        BY_NAME["promises"],
        frame.with_columns(complete=pl.when(pl.col("short") > 0).then(None).otherwise(pl.col("complete")))
        .select(BY_NAME["promises"].names)
        .to_dict(),
    )


def cash(network: Network, tables: Tables, trips: pl.DataFrame) -> pl.DataFrame:
    """Return money by day, kind, payer and site. Args: trips, fixed costs of lanes with day, site and amount."""
    item = pl.DataFrame({"item": network.items.names, "holding": network.holding}, schema={"item": pl.String, "holding": pl.Float64})
    weeks = network.horizon.weeks_per_step
    resource = pl.DataFrame({"resource": network.hours.resources.names, "site": _names(network.sites, network.hours.site)})
    setup = pl.DataFrame(
        {"operation": _names(network.operations, network.making.operation), "site": _names(network.sites, network.making.site),
         "setup_cost": network.making.setup_cost},
    )  # fmt: skip
    made = tables["make"].join(setup, on=["operation", "site"], how="left").with_columns(prepared=pl.col("setups") * pl.col("setup_cost"))
    wishes = network.wishes
    wanted = pl.DataFrame({"demand": wishes.names.names, "site": _names(network.sites, wishes.site), "price": wishes.price})
    parts = {
        "making": made.select(day="start", site="site", amount=pl.col("cost") - pl.col("prepared")),
        "set-up": made.select(day="start", site="site", amount="prepared"),
        "hours": tables["work"].join(resource, on="resource").select(day="start", site="site", amount="cost"),
        "buying": tables["buy"].select(day="start", site="site", amount="cost"),
        "moving": pl.concat([tables["ship"].select(day="start", site="origin", amount="cost"), trips]),
        "holding": tables["stock"].join(item, on="item").select(day="start", site="site", amount=pl.col("quantity") * pl.col("holding") * weeks),
        "qualifying": tables["qualify"].select(day="start", site="site", amount="cost"),
        "revenue": tables["deliver"].join(wanted, on="demand").select(day="start", site="site", amount=pl.col("quantity") * pl.col("price")),
    }
    payer = pl.DataFrame({"site": network.sites.names, "payer": _names(network.parties, network.party)})
    total = (
        pl.concat([part.with_columns(kind=pl.lit(kind)) for kind, part in parts.items()])
        .group_by("day", "kind", "site")
        .agg(pl.col("amount").sum().round(2))
        .filter(pl.col("amount") > 0)
        .join(payer, on="site")
    )
    table = BY_NAME["cash_events"]
    return from_columns(table, total.select(table.names).to_dict()).sort(table.key)


def trips(formulation: Formulation, x: Array) -> pl.DataFrame:
    """Return fixed costs of lanes by day and sending site."""
    network, own = formulation.network, formulation.spans["trips"]
    count = np.round(x[formulation.problem.variables["trips"].slice])
    went = np.flatnonzero(count > 0)
    lane = own.member[went]
    return pl.DataFrame(
        {"day": days(network, own.first[went]), "site": _names(network.sites, network.lanes.origin[lane]),
         "amount": count[went] * network.lanes.fixed[lane]},
        schema={"day": pl.Date, "site": pl.String, "amount": pl.Float64},
    )  # fmt: skip


def _names(axis: Axis, position: Array) -> list[str]:
    return [axis.names[k] for k in position]


def _frame(name: str, **columns: object) -> pl.DataFrame:
    table = BY_NAME[name]
    return from_columns(table, columns).sort(table.key)
