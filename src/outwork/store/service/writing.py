"""What one transaction writes, and the record of each of its acts."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

import polars as pl
from sqlalchemy import Connection

from outwork.model.asker import Asker
from outwork.model.errors import InvalidProgramme, OutworkError
from outwork.model.programme import Programme
from outwork.model.table import Table
from outwork.model.tables import ANSWERS, BY_NAME
from outwork.store import overlay, recheck
from outwork.store.overlay import Overlay
from outwork.store.service import audit, rows
from outwork.store.service.policies import guarded
from outwork.store.service.snapshot import Snapshot

Seen = Mapping[str, Mapping[tuple[Any, ...], str]]
"""By table and key, the `stamp` of each row as somebody saw it."""


@dataclass(frozen=True)
class Other:
    """A row that somebody else has changed meanwhile: as it stands now (None where it is gone), and what they did."""

    table: str
    key: tuple[Any, ...]
    now: Mapping[str, Any] | None
    act: audit.Act | None


class NeedsApproval(OutworkError):
    """A change that only named persons decide on; it is to be proposed instead, and nothing was written."""

    def __init__(self, kinds: tuple[str, ...]) -> None:
        """Keep the kinds of approval that it needs."""
        self.kinds = kinds
        super().__init__(f"this needs approval ({', '.join(kinds)}); propose it instead")


class Stale(OutworkError):
    """The rows to be written are not as their writer saw them; nothing was written."""

    def __init__(self, others: tuple[Other, ...]) -> None:
        """Keep every row that has changed."""
        self.others = others
        super().__init__("\n".join(_told(other) for other in others))


@dataclass(eq=False)
class Writing:
    """An open transaction: changes of the programme, statements over the service's own tables, and what the audit says.

    `at` is its moment, `base` the programme before it. Whatever is raised undoes all of it.
    """

    connection: Connection
    asker: Asker
    at: str
    base: Snapshot
    acts: list[audit.Act] = field(default_factory=list)
    wrote: int = 0
    """1 where the programme's own tables were written."""
    _programme: Programme | None = None
    _results: Mapping[str, pl.DataFrame] | None = None

    @property
    def now(self) -> Snapshot:
        """The programme with everything that was written in this transaction so far."""
        return Snapshot(
            self.base.version + self.wrote,
            self.base.programme if self._programme is None else self._programme,
            self.base.results if self._results is None else self._results,
        )

    def audit(self, kind: str, subject: str, detail: Any = "") -> None:
        """Record an act: a kind such as `sign in`, the thing it was done to, and what to know of it, as text or JSON."""
        said = detail if isinstance(detail, str) else json.dumps(detail, default=str, ensure_ascii=False, sort_keys=True)
        self.acts.append(audit.Act(self.at, self.asker.account, self.asker.role, kind, subject, said))

    def edit(self, changes: Overlay, seen: Seen | None = None) -> Programme:
        """Change rows of the programme and return it as it then is.

        Args: seen, by table and key, the `stamp` of each row as its writer saw it. NeedsApproval where named persons decide
        on the change, Stale where a row is another by now, InvalidProgramme with every fault that the changed programme would
        have. Nothing is written then. Answers of verbs lose the rows that name removed ones.
        """
        if kinds := tuple(policy.kind for policy, _ in guarded(self.now.programme, changes)):
            raise NeedsApproval(kinds)
        return self.carry_out(changes, seen)

    def carry_out(self, changes: Overlay, seen: Seen | None = None) -> Programme:
        """Do what `edit` does, with a change that has the approval it needs."""
        self.refuse_stale(seen or {})
        before = self.now
        changed = overlay.apply(before.programme, changes)
        faults = recheck.faults(changed, changes)
        if faults:
            raise InvalidProgramme(faults)
        gone = recheck.dangling(before.results, changes)
        rows.change(self.connection, Overlay({**changes.tables, **gone.tables}))
        for table, kind, record in rows.changes(changes):
            self.audit(kind, subject(table, record), record)
        for name, frame in gone.tables.items():
            self.audit("forget", name, {"rows": frame.height, "why": "they name rows that were removed"})
        self._programme, self.wrote = changed, 1
        self._results = {**before.results, **overlay.without(before.results, gone)}
        return changed

    def answer(self, results: Mapping[str, pl.DataFrame]) -> None:
        """Put what verbs answered in place of their earlier answers."""
        for verb, tables in ANSWERS.items():
            own = {table.name: results[table.name] for table in tables if table.name in results}
            if own:
                rows.replace(self.connection, own)
                self._results = {**self.now.results, **own}
                self.audit(
                    "answer", verb, {"rows": {name: frame.height for name, frame in own.items()}, "sha256": _digest(own)}
                )
                self.wrote = 1

    def refuse_stale(self, seen: Seen) -> None:
        """Raise Stale where a row is another by now than its writer saw."""
        others = []
        for name, wanted in seen.items():
            frame = self.now.programme[name]
            for key, own in wanted.items():
                now = _row(frame, name, key)
                if stamp(now) != own:
                    act = audit.latest(self.connection, f"{name} {_words(key)}")
                    others.append(Other(name, key, now, act))
        if others:
            raise Stale(tuple(others))


def stamp(row: Mapping[str, Any] | None) -> str:
    """Return a short mark of a row's content, which an editor keeps to show what they saw; '' of a row that is not there."""
    if row is None:
        return ""
    text = json.dumps(dict(row), default=str, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def marks(programme: Programme, changes: Overlay) -> dict[str, dict[tuple[Any, ...], str]]:
    """Return by table and key the stamp of each row that a change touches, as it stands in a programme."""
    return {
        name: {key: stamp(_row(programme[name], name, key)) for key in frame.select(BY_NAME[name].key).iter_rows()}
        for name, frame in changes.tables.items()
    }


def subject(table: Table, row: Mapping[str, Any]) -> str:
    """Return how the audit names a row: its table and key."""
    return f"{table.name} {_words(tuple(row[name] for name in table.key))}"


def _row(frame: pl.DataFrame, name: str, key: tuple[Any, ...]) -> Mapping[str, Any] | None:
    own = BY_NAME[name].key
    found = frame.filter(*(pl.col(column) == value for column, value in zip(own, key, strict=True)))
    return MappingProxyType(found.row(0, named=True)) if found.height else None


def _words(key: tuple[Any, ...]) -> str:
    return " ".join(map(str, key))


def _digest(frames: Mapping[str, pl.DataFrame]) -> str:
    total = hashlib.sha256()
    for name in sorted(frames):
        total.update(f"\n{name}\n".encode() + frames[name].write_csv().encode())
    return total.hexdigest()


def _told(other: Other) -> str:
    who = f" by {other.act.account} at {other.act.at}" if other.act else ""
    what = "was removed" if other.now is None else "was changed"
    return f"{other.table} {_words(other.key)} {what}{who} since you read it; look at it and write yours again"
