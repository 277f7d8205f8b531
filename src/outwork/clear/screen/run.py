"""Screening as a whole: everybody in a programme and behind it, against lists, with what people decided."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from outwork.clear.screen.decisions import Decisions, decided, decisions
from outwork.clear.screen.letters import shown
from outwork.clear.screen.options import Options
from outwork.clear.screen.ownership import Stake, behind, taint
from outwork.clear.screen.pool import Match, Pool, pool, trouble
from outwork.clear.screen.result import Result, Standing, result
from outwork.clear.screen.subjects import Circle, Subject, circle, oddities, unreadable
from outwork.model.listed import WatchList
from outwork.model.programme import Programme
from outwork.model.tables.screening import Hit

Progress = Callable[[str], object] | None
MEMBERS = "itself"


@dataclass(frozen=True)
class Desk:
    """What screening of a party needs: who there is, what is near them, what was decided, and what keeps from clearing."""

    circle: Circle
    near: dict[str, list[Match]]
    decisions: Decisions
    trouble: tuple[str, ...]
    told: str
    options: Options


def run(programme: Programme, lists: Sequence[WatchList], options: Options, progress: Progress = None) -> Result:
    """Screen every party of a programme, its owners and directors, against lists."""
    _tell(progress, "reading lists")
    pooled = pool(lists, options)
    everybody = circle(programme)
    desk = _desk(everybody, pooled, decisions(programme["screenings"]), options, progress)
    return result([_party(desk, party) for party in everybody.parties], pooled.told, options.day)


def one(subject: Subject, lists: Sequence[WatchList], options: Options) -> Result:
    """Screen one name against lists."""
    pooled = pool(lists, options)
    alone = Circle({subject.key: subject}, {subject.name: subject.key}, ())
    desk = _desk(alone, pooled, {}, options, None)
    return result([_party(desk, subject.name)], pooled.told, options.day)


def _desk(everybody: Circle, pooled: Pool, decided_on: Decisions, options: Options, progress: Progress) -> Desk:
    near: dict[str, list[Match]] = {}
    for number, (key, found) in enumerate(
        zip(everybody.subjects, pooled.matches(list(everybody.subjects.values()), options), strict=True), 1
    ):
        near[key] = found
        if number % 1000 == 0:
            _tell(progress, f"{number:,} of {len(everybody.subjects):,} names")
    keeps = trouble(pooled.lists, options.day, options.stale_days)
    return Desk(everybody, near, decided_on, keeps, pooled.told, options)


def _party(desk: Desk, party: str) -> tuple[Standing, list[Hit]]:
    """Return what a party's own name, its owners and its directors come to."""
    own = desk.circle.parties[party]
    reached = behind(desk.circle.stakes, own)
    hits = {key: _hits(desk, party, key, reached.get(key)) for key in (own, *reached)}
    within = [each for each in desk.circle.stakes if each.asset in hits]
    block = [key for key, found in hits.items() if any(each.verdict == "block" for each in found)]
    review = [key for key, found in hits.items() if any(each.verdict == "review" for each in found)]
    tainted = taint(within, block, review, desk.options.owned, desk.options.noticed)
    reasons = [_said(each) for found in hits.values() for each in found if each.verdict == "block" and each.role == MEMBERS]
    standing = _standing(desk, party, hits, tainted.block.get(own, ""), tainted.review.get(own, ""), reasons)
    return standing, [each for found in hits.values() for each in found]


def _standing(desk: Desk, party: str, hits: dict[str, list[Hit]], closed: str, doubted: str, blocking: list[str]) -> Standing:
    own = desk.circle.parties[party]
    reviewing = [_said(each) for each in hits[own] if each.verdict == "review"]
    subjects = [desk.circle.subjects[key] for key in hits]
    odd = [f"'{shown(each.name)}': {note}" for each in subjects for note in oddities(each)]
    dumb = [why for each in subjects if (why := unreadable(each))]
    if blocking or closed:
        return Standing(party, "block", _joined([*blocking, closed, *odd]))
    if reviewing or doubted or odd:
        return Standing(party, "review", _joined([*reviewing, doubted, *odd]))
    if dumb or desk.trouble:
        return Standing(party, "not screened", _joined([*dumb, *desk.trouble]))
    cleared = [each.decided for found in hits.values() for each in found if each.verdict == "cleared"]
    nobody = f"nobody within {desk.options.review:.2f} on {desk.told}"
    return Standing(party, "clear", _joined(cleared) if cleared else nobody)


def _hits(desk: Desk, party: str, key: str, stake: Stake | None) -> list[Hit]:
    """Return the hits of one subject for a party, each with what was decided about it."""
    subject = desk.circle.subjects[key]
    return [_hit(desk, party, subject, stake, each) for each in desk.near[key]]


def _hit(desk: Desk, party: str, subject: Subject, stake: Stake | None, match: Match) -> Hit:
    ours, theirs = subject.digest, match.entry.digest
    row = desk.decisions.get((party, subject.key, match.watchlist, match.entry.entry))
    held = decided(row, ours, theirs, desk.options.day)
    closes = match.score.value >= desk.options.block and (match.entry.listed or match.because.startswith("owned"))
    verdict: Any = held.verdict or ("block" if closes else "review")
    because = f"{match.because}; " if match.because else ""
    return Hit(
        party=party, subject=subject.name, watchlist=match.watchlist, entry=match.entry.entry, role=_role(stake),
        listed_name=match.score.listed_name, score=round(match.score.value, 6), verdict=verdict,
        programmes="; ".join(match.entry.programmes), why=because + match.score.sentences(), decided=held.told,
        record=ours, listed=theirs,
    )  # fmt: skip


def _role(stake: Stake | None) -> str:
    if stake is None:
        return MEMBERS
    share = f" to {stake.share:.0%}" if stake.share is not None else ""
    return f"{stake.role}{share} of {stake.asset}"


def _said(hit: Hit) -> str:
    """Say a hit in one sentence."""
    lapsed = f" ({hit.decided})" if hit.decided else ""
    names = f"'{shown(hit.subject)}' is near '{shown(hit.listed_name)}'"
    return f"{names} on {hit.watchlist} (entry {hit.entry}), score {hit.score:.2f}{lapsed}"


def _joined(reasons: Iterable[str]) -> str:
    return "; ".join(each for each in reasons if each)


def _tell(progress: Progress, news: str) -> None:
    if progress is not None:
        progress(news)
