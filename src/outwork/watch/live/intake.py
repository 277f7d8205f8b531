"""Everything between a source and the tracker, without waiting: queues, duplicates, clocks, and who is believed."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from outwork.model.tables.watching import Detection, Sensor
from outwork.watch.live.conduct import Conduct, Verdict
from outwork.watch.live.crowd import Crowd
from outwork.watch.live.heard import Arrived, Heard
from outwork.watch.live.options import Options, Stamps
from outwork.watch.live.plausible import Plausible
from outwork.watch.live.rate import SPAN, Rate
from outwork.watch.live.status import SensorStatus, SourceStatus, State
from outwork.watch.live.waiting import Waiting

RECENT: Final = 65_536
"""Names of detections that are remembered, to know a duplicate by."""
SPEAKERS: Final = 8192
"""Most sensors, and things that report themselves, that are watched; whoever was silent longest is forgotten first."""
LEAST_RATE: Final = 1.0
"""Reports of one thing of itself that are never a flood, but for its factor [1/s]."""
CROWDED: Final = "more new things report themselves through it than can be; new ones are left out, and known ones go on"


class Drained(NamedTuple):
    """What arrived in a turn, in that order: all of it as it was told, and, with stamps mended, what is taken and left out.

    Duplicates, and detections of sensors that are not known, are in the first alone.
    """

    arrived: tuple[Arrived, ...]
    taken: tuple[Arrived, ...]
    withheld: tuple[Arrived, ...]


@dataclass
class _Inlet:
    """One source: what waits, and what became of the rest."""

    waiting: Waiting
    detections: int = 0
    faults: int = 0
    last_fault: str = ""


@dataclass
class _Sensor:
    """Counts of one sensor."""

    taken: int = 0
    repeated: int = 0
    withheld: int = 0


class Intake:
    """Takes what sources hear, and gives it to the tracker once a turn. Not to be shared between threads.

    A sensor that looks is judged as a whole. Where things report themselves, each of them is judged by itself: whoever sends
    lies to a receiver of Remote ID must not silence the honest drones that it hears as well.
    """

    def __init__(self, sensors: Iterable[Sensor], options: Options) -> None:
        """Begin; a detection of a sensor that is not among `sensors` is a stranger, counted and left out."""
        self._sensors = {sensor.sensor: sensor for sensor in sensors}
        self._options = options
        self._inlets: dict[str, _Inlet] = {}
        self._counts = {name: _Sensor() for name in self._sensors}
        self._conduct: OrderedDict[str, Conduct] = OrderedDict()
        self._recent: OrderedDict[str, None] = OrderedDict()
        self._plausible = Plausible(self._sensors)
        self._doubted: set[str] = set()
        self._crowds = {name: Crowd(options.rules.crowd, options.rules.newcomers) for name in self._sensors}
        self.strangers = 0

    def join(self, sensors: Iterable[Sensor]) -> None:
        """Let sensors join, or be known better."""
        for sensor in sensors:
            self._sensors[sensor.sensor] = sensor
            self._counts.setdefault(sensor.sensor, _Sensor())
            self._crowds.setdefault(sensor.sensor, Crowd(self._options.rules.crowd, self._options.rules.newcomers))

    def put(self, source: str, heard: Heard) -> None:
        """Take in what a source heard; what does not fit into its queue is left out by priority."""
        inlet = self._inlets.setdefault(source, _Inlet(Waiting(self._options.queue, self._options.priority)))
        inlet.detections += len(heard.detections)
        inlet.faults += len(heard.faults)
        inlet.last_fault = heard.faults[-1] if heard.faults else inlet.last_fault
        for row in heard.detections:
            inlet.waiting.put(Arrived(row, heard.arrived, source))

    def drain(self, now: datetime) -> Drained:
        """Return what waits, of all sources, in the order of arrival; duplicates are counted and gone."""
        waiting = sorted(
            (each for inlet in self._inlets.values() for each in inlet.waiting.drain()), key=lambda each: each.arrived
        )
        judged = [(each, self._judged(each)) for each in waiting if self._fresh(each.row)]
        verdicts = {speaker: self._verdict(speaker, now) for speaker in {speaker for _, (speaker, _, _) in judged}}
        taken: list[Arrived] = []
        withheld: list[Arrived] = []
        for each, (speaker, row, alone) in judged:
            out = bool(alone) or verdicts[speaker].state is State.QUARANTINED
            count = self._counts[row.sensor]
            count.withheld += out
            count.taken += not out
            (withheld if out else taken).append(each._replace(row=row))
        return Drained(tuple(waiting), tuple(taken), tuple(withheld))

    def innovations(self, found: Iterable[tuple[Detection, float, int]]) -> None:
        """Take in what the tracker found: detections, their normalised innovation squared, and its dimension."""
        for row, nis, dimension in found:
            if row.sensor in self._sensors:
                self._behaviour(self._speaker(row)).innovation(nis, dimension)

    def sources(self) -> Mapping[str, SourceStatus]:
        """Return how each source did."""
        return {
            name: SourceStatus(each.detections, len(each.waiting), each.faults, each.last_fault, dict(each.waiting.shed))
            for name, each in self._inlets.items()
        }

    def sensors(self, now: datetime) -> Mapping[str, SensorStatus]:
        """Return how each sensor did, and each thing that reports itself and is not good, by sensor and identity."""
        found: dict[str, SensorStatus] = {}
        for name, count in self._counts.items():
            verdict = self._crowded(name, now) or self._verdict(name, now)
            found[name] = SensorStatus(count.taken, count.repeated, count.withheld, self._skew(name), *verdict)
        for speaker in sorted(self._doubted - set(self._sensors)):
            verdict = self._verdict(speaker, now)
            if verdict.state is not State.GOOD:
                found[speaker] = SensorStatus(0, 0, 0, self._skew(speaker), *verdict)
        return found

    def _verdict(self, speaker: str, now: datetime) -> Verdict:
        """Return whether somebody is believed, and remember whom to look at when nothing more comes."""
        conduct = self._conduct.get(speaker)
        verdict = conduct.verdict(now) if conduct else Verdict(State.GOOD)
        (self._doubted.discard if verdict.state is State.GOOD else self._doubted.add)(speaker)
        return verdict

    def _crowded(self, name: str, now: datetime) -> Verdict | None:
        """Return that a receiver is crowded by new things, where one was left out lately and it is not worse."""
        refused = self._crowds[name].refused_at
        if refused is None or (now - refused).total_seconds() > self._options.rules.probation:
            return None
        verdict = self._verdict(name, now)
        return verdict if verdict.state is State.QUARANTINED else Verdict(State.SUSPECT, CROWDED)

    def _skew(self, speaker: str) -> float | None:
        conduct = self._conduct.get(speaker)
        return conduct.skew.ahead() if conduct else None

    def _fresh(self, row: Detection) -> bool:
        """Whether a detection is of a sensor that is known, and came for the first time."""
        if row.sensor not in self._sensors:
            self.strangers += 1
            return False
        if row.detection in self._recent:
            self._counts[row.sensor].repeated += 1
            return False
        self._recent[row.detection] = None
        if len(self._recent) > RECENT:
            self._recent.popitem(last=False)
        return True

    def _judged(self, each: Arrived) -> tuple[str, Detection, str]:
        """Return who spoke, the detection with its stamp mended, and why it must be left out by itself."""
        speaker = self._speaker(each.row)
        stranger = speaker not in self._conduct and speaker not in self._sensors
        if stranger and not self._crowds[each.row.sensor].admits(each.arrived):
            return speaker, each.row, CROWDED
        conduct = self._behaviour(speaker)
        conduct.skew.take((each.arrived - each.row.at).total_seconds())
        row = _mended(each.row, conduct, self._options.stamps)
        return speaker, row, conduct.take(row.at, each.arrived, self._plausible.doubt(row))

    def _speaker(self, row: Detection) -> str:
        reports = self._sensors[row.sensor].kind == "self_report"
        return f"{row.sensor} {row.identity}" if reports and row.identity else row.sensor

    def _behaviour(self, speaker: str) -> Conduct:
        conduct = self._conduct.pop(speaker, None)
        if conduct is None:
            rules = self._options.rules
            sensor = self._sensors.get(speaker)
            least = rules.swarm / min(sensor.period, SPAN.total_seconds()) if sensor else rules.flood * LEAST_RATE
            conduct = Conduct(rules, Rate(rules.flood, least))
        self._conduct[speaker] = conduct
        if len(self._conduct) > SPEAKERS:
            forgotten, _ = self._conduct.popitem(last=False)
            self._doubted.discard(forgotten)
        return conduct


def _mended(row: Detection, conduct: Conduct, stamps: Stamps) -> Detection:
    """Return a detection whose stamp is moved back by as much as its clock is surely ahead."""
    ahead = conduct.skew.ahead() if stamps is Stamps.MENDED else None
    return row.model_copy(update={"at": row.at - timedelta(seconds=ahead)}) if ahead is not None and ahead > 0 else row


def rows(arrived: Sequence[Arrived]) -> list[Detection]:
    """Return the detections alone."""
    return [each.row for each in arrived]
