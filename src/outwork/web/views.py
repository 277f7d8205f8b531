"""What askers see, kept while the programme stays as it is.

On PostgreSQL a row is shown only where two walls let it through: `seen`, and the row-level security of the database itself,
which is asked as the asker's group once for each version of the programme.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, field, replace
from typing import Final

from outwork.model.asker import Asker
from outwork.store.service import Desk, Snapshot
from outwork.store.service.engine import driver
from outwork.store.sight import View, seen, walls

MOST: Final = 64
"""Askers whose views are kept; a programme has about as many kinds of them."""


@dataclass(eq=False)
class Views:
    """Views of the newest version that anybody asked for, one for all people of a role, party and nation."""

    desk: Desk
    _version: int = 0
    _held: dict[Asker, View] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def of(self, snapshot: Snapshot, asker: Asker) -> View:
        """Return what an asker sees of a snapshot."""
        kind = replace(asker, account="", name="")
        with self._lock:
            if snapshot.version > self._version:
                self._held, self._version = {}, snapshot.version
            held = self._held.get(kind) if snapshot.version == self._version else None
        if held is not None:
            return held
        view = self._behind(seen(snapshot.frames, kind))  # outside the lock: it takes a while, and others need not wait
        with self._lock:
            if snapshot.version == self._version:
                while len(self._held) >= MOST:
                    del self._held[next(iter(self._held))]
                self._held[kind] = view
        return view

    def _behind(self, view: View) -> View:
        """Return a view without the rows that the database does not give to its asker; from whom sees all it keeps none."""
        if self.desk.engine.dialect.name != "postgresql" or view.whole:
            return view
        with self.desk.reading() as connection:
            return walls.behind(driver(connection), view)
