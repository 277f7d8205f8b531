"""How the live edge is doing, as a value that can be shown, recorded and compared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum


class Priority(IntEnum):
    """What is left out first where there is too much: the lowest."""

    LOW = 0
    """Ships, vehicles, birds: what hardly flies into a zone."""
    NORMAL = 1
    """What nobody has said anything of."""
    HIGH = 2
    """What is said to be a drone."""


class State(StrEnum):
    """Whether a sensor is believed."""

    GOOD = "good"
    SUSPECT = "suspect"
    """Something is wrong, and not yet enough to leave it out; or it came back a moment ago."""
    QUARANTINED = "quarantined"
    """It is left out of the picture, and watched."""


@dataclass(frozen=True)
class SourceStatus:
    """How a source did: detections that came and that wait, faults told, what was shed by priority, and restarts."""

    detections: int = 0
    waiting: int = 0
    faults: int = 0
    last_fault: str = ""
    shed: Mapping[Priority, int] = field(default_factory=dict)
    restarts: int = 0
    trouble: str = ""
    """Why it does not run. Blank: it runs, or has ended as it should."""


@dataclass(frozen=True)
class SensorStatus:
    """How a sensor did: detections taken, repeated and withheld, its clock's skew [s] if known, and whether it is believed."""

    taken: int = 0
    repeated: int = 0
    withheld: int = 0
    skew: float | None = None
    state: State = State.GOOD
    why: str = ""


@dataclass(frozen=True)
class Status:
    """How everything did; `late` counts turns that took longer than their time."""

    sources: Mapping[str, SourceStatus] = field(default_factory=dict)
    sensors: Mapping[str, SensorStatus] = field(default_factory=dict)
    sinks: Mapping[str, SourceStatus] = field(default_factory=dict)
    strangers: int = 0
    late: int = 0

    def lines(self) -> Iterator[str]:
        """Yield whatever a person should know, one sentence each; nothing where all is well."""
        for name, source in (*self.sources.items(), *self.sinks.items()):
            if source.trouble:
                yield f"{name} does not run: {source.trouble}"
            if shed := sum(source.shed.values()):
                parts = ", ".join(
                    f"{count:,} {priority.name.lower()}" for priority, count in sorted(source.shed.items()) if count
                )
                yield f"{name} has too much to say: {shed:,} left out ({parts})"
            if source.faults:
                yield f"{name}: {source.faults:,} things could not be used; the last: {source.last_fault}"
        for name, sensor in self.sensors.items():
            if sensor.state is not State.GOOD:
                yield f"{name} is {sensor.state}: {sensor.why}"
        if self.strangers:
            yield f"{self.strangers:,} detections are of sensors that the table sensors does not list; they were left out"
        if self.late:
            yield f"{self.late:,} turns took longer than their time"
