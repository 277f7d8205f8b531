"""How many things that report themselves are let in anew: made-up identities must not drown those that are known."""

from __future__ import annotations

from datetime import datetime


class Crowd:
    """Lets `most` new things in at once, and `rate` more each second (a token bucket).

    Things do appear, and at the beginning all that are there appear at once; thousands in one second do not.
    """

    def __init__(self, most: float, rate: float) -> None:
        """Begin with room for `most`."""
        self._most = most
        self._rate = rate
        self._room = most
        self._since: datetime | None = None
        self.refused_at: datetime | None = None
        """When one was last refused."""

    def admits(self, now: datetime) -> bool:
        """Whether one more new thing is let in."""
        passed = (now - self._since).total_seconds() if self._since is not None else 0.0
        self._since = max(now, self._since or now)
        self._room = min(self._most, self._room + max(0.0, passed) * self._rate)
        if self._room < 1:
            self.refused_at = now
            return False
        self._room -= 1
        return True
