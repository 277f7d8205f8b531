"""Which pairs drop out, and which come in, when a programme or a design changes; and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from outwork.match.judging.judged import VERDICTS
from outwork.match.judging.matched import Matched
from outwork.match.telling.sentences import decisive
from outwork.model.outcome import Pointer, Reason
from outwork.model.programme import Programme

AWAY: Final = "cannot"
"""Verdict of a pair that is not told of: it fails in more needs than near misses do."""


@dataclass(frozen=True)
class Change:
    """A pair whose verdict changed.

    Args: before, after, names of the operation, empty where there is none; was, now, its verdicts, empty where the operation
    or the site is not there; why, in words.
    """

    before: str
    after: str
    site: str
    was: str
    now: str
    why: str

    @property
    def reason(self) -> Reason:
        """Return it as a reason that points to its rows."""
        name = self.after or self.before
        code = "came in" if VERDICTS.index(self.now or AWAY) < VERDICTS.index(self.was or AWAY) else "dropped out"
        text = f"{name} at {self.site}: {self.was or 'was not asked'}, now {self.now or 'not asked any more'}; {self.why}"
        return Reason(code, text, (Pointer("operations", (name,)), Pointer("sites", (self.site,))))


def rematch(before: Matched, after: Matched, renamed: Mapping[str, str] | None = None) -> tuple[Change, ...]:
    """Return the pairs whose verdict changed, by operation and site.

    Args: renamed, operations before by those after that took their place; None: those of the same name.
    """
    old, new = _verdicts(before), _verdicts(after)
    names = {name: name for name in before.needs.operations.names} if renamed is None else renamed
    pairs = [(names.get(operation, ""), operation, site) for operation, site in new]
    follower = {was: now for now, was in names.items()}
    pairs += [(operation, follower.get(operation, ""), site) for operation, site in old]
    found = []
    for was, now, site in sorted(set(pairs)):
        first, then = _verdict(before, was, site, old), _verdict(after, now, site, new)
        if first != then:
            why = _why(after, new.get((now, site))) or _why(before, old.get((was, site)))
            found.append(Change(was, now, site, first, then, why or "more needs fail than in a near miss"))
    return tuple(found)


def revised(programme: Programme, found: Matched, item: str, old: str, new: str) -> tuple[Change, ...]:
    """Return what changes for an item from one revision of it to another.

    Its operations for the one take the place of those for the other that are the same process, in the order of their names;
    an operation for any revision is in both.
    """
    frame = programme["operations"].filter(item=item).sort("operation")
    rows = list(frame.select("operation", "revision").iter_rows())
    was = [name for name, revision in rows if revision in {old, None}]
    now = [name for name, revision in rows if revision in {new, None}]
    return tuple(
        change for change in rematch(found, found, _followers(found, was, now)) if change.after in now or change.before in was
    )


def _followers(found: Matched, was: Iterable[str], now: Iterable[str]) -> dict[str, str]:
    """Return the operation before for every one after, process by process."""
    waiting: dict[int, list[str]] = {}
    for name in was:
        waiting.setdefault(_process(found, name), []).append(name)
    return {name: queue.pop(0) for name in now if (queue := waiting.get(_process(found, name)))}


def _process(found: Matched, operation: str) -> int:
    return int(found.needs.process[found.needs.operations.position[operation]])


def _verdicts(found: Matched) -> dict[tuple[str, str], int]:
    """Return the place of every pair by the names of operation and site."""
    judged, operations, sites = found.judged, found.needs.operations.names, found.offers.sites.names
    return {
        (operations[operation], sites[site]): pair
        for pair, (operation, site) in enumerate(zip(judged.operation, judged.site, strict=True))
    }


def _verdict(found: Matched, operation: str, site: str, known: Mapping[tuple[str, str], int]) -> str:
    """Return the verdict of a pair, empty where there is no such operation or site."""
    if operation not in found.needs.operations.position or site not in found.offers.sites.position:
        return ""
    pair = known.get((operation, site))
    return AWAY if pair is None else VERDICTS[int(found.judged.verdict[pair])]


def _why(found: Matched, pair: int | None) -> str:
    return "" if pair is None else "; ".join(clause.why for clause in decisive(found, pair))
