"""Where a person can go from every page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from outwork.model.asker import Role
from outwork.store.sight.book import POLICIES

EVERYBODY: Final = frozenset(Role)


@dataclass(frozen=True)
class Entry:
    """A page that is named in the navigation: the key of its text, its path, and whose it is."""

    key: str
    path: str
    roles: frozenset[Role] = EVERYBODY


def seeing(*tables: str) -> frozenset[Role]:
    """Return the roles that may see rows of any of these tables."""
    return frozenset(role for role in Role if any(POLICIES[role].sees(table) for table in tables))


OFFICE: Final = frozenset({Role.OFFICE})
FIRST: Final = Entry(
    "exceptions.title", "/", seeing("promises", "work", "applications", "gaps", "determinations", "certificates")
)
"""The first page, of whoever sees anything that it tells of."""
ENTRIES: Final = (
    FIRST,
    Entry("plan.title", "/plan", seeing("promises", "make")),
    Entry("clearances.title", "/clearances", seeing("determinations", "clearances", "applications")),
    Entry("matches.title", "/matches", seeing("candidates", "gaps", "consortia")),
    Entry("air.title", "/air", seeing("track_states")),
    Entry("tables.title", "/tables"),
    Entry("jobs.title", "/jobs", frozenset({Role.OFFICE, Role.MINISTRY, Role.INNOVATOR, Role.LICENSING, Role.AUDITOR})),
    Entry("proposals.title", "/approvals"),
    Entry("audit.title", "/audit", frozenset({Role.OFFICE, Role.AUDITOR})),
)
PLAN: Final = (
    Entry("plan.title", "/plan", seeing("promises", "make")),
    Entry("network.title", "/network", seeing("ship")),
    Entry("gantt.title", "/gantt", seeing("make", "qualify")),
    Entry("capacity.title", "/capacity", seeing("work")),
    Entry("demand.title", "/demand", seeing("promises")),
    Entry("pegging.title", "/pegging", seeing("pegging")),
    Entry("why.title", "/why", seeing("promises", "work")),
    Entry("scenarios.title", "/scenarios", OFFICE | {Role.AUDITOR}),
    Entry("promising.title", "/promising", OFFICE),
)
"""Pages beside each other that look at one plan."""
TABLES: Final = (Entry("tables.title", "/tables"), Entry("exchange.title", "/exchange"))
"""Rows on a screen, and rows as files."""
ACCOUNT: Final = (Entry("account.title", "/account"),)
ADMINISTERING: Final = (Entry("accounts.title", "/accounts"),)
"""Pages of the administrator, whatever their role."""


@dataclass(frozen=True)
class Stop:
    """An entry as a page shows it."""

    key: str
    path: str
    current: bool


def first(role: Role) -> str:
    """Return the path of the page that a role begins with."""
    return next(entry.path for entry in ENTRIES if role in entry.roles)


def stops(role: Role, path: str) -> Iterator[Stop]:
    """Yield the entries of a role as the page at a path shows them; the first of pages beside each other stands for all."""
    beside = _beside(path)
    for entry in ENTRIES:
        if role in entry.roles:
            yield Stop(entry.key, entry.path, _leads(entry, path) or any(entry.path == each.path for each in beside[:1]))


def near(role: Role, path: str, more: tuple[Entry, ...] = ()) -> tuple[Stop, ...]:
    """Return the pages of a role beside the page at a path, none where it stands alone. Args: more, beside the own account."""
    found = [Stop(each.key, each.path, _leads(each, path)) for each in _beside(path, more) if role in each.roles]
    return tuple(found) if len(found) > 1 else ()


def _beside(path: str, more: tuple[Entry, ...] = ()) -> tuple[Entry, ...]:
    """Return the entries among which the page at a path is, none where it stands alone."""
    groups = (PLAN, TABLES, (*ACCOUNT, *more))
    return next((group for group in groups if any(_leads(entry, path) for entry in group)), ())


def _leads(entry: Entry, path: str) -> bool:
    """Return whether the page at a path is that of an entry, or one below it."""
    return path == entry.path or (entry.path != "/" and path.startswith(f"{entry.path}/"))
