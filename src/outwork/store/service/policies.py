"""Which changes of a programme only named persons decide on, who they are, and how many of them it takes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import polars as pl

from outwork.model.asker import Role
from outwork.model.programme import Programme
from outwork.model.tables import BY_NAME
from outwork.store.overlay import REMOVE, Overlay


@dataclass(frozen=True)
class Policy:
    """Which changes of a table are decided by named persons: `rows` is SQL over a row before or after its change.

    `deciders` are the roles that may approve or refuse, `needed` how many persons of them.
    """

    kind: str
    table: str
    rows: str
    deciders: frozenset[Role]
    needed: int


POLICIES: Final = (
    Policy("binding demand", "demands", "firm = 'binding'", frozenset({Role.MINISTRY, Role.OFFICE}), 2),
    Policy("licence application", "licences", "status IN ('applied', 'granted')", frozenset({Role.LICENSING}), 1),
    Policy("release of a revision", "revisions", "status <> 'draft'", frozenset({Role.MINISTRY, Role.OFFICE}), 2),
    Policy("qualification", "commitments", "kind = 'qualify'", frozenset({Role.FINANCIER, Role.MINISTRY}), 1),
    Policy("override of a rule", "overrides", "TRUE", frozenset({Role.LICENSING}), 2),
)
BY_KIND: Final[Mapping[str, Policy]] = MappingProxyType({policy.kind: policy for policy in POLICIES})


def guarded(base: Programme, changes: Overlay) -> Iterator[tuple[Policy, Overlay]]:
    """Yield the parts of a change that named persons decide on, each with its policy; the rest needs nobody's approval."""
    for policy in POLICIES:
        if (frame := changes.tables.get(policy.table)) is not None:
            key = list(BY_NAME[policy.table].key)
            rule = pl.sql_expr(policy.rows)
            before = base[policy.table].filter(rule).select(key)
            after = frame.filter((pl.col("change") != REMOVE) & rule).select(key)
            mine = frame.join(pl.concat([before, after]).unique(), on=key, how="semi", maintain_order="left")
            if mine.height:
                yield policy, Overlay(MappingProxyType({policy.table: mine}))


def without(changes: Overlay, parts: Iterable[Overlay]) -> Overlay:
    """Return a change without the rows of others."""
    left = dict(changes.tables)
    for part in parts:
        for name, frame in part.tables.items():
            left[name] = left[name].join(frame, on=list(BY_NAME[name].key), how="anti", maintain_order="left")
    return Overlay(MappingProxyType({name: frame for name, frame in left.items() if frame.height}))
