"""What `plan` gets of what was determined: licences to apply for, clearances that rest on them, closures that give reasons.

A movement that is open, or goes under a general authorisation, gets a clearance without a licence; the latter opens when a
registration made on the day of application is through. One that needs a licence gets a clearance that opens as its licence
does. One that is prohibited, or that a person has to decide, gets none: its closure says why. So nothing unknown opens a lane.

An individual licence names one exporter, one consignee and the items on its list. Hence one licence for each nation of export,
consignee and kind of thing, for all its items together; several exporters of one nation, of whom determinations say nothing,
would each need their own. Its cap is blank, for an application asks for what the programme calls for.

    found = licences.handed_over(programme, determinations, times, Terms(fee=1_500.0))
    programme.replace(licences=found.licences, clearances=found.clearances, closures=found.closures, items=found.items)

Times are the median for `licences.lead_days`, and the tenth and ninetieth percentile beside it: working days of the authority,
told in calendar days from the day of application.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

import polars as pl

from outwork.clear.leadtimes import LeadTimes
from outwork.model.frames import from_columns, from_rows
from outwork.model.outcome import Pointer, Reason
from outwork.model.programme import Programme
from outwork.model.tables import BY_NAME
from outwork.model.tables.licensing import Licence

CLOSED: Final = ("prohibited", "needs_expert")
STRICTNESS: Final = ("open", "general", "licence", "needs_expert", "prohibited")
UNITED_STATES: Final = "United States"
"""How the jurisdiction begins whose licence a re-export needs."""
USUAL: Final = {"licence": "individual", "general": "general"}
"""Kind of paper where a determination names none for which a lead time is known."""
QUANTILES: Final = (0.1, 0.5, 0.9)
MOVEMENT: Final = ("item", "origin", "destination", "consignee", "kind")


@dataclass(frozen=True)
class Terms:
    """What is assumed of licences that are still to be applied for."""

    apply_from: date | None = None
    """First day on which to apply. None: the start of the horizon."""
    fee: float = 0.0
    """Cost of an application [EUR]: fees, advice, the work on the file."""
    valid_days: int | None = 730
    """From opening to expiry [day]; two years is what article 12(3) of Regulation (EU) 2021/821 allows. None: no end."""


@dataclass(frozen=True, eq=False)
class Handed:
    """Tables of a programme as `plan` is to read them, and what changed in them for a reason."""

    licences: pl.DataFrame
    clearances: pl.DataFrame
    closures: pl.DataFrame
    items: pl.DataFrame
    why: tuple[Reason, ...]


def handed_over(programme: Programme, determinations: pl.DataFrame, times: LeadTimes, terms: Terms = Terms()) -> Handed:
    """Return the tables for `plan`. Args: determinations, the table of that name.

    Clearances under a licence that people have entered are kept as long as nothing that they cover is closed: the paper in
    the drawer says more than an estimate. All other clearances are written anew.
    """
    rows = _crossing(determinations)
    held, broken = _held(programme["clearances"], rows)
    items, why = _items(programme["items"], rows)
    free = items.filter(~pl.col("controlled"))["item"].implode()
    needless = (pl.col("kind") == "goods") & pl.col("item").is_in(free)
    asked = rows.filter(pl.col("outcome") == "licence").join(_covered(held, rows), on=list(MOVEMENT), how="anti")
    fresh = pl.concat([rows.filter(pl.col("outcome").is_in(["open", "general"]) & ~needless), asked])
    apply_from = terms.apply_from or programme.settings.start
    clearances = pl.concat([held, _clearances(fresh, times, apply_from)])
    licences = _licences(programme["licences"], clearances, asked, times, (apply_from, terms))
    return Handed(licences, clearances, _closures(rows), items, (*_taken_back(broken), *why))


def _crossing(determinations: pl.DataFrame) -> pl.DataFrame:
    """Return what crosses a border, named by what it is, with the licence that it would need.

    `plan` does not tell the revisions of goods apart, so that the strictest holds for all; nor those of technology, where they
    come to the same.
    """
    rank = pl.col("outcome").replace_strict({name: place for place, name in enumerate(STRICTNESS)}, return_dtype=pl.Int64)
    rows = determinations.filter(pl.col("origin") != pl.col("destination")).with_columns(rank=rank)
    rows = rows.sort(*MOVEMENT, "rank", "revision", descending=[*[False] * len(MOVEMENT), True, False])
    apart = (pl.col("kind") == "technology") & (pl.col("outcome").n_unique().over(MOVEMENT) > 1)
    rows = rows.with_columns(apart=apart).filter(pl.col("apart") | _first())
    revision = pl.when(pl.col("apart") & (pl.col("revision") != "all")).then("revision")
    place = pl.concat_str("origin", "destination", separator="-")
    return rows.with_columns(
        revision=revision,
        name=pl.concat_str("item", revision, place, "consignee", "kind", separator=" ", ignore_nulls=True),
        paper=pl.concat_str("origin", "destination", "consignee", "kind", separator="-"),
    ).sort("name")


def _first() -> pl.Expr:
    """Whether a row is the first of its movement."""
    return pl.int_range(pl.len()).over(MOVEMENT) == 0


def _held(clearances: pl.DataFrame, rows: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the clearances under licences that people entered, and those among them that cover something closed."""
    entered = clearances.filter(pl.col("licence").is_not_null() & ~pl.col("clearance").is_in(rows["name"].implode()))
    both = _matched(entered, rows)
    shut = both.filter(pl.col("outcome").is_in(CLOSED)).unique("clearance", keep="first", maintain_order=True)
    sound = entered.join(both, on="clearance", how="semi", maintain_order="left").join(shut, on="clearance", how="anti")
    return sound.select(clearances.columns), shut


def _matched(clearances: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
    """Return each clearance beside every determination that it covers."""
    mine = clearances.select("clearance", "item", "origin", "destination", "kind", only="consignee", state="revision")
    both = mine.join(rows, on=["item", "origin", "destination", "kind"], maintain_order="left")
    party = pl.col("only").is_null() | (pl.col("only") == pl.col("consignee"))
    state = pl.col("state").is_null() | pl.col("revision").is_null() | (pl.col("state") == pl.col("revision"))
    return both.filter(party & state)


def _covered(held: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
    """Return the movements that clearances which are kept cover."""
    return _matched(held, rows).select(MOVEMENT).unique()


def _closures(rows: pl.DataFrame) -> pl.DataFrame:
    shut = rows.filter(pl.col("outcome").is_in(CLOSED))
    columns = shut.select(*MOVEMENT, "revision", "outcome", closure="name", basis="cite", question="missing")
    return from_columns(BY_NAME["closures"], columns.to_dict())


def _clearances(fresh: pl.DataFrame, times: LeadTimes, apply_from: date) -> pl.DataFrame:
    """Return a clearance for each movement that is not closed."""
    by = [
        times.decision(apply_from, *_asked(times, row)) if row["outcome"] == "general" else None
        for row in fresh.iter_rows(named=True)
    ]
    ground = pl.concat_str(
        *(pl.when(pl.col(column) != "").then(column) for column in ("authorisation", "cite", "conditions")),
        separator="; ", ignore_nulls=True,
    )  # fmt: skip
    licence = pl.when(pl.col("outcome") == "licence").then("paper")
    opens = pl.Series("opens", by, dtype=pl.Date)
    columns = fresh.select(*MOVEMENT, "revision", clearance="name", licence=licence, basis=ground).with_columns(opens)
    return from_columns(BY_NAME["clearances"], columns.to_dict())


def _licences(
    known: pl.DataFrame, clearances: pl.DataFrame, asked: pl.DataFrame, times: LeadTimes, terms: tuple[date, Terms]
) -> pl.DataFrame:
    """Return a licence for each that is asked for anew, and those that are known already, but for applications given up."""
    used = known.filter((pl.col("status") != "to apply") | pl.col("licence").is_in(clearances["licence"].implode()))
    new = asked.unique("paper", keep="first", maintain_order=True).join(used, left_on="paper", right_on="licence", how="anti")
    made = [_licence(row, times, *terms) for row in new.sort("paper").iter_rows(named=True)]
    return pl.concat([used, from_rows(BY_NAME["licences"], made)])


def _licence(row: dict[str, str], times: LeadTimes, apply_from: date, terms: Terms) -> Licence:
    """Return the licence for a movement, with its times in calendar days from the day of application."""
    asked = _asked(times, row)
    time = times.find(*asked)
    quick, median, slow = ((times.decision(apply_from, *asked, quantile) - apply_from).days for quantile in QUANTILES)
    return Licence(
        licence=row["paper"],
        authority=time.authority,
        kind=time.licence_kind,
        apply_from=apply_from,
        lead_days=median,
        lead_p10=quick,
        lead_p90=slow,
        fee=terms.fee,
        valid_days=terms.valid_days,
        grade=time.grade,
        source=time.source,
    )


def _asked(times: LeadTimes, row: dict[str, str]) -> tuple[str, str, str]:
    """Return who is asked (nation), for what kind of paper, for which destination."""
    first = row["jurisdiction"].partition(";")[0]
    nation, usual = row["origin"], USUAL[row["outcome"]]
    if first.startswith(UNITED_STATES):
        nation, usual = "US", "re-export"
    known = {each.licence_kind for each in times.rows}
    named = row["authorisation"].partition(";")[0].strip()
    return nation, named if named in known else usual, row["destination"]


def _items(items: pl.DataFrame, rows: pl.DataFrame) -> tuple[pl.DataFrame, tuple[Reason, ...]]:
    """Mark what is not open somewhere, so that `plan` asks for a clearance. What people have marked stays marked."""
    shut = rows.filter(pl.col("outcome") != "open")
    goods = shut.filter(pl.col("kind") == "goods").unique("item", keep="first", maintain_order=True)
    taught = shut.filter(pl.col("kind") == "technology").unique("item", keep="first", maintain_order=True)
    frame = items.join(taught.select("item", taught="origin"), on="item", how="left", maintain_order="left")
    marked = frame.with_columns(
        controlled=pl.col("controlled") | pl.col("item").is_in(goods["item"].implode()),
        technology_of=pl.coalesce("technology_of", "taught"),
    ).select(items.columns)
    newly = goods.join(items.filter(~pl.col("controlled")), on="item", how="semi", maintain_order="left")
    return marked, tuple(
        Reason(
            "controlled",
            f"{row['item']} is controlled from now on: {row['sentence']}",
            (Pointer("items", (row["item"],)),),
        )
        for row in newly.iter_rows(named=True)
    )


def _taken_back(broken: pl.DataFrame) -> tuple[Reason, ...]:
    """Tell the clearances that are gone because something that they cover is closed."""
    return tuple(
        Reason(
            "taken-back",
            f"Clearance {row['clearance']} is taken back: it covers what {row['consignee']} may not get: {row['sentence']}",
            (Pointer("clearances", (row["clearance"],)),),
        )
        for row in broken.iter_rows(named=True)
    )
