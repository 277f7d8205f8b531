"""Money: everything that a plan costs or earns, by kind, step and site, and from it costs and cash events.

A ledger is a frame of kind, step, site and amount [EUR, not discounted].
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import polars as pl

from outwork.model.frames import schema
from outwork.model.tables import BY_NAME
from outwork.plan.replay.case import Case
from outwork.plan.replay.handing import weeks_late
from outwork.plan.replay.making import set_ups
from outwork.plan.replay.moving import departures
from outwork.plan.replay.papers import fees

COSTS: Final = (
    "making", "hours", "set-up", "buying", "moving", "fixed lanes", "holding", "safety", "qualifying", "licensing",
    "lateness", "shortage", "options",
)  # fmt: skip
"""Kinds of cost in the plan's objective; options are below 0, being earned."""

PAID: Final = ("making", "hours", "set-up", "buying", "moving", "fixed lanes", "holding", "qualifying", "licensing", "revenue")
"""Kinds of the ledger that are cash; the fixed costs of lanes are called moving there."""

YEAR_WEEKS: Final = 52
"""Weeks of a year, for holding and for discounting."""


@dataclass(frozen=True)
class Cost:
    """A cost as it arises, and discounted to the start of the horizon, both in EUR."""

    plain: float
    discounted: float


def ledger(case: Case, work: pl.DataFrame, lying: pl.DataFrame, promised: pl.DataFrame) -> pl.DataFrame:
    """Return everything that the plan costs or earns.

    `work` as `working.work` returns it, `lying` as `material.kept`, `promised` as `handing.promises`.
    """
    parts = [*_decided(case), ("hours", work, pl.col("cost")), *_kept(case, lying), *_handed(case, promised)]
    entries = [frame.select("step", "site", kind=pl.lit(kind), amount=amount) for kind, frame, amount in parts]
    return pl.concat(entries).select("kind", "step", "site", "amount").filter(pl.col("amount") != 0)


def costs(case: Case, entries: pl.DataFrame) -> Mapping[str, Cost]:
    """Return the costs by kind: cost in step t counts (1 + discount_rate) ** (-weeks before t / 52)."""
    rate, weeks = case.programme.settings.discount_rate, case.horizon.weeks_per_step
    factor = (1 + rate) ** (-pl.col("step") * (weeks / YEAR_WEEKS))
    sums = entries.group_by("kind").agg(plain=pl.col("amount").sum(), discounted=(pl.col("amount") * factor).sum())
    known = {kind: Cost(plain, discounted) for kind, plain, discounted in sums.iter_rows()}
    return {kind: known.get(kind, Cost(0.0, 0.0)) for kind in COSTS}


def cash_events(case: Case, entries: pl.DataFrame) -> pl.DataFrame:
    """Return what is paid on which day by the party of the site where it arises, to the cent."""
    paid = entries.filter(pl.col("kind").is_in(PAID)).with_columns(pl.col("kind").replace("fixed lanes", "moving"))
    paid = paid.join(case.programme["sites"].select("site", payer="party"), on="site")
    sums = paid.group_by("step", "kind", "payer", "site").agg(pl.col("amount").sum().round(2))
    sums = sums.filter(pl.col("amount") > 0).sort("step", "kind", "payer", "site")
    return sums.with_columns(day=case.day(pl.col("step"))).select(list(schema(BY_NAME["cash_events"])))


Part = tuple[str, pl.DataFrame, pl.Expr]
"""A kind, rows with step and site, and the amount of each."""


def _decided(case: Case) -> list[Part]:
    """Making, set-ups, orders, moves, qualifications and fees, in the step in which they start; moves at their origin."""
    quantity = pl.col("quantity")
    ship = case.ship.with_columns(site="origin")
    return [
        ("making", case.make, quantity * pl.col("unit_cost")),
        ("set-up", case.make, set_ups() * pl.col("setup_cost")),
        ("buying", case.buy, quantity * pl.col("price")),
        ("moving", ship, quantity * pl.col("mass") * pl.col("cost_kg")),
        ("fixed lanes", departures(case).with_columns(site="origin"), pl.col("fixed_cost")),
        ("qualifying", case.qualify, pl.col("qualification_cost")),
        ("licensing", fees(case), pl.col("fee")),
    ]


def _kept(case: Case, lying: pl.DataFrame) -> list[Part]:
    """What lies at the end of each step, and what is missing there to the safety stock."""
    priced = lying.join(case.programme["items"].select("item", "value", "holding_rate"), on="item")
    weekly = pl.col("value") * (case.horizon.weeks_per_step / YEAR_WEEKS)
    lies = pl.max_horizontal(pl.lit(0.0), "quantity")
    return [
        ("holding", priced, lies * pl.col("holding_rate") * weekly),
        ("safety", priced, pl.col("below") * case.programme.settings.short_rate * weekly),
    ]


def _handed(case: Case, promised: pl.DataFrame) -> list[Part]:
    """Lateness, options and revenue in the step of delivery; shortage in the step due, or the nearest in the horizon."""
    binding = promised.filter(pl.col("firm") == "binding")
    binding = binding.with_columns(step=pl.col("due_step").clip(0, case.horizon.steps - 1))
    options = case.deliver.filter(pl.col("firm") == "option")
    earned = pl.col("quantity") * pl.col("price")
    return [
        ("lateness", case.deliver, pl.col("quantity") * pl.col("lateness") * weeks_late(case)),
        ("shortage", binding, pl.col("short") * pl.col("shortage")),
        ("options", options, -earned),
        ("revenue", case.deliver, earned),
    ]
