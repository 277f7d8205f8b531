"""`match.run`: from a programme to who could make it, with whom, and what is missing."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import asdict

import polars as pl

import outwork
from outwork.match import agreed
from outwork.match.consortium.read import Entry, read
from outwork.match.consortium.run import Consortia, consortia
from outwork.match.handover import handed_over
from outwork.match.judging.matched import Matched, matched
from outwork.match.mending.investments import investments
from outwork.match.mending.repairs import Repairs, repairs
from outwork.match.options import Options
from outwork.match.result import Result
from outwork.match.telling import tables
from outwork.match.telling.cautions import cautions
from outwork.match.telling.summary import counted
from outwork.match.terms.vocabulary import Vocabulary
from outwork.model.errors import UnknownName
from outwork.model.frames import empty
from outwork.model.nearest import nearest
from outwork.model.outcome import MadeBy, Outcome, Reason, Status
from outwork.model.programme import Programme
from outwork.model.tables import BY_NAME

INVESTMENTS = 5
"""Investments told of for each site."""
OF_DESIGNS = ("consortia", "parts", "enquiries", "scarcities")


def run(
    programme: Programme, options: Options, vocabulary: Vocabulary, progress: Callable[[str], None] = lambda _: None
) -> Result:
    """Return which site can do which operation, which consortia could make each design, and what is worth asking or mending.

    UnknownName where the design is no item that is made here, or an alias names no process.
    """
    began = time.monotonic()
    progress("judging every operation at every site")
    terms = vocabulary.of(programme)
    found = matched(programme, terms, options.near, options.day)
    mended = repairs(found)
    pairs = tables.told(found, mended, options.told)
    answer = {"candidates": tables.candidates(found, mended, pairs), "gaps": tables.gaps(found, mended, pairs)}
    answer["investments"] = investments(found, mended, INVESTMENTS)
    told = []
    for item, quantity in designs(programme, options.design).items():
        progress(f"choosing who makes {item}")
        told.append(_consortia(programme, found, mended, item, quantity, options))
    answer |= joined(told)
    handed = handed_over(programme, found, mended, options)
    sentence = counted(answer["candidates"], len(found.needs.operations), len(found.offers.sites))
    made_by = MadeBy(outwork.__version__, {**asdict(options), "taxonomy": vocabulary.version}, 0, programme.digest)
    why = (*_impossible(told), *cautions(programme, terms))
    outcome = Outcome(Status.DONE, sentence, time.monotonic() - began)
    return Result(programme.settings.name, outcome, answer, why, made_by, handed.programme, found)


def designs(programme: Programme, wanted: str | None) -> dict[str, float]:
    """Return the items that are made and that demands name, or the one wanted, with the units demanded.

    Where no demand names any, as in a manifest that was read, all that go into nothing else are designs; one that no demand
    names is taken to be wanted once. UnknownName for an item that no operation makes.
    """
    asked = programme["demands"].group_by("item").agg(pl.col("quantity").sum()).sort("item")
    units = dict(asked.iter_rows())
    made = programme["operations"]["item"].unique().sort().to_list()
    if wanted is None:
        parts = set(programme["components"]["item"])
        named = {item: quantity for item, quantity in units.items() if item in set(made)}
        return named or {item: 1.0 for item in made if item not in parts}
    if wanted not in made:
        near = nearest(wanted, made)
        raise UnknownName(f"no operation makes '{wanted}'" + (f"; did you mean '{near}'?" if near else ""))
    return {wanted: units.get(wanted, 1.0)}


def joined(told: list[Consortia]) -> dict[str, pl.DataFrame]:
    """Return the tables of all designs in one; a question that several ask is told once, with the most that it brings."""
    frames = [each.frames() for each in told]
    whole = {name: pl.concat([empty(BY_NAME[name]), *(frame[name] for frame in frames)]) for name in OF_DESIGNS}
    best = whole["enquiries"].sort(
        "opens", "gain", "place", descending=[True, True, False], nulls_last=True, maintain_order=True
    )
    once = best.unique("enquiry", keep="first", maintain_order=True)
    whole["enquiries"] = once.with_columns(place=pl.int_range(1, pl.len() + 1, dtype=pl.Int64))
    return whole


def _consortia(
    programme: Programme, found: Matched, mended: Repairs, item: str, quantity: float, options: Options
) -> Consortia:
    entry = Entry(options.qualification_cost, options.qualification_days)
    field = read(programme, found, mended, item, quantity, entry)
    return consortia(field, agreed.kept(options.wish, programme, field), options.extent)


def _impossible(told: list[Consortia]) -> tuple[Reason, ...]:
    return tuple(reason for each in told for reason in each.why)
