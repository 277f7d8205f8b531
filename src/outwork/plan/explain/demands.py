"""Why a demand is late or short, and what would help: one reason for each, and one for every further remedy."""

from __future__ import annotations

import time
from dataclasses import dataclass
from itertools import zip_longest

import numpy as np
import polars as pl

from outwork.model.outcome import Pointer, Reason
from outwork.plan.build.aim import MARK
from outwork.plan.explain import changes
from outwork.plan.explain.chain import Cause, causes
from outwork.plan.explain.columns import Columns
from outwork.plan.explain.edits import Edit
from outwork.plan.explain.finding import Finding
from outwork.plan.explain.findings import Reader
from outwork.plan.explain.reach import resolved
from outwork.plan.explain.remedies import DUST, Fate, Remedy, change, fate, remedies
from outwork.plan.explain.ways import hop_text
from outwork.plan.explain.words import day, money, number, plural
from outwork.plan.options import Options
from outwork.plan.solved import Solved

TRIED = 5
"""Causes of a demand whose edits are tried."""
NAMED = 4
"""Ways that are told, those next to the cause."""


@dataclass(frozen=True)
class Held:
    """A demand that is late or short.

    Args: own, what it comes to; found, causes in words, the one that holds most first; helping, remedies, best first; note,
    what is to be said where remedies are missing.
    """

    demand: int
    own: Fate
    found: tuple[tuple[Cause, Finding], ...]
    helping: tuple[Remedy, ...]
    note: str


def held_back(solved: Solved, pegging: pl.DataFrame, options: Options, seconds: float | None = None) -> tuple[Held, ...]:
    """Return each demand that is late or short, why, and what would help.

    Args: pegging, the plan's; seconds, time for the remedies of all demands together, None for no limit.
    """
    every = [(demand, fate(solved.formulation, solved.x, demand)) for demand in range(len(solved.network.wishes.names))]
    wrong = [(demand, own) for demand, own in every if _is_wrong(solved, demand, own)]
    reader, columns = Reader.of(solved), Columns(solved)
    until = None if seconds is None else time.monotonic() + seconds
    held = []
    for place, (demand, own) in enumerate(wrong):
        ends = [resolved(solved.network, cause) for cause in causes(solved, columns, demand, _last(solved, demand, own))]
        found = _distinct([(cause, reader.find(cause)) for cause in ends if cause is not None])
        edits = {finding: (*finding.edits, *_stock(solved, cause, demand, own, pegging)) for cause, finding in found[:TRIED]}
        own_share = None if until is None else time.monotonic() + (until - time.monotonic()) / (len(wrong) - place)
        held.append(_helped(solved, (demand, own), found, edits, (options.remedies, own_share)))
    return tuple(held)


def _last(solved: Solved, demand: int, own: Fate) -> int | None:
    """Return the step to explain: of the last late units in the answer that the prices belong to, None for short ones."""
    if own.short > DUST:
        return None
    assert solved.answer.x is not None  # noqa: S101 - Solved has looked
    priced = fate(solved.formulation, solved.answer.x, demand)
    return priced.last if priced.last > solved.network.wishes.due[demand] else own.last


def _is_wrong(solved: Solved, demand: int, own: Fate) -> bool:
    """Whether a binding demand is short or late, or an option that is taken is late; demands that an aim added are neither."""
    wishes = solved.network.wishes
    if wishes.names.names[demand].startswith(MARK):
        return False
    short = own.short > DUST and not wishes.option[demand]
    return bool(short or (own.last > wishes.due[demand] and (own.short <= DUST or not wishes.option[demand])))


def _helped(
    solved: Solved,
    who: tuple[int, Fate],
    found: list[tuple[Cause, Finding]],
    edits: dict[Finding, tuple[Edit, ...]],
    limits: tuple[int, float | None],
) -> Held:
    """Try the edits of every cause in turn, the boldest of each first. Args: limits, remedies to return and until when."""
    every = tuple(dict.fromkeys(edit for rank in zip_longest(*edits.values()) for edit in rank if edit is not None))
    most, until = limits
    helping, all_tried = remedies(solved, who[0], every, most, until) if most > 0 else ((), True)
    note = ""
    if not all_tried:
        note = " There was no time to try every remedy; give a longer limit."
    elif most > 0 and every and not helping:
        note = f" {'The one change' if len(every) == 1 else f'Each of the {len(every)} changes'} tried alone does not help."
    return Held(*who, _first(found, edits, helping), helping, note)


def reasons(solved: Solved, held: Held) -> tuple[Reason, ...]:
    """Return the cause of a demand with its first remedy, and one reason for every further remedy."""
    first = _told(solved, held)
    name = Pointer("demands", (solved.network.wishes.names.names[held.demand],))
    if not held.helping:
        return (first,)
    further = [
        Reason("remedy", f"Another remedy for {name.key[0]}, number {place} by what it brings.", (name, remedy.edit.pointer))
        for place, remedy in enumerate(held.helping[1:], 2)
    ]
    told = zip([first, *further], held.helping, strict=True)
    return tuple(_with(solved, held.demand, reason, remedy) for reason, remedy in told)


def _first(
    found: list[tuple[Cause, Finding]], edits: dict[Finding, tuple[Edit, ...]], helping: tuple[Remedy, ...]
) -> tuple[tuple[Cause, Finding], ...]:
    """Put the cause first that the best remedy loosens: what brings most when it is loosened is what holds most."""
    best = helping[0].edit if helping else None
    return tuple(sorted(found, key=lambda each: best not in edits.get(each[1], ())))


def _told(solved: Solved, held: Held) -> Reason:
    """Return the chain in words, without a remedy."""
    head = _head(solved, held.demand, held.own)
    row = Pointer("demands", (solved.network.wishes.names.names[held.demand],))
    if not held.found:
        return Reason("price", f"{head}: {_price(solved, held.demand, held.own)}.{held.note}", (row,))
    cause, finding = held.found[0]
    way = [hop_text(solved, hop) for hop in cause.path[-NAMED:]]
    via = f" It comes by this way: {', '.join(way)}." if way else ""
    also = [other.text for _, other in held.found[1:3]]
    more = f" Also: {'; '.join(also)}." if also else ""
    return Reason(finding.code, f"{head}: {finding.text}.{via}{more}{held.note}", (row, *finding.rows))


def _head(solved: Solved, demand: int, own: Fate) -> str:
    network, wishes = solved.network, solved.network.wishes
    name, item = wishes.names.names[demand], network.items.names[wishes.item[demand]]
    if own.short > DUST:
        return f"{name} lacks {number(own.short)} of its {number(float(wishes.quantity[demand]))} {item}"
    weeks = (own.last - int(wishes.due[demand])) * network.horizon.weeks_per_step
    return f"{name} is complete on {day(network, own.last)}, {plural(weeks, 'week')} late"


def _price(solved: Solved, demand: int, own: Fate) -> str:
    """Return that it does not pay, which the plan's being the best of its kind proves."""
    wishes = solved.network.wishes
    text = "no single limit was found to hold it back"
    if own.short > DUST:
        return f"{text}; one more costs more than its shortage, {money(float(wishes.short[demand]))}"
    return f"{text}; sooner costs more than its lateness, {money(float(wishes.late[demand]))} a week"


def _with(solved: Solved, demand: int, reason: Reason, remedy: Remedy) -> Reason:
    """Return a reason with a remedy."""
    amount, unit = (
        (float(remedy.steps * solved.network.horizon.step_days), "day")
        if remedy.steps > 0
        else (round(remedy.units, 3), "unit")
    )
    said = change(solved, demand, remedy)
    return Reason(reason.code, reason.sentence, reason.rows, said, amount, unit, remedy.edit.amendment)


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
