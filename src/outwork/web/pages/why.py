"""Why the plan is as it is, which rows make it so, and what would change it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from outwork.model.outcome import Pointer, Reason
from outwork.web.query import Query

ORDER: Final = ("held", "licence", "bottleneck")
"""Groups of reasons, in the order in which they are told."""


@dataclass(frozen=True)
class Told:
    """A reason with its number among all that the plan told, and further remedies for the same demand."""

    number: int
    reason: Reason
    further: tuple[tuple[int, Reason], ...] = ()


@dataclass(frozen=True)
class Group:
    """Reasons of one sort: why demands are late or short, licences, bottlenecks."""

    name: str
    told: tuple[Told, ...]


@dataclass(frozen=True)
class Why:
    """What may be read of the reasons; `explained` is whether there was any answer to read."""

    explained: bool
    groups: tuple[Group, ...]


def shown(reasons: Iterable[Reason] | None, readable: Callable[[Reason], bool], query: Query) -> Why:
    """Return the reasons that somebody may read, about what is asked for.

    Args: reasons, None where there is no plan; readable, whether the asker may read one.
    """
    if reasons is None:
        return Why(explained=False, groups=())
    numbered = [(number, reason) for number, reason in enumerate(reasons) if readable(reason) and _about(reason, query)]
    further = {number: reason for number, reason in numbered if reason.code == "remedy"}
    first = [(number, reason) for number, reason in numbered if reason.code != "remedy"]
    groups = {name: tuple(_told(first, further, name)) for name in ORDER}
    return Why(explained=True, groups=tuple(Group(name, told) for name, told in groups.items() if told))


def group(reason: Reason) -> str:
    """Return the group to which a reason belongs."""
    return reason.code if reason.code in ORDER else "held"


def _told(first: list[tuple[int, Reason]], further: dict[int, Reason], name: str) -> Iterator[Told]:
    for number, reason in first:
        if group(reason) == name:
            own = _demand(reason) if name == "held" else None
            more = tuple((other, each) for other, each in further.items() if own is not None and _demand(each) == own)
            yield Told(number, reason, more)


def _demand(reason: Reason) -> Pointer | None:
    return next((row for row in reason.rows if row.table == "demands"), None)


def _about(reason: Reason, query: Query) -> bool:
    """Return whether a reason points to what is asked for; one that is asked for nothing tells everything."""
    asked = [value for value in (query.demand, query.item, query.site) if value]
    return all(any(value in row.key for row in reason.rows) for value in asked)
