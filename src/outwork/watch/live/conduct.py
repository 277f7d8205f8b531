"""How one sensor, or one thing that reports itself, behaves: what it did lately, and whether it is believed.

Evidence is of four kinds: detections that cannot be true, stamps that are wrong, floods, and innovations that are larger than
they claim to be. A share of the last detections, or a mean over many, must be wrong, so that one bad message costs only
itself. Whoever is left out is watched on: after a probation without anything wrong it comes back, first as suspect, and each
time that it is left out again the probation doubles.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from outwork.watch.live.options import Rules
from outwork.watch.live.rate import Rate
from outwork.watch.live.skew import Skew
from outwork.watch.live.status import State
from outwork.watch.score.live import Running


class Verdict(NamedTuple):
    """Whether it is believed, and why not."""

    state: State
    why: str = ""


GOOD = Verdict(State.GOOD)


class Conduct:
    """Remembers what one sensor did lately. Not to be shared between threads."""

    def __init__(self, rules: Rules, rate: Rate) -> None:
        """Begin in good standing."""
        self.skew = Skew()
        self._rules = rules
        self._rate = rate
        self._impossible: deque[str] = deque(maxlen=rules.window)
        self._stamps: deque[str] = deque(maxlen=rules.window)
        self._newest: datetime | None = None
        self._innovations: Running | None = None
        self._verdict = GOOD
        self._wrong_at: datetime | None = None
        self._times = 0

    def take(self, at: datetime, arrived: datetime, impossible: str) -> str:
        """Take one detection in; return why it must be left out by itself, blank where it need not.

        Args: at, its stamp, mended; impossible, why it cannot be true, blank where it can.
        """
        stamp = self._stamp(at, arrived)
        self._rate.take(arrived)
        self._impossible.append(impossible)
        self._stamps.append(stamp)
        return impossible or (stamp if at > arrived else "")

    def innovation(self, nis: float, dimension: int) -> None:
        """Take in a normalised innovation squared, of so many dimensions, of a detection that was joined to a track."""
        mean = self._innovations
        if mean is None or mean.dimension != dimension:
            mean = Running(dimension)
        self._innovations = mean.one(nis)

    def verdict(self, now: datetime) -> Verdict:
        """Return whether it is believed now."""
        bad, doubtful = self._wrong(now)
        if bad:
            if self._verdict.state is not State.QUARANTINED:
                self._times += 1
                self._innovations = None
                self._newest = None
            self._wrong_at = now
            self._verdict = Verdict(State.QUARANTINED, bad)
        elif self._wrong_at is not None and now - self._wrong_at >= self._probation():
            self._verdict = self._better(now)
        elif self._verdict.state is State.GOOD or self._wrong_at is None:
            self._verdict = Verdict(State.SUSPECT, doubtful) if doubtful else GOOD
        return self._verdict

    def _better(self, now: datetime) -> Verdict:
        """Return the next better standing after a probation."""
        if self._verdict.state is State.QUARANTINED:
            self._wrong_at = now
            return Verdict(State.SUSPECT, f"it came back after having been left out, because {self._verdict.why}")
        self._wrong_at = None
        return GOOD

    def _probation(self) -> timedelta:
        rules = self._rules
        return timedelta(seconds=min(rules.longest, rules.probation * 2.0 ** min(max(self._times - 1, 0), 30)))

    def _stamp(self, at: datetime, arrived: datetime) -> str:
        """Return what is wrong with a stamp; blank where nothing is."""
        newest, self._newest = self._newest, max(at, self._newest or at)
        if (ahead := (at - arrived).total_seconds()) > self._rules.ahead:
            self._newest = newest
            return f"it is stamped {ahead:,.1f} s after it arrived"
        if newest is not None and (back := (newest - at).total_seconds()) > self._rules.back:
            return f"its stamps step back by {back:,.1f} s"
        return ""

    def _wrong(self, now: datetime) -> tuple[str, str]:
        """Return why it must be left out, and why it is suspect; blank where it is not."""
        bad = next((why for share, why in self._shares() if share >= self._rules.quarantine), "")
        bad = bad or self._flood(now) or self._dishonest()
        doubtful = next((why for share, why in self._shares() if share >= self._rules.suspect), "") or self._off()
        return bad, doubtful

    def _shares(self) -> Iterator[tuple[float, str]]:
        for held in (self._impossible, self._stamps):
            wrong = [why for why in held if why]
            if wrong and len(held) >= self._rules.least:
                yield (
                    len(wrong) / len(held),
                    f"of its last {len(held)} detections {len(wrong)} are wrong; the last: {wrong[-1]}",
                )

    def _flood(self, now: datetime) -> str:
        rate, limit = self._rate.now(now), self._rate.limit()
        return f"it floods: {rate:,.1f} detections a second, where up to {limit:,.1f} are usual" if rate > limit else ""

    def _dishonest(self) -> str:
        if self._innovations is None or self._innovations.samples < self._rules.samples:
            return ""
        found = self._innovations.honesty(self._rules.level)
        if found.mean <= found.band.high * self._rules.honest:
            return ""
        return f"it claims to be more exact than it is: mean NIS {found.mean:.1f}, where {found.band.high:.1f} is the most"

    def _off(self) -> str:
        ahead = self.skew.ahead()
        if ahead is None or abs(ahead) <= self._rules.most_skew:
            return ""
        return (
            f"its clock is ahead by {ahead:,.1f} s" if ahead > 0 else f"its clock is behind, or it is late, by {-ahead:,.1f} s"
        )
