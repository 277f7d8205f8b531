"""What the page of a table is asked for in its address: conditions, a range of time, an order and which rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final
from urllib.parse import urlencode

from outwork.model.errors import InvalidProgramme
from outwork.model.table import Table
from outwork.web import filters
from outwork.web.edits import said
from outwork.web.filters import Condition, Sorting

PAGE: Final = 100
LAST_PAGE: Final = 1_000_000


@dataclass(frozen=True)
class Asked:
    """What is asked for; what could not be read is left out and told in `wrong`."""

    conditions: tuple[Condition, ...] = ()
    since: str = ""
    until: str = ""
    sort: tuple[Sorting, ...] = ()
    page: int = 1
    wrong: tuple[str, ...] = ()

    def address(self, **changes: Any) -> str:
        """Return the address of the same rows with other parts, beginning with `?`; another order or condition starts anew."""
        asked = replace(self, **({"page": 1} | changes))
        sort = ",".join(("-" if each.descending else "") + each.column for each in asked.sort)
        page = "" if asked.page == 1 else str(asked.page)
        parts = [
            *filters.written(asked.conditions),
            ("since", asked.since),
            ("until", asked.until),
            ("sort", sort),
            ("page", page),
        ]
        return "?" + urlencode([(name, value) for name, value in parts if value])

    def turned(self, column: str) -> str:
        """Return the address of the same rows in the order of a column, the other way round where they are in it already."""
        down = self.sort[:1] == (Sorting(column),)
        return self.address(sort=(Sorting(column, descending=down),))

    def order(self, column: str) -> str:
        """Return how a column is sorted, as ARIA says it."""
        if not self.sort or self.sort[0].column != column:
            return "none"
        return "descending" if self.sort[0].descending else "ascending"

    def text(self, name: str) -> str:
        """Return what stands in a condition, '' where there is none."""
        return next((each.text for each in self.conditions if each.name == name), "")

    @property
    def narrowed(self) -> bool:
        """Whether not all rows are asked for."""
        return bool(self.conditions or self.since or self.until)


def read(table: Table, given: Sequence[tuple[str, str]]) -> Asked:
    """Return what an address asks for of a table."""
    wrong: list[str] = []
    conditions: list[Condition] = []
    for each in given:
        try:
            conditions += filters.conditions(table, [each])
        except InvalidProgramme as error:
            wrong += [f"{each[0]}: {said(fault)}" for fault in error.faults]
    last = dict(given)
    since, until = (_day(last.get(name, ""), name, wrong) for name in ("since", "until"))
    return Asked(
        tuple(conditions), since, until, _sort(table, last.get("sort", ""), wrong), _page(last.get("page", "")), tuple(wrong)
    )


def _day(text: str, name: str, wrong: list[str]) -> str:
    if not text.strip():
        return ""
    try:
        return date.fromisoformat(text.strip()).isoformat()
    except ValueError:
        wrong.append(f"{name}: '{text[:40]}'")
        return ""


def _sort(table: Table, text: str, wrong: list[str]) -> tuple[Sorting, ...]:
    try:
        return filters.sortings(table, text)
    except InvalidProgramme as error:
        wrong += [f"sort: {said(fault)}" for fault in error.faults]
        return ()


def _page(text: str) -> int:
    return min(max(int(text), 1), LAST_PAGE) if text.isascii() and text.isdigit() and len(text) < len(str(LAST_PAGE)) + 1 else 1
