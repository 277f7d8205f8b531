"""The policy of every role."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

from outwork.model.asker import Role
from outwork.model.table import Table
from outwork.model.tables import EVERY, INPUT
from outwork.store.sight.policy import Policy, compiled, overseeing, writes
from outwork.store.sight.roles import financier, innovator, liaison, licensing, manufacturer, ministry, operator
from outwork.store.sight.rules import EVERYTHING

STATED: Final = MappingProxyType(
    {
        Role.MINISTRY: ministry,
        Role.MANUFACTURER: manufacturer,
        Role.INNOVATOR: innovator,
        Role.FINANCIER: financier,
        Role.LICENSING: licensing,
        Role.LIAISON: liaison,
        Role.OPERATOR: operator,
    }
)


def policies(tables: Iterable[Table]) -> Mapping[Role, Policy]:
    """Return every role's policy over these tables. TypeError where a line of one cannot be carried out."""
    tables = tuple(tables)
    planning = overseeing(tables, "Somebody must plan the whole.")
    auditing = overseeing(tables, "Whoever answers for decisions reads what they rest on, prices too, and changes nothing.")
    inputs = " ".join(table.name for table in INPUT)
    found = {
        Role.OFFICE: compiled(tables, planning, writes(inputs, "Somebody must enter what nobody else may.", EVERYTHING)),
        Role.AUDITOR: compiled(tables, auditing),
    }
    stated = {role: compiled(tables, each.LINES, each.WRITES) for role, each in STATED.items()}
    return MappingProxyType({role: (found | stated)[role] for role in Role})


POLICIES: Final = policies(EVERY)
