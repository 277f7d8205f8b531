"""How long a source that failed waits before it is tried again."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Backoff:
    """Waits double from `first` to `most` [s]; a source that ran for `proven` [s] begins again at the first."""

    first: float = 0.5
    most: float = 30.0
    proven: float = 60.0

    def wait(self, failures: int) -> float:
        """Return how long to wait after so many failures in a row [s]."""
        return min(self.most, self.first * 2.0 ** min(max(failures - 1, 0), 30))

    def failures(self, before: int, ran: float) -> int:
        """Return how many failures in a row it is now that a source failed which ran so long [s]."""
        return 1 if ran >= self.proven else before + 1
