"""A role's policy: for each table the parts of its rows that the role sees, the columns, what it may write, and why.

Whatever no line speaks of is neither seen nor written. Lines are checked when they are read: a name that is not there, a rule
that looks at what the role may not see, and rules that rest on each other in a circle are refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from types import MappingProxyType
from typing import Final, TypeVar

from outwork.model.table import Link, Table
from outwork.store.sight.plain import PLAIN
from outwork.store.sight.rules import EVERYTHING, NAMED, Among, AnyOf, Everything, Rule, leaves, own_columns

UNSTATED: Final = {
    "clearances": Link("licences", ("licence",), ("licence",)),
    "deliver": Link("sites", ("origin",), ("site",)),
    "determinations": Link("overrides", ("override",), ("override",)),
    "hits": Link("parties", ("party",), ("party",)),
    "ship": Link("clearances", ("clearance",), ("clearance",)),
    "standings": Link("parties", ("party",), ("party",)),
}
"""Columns that name a row of another table though the model does not bind them to it, as they may stay without one."""


@dataclass(frozen=True)
class Line:
    """What a role sees of a table; no parts: nothing."""

    table: str
    why: str
    parts: Mapping[str, Rule] = field(default_factory=lambda: MappingProxyType({}))
    columns: tuple[str, ...] = ()

    @property
    def whole(self) -> bool:
        """True where every row is seen."""
        return any(isinstance(rule, Everything) for rule in self.parts.values())

    def rule(self, part: str = "") -> Rule:
        """Return the rule of a part, or of all parts that others may rest on. KeyError where there is none."""
        if part:
            return self.parts[part]
        firm = [rule for rule in self.parts.values() if rule != NAMED]
        if not firm:
            raise KeyError(part)
        return reduce(or_, firm)


@dataclass(frozen=True)
class Writing:
    """Which rows of a table a role may add, change and remove."""

    table: str
    why: str
    rule: Rule


@dataclass(frozen=True)
class Policy:
    """All that a role may see and write, by table; the tables in the order in which they can be filled."""

    tables: Mapping[str, Table]
    lines: Mapping[str, Line]
    writing: Mapping[str, Writing]

    def sees(self, table: str, column: str | None = None) -> bool:
        """True where the role may see rows of the table, and that column of them."""
        line = self.lines.get(table)
        return line is not None and bool(line.parts) and (column is None or column in line.columns)

    def surrounds(self, table: Table, link: Link) -> bool:
        """True where the role sees every row of a table that refers so to a row that it sees by more than its name."""
        line = self.lines.get(table.name)
        if line is None or not line.parts:
            return False
        opens = Among(link.own, link.table, "", link.theirs)
        return line.whole or any(opens in (rule.rules if isinstance(rule, AnyOf) else (rule,)) for rule in line.parts.values())

    def naming(self, table: str) -> list[tuple[str, Link]]:
        """Return tables whose visible columns name rows of a table, with the columns on both sides."""
        return [
            (other, link)
            for other in self.tables
            if other != table
            for link in references(self.tables[other])
            if link.table == table and all(self.sees(other, column) for column in link.own)
        ]


Each = TypeVar("Each", Line, Writing)


def references(table: Table) -> tuple[Link, ...]:
    """Return how a table's columns name rows of others."""
    return table.links + ((UNSTATED[table.name],) if table.name in UNSTATED else ())


def sees(tables: str, why: str, *, only: str | None = None, also: str = "", **parts: Rule) -> tuple[Line, ...]:
    """Return what a role sees of tables, whose names are separated by spaces.

    Args: only, the columns in place of the plain ones; also, columns besides them; parts, the rows by name of the part.
    """

    def columns(table: str) -> tuple[str, ...]:
        return (*(PLAIN[table] if only is None else only.split()), *also.split())

    return tuple(Line(table, why, MappingProxyType(parts), columns(table)) for table in tables.split())


def hides(tables: str, why: str) -> tuple[Line, ...]:
    """Return that a role sees nothing of tables, and why."""
    return tuple(Line(table, why) for table in tables.split())


def writes(tables: str, why: str, rule: Rule) -> tuple[Writing, ...]:
    """Return which rows of tables a role may write; tables to which a row refers are asked as they stand before the change."""
    return tuple(Writing(table, why, rule) for table in tables.split())


def compiled(tables: Iterable[Table], lines: Iterable[Line], writing: Iterable[Writing] = ()) -> Policy:
    """Return the policy of these lines. TypeError where one of them cannot be carried out."""
    known = {table.name: table for table in tables}
    policy = Policy(MappingProxyType(known), _once(lines, known), _once(writing, known))
    for line in policy.lines.values():
        _check(policy, line)
    for each in policy.writing.values():
        _check_rule(policy, each.table, "writing", each.rule)
    return policy


def overseeing(tables: Iterable[Table], why: str) -> tuple[Line, ...]:
    """Return that a role sees every row and column of every table."""
    return tuple(Line(table.name, why, MappingProxyType({"all": EVERYTHING}), table.names) for table in tables)


def _once(lines: Iterable[Each], known: Mapping[str, Table]) -> Mapping[str, Each]:
    """Return lines by table."""
    found: dict[str, Each] = {}
    for line in lines:
        if line.table not in known:
            raise TypeError(f"{line.table}: there is no such table")
        if line.table in found:
            raise TypeError(f"{line.table}: two lines speak of it; say it in one")
        found[line.table] = line
    return MappingProxyType(found)


def _check(policy: Policy, line: Line) -> None:
    """Refuse a line whose names are not there, that hides the key of a row it shows, or whose rules cannot be followed."""
    table = policy.tables[line.table]
    unknown = set(line.columns) - set(table.names)
    if unknown:
        raise TypeError(f"{line.table}: there is no column {', '.join(sorted(unknown))}")
    if len(set(line.columns)) < len(line.columns):
        raise TypeError(f"{line.table}: a column is given twice")
    if line.parts and not set(table.key) <= set(line.columns):
        raise TypeError(f"{line.table}: whoever sees a row sees its key, {', '.join(table.key)}")
    for part, rule in line.parts.items():
        if rule != NAMED:
            _check_rule(policy, line.table, part, rule)
            _refuse_circles(policy, line.table, rule, (f"{line.table}.{part}",))


def _check_rule(policy: Policy, table: str, part: str, rule: Rule) -> None:
    """Refuse a rule that looks at what the role does not see."""
    where = f"{table}.{part}"
    unseen = {column for column in own_columns(rule) if not policy.sees(table, column)}
    if unseen:
        raise TypeError(f"{where}: looks at {', '.join(sorted(unseen))}, which the role does not see")
    for leaf in leaves(rule):
        if leaf == NAMED:
            raise TypeError(f"{where}: rows that are named are a part of their own")
        if isinstance(leaf, Among):
            if not all(policy.sees(leaf.table, column) for column in leaf.theirs) or len(leaf.theirs) != len(leaf.columns):
                raise TypeError(
                    f"{where}: looks for {leaf.columns} among {leaf.table} {leaf.theirs}, which the role does not see"
                )
            _rested_on(policy, leaf, where)


def _rested_on(policy: Policy, leaf: Among, where: str) -> Rule:
    """Return the rule on which a rule rests. TypeError where there is none."""
    try:
        return policy.lines[leaf.table].rule(leaf.part)
    except KeyError:
        raise TypeError(f"{where}: {leaf.table} has no part '{leaf.part}' on which a rule can rest") from None


def _refuse_circles(policy: Policy, table: str, rule: Rule, above: tuple[str, ...]) -> None:
    """Refuse a rule that rests on itself through others. Args: above, the parts from which it was reached."""
    for leaf in leaves(rule):
        if isinstance(leaf, Among):
            line = policy.lines[leaf.table]
            below = {part: each for part, each in line.parts.items() if each != NAMED and leaf.part in {"", part}}
            for part, each in below.items():
                name = f"{leaf.table}.{part}"
                if name in above:
                    raise TypeError(f"{table}: rests on itself, {' on '.join((*above, name))}")
                _refuse_circles(policy, leaf.table, each, (*above, name))
