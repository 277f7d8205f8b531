"""Scenarios: what somebody tries, as changed rows over the programme as it stands, and what was planned for it."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Any, Final

import polars as pl
from sqlalchemy import Connection, Row, delete, insert, select, update

from outwork.model.errors import InvalidProgramme, UnknownName
from outwork.model.frames import schema
from outwork.model.programme import Programme
from outwork.model.tables import BY_NAME
from outwork.store import check, door, overlay
from outwork.store.overlay import Overlay
from outwork.store.service import approvals, overlays
from outwork.store.service.schema import ANSWERS, SCENARIOS, TRIED
from outwork.store.service.writing import Seen, Writing, marks

LONGEST: Final = 120
"""Characters of a scenario's name."""
DIGITS: Final = 6
"""Bytes of a scenario's key, drawn at random so that it tells nothing of how many others there are."""


@dataclass(frozen=True, eq=False)
class Scenario:
    """What somebody tries: `version` is that of the programme when it was written down, `since` when that was (ISO 8601).

    `seen` holds the mark of each row of the programme that it changes, as its author saw it.
    """

    scenario: str
    name: str
    account: str
    version: int
    overlay: Overlay
    since: str
    seen: Seen

    def applied(self, base: Programme) -> Programme:
        """Return the programme with the scenario's changes.

        InvalidProgramme where they do not fit it any more, because somebody has changed or removed the same rows meanwhile.
        """
        changed = overlay.apply(base, self.overlay)
        if faults := check.faults(door.of_frames(changed.tables)):
            raise InvalidProgramme(faults)
        return changed


def create(writing: Writing, name: str, changes: Overlay) -> str:
    """Write a scenario down and return its key.

    InvalidProgramme where the changes do not fit the programme, ValueError on a name that is blank or too long.
    """
    if not 0 < len(name.strip()) <= LONGEST:
        raise ValueError(f"a scenario has a name of 1 to {LONGEST} characters")
    key = secrets.token_hex(DIGITS)
    found = Scenario(
        key,
        name.strip(),
        writing.asker.account,
        writing.base.version,
        changes,
        writing.at,
        marks(writing.base.programme, changes),
    )
    found.applied(writing.base.programme)
    row = {"scenario": key, "name": found.name, "account": found.account, "version": found.version, "since": found.since}
    writing.connection.execute(insert(SCENARIOS).values(**row, overlay=overlays.with_marks(changes, found.seen)))
    writing.audit("make a scenario", f"scenario {key}", {"name": found.name, "changes": overlays.to_text(changes)})
    return key


def listed(connection: Connection, account: str | None = None) -> list[Scenario]:
    """Return scenarios, the newest first: all, or those of one account."""
    query = select(SCENARIOS).order_by(SCENARIOS.c.since.desc(), SCENARIOS.c.scenario)
    return [
        _scenario(row) for row in connection.execute(query if account is None else query.where(SCENARIOS.c.account == account))
    ]


def find(connection: Connection, scenario: str) -> Scenario:
    """Return a scenario. UnknownName where there is none of that key."""
    row = connection.execute(select(SCENARIOS).where(SCENARIOS.c.scenario == scenario)).first()
    if row is None:
        raise UnknownName("there is no such scenario; it may have been removed")
    return _scenario(row)


def change(writing: Writing, scenario: str, changes: Overlay) -> None:
    """Let a scenario change other rows; what was planned for it goes, for it holds no more.

    InvalidProgramme where the changes do not fit the programme.
    """
    before = find(writing.connection, scenario)
    own = replace(before, overlay=changes, version=writing.base.version)
    own.applied(writing.base.programme)
    now = marks(writing.base.programme, changes)
    seen = {
        name: rows | {key: mark for key, mark in before.seen.get(name, {}).items() if key in rows} for name, rows in now.items()
    }
    values = {"overlay": overlays.with_marks(changes, seen), "version": own.version}
    writing.connection.execute(update(SCENARIOS).where(SCENARIOS.c.scenario == scenario).values(**values))
    for table in (TRIED, ANSWERS):
        writing.connection.execute(delete(table).where(table.c.scenario == scenario))
    writing.audit("change a scenario", f"scenario {scenario}", {"changes": overlays.to_text(changes)})


def remove(writing: Writing, scenario: str) -> None:
    """Remove a scenario with all that was planned for it. UnknownName where there is none of that key."""
    gone = find(writing.connection, scenario)
    for table in (TRIED, ANSWERS, SCENARIOS):
        writing.connection.execute(delete(table).where(table.c.scenario == scenario))
    writing.audit("remove a scenario", f"scenario {scenario}", {"name": gone.name, "changes": overlays.to_text(gone.overlay)})


def take(writing: Writing, scenario: str) -> list[int]:
    """Make the changes of a scenario those of the programme: at once what needs nobody's approval, and the rest by proposals.

    Returns the numbers of the proposals. The scenario goes, with all that was planned for it. UnknownName where there is none
    of that key, InvalidProgramme where its changes do not fit the programme any more, Stale where somebody has changed one of
    its rows since; nothing is written then.
    """
    own = find(writing.connection, scenario)
    own.applied(writing.base.programme)
    writing.audit("take a scenario over", f"scenario {scenario}", {"name": own.name, "changes": overlays.to_text(own.overlay)})
    proposals = approvals.put(writing, own.overlay, own.seen, own.name)
    remove(writing, scenario)
    return proposals


def keep(writing: Writing, scenario: str, tables: Mapping[str, pl.DataFrame]) -> None:
    """Keep what a verb answered for a scenario, in place of its earlier tables of the same names."""
    find(writing.connection, scenario)
    names = list(tables)
    writing.connection.execute(delete(TRIED).where(TRIED.c.scenario == scenario, TRIED.c.name.in_(names)))
    for name in names:
        writing.connection.execute(insert(TRIED).values(scenario=scenario, name=name, rows=_packed(tables[name])))
    writing.audit("try a scenario", f"scenario {scenario}", {"rows": {name: tables[name].height for name in names}})


def tried(connection: Connection, scenario: str, names: Collection[str] = ()) -> dict[str, pl.DataFrame]:
    """Return the tables that verbs answered for a scenario, none where it was not tried yet. Args: names, only these."""
    query = select(TRIED.c.name, TRIED.c.rows).where(TRIED.c.scenario == scenario)
    found = connection.execute(query.where(TRIED.c.name.in_(names)) if names else query)
    return {name: pl.read_ipc(BytesIO(rows)).cast(schema(BY_NAME[name])) for name, rows in found}


def _packed(frame: pl.DataFrame) -> bytes:
    to = BytesIO()
    frame.write_ipc(to, compression="zstd")
    return to.getvalue()


def _scenario(row: Row[Any]) -> Scenario:
    fields = dict(row._mapping)  # noqa: SLF001 - SQLAlchemy's public name of a row's columns
    changes, seen = overlays.from_marked(fields["overlay"])
    return Scenario(**{**fields, "overlay": changes, "seen": seen})
