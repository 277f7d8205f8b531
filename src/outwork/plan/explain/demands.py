"""Why a demand is late or short, and what would help: one reason for each, and one for every further remedy."""

from __future__ import annotations

import time

import numpy as np
import polars as pl

from outwork.model.outcome import Pointer, Reason
from outwork.plan.explain import changes
from outwork.plan.explain.chain import Cause, Hop, causes
from outwork.plan.explain.columns import Columns
from outwork.plan.explain.edits import Edit
from outwork.plan.explain.findings import Finding, Reader
from outwork.plan.explain.reach import resolved
from outwork.plan.explain.remedies import DUST, Fate, Remedy, change, fate, remedies
from outwork.plan.explain.ways import hop_text
from outwork.plan.explain.words import day, money, number, plural
from outwork.plan.options import Options
from outwork.plan.solved import Solved

TRIED = 5
"""Causes of a demand whose edits are tried."""


def reasons(solved: Solved, pegging: pl.DataFrame, options: Options, seconds: float | None) -> tuple[Reason, ...]:
    """Return why each late or short demand is so, and what would help, worst first.

    Args: pegging, the plan's; seconds, time for the remedies of all demands together, None for no limit.
    """
    held = [(demand, fate(solved.formulation, solved.x, demand)) for demand in range(len(solved.network.wishes.names))]
    wrong = [(demand, own) for demand, own in held if _is_wrong(solved, demand, own)]
    reader, columns = Reader.of(solved), Columns(solved)
    until = None if seconds is None else time.monotonic() + seconds
    found: list[Reason] = []
    for place, (demand, own) in enumerate(wrong):
        share = None if until is None else time.monotonic() + (until - time.monotonic()) / (len(wrong) - place)
        found += _reasons(solved, reader, columns, (demand, own), pegging, options.remedies, share)
    return tuple(found)


def _is_wrong(solved: Solved, demand: int, own: Fate) -> bool:
    """Whether a binding demand is short or late, or an option that is taken is late."""
    wishes = solved.network.wishes
    short = own.short > DUST and not wishes.option[demand]
    return short or (own.last > wishes.due[demand] and (own.short <= DUST or not wishes.option[demand]))


def _reasons(
    solved: Solved,
    reader: Reader,
    columns: Columns,
    who: tuple[int, Fate],
    pegging: pl.DataFrame,
    most: int,
    until: float | None,
) -> list[Reason]:
    demand, own = who
    step = None if own.short > DUST else own.last
    ends = [resolved(solved.network, cause) for cause in causes(solved, columns, demand, step)]
    found = _distinct([(cause, reader.find(cause)) for cause in ends if cause is not None])
    edits = {finding: (*finding.edits, *_stock(solved, cause, demand, own, pegging)) for cause, finding in found[:TRIED]}
    every = tuple(dict.fromkeys(edit for some in edits.values() for edit in some))
    helping, all_tried = remedies(solved, demand, every, most, until) if most > 0 else ((), True)
    first = _told(solved, demand, own, _first(found, edits, helping), _rest(most, len(every), len(helping), all_tried))
    name = Pointer("demands", (solved.network.wishes.names.names[demand],))
    told = [_with(solved, demand, first, helping[0])] if helping else [first]
    further = [
        Reason("remedy", f"Another remedy for {name.key[0]}, number {place} by what it brings.", (name, remedy.edit.pointer))
        for place, remedy in enumerate(helping[1:], 2)
    ]
    return told + [_with(solved, demand, reason, remedy) for reason, remedy in zip(further, helping[1:], strict=True)]


def _first(
    found: list[tuple[Cause, Finding]], edits: dict[Finding, tuple[Edit, ...]], helping: tuple[Remedy, ...]
) -> list[tuple[Cause, Finding]]:
    """Put the cause first that the best remedy loosens: what brings most when it is loosened is what holds most."""
    best = helping[0].edit if helping else None
    return sorted(found, key=lambda each: best not in edits.get(each[1], ()))


def _rest(most: int, tried: int, helping: int, all_tried: bool) -> str:  # noqa: FBT001 - a fact, not a choice of what to do
    """Return what is to be said where remedies are missing."""
    if not all_tried:
        return " There was no time to try every remedy; give a longer limit."
    if most > 0 and tried and not helping:
        return f" {'The one change' if tried == 1 else f'Each of the {tried} changes'} tried alone does not help."
    return ""


def _told(solved: Solved, demand: int, own: Fate, found: list[tuple[Cause, Finding]], rest: str) -> Reason:
    """Return the chain in words, without a remedy."""
    name = solved.network.wishes.names.names[demand]
    head = _head(solved, demand, own)
    row = Pointer("demands", (name,))
    if not found:
        return Reason("price", f"{head}: {_price(solved, demand, own)}.{rest}", (row,))
    cause, finding = found[0]
    way = [hop_text(solved, hop) for hop in _turning(cause.path)]
    via = f" It comes by this way: {', '.join(way)}." if way else ""
    also = [other.text for _, other in found[1:3]]
    more = f" Also: {'; '.join(also)}." if also else ""
    return Reason(finding.code, f"{head}: {finding.text}.{via}{more}{rest}", (row, *finding.rows))


def _head(solved: Solved, demand: int, own: Fate) -> str:
    network, wishes = solved.network, solved.network.wishes
    name, item = wishes.names.names[demand], network.items.names[wishes.item[demand]]
    if own.short > DUST:
        return f"{name} lacks {number(own.short)} of its {number(float(wishes.quantity[demand]))} {item}"
    weeks = (own.last - int(wishes.due[demand])) * network.horizon.weeks_per_step
    return f"{name} is complete on {day(network, own.last)}, {plural(weeks, 'week')} late"


def _price(solved: Solved, demand: int, own: Fate) -> str:
    """Return that nothing but money holds a demand back."""
    wishes = solved.network.wishes
    if own.short > DUST:
        return f"no limit holds it back, but one more costs more than the {money(float(wishes.short[demand]))} of its shortage"
    return f"no limit holds it back, but sooner costs more than the {money(float(wishes.late[demand]))} a week of its lateness"


def _turning(path: tuple[Hop, ...]) -> tuple[Hop, ...]:
    """Return the last four hops before the cause, which is where a planner looks."""
    return path[-4:]


def _with(solved: Solved, demand: int, reason: Reason, remedy: Remedy) -> Reason:
    """Return a reason with a remedy."""
    amount, unit = (
        (float(remedy.steps * solved.network.horizon.step_days), "day")
        if remedy.steps > 0
        else (round(remedy.units, 3), "unit")
    )
    return Reason(reason.code, reason.sentence, reason.rows, change(solved, demand, remedy), amount, unit)


def _distinct(found: list[tuple[Cause, Finding]]) -> list[tuple[Cause, Finding]]:
    """Return the weightiest of every cause that is told in the same words, or about the same row for the same reason."""
    kept: dict[tuple[object, ...], tuple[Cause, Finding]] = {}
    for cause, finding in found:
        kept.setdefault((finding.code, finding.rows), (cause, finding))
    return list(kept.values())


def _stock(solved: Solved, cause: Cause, demand: int, own: Fate, pegging: pl.DataFrame) -> list[Edit]:
    """Return the material at the end of a chain, on hand for all that is late or short of the demand."""
    buys = [hop for hop in cause.path if hop.block == "buy"]
    if not buys:
        return []
    network, offer = solved.network, buys[-1].member
    name, item = network.wishes.names.names[demand], network.items.names[network.offers.item[offer]]
    mine = pegging.filter(pl.col("demand") == name, pl.col("item") == item, pl.col("source") != "ship")
    handed = float(network.wishes.quantity[demand]) - own.short
    each = float(mine["quantity"].sum()) / handed if handed > DUST else 1.0
    wanted = own.short if own.short > DUST else _late(solved, demand)
    return [changes.stock(solved, offer, wanted * each)] if wanted * each > DUST else []


def _late(solved: Solved, demand: int) -> float:
    """Return the units of a demand that are handed over late."""
    network, problem = solved.network, solved.formulation.problem
    handed, sent = solved.formulation.spans["deliver"], solved.formulation.spans["direct"]
    due = network.wishes.due[demand]
    late = (handed.member == demand) & (handed.first > due)
    ways = (network.directs.demand[sent.member] == demand) & (sent.first + network.directs.lead[sent.member] > due)
    units = solved.x[problem.variables["deliver"].slice][late], solved.x[problem.variables["direct"].slice][ways]
    return float(np.concatenate(units).sum())
