"""Tables as a page for people: what docs/reference/tables.md says is what the declarations say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from outwork.model.table import Column, Link, Table
from outwork.model.tables import ANSWERS, INPUT, RESULTS

OPENING = """\
# The tables

<!-- Made by `make docs` from the declarations in src/outwork/model/tables; edit those. -->

A programme is a set of tables. A cell may stay empty where the column has a default, which is then used, or where it is
optional, which then means unknown, not given or no limit, as the column says. Dates are written 2027-03-31, instants
2027-03-31T12:00:00.5Z (without a zone they are in UTC; no finer than a microsecond), true and false as `true` and `false`.
No quantity may be larger than 1,000,000,000,000,000; no date lies before 1970 or after 2199.
A column that is not listed here is an error.
"""


def page() -> str:
    """Return the reference of every table, in the order in which they can be filled."""
    parts = [OPENING, _contents("What people write", INPUT)]
    parts += [_contents(f"What `{verb}` answers", tables) for verb, tables in ANSWERS.items()]
    return "\n".join([*parts, *(section(table) for table in INPUT + RESULTS)])


def section(table: Table) -> str:
    """Return what there is to know about one table."""
    return "\n".join([f"## {table.name}\n", f"{table.doc}\n", *_grid(table), "", *_notes(table)])


def _contents(title: str, tables: Sequence[Table]) -> str:
    """Return a list of links to the tables."""
    return "\n".join([f"**{title}**\n", *(f"- [{each.name}](#{each.name}): {_first(each.doc)}" for each in tables), ""])


def _grid(table: Table) -> Iterator[str]:
    """Yield the columns as lines of a Markdown table; key columns are bold."""
    yield "| column | type | unit | if left empty | allowed | meaning |"
    yield "|---|---|---|---|---|---|"
    for column in table.columns:
        name = f"**{column.name}**" if column.key else column.name
        cells = (name, column.kind, column.unit, _blank(column), _allowed(column), column.doc)
        yield "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _notes(table: Table) -> Iterator[str]:
    """Yield the key, the references of several columns and the rules as a list."""
    yield f"- Key: {', '.join(table.key)}." + (" The table holds exactly one row." if table.single else "")
    for link in table.links:
        if len(link.own) > 1:
            yield f"- {_link(link)}"
    for rule in table.rules:
        yield f"- `{rule.sql}`, or else: {rule.sentence}."
    yield ""


def _blank(column: Column) -> str:
    """Return what an empty cell means."""
    if column.required:
        return "an error"
    if column.default is None:
        return "optional"
    if isinstance(column.default, bool):
        return str(column.default).lower()
    if isinstance(column.default, float):
        return f"{column.default:g}"
    return str(column.default) or "empty text"


def _allowed(column: Column) -> str:
    """Return the values that a column takes, apart from its type."""
    if column.ref is not None:
        return f"a row of [{column.ref.table}](#{column.ref.table})"
    if column.choices:
        return ", ".join(column.choices)
    low = "" if column.low is None else f"{'above' if column.low_open else 'at least'} {column.low:g}"
    high = "" if column.high is None else f"{'below' if column.high_open else 'at most'} {column.high:g}"
    return ", ".join(limit for limit in (low, high) if limit)


def _link(link: Link) -> str:
    """Return a reference of several columns as a sentence."""
    return f"{' and '.join(link.own)} together name a row of [{link.table}](#{link.table}), if none of them is empty."


def _first(doc: str) -> str:
    """Return the first paragraph of a docstring on one line."""
    return " ".join(doc.split("\n\n", maxsplit=1)[0].split())


if __name__ == "__main__":
    print(page(), end="")  # noqa: T201  this is what `make docs` redirects into the page
