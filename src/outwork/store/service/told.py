"""How a verb ended and why, kept beside the tables that it wrote."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from outwork.model.outcome import Amendment, MadeBy, Outcome, Pointer, Reason, Status
from outwork.store.service.schema import ANSWERS
from outwork.store.service.writing import Writing


@dataclass(frozen=True)
class Told:
    """What a verb said beside its tables, of which version of the programme and when."""

    verb: str
    scenario: str
    version: int
    at: str
    outcome: Outcome
    why: tuple[Reason, ...]
    made_by: MadeBy
    more: Mapping[str, Any]
    """What only this verb says, such as the costs of a plan by kind."""


def keep(
    writing: Writing,
    verb: str,
    outcome: Outcome,
    why: tuple[Reason, ...],
    made_by: MadeBy,
    more: Mapping[str, Any] | None = None,
    scenario: str = "",
) -> None:
    """Keep what a verb said, in place of what it said before of the same scenario ('' is the programme itself)."""
    said = {"outcome": asdict(outcome), "why": [asdict(each) for each in why], "made_by": _plain(made_by), "more": more or {}}
    own = (ANSWERS.c.verb == verb) & (ANSWERS.c.scenario == scenario)
    writing.connection.execute(delete(ANSWERS).where(own))
    row = {"verb": verb, "scenario": scenario, "version": writing.base.version, "at": writing.at}
    writing.connection.execute(insert(ANSWERS).values(**row, told=json.dumps(said, default=str)))


def all_of(connection: Connection, scenario: str = "") -> dict[str, Told]:
    """Return by verb what was last said of a scenario."""
    found = connection.execute(select(ANSWERS).where(ANSWERS.c.scenario == scenario))
    return {row.verb: _told(row) for row in found}


def _told(row: Any) -> Told:
    said = json.loads(row.told)
    outcome = Outcome(**{**said["outcome"], "status": Status(said["outcome"]["status"])})
    why = tuple(_reason(each) for each in said["why"])
    return Told(row.verb, row.scenario, row.version, row.at, outcome, why, MadeBy(**said["made_by"]), said["more"])


def _reason(said: dict[str, Any]) -> Reason:
    rows = tuple(Pointer(each["table"], tuple(each["key"])) for each in said["rows"])
    return Reason(**{**said, "rows": rows, "amendment": _amendment(said.get("amendment"))})


def _amendment(said: dict[str, Any] | None) -> Amendment | None:
    """Return an amendment as it was kept; days in it are text, which `store.amending` reads."""
    if said is None:
        return None
    key, changes = (tuple((name, value) for name, value in said[part]) for part in ("key", "changes"))
    return Amendment(said["table"], key, changes)


def _plain(made_by: MadeBy) -> dict[str, Any]:
    return {**asdict(made_by), "options": dict(made_by.options)}
