"""What every way out shares: the rows of one site or one item, and what is beyond them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self, TypeVar

import polars as pl

from outwork.model.errors import UnknownName
from outwork.model.frames import to_rows
from outwork.model.nearest import nearest
from outwork.model.programme import Programme
from outwork.model.table import Row, table
from outwork.model.tables import INPUT
from outwork.model.tables.capacity import CalendarEntry, Capability, Resource
from outwork.model.tables.places import Site
from outwork.store.formats.converted import Losses

Kind = TypeVar("Kind", bound=Row)


def rows_of(programme: Programme, kind: type[Kind], column: str, values: Sequence[str]) -> list[Kind]:
    """Return the rows of a table in which a column has one of the values, sorted by their key."""
    own = table(kind)
    frame = programme[own.name].filter(pl.col(column).is_in(list(values))).sort(own.key)
    return [row for row in to_rows(own, frame) if isinstance(row, kind)]


def one_of(programme: Programme, kind: type[Kind], name: str) -> Kind:
    """Return the row of that name. UnknownName with the nearest one where there is none."""
    (key,) = table(kind).key
    found = rows_of(programme, kind, key, [name])
    if not found:
        near = nearest(name, programme[kind.table_name][key].to_list())
        hint = f"; did you mean '{near}'?" if near else ""
        raise UnknownName(f"{kind.table_name}: there is no {key} '{name}'{hint}")
    return found[0]


def json_text(value: Any) -> str:
    """Return JSON for people: indented, every alphabet as it is."""
    return json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


@dataclass(frozen=True)
class Sited:
    """A site with the rows of its own."""

    programme: Programme
    site: Site

    @classmethod
    def of(cls, programme: Programme, site: str) -> Self:
        """Return a site. UnknownName where there is none."""
        return cls(programme, one_of(programme, Site, site))

    @property
    def name(self) -> str:
        """Short name of the site."""
        return self.site.site

    def rows(self, kind: type[Kind]) -> list[Kind]:
        """Return its rows of a table; capabilities are those of its resources."""
        if kind is Capability:
            return rows_of(self.programme, kind, "resource", [row.resource for row in self.rows(Resource)])
        return rows_of(self.programme, kind, "site", [self.name])

    def rest(self, losses: Losses, told: Sequence[type[Row]]) -> None:
        """List what else the programme says of the site, table by table; `told` are the tables that were looked at."""
        names = {kind.table_name for kind in told} | {"sites"}
        for each in INPUT:
            if each.name in names or "site" not in each.names:
                continue
            count = self.programme[each.name].filter(pl.col("site") == self.name).height
            if count:
                losses.add(
                    f"table {each.name}",
                    f"site '{self.name}', {count:,} rows",
                    "belongs to planning, not to a record of a site",
                )
        own = rows_of(self.programme, CalendarEntry, "resource", [row.resource for row in self.rows(Resource)])
        if own:
            losses.add(
                "table calendar", f"site '{self.name}', {len(own):,} rows", "belongs to planning, not to a record of a site"
            )
        if self.site.record == "complete":
            losses.add("record 'complete'", f"site '{self.name}'", "the format cannot say that nothing else is there")
        if self.site.party != self.site.name:
            losses.add("party", f"'{self.site.party}' of site '{self.name}'", "the format names the site alone")
