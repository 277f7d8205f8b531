"""The questions for whose answers pairs wait."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from outwork.match.consortium.field import Questions
from outwork.match.consortium.read_hours import Load
from outwork.match.consortium.routing import Routing
from outwork.match.judging.matched import Matched
from outwork.match.telling.asked import asked
from outwork.match.terms.kinds import named
from outwork.model.axis import Index, Mask
from outwork.model.tables.matching import Need


@dataclass(frozen=True, order=True)
class _Question:
    """A question: site (-1: the designer), what it is about, and the need."""

    name: str
    site: int
    operation: int
    need: Need


def questions(found: Matched, routing: Routing, kept: Index, load: Load, made: Mask) -> Questions:
    """Return every question once, by name, and the pairs that wait for it.

    Args: kept, the judged pairs; made [pair], the pairs that are qualified, of which nothing is asked.
    """
    waits: dict[_Question, dict[int, str]] = {}
    for pair, at in enumerate(np.where(made, -1, kept).tolist()):
        if at < 0:
            continue
        for need in named(int(found.judged.unknown[at])):
            question = _of_site(found, at, need)
            waits.setdefault(question, {})[pair] = asked(found, int(found.judged.operation[at]), need)
    for pair, process, told in zip(load.pair.tolist(), load.process, load.told.tolist(), strict=True):
        if not told and not made[pair]:
            site = int(found.judged.site[kept[pair]])
            name = f"{found.offers.sites.names[site]}: hours of {process}"
            waits.setdefault(_Question(name, site, -1, "hours"), {}).setdefault(pair, "")
    for operation in np.flatnonzero(routing.nobody_knows).tolist():
        waits[_Question(f"designer: process of {routing.operations[operation]}", -1, operation, "process")] = {}
    every = sorted(waits)
    pairs = [(pair, place) for place, question in enumerate(every) for pair in waits[question]]
    held = np.array(pairs, np.int64).reshape(-1, 2)
    return Questions(
        names=tuple(each.name for each in every),
        site=np.array([each.site for each in every], np.int64),
        operation=np.array([each.operation for each in every], np.int64),
        need=tuple(each.need for each in every),
        text=tuple(_text(routing, each, waits[each]) for each in every),
        pair=held[:, 0],
        question=held[:, 1],
    )


def _of_site(found: Matched, at: int, need: Need) -> _Question:
    """Return the question to a site: a certificate is asked of the whole site, everything else of one process there."""
    site, operation = int(found.judged.site[at]), int(found.judged.operation[at])
    process = found.needs.processes[found.needs.process[operation]].removeprefix("~")
    about = asked(found, operation, need) if need == "certificate" else f"{need} of {process}" if need != "process" else process
    return _Question(f"{found.offers.sites.names[site]}: {about}", site, -1, need)


def _text(routing: Routing, question: _Question, waits: dict[int, str]) -> str:
    """Return a question in words, with what is wanted."""
    if question.site < 0:
        return f"What process is {routing.operations[question.operation]}, and what does it need of a site?"
    site, about = question.name.split(": ", 1)
    wanted = ", ".join(sorted({each for each in waits.values() if each}))
    match question.need:
        case "process":
            return f"Does {site} do {about}?"
        case "certificate":
            return f"Does {site} hold {about}?"
        case "hours":
            return f"How many {about} has {site} to spare?" + (f" Wanted: {wanted}." if wanted else "")
        case _:
            return f"What {about} can {site} offer?" + (f" Wanted: {wanted}." if wanted else "")
