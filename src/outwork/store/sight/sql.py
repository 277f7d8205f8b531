"""A policy as PostgreSQL reads it: the same rules as conditions over tables and views."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from outwork.model.asker import Role
from outwork.store.sight.policy import Line, Policy
from outwork.store.sight.rules import AllOf, Among, AnyOf, Blank, Everything, Is, Named, Rule, leaves

PREFIX: Final = "sight_"
ASKER: Final = "nullif(current_setting('outwork.{whose}', true), '')"
"""Party or nation of who asks, as the connection was told for this transaction; nobody where it was not."""


def group(role: Role) -> str:
    """Return the name of a role's group in the database."""
    return f"outwork_{role.replace(' ', '_')}"


def view(role: Role, table: str, part: str) -> str:
    """Return the name of the view of the rows of a table on which rules of a role rest."""
    return "_".join(filter(None, (PREFIX + role.replace(" ", "_"), table, part)))


def condition(role: Role, policy: Policy, table: str, rule: Rule) -> str:
    """Return the condition that a row of a table fulfils a rule."""
    match rule:
        case Everything():
            met = "true"
        case Named():
            met = _any([_named(other, link.theirs, link.own) for other, link in policy.naming(table)])
        case Is(column, whose):
            met = f"{column} = {ASKER.format(whose=whose)}"
        case Blank(column):
            met = f"({column} IS NULL OR {column} = '')"
        case Among(columns, other, part, theirs):
            met = _named(view(role, other, part), columns, theirs)
        case AnyOf(rules):
            met = _any([condition(role, policy, table, each) for each in rules])
        case AllOf(rules):
            met = " AND ".join(condition(role, policy, table, each) for each in rules)
        case _:
            raise TypeError(f"{rule} is no rule")
    return met


def opened(role: Role, policy: Policy, line: Line) -> str:
    """Return the condition that a row of a table is seen."""
    return _any(["true"] if line.whole else [condition(role, policy, line.table, rule) for rule in line.parts.values()])


def views(role: Role, policy: Policy) -> Iterator[tuple[str, str]]:
    """Yield name and query of each view on which rules rest, what it rests on itself before it."""
    done: set[tuple[str, str]] = set()

    def below(rule: Rule) -> Iterator[tuple[str, str]]:
        for leaf in leaves(rule):
            if isinstance(leaf, Among) and (leaf.table, leaf.part) not in done:
                done.add((leaf.table, leaf.part))
                rests = policy.lines[leaf.table].rule(leaf.part)
                yield from below(rests)
                yield view(role, leaf.table, leaf.part), _query(role, policy, leaf, rests)

    for line in policy.lines.values():
        for rule in line.parts.values():
            yield from below(rule)


def _query(role: Role, policy: Policy, leaf: Among, rests: Rule) -> str:
    """Return the rows of a table on which rules rest, with the columns that the role sees of it."""
    columns = ", ".join(name for name in policy.tables[leaf.table].names if policy.sees(leaf.table, name))
    return f"SELECT {columns} FROM {leaf.table} WHERE {condition(role, policy, leaf.table, rests)}"  # noqa: S608 - ours


def _named(table: str, columns: tuple[str, ...], theirs: tuple[str, ...]) -> str:
    return f"({', '.join(columns)}) IN (SELECT {', '.join(theirs)} FROM {table})"  # noqa: S608 - ours


def _any(conditions: list[str]) -> str:
    return f"({' OR '.join(conditions)})" if conditions else "false"
