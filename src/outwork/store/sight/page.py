"""The policy as a page for people: what docs/reference/sight.md says is what the files of the roles say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from outwork.model.asker import Role
from outwork.store.sight.book import POLICIES
from outwork.store.sight.policy import Each, Line, Policy
from outwork.store.sight.rules import AllOf, Among, AnyOf, Blank, Everything, Is, Named, Rule

OPENING = """\
# Who may see and write what

<!-- Made by `make docs` from the policy in src/outwork/store/sight/roles; edit that. -->

Everybody asks in one role, for one party of one nation. A role sees of each table the rows and columns that its policy opens,
and nothing else: what no line speaks of is closed, a table or column that is new among them, to all but the office and the
auditor. Columns that are not seen are not there at all. The same policy, built into PostgreSQL as row-level security, is a
second wall behind the pages.

What somebody does not see changes nothing in what they do: no count, no order, no error. A rule looks only at the row, at who
asks, and at rows that the same person sees; *named* are rows to which another row that they see refers, so that no name
stands there without what it means.

Columns that carry money are in **bold**.
"""


def page() -> str:
    """Return the policy of every role."""
    return "\n".join([OPENING, *(line for role, policy in POLICIES.items() for line in _section(role, policy))])


def words(rule: Rule) -> str:
    """Return a rule as words."""
    match rule:
        case Everything():
            said = "all"
        case Named():
            said = "named"
        case Is(column, whose):
            said = f"`{column}` is their {whose}"
        case Blank(column):
            said = f"`{column}` is empty"
        case Among(columns, table, part, theirs):
            said = f"`{'`, `'.join(columns)}` in their `{table}.{'`, `'.join(theirs)}`" + (f" ({part})" if part else "")
        case AnyOf(rules):
            said = " or ".join(words(each) for each in rules)
        case AllOf(rules):
            said = " and ".join(f"({words(each)})" if isinstance(each, AnyOf) else words(each) for each in rules)
        case _:
            raise TypeError(f"{rule} is no rule")
    return said


def _section(role: Role, policy: Policy) -> Iterator[str]:
    """Yield what there is to know about a role."""
    yield f"## {role}\n"
    if all(line.whole for line in policy.lines.values()):
        yield f"Sees every row and column of every table. {next(iter(policy.lines.values())).why}\n"
    else:
        yield from _seen(policy)
        yield from _unseen(policy)
    yield from _written(policy)


def _seen(policy: Policy) -> Iterator[str]:
    """Yield the tables of which something is seen."""
    yield "| sees of | rows | columns | why |"
    yield "|---|---|---|---|"
    for name, line in _in_order(policy, policy.lines):
        if line.parts:
            yield f"| [{name}](tables.md#{name}) | {_rows(line)} | {_columns(policy, line)} | {line.why} |"
    yield ""


def _unseen(policy: Policy) -> Iterator[str]:
    """Yield the tables of which nothing is seen, by why."""
    reasons: dict[str, list[str]] = {}
    for name, line in _in_order(policy, policy.lines):
        if not line.parts:
            reasons.setdefault(line.why, []).append(f"[{name}](tables.md#{name})")
    yield "Sees nothing of:\n"
    yield from (f"- {', '.join(names)}: {why}" for why, names in reasons.items())
    yield ""


def _written(policy: Policy) -> Iterator[str]:
    """Yield what may be written."""
    if not policy.writing:
        yield "Writes nothing.\n"
        return
    if len({(each.why, each.rule) for each in policy.writing.values()}) == 1 and len(policy.writing) > 1:
        yield f"Writes every table that people write. {next(iter(policy.writing.values())).why}\n"
        return
    yield "| writes | rows | why |"
    yield "|---|---|---|"
    for name, each in _in_order(policy, policy.writing):
        yield f"| [{name}](tables.md#{name}) | {words(each.rule)} | {each.why} |"
    yield ""


def _in_order(policy: Policy, lines: Mapping[str, Each]) -> Iterator[tuple[str, Each]]:
    """Yield lines in the order of the tables."""
    yield from ((name, lines[name]) for name in policy.tables if name in lines)


def _rows(line: Line) -> str:
    """Return which rows are seen."""
    return "; ".join(words(rule) for rule in line.parts.values())


def _columns(policy: Policy, line: Line) -> str:
    """Return the columns that are seen, those in money bold, or those that are not where these are fewer."""
    table = policy.tables[line.table]
    hidden = [column.name for column in table.columns if column.name not in line.columns]
    if not hidden:
        said = "all"
    elif len(hidden) < len(line.columns):
        said = f"all but {', '.join(hidden)}"
    else:
        said = ", ".join(name for name in table.names if name in line.columns)
    money = [column.name for column in table.columns if column.name in line.columns and column.unit.startswith("EUR")]
    return said + (f"; with **{', '.join(money)}**" if money else "")


if __name__ == "__main__":
    print(page(), end="")  # noqa: T201  this is what `make docs` redirects into the page
