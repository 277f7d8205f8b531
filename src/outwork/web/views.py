"""What askers see, kept while the programme stays as it is."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field, replace
from typing import Final

from outwork.model.asker import Asker
from outwork.store.service import Snapshot
from outwork.store.sight import View, seen

MOST: Final = 64
"""Askers whose views are kept; a programme has about as many kinds of them."""


@dataclass(eq=False)
class Views:
    """Views of the newest version that anybody asked for, one for all people of a role, party and nation."""

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
        view = seen(snapshot.frames, kind)  # outside the lock: a large programme takes a while, and others need not wait
        with self._lock:
            if snapshot.version == self._version:
                while len(self._held) >= MOST:
                    del self._held[next(iter(self._held))]
                self._held[kind] = view
        return view
