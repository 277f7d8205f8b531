"""Verdicts as sentences that a production manager understands."""

from __future__ import annotations

from typing import Final

from outwork.match.judging.judged import VERDICTS
from outwork.match.judging.matched import Matched
from outwork.match.mending.repairs import Repairs
from outwork.match.telling.clauses import Clause, clauses
from outwork.match.terms.book import Repair
from outwork.match.terms.kinds import named
from outwork.model.tables.matching import Need

RULES: Final[dict[Need, str]] = {
    "process": "process offered", "material": "material worked", "envelope": "part fits", "tolerance": "tolerance held",
    "mass": "mass carried", "class": "class of workmanship", "batch": "order taken", "certificate": "certificate held",
    "hours": "hours spare",
}  # fmt: skip
MAKERS: Final = ("could be qualified", "makes it today", "")
"""What `qualifications` says of a site, as far as it says anything."""
OF_SITE: Final = ("process", "certificate")
"""Needs that are told of a site without a machine for the process; the others wait for the machine."""
MONTH: Final = 30.4
"""Days of a month."""
LONG: Final = 75.0
"""From so many days on a time is told in months."""


def decisive(found: Matched, pair: int) -> tuple[Clause, ...]:
    """Return the clauses on which a verdict stands: all that failed, else all that is not known; none for a pair that can."""
    needs = named(int(found.judged.failed[pair]) or int(found.judged.unknown[pair]))
    if found.judged.offer[pair] < 0 and "process" in needs:
        needs = tuple(need for need in needs if need in OF_SITE)
    return tuple(clause for need in needs for clause in clauses(found, pair, need))


def makers(found: Matched) -> list[str]:
    """Return what `qualifications` says of the site of every pair. [pair]."""
    own = found.needs.makers
    row = own.row(found.judged, found.offers.sites)
    return [MAKERS[-1] if at < 0 else MAKERS[int(own.today[at])] for at in row.tolist()]


def rule(stands_on: tuple[Clause, ...], maker: str) -> str:
    """Return the rule that decided, and the field that it looked at. Args: maker, what `qualifications` says of the site."""
    if not stands_on:
        return f"{maker}: qualifications.status" if maker else "every need met: capabilities.process"
    return f"{RULES[stands_on[0].need]}: {stands_on[0].field}"


def sentence(found: Matched, mended: Repairs, pair: int, stands_on: tuple[Clause, ...], maker: str) -> str:
    """Return a verdict in one sentence. Args: maker, what `qualifications` says of the site."""
    why = "; ".join(clause.why for clause in stands_on)
    match VERDICTS[int(found.judged.verdict[pair])]:
        case "can":
            offer, hours = found.offers.names[found.judged.offer[pair]], found.judged.hours[pair]
            why = f"{maker} on {offer}" if maker else f"{offer} meets all that is asked"
            return f"Can: {why}, and {hours:,.0f} h are spare in the weeks wanted."
        case "unknown":
            return f"Not known: {why}."
        case _:
            return f"Cannot: {why}; {mending(mended, pair)}."


def mending(mended: Repairs, pair: int) -> str:
    """Return what would mend a pair, how long that takes and what it costs."""
    mends = mended.sets[mended.of[pair]]
    if mends is None:
        return "nobody knows of a repair"
    what = [mended.what(mend) for mend in mends]
    longest = max(what, key=lambda each: each.days)
    return f"to {', and to '.join(each.what for each in what)} takes {span(longest)} and EUR {mended.cost[pair]:,.0f}"


def span(repair: Repair) -> str:
    """Return how long a repair takes, such as 6 to 12 months."""
    if repair.days >= LONG:
        low, high = round(repair.days_p10 / MONTH), round(repair.days_p90 / MONTH)
        return f"{low} to {high} months" if low < high else f"{high} months"
    return f"{repair.days_p10:g} to {repair.days_p90:g} days"
