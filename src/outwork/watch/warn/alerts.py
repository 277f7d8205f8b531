"""Alerts: each thing that happens at a zone is said once.

A track and a zone stand to each other in one of three ways: apart, entering, inside.

    apart     -> entering   the track comes in within the zone's time of warning with probability `raised` or more
    apart,
    entering  -> inside     it is inside with probability `raised` or more
    entering  -> apart      it comes in with a probability below `calm`, for `quiet` seconds on end; nothing is said
    inside    -> apart      it is inside with a probability below `calm`, for `quiet` seconds on end: it has left

Between `calm` and `raised` everything stays as it is. So a track that flickers at the border is one visit, and makes at most
one alert of each kind. An alert's name holds zone, track, number of the visit and kind: the same run gives the same names.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, Literal

import numpy as np

from outwork.model.errors import UnknownName
from outwork.model.nearest import nearest
from outwork.watch.frames import Ints
from outwork.watch.warn.approach import Approach

Kind = Literal["entering", "inside", "left"]


@dataclass(frozen=True)
class Options:
    """When an alert is raised, and when a visit is over."""

    raised: float = 0.5
    """From this probability on an alert is raised [1]."""
    calm: float = 0.2
    """Below this probability it is over [1]."""
    quiet: float = 10.0
    """Once it has been over for so long [s]."""


@dataclass(frozen=True)
class Alert:
    """An alert as it was raised: name, zone, number of the track, time [s], and what is said.

    seconds until it enters, None where it is in the zone or has left it; probability [1] of what it says.
    """

    name: str
    zone: str
    track: int
    time: float
    kind: Kind
    seconds: float | None
    probability: float
    sentence: str
    acknowledged_by: str = ""


@dataclass(frozen=True)
class _Visit:
    """How a track stands to a zone, in which visit, and since when it has been calm (None: it is not)."""

    kind: Literal["apart", "entering", "inside"] = "apart"
    number: int = 1
    calm_since: float | None = None


APART: Final = _Visit()


@dataclass(frozen=True)
class Alerts:
    """All alerts raised so far, by name, and how tracks stand to zones."""

    raised: Mapping[str, Alert] = field(default_factory=dict)
    visits: Mapping[tuple[str, int], _Visit] = field(default_factory=dict)

    def take(
        self, time: float, approaches: Sequence[Approach], there: Ints, call: Callable[[int], str], options: Options
    ) -> tuple[Alerts, tuple[Alert, ...]]:
        """Take how tracks stand to every zone at a time [s]; return the alerts with it, and those of them that are new.

        `there` holds the numbers of all tracks of the picture: one that is far from a zone has left it, of one that is no more
        nobody knows. `call` says how a track is called.
        """
        visits, new, alive = dict(self.visits), [], set(there.tolist())
        for each in approaches:
            seen = {int(track): k for k, track in enumerate(each.ids)}
            known = {track for zone, track in visits if zone == each.zone.name}
            for track in sorted(known | set(seen)):
                visit = visits.get((each.zone.name, track), APART)
                after, kind = _next(visit, time, *_chances(each, seen.get(track)), options)
                visits[each.zone.name, track] = after
                if kind is not None and track in alive:
                    new.append(_alert(each, seen.get(track), track, visit.number, kind, time, call))
        fresh = [alert for alert in new if alert.name not in self.raised]
        kept = {key: visit for key, visit in visits.items() if visit.kind != "apart" or (visit.number > 1 and key[1] in alive)}
        return Alerts({**self.raised, **{each.name: each for each in fresh}} if fresh else self.raised, kept), tuple(fresh)

    def acknowledge(self, alert: str, person: str) -> Alerts:
        """Note that a person has seen an alert; the first one who did stays noted.

        UnknownName where there is no such alert; ValueError where no person is named.
        """
        if alert not in self.raised:
            near = nearest(alert, list(self.raised))
            raise UnknownName(f"there is no alert '{alert}'" + (f"; did you mean '{near}'?" if near else ""))
        if not person.strip():
            raise ValueError(f"alert '{alert}': name the person who has seen it")
        known = self.raised[alert]
        if known.acknowledged_by:
            return self
        return replace(self, raised={**self.raised, alert: replace(known, acknowledged_by=person.strip())})


def _chances(approach: Approach, place: int | None) -> tuple[float, float]:
    """Return the probabilities that a track comes in, and that it is inside."""
    if place is None:
        return 0.0, 0.0
    return float(approach.probability[place]), float(approach.inside[place])


def _next(visit: _Visit, time: float, comes: float, inside: float, options: Options) -> tuple[_Visit, Kind | None]:
    """Return how a track stands to a zone now, and what is to be said."""
    if visit.kind != "inside" and inside >= options.raised:
        return replace(visit, kind="inside", calm_since=None), "inside"
    if visit.kind == "apart":
        return (replace(visit, kind="entering", calm_since=None), "entering") if comes >= options.raised else (visit, None)
    chance = inside if visit.kind == "inside" else max(comes, inside)
    if chance >= options.calm:
        return replace(visit, calm_since=None), None
    since = time if visit.calm_since is None else visit.calm_since
    if time - since < options.quiet:
        return replace(visit, calm_since=since), None
    return _Visit(number=visit.number + 1), "left" if visit.kind == "inside" else None


def _alert(
    approach: Approach, place: int | None, track: int, visit: int, kind: Kind, time: float, call: Callable[[int], str]
) -> Alert:
    """Write an alert."""
    zone, (comes, inside) = approach.zone, _chances(approach, place)
    seconds = float(approach.seconds[place]) if place is not None and kind == "entering" else None
    chance = {"entering": comes, "inside": inside, "left": 1 - inside}[kind]
    said = {
        "entering": f"will be in {zone.title} in about {0.0 if seconds is None else np.ceil(seconds):.0f} s",
        "inside": f"is in {zone.title}",
        "left": f"has left {zone.title}",
    }[kind]
    sentence = f"{call(track)} {said} (probability {chance:.2f})"
    return Alert(f"{zone.name}-{call(track)}-{visit}-{kind}", zone.name, track, time, kind, seconds, chance, sentence)
