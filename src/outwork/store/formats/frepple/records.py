"""Records as they stand in a file: fields by name, values as written. Both kinds of file are read into these."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from outwork.store.formats.converted import Losses
from outwork.store.formats.frepple.neutral import NAMED, TYPES

Fields = dict[str, Any]

DERIVED: Final = frozenset(
    {"id", "pk", "lft", "rght", "lvl", "lastmodified", "source", "hidden", "color", "plan", "delay", "plannedquantity",
     "deliverydate", "criticality", "feasible", "detectproblems", "level", "cluster", "number_of_demands", "resource_qty"}
)  # fmt: skip
"""Fields that frePPLe works out itself or that only its screens use; leaving them loses nothing of the model.

`resource_qty` speaks only together with a resource, which is listed as lost."""


@dataclass
class Records:
    """What a file says, kind by kind, in its order; a named record that comes twice is one, later words holding."""

    place: str
    losses: Losses
    named: dict[str, dict[str, Fields]] = field(default_factory=lambda: {kind: {} for kind in TYPES if kind in NAMED})
    rows: dict[str, list[Fields]] = field(default_factory=lambda: {kind: [] for kind in TYPES if kind not in NAMED})
    header: Fields = field(default_factory=dict)
    """Words about the whole model: name, current, parameters."""

    def put(self, kind: str, name: str, fields: Mapping[str, Any]) -> str:
        """Add to the named record, which begins here if it is new; return its name."""
        held = self.named[kind].setdefault(name, {"name": name})
        held.update({key: value for key, value in fields.items() if value not in (None, "") or key not in held})
        return name

    def row(self, kind: str, fields: Mapping[str, Any]) -> None:
        """Add a record without a name."""
        self.rows[kind].append(dict(fields))
