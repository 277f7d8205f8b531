"""A policy over polars: which rows of each table an asker sees."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import polars as pl

from outwork.model.asker import Asker
from outwork.model.frames import empty
from outwork.store.sight.policy import Line, Policy
from outwork.store.sight.rules import AllOf, Among, AnyOf, Blank, Everything, Is, Named, Rule

Frames = Mapping[str, pl.DataFrame]
NOBODY = pl.lit(value=False)


@dataclass(frozen=True, eq=False)
class Eyes:
    """One policy, one asker and one set of tables; what several rules rest on is looked up once."""

    policy: Policy
    asker: Asker
    frames: Frames
    rested: dict[tuple[str, str, tuple[str, ...]], pl.Series] = field(default_factory=dict)
    shown: dict[str, pl.DataFrame] = field(default_factory=dict)

    def all(self) -> dict[str, pl.DataFrame]:
        """Return every table of which the policy shows something; the last come first, because they name rows of others."""
        for name in reversed(tuple(self.policy.tables)):
            if self.policy.sees(name):
                self.shown[name] = self._visible(self.policy.lines[name])
        return {name: self.shown[name] for name in self.policy.tables if name in self.shown}

    def mask(self, table: str, rule: Rule) -> pl.Expr:
        """Return the condition that a row of a table fulfils a rule; as in SQL, null counts as false."""
        match rule:
            case Everything():
                met = pl.lit(value=True)
            case Named():
                met = pl.any_horizontal(NOBODY, *self._named(table))
            case Is(column, whose):
                met = pl.col(column) == (self.asker.party if whose == "party" else self.asker.nation)
            case Blank(column):
                met = pl.col(column).is_null() | (pl.col(column) == "")
            case Among(columns):
                met = one(columns).is_in(self._rested_on(rule).implode())
            case AnyOf(rules):
                met = pl.any_horizontal(self.mask(table, each) for each in rules)
            case AllOf(rules):
                met = pl.all_horizontal(self.mask(table, each) for each in rules)
            case _:
                raise TypeError(f"{rule} is no rule")
        return met

    def _visible(self, line: Line) -> pl.DataFrame:
        """Return the rows of a table in the order of its key, or as they stand where all of them are seen.

        The order of some rows of a table may tell of the others: a plan lists rows as its solver came upon them.
        """
        table = self.policy.tables[line.table]
        columns = [name for name in table.names if name in line.columns]
        frame = self.frames.get(line.table, empty(table)).select(columns)
        if line.whole:
            return frame
        parts = [self.mask(line.table, rule) for rule in line.parts.values()]
        return frame.filter(pl.any_horizontal(parts)).sort(table.key, maintain_order=True)

    def _named(self, table: str) -> list[pl.Expr]:
        """Return the conditions that rows of other tables which are seen name a row of this one."""
        found = []
        for other, link in self.policy.naming(table):
            named = self.shown[other].lazy().select(link.own).drop_nulls().unique().collect()
            found.append(one(link.theirs).is_in(packed(named, link.theirs).implode()))
        return found

    def _rested_on(self, rule: Among) -> pl.Series:
        """Return what stands in the columns among which a rule looks, each once."""
        key = (rule.table, rule.part, rule.theirs)
        if key not in self.rested:
            table = self.policy.tables[rule.table]
            frame = self.frames.get(rule.table, empty(table)).lazy()
            seen = frame.filter(self.mask(rule.table, self.policy.lines[rule.table].rule(rule.part)))
            self.rested[key] = packed(seen.select(rule.theirs).drop_nulls().unique().collect(), rule.theirs)
        return self.rested[key]


def one(columns: tuple[str, ...]) -> pl.Expr:
    """Return columns as one to compare: itself, or a structure of several under numbers in place of names."""
    return (
        pl.col(columns[0]) if len(columns) == 1 else pl.struct(pl.col(name).alias(str(at)) for at, name in enumerate(columns))
    )


def packed(frame: pl.DataFrame, columns: tuple[str, ...]) -> pl.Series:
    """Return the values of columns as `one` compares them."""
    return frame.rename(dict(zip(frame.columns, columns, strict=True))).select(one(columns)).to_series()
