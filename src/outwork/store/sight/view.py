"""What one asker sees of a programme and its results: the one function through which everything that is shown has gone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from types import MappingProxyType

import polars as pl

from outwork.model.asker import Asker
from outwork.model.tables import INPUT
from outwork.store.sight.book import POLICIES
from outwork.store.sight.filters import Eyes, Frames
from outwork.store.sight.policy import Policy, references


class View(Mapping[str, pl.DataFrame]):
    """The tables that an asker may see, each with the rows and columns that they may see; it does not change.

    It holds every table of which the policy shows them something, if only without rows, and no other: a table that is not for
    them reads as a frame without columns, as one does of which no one has ever heard.
    """

    def __init__(self, asker: Asker, policy: Policy, frames: Frames) -> None:
        """Keep what is seen. Args: frames, which hold nothing that the asker may not see."""
        self.asker = asker
        self._policy = policy
        self._frames = MappingProxyType(dict(frames))

    def __getitem__(self, table: str) -> pl.DataFrame:
        """Return what is seen of a table. KeyError where the programme has no such table."""
        if table in self._frames:
            return self._frames[table]
        self._policy.tables[table]  # a name that is mistyped is an error, not a table that may not be seen
        return pl.DataFrame()

    def __iter__(self) -> Iterator[str]:
        """Iterate over the names of the tables that are seen, in the order in which they can be filled."""
        return iter(self._frames)

    def __len__(self) -> int:
        """Return the number of tables that are seen."""
        return len(self._frames)

    def __contains__(self, table: object) -> bool:
        """Return True where something of the table may be seen."""
        return table in self._frames

    def sees(self, table: str, column: str | None = None) -> bool:
        """Return True where the asker may see rows of the table, and that column of them."""
        return self._policy.sees(table, column)

    @cached_property
    def whole(self) -> bool:
        """True where nothing is hidden from the asker."""
        tables = self._policy.tables.values()
        return all(self.sees(each.name, name) and self._policy.lines[each.name].whole for each in tables for name in each.names)

    def surrounds(self, table: str) -> bool:
        """True where whoever sees a row of a table sees every row of people's tables that refers to it, by the policy alone."""
        return all(self._policy.surrounds(each, link) for each in INPUT for link in references(each) if link.table == table)

    def holds(self, table: str, key: tuple[str, ...]) -> bool:
        """Return True where the row with that key is seen. Args: key, as text, as pointers write it."""
        names = self._policy.tables[table].key if table in self._policy.tables else ()
        if table not in self or len(names) != len(key):
            return False
        told = (pl.col(name).cast(pl.String) == value for name, value in zip(names, key, strict=True))
        return not self[table].lazy().filter(*told).head(1).collect().is_empty()

    def only(self, keys: Mapping[str, pl.DataFrame]) -> View:
        """Return the view with no other rows than those of these keys. Args: keys, by table; a table that has none is empty."""
        kept = {
            name: frame.join(keys[name], on=keys[name].columns, how="semi", maintain_order="left")
            if name in keys
            else frame.clear()
            for name, frame in self.items()
        }
        return View(self.asker, self._policy, kept)


def seen(frames: Frames, asker: Asker) -> View:
    """Return what an asker sees of the tables of a programme and its results; what no line of their policy opens is closed.

    What they do not see changes nothing in it, not even the order of rows: seen(F) and seen(F and more hidden rows) are equal.
    """
    return looked(frames, asker, POLICIES[asker.role])


def looked(frames: Frames, asker: Asker, policy: Policy) -> View:
    """Return what an asker sees under a policy."""
    return View(asker, policy, Eyes(policy, asker, frames).all())
