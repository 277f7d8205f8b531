"""Where a person can go from every page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from outwork.model.asker import Role

EVERYBODY: Final = frozenset(Role)


@dataclass(frozen=True)
class Entry:
    """A page that is named in the navigation: the key of its text, its path, and whose it is."""

    key: str
    path: str
    roles: frozenset[Role] = EVERYBODY


ENTRIES: Final = (
    Entry("home.title", "/"),
    Entry("jobs.title", "/jobs", frozenset({Role.OFFICE, Role.MINISTRY, Role.INNOVATOR, Role.LICENSING, Role.AUDITOR})),
    Entry("proposals.title", "/approvals"),
    Entry("audit.title", "/audit", frozenset({Role.OFFICE, Role.AUDITOR})),
)
ADMINISTERING: Final = (Entry("accounts.title", "/accounts"),)
"""Pages of the administrator, whatever their role."""


@dataclass(frozen=True)
class Stop:
    """An entry as a page shows it."""

    key: str
    path: str
    current: bool


def stops(role: Role, path: str, more: tuple[Entry, ...] = ()) -> Iterator[Stop]:
    """Yield the entries of a role as the page at a path shows them."""
    for entry in (*ENTRIES, *more):
        if role in entry.roles:
            yield Stop(entry.key, entry.path, path == entry.path or (entry.path != "/" and path.startswith(f"{entry.path}/")))
