"""Why a need is not met, or not known to be, in words and with the field that says so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from types import MappingProxyType
from typing import Final

from outwork.match.judging.matched import Matched
from outwork.match.telling.asked import asked, held
from outwork.match.terms.columns import EPOCH
from outwork.match.terms.kinds import BIT, FIELD, State
from outwork.model.tables.matching import Need

SAID: Final[Mapping[Need, str]] = MappingProxyType({
    "process": "{name} is for {held}, and nobody has said whether that includes {wish}",
    "material": "{name} works {held}, and {wish} is wanted",
    "envelope": "{name} takes parts of {held}, and the part is {wish}",
    "tolerance": "{name} holds {held} where {wish} is wanted",
    "mass": "{name} carries {held} where {wish} is wanted",
    "class": "{name} works to {held} where {wish} is wanted",
    "batch": "{name} takes orders of {held} where {wish} are wanted",
    "hours": "{name} has no spare {wish}",
})  # fmt: skip
"""What to say of something that somebody has said and that does not do, or may not."""
SILENT: Final[Mapping[Need, str]] = MappingProxyType({
    "material": "nobody has said whether {name} works {wish}",
    "envelope": "nobody has said whether {name} takes a part of {wish}",
    "tolerance": "nobody has said whether {name} holds {wish}",
    "mass": "nobody has said whether {name} carries {wish}",
    "class": "nobody has said whether {name} works to {wish}",
    "batch": "nobody has said whether {name} takes orders of {wish}",
    "hours": "{name} tells nothing of spare {wish}",
})  # fmt: skip
"""What to say of something that nobody has said."""


@dataclass(frozen=True)
class Clause:
    """A need of an operation at a site: what is wanted and held, with units, the field that says so, a clause why."""

    need: Need
    wanted: str
    held: str
    field: str
    why: str


def clauses(found: Matched, pair: int, need: Need) -> tuple[Clause, ...]:
    """Return what is to be said of a need that failed or is not known; of certificates, one clause for each."""
    judged = found.judged
    if need == "certificate":
        state = found.related.held.state[:, judged.site[pair]]
        worst = State.FAILED if int(judged.failed[pair]) & BIT[need] else State.UNKNOWN
        return tuple(_paper(found, pair, at) for at in found.asks[judged.operation[pair]] if state[at] == worst)
    return (_without(found, pair, need) if judged.offer[pair] < 0 else _machine(found, pair, need),)


def _machine(found: Matched, pair: int, need: Need) -> Clause:
    """Return a clause on the machine that comes nearest."""
    offer = int(found.judged.offer[pair])
    wish, has = asked(found, int(found.judged.operation[pair]), need), held(found, offer, need)
    listing = bool(found.offers.listing[offer])
    name = f"the listing {found.offers.names[offer]}" if listing else found.offers.names[offer]
    text = (SAID if has else SILENT)[need].format(name=name, wish=wish, held=has)
    return Clause(need, wish, has, "listings.text" if listing else FIELD[need], text)


def _without(found: Matched, pair: int, need: Need) -> Clause:
    """Return a clause on a site of which no machine for the process is known."""
    operation, site = int(found.judged.operation[pair]), int(found.judged.site[pair])
    wish, process = asked(found, operation, need), found.needs.texts[operation]
    if not found.related.understood[found.needs.process[operation]]:
        why = f"nobody knows what process '{wish}' is, so the designer has to say"
        return Clause(need, wish or "nothing said", "", "operations.process", why)
    if found.offers.complete[site]:
        why = f"has no machine for {process}" if need == "process" else f"has no spare {wish}"
        return Clause(need, wish, "none", "sites.record", why)
    why = f"does {process}" if need == "process" else f"meets the {need}, {wish}" if need != "hours" else f"has spare {wish}"
    return Clause(need, wish, "", "sites.record", f"nobody has said whether it {why}")


def _paper(found: Matched, pair: int, place: int) -> Clause:
    """Return a clause on a certificate that a site does not hold, or may not."""
    (ask, window), site = found.related.held.asks[place], int(found.judged.site[pair])
    papers = found.offers.papers
    rows = [row for row in papers.enough(ask, found.terms.schemes) if papers.site[row] == site]
    if rows:
        row = max(rows, key=lambda each: papers.until[each])
        start = (found.needs.windows.horizon.start - EPOCH).days + found.needs.windows.first[window]
        word, column = ("ended", "until") if papers.until[row] < start else ("begins only", "since")
        has = f"{papers.schemes[papers.scheme[row]].removeprefix('~')}, {word} {_day(getattr(papers, column)[row])}"
        return Clause("certificate", ask.text, has, f"certificates.{column}", f"its {has}, and {ask.text} is asked for")
    if found.related.held.state[place, site] == State.FAILED:
        return Clause("certificate", ask.text, "none", FIELD["certificate"], f"holds no {ask.text}, which is asked for")
    return Clause("certificate", ask.text, "", FIELD["certificate"], f"nobody has said whether it holds {ask.text}")


def _day(number: int) -> str:
    return str(EPOCH + timedelta(days=int(number)))
