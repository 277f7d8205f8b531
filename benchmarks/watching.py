"""Tracking: ours against Stone Soup on the same detections with the same recipe, then larger skies, then the best of ours.

    python -m benchmarks.watching                                  five seeds, 40 scans each, 100 drones, four radars
    python -m benchmarks.watching --seeds 1 --scans 100 --more ""

Both run in one process and take turns scan by scan, so that whatever else the machine does meets both. The recipe: extended
Kalman filter, constant velocity with q = 2 m2/s3, 2-D assignment on Mahalanobis distance, gate of 4 sigma, confirmed after 4
detections, ended after 3 misses while tentative and 6 once confirmed; Stone Soup with its k-d tree. It is the same work where
GOSPA (p = 2, c = 60 m) differs by less than half a percent. Making its detections into objects is not counted. Stone Soup is a
framework of small Python objects, made for trying ideas, not for speed.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np

from benchmarks.measure import machine, spread, table
from outwork.watch.frames import Floats
from outwork.watch.scan import Scan, scan
from outwork.watch.scenario.named import SIDE, four_radars
from outwork.watch.scenario.scenario import Scenario
from outwork.watch.score.gospa import Cut, gospa
from outwork.watch.sensors import Sensors, measured
from outwork.watch.track.options import ByCount, Model, Options
from outwork.watch.track.tracker import Tracker

LIFE: Final = ByCount(confirm=4, tentative=3, confirmed=6)
SPEED: Final = 20.0
GATE: Final = 4.0
SETTLED: Final = 10
"""Scans before GOSPA counts."""
SEED: Final = 1000


def recipe(noise: float) -> Options:
    """Return the common recipe with another density of process noise [m2/s3]."""
    model = (Model(noise, noise),)
    return Options(
        models=model, gate=GATE, cost="distance", life=LIFE, begin="one", speed=SPEED, window=0.0, associate="nearest"
    )


OURS: Final = Options(speed=SPEED, window=0.0)
"""Our own: interacting models, likelihood ratios, two-point initiation."""


@dataclass
class Run:
    """CPU and wall milliseconds of each scan, GOSPA of each scan from SETTLED on."""

    cpu: list[float] = field(default_factory=list)
    wall: list[float] = field(default_factory=list)
    apart: list[float] = field(default_factory=list)

    def timed(self, work: Callable[[], None]) -> None:
        """Do the work of one scan and note what it took."""
        wall, cpu = time.perf_counter(), time.process_time()
        work()
        self.cpu.append((time.process_time() - cpu) * 1e3)
        self.wall.append((time.perf_counter() - wall) * 1e3)

    @property
    def gospa(self) -> float:
        """Mean GOSPA [m]."""
        return float(np.mean(self.apart))


def main(words: Sequence[str] | None = None) -> None:
    """Print the ratio to Stone Soup, the cost of larger skies, and the accuracy of our own recipe."""
    reader = argparse.ArgumentParser(prog="python -m benchmarks.watching")
    reader.add_argument("--seeds", type=int, default=5)
    reader.add_argument("--scans", type=int, default=40)
    reader.add_argument("--targets", type=int, default=100)
    reader.add_argument("--more", default="1000,10000", help="targets of skies that only ours tracks")
    given = reader.parse_args(words)
    print(machine("stonesoup", "numba", "numpy"), flush=True)
    sky(four_radars(20, seconds=12.0), recipe(2.0))
    sky(four_radars(20, seconds=12.0), OURS)
    pairs = [pair(flat(four_radars(given.targets, seconds=given.scans, seed=SEED + k))) for k in range(given.seeds)]
    print(against(pairs), flush=True)
    for targets in (int(each) for each in given.more.split(",") if each):
        print(larger(targets), flush=True)
    print(accuracy(given.seeds), flush=True)


@dataclass(frozen=True)
class Sky:
    """Sensors and scans with the axes of the frame, so that a peer without tilted sensors sees the same; and who made them."""

    made: Scenario
    sensors: Sensors
    scans: tuple[Scan, ...]


def flat(made: Scenario) -> Sky:
    """Return a scenario whose sensors' east, north and up are the frame's: places stay, angles are those of the frame.

    They look everywhere, too: Stone Soup's recipe counts a miss wherever a track is.
    """
    count = len(made.sensors)
    everywhere = np.tile([0.0, 1e6, 0.0, 2 * np.pi, -np.pi / 2, np.pi / 2], (count, 1))
    sensors = replace(made.sensors, turn=np.tile(np.eye(3), (count, 1, 1)), view=everywhere)
    return Sky(made, sensors, tuple(_flat(each, made.sensors, sensors) for each in made.scans))


def _flat(given: Scan, sensors: Sensors, level: Sensors) -> Scan:
    k = given.sensor
    r, a, e = given.z[:, 0], given.z[:, 1], given.z[:, 2]
    own = np.stack([r * np.cos(e) * np.sin(a), r * np.cos(e) * np.cos(a), r * np.sin(e)], axis=1)
    place = sensors.place[k] + own @ sensors.turn[k].T
    z = measured(level, k, np.pad(place, ((0, 0), (0, 3))))
    z[:, 3] = np.nan
    return scan(level, k, given.time, z)


def apart(made: Scenario, at: float, places: Floats) -> float:
    """Return GOSPA [m] of places [n, 3] at a time."""
    return gospa(made.truth.at(at).state[:, :3], places, Cut()).distance


def pair(sky: Sky) -> tuple[Run, Run]:
    """Run ours and Stone Soup on one sky, in turns; return what both took and how well they did."""
    from benchmarks.watching_peer import Peer  # noqa: PLC0415  its import takes seconds, and only this part needs it

    ours, theirs = Tracker(sky.sensors, recipe(2.0)), Peer(sky.sensors, 2.0, GATE, SPEED, LIFE)
    run, other = Run(), Run()
    for number, each in enumerate(sky.scans):
        objects = theirs.detections(each)
        run.timed(lambda each=each: ours.take(each))
        other.timed(lambda each=each, objects=objects: theirs.take(objects, each.time))
        if number >= SETTLED:
            picture = ours.picture()
            run.apart.append(apart(sky.made, each.time, picture.state[picture.confirmed, :3]))
            other.apart.append(apart(sky.made, each.time, theirs.places()))
    return run, other


def sky(made: Scenario, options: Options) -> Run:
    """Run ours alone on one sky."""
    tracker, run = Tracker(made.sensors, options), Run()
    for number, each in enumerate(made.scans):
        run.timed(lambda each=each: tracker.take(each))
        if number >= SETTLED:
            picture = tracker.picture()
            run.apart.append(apart(made, each.time, picture.state[picture.confirmed, :3]))
    return run


def against(pairs: Sequence[tuple[Run, Run]]) -> str:
    """Return how ours and Stone Soup compare."""
    rows = [
        (name, spread([np.mean(each.cpu) for each in runs]), spread([np.mean(each.wall) for each in runs]),
         spread([each.gospa for each in runs], ".1f"))
        for name, runs in zip(("outwork", "Stone Soup"), zip(*pairs, strict=True), strict=True)
    ]  # fmt: skip
    cpu = [sum(other.cpu) / sum(run.cpu) for run, other in pairs]
    wall = [sum(other.wall) / sum(run.wall) for run, other in pairs]
    differ = [abs(run.gospa / other.gospa - 1) for run, other in pairs]
    head = table(("same recipe", "CPU ms a scan", "wall ms a scan", "GOSPA m"), rows)
    ratios = f"Stone Soup takes {spread(cpu, '.0f')} times the CPU, {spread(wall, '.0f')} times the wall time."
    return f"{head}\n\n{ratios} GOSPA differs by {spread(differ, '.2%')}.\n"


def larger(targets: int) -> str:
    """Return what larger skies of the same density cost."""
    made = four_radars(targets, side=SIDE * float(np.sqrt(targets / 100)), seconds=24.0, seed=SEED)
    rows = []
    for name, options in (("same recipe", recipe(2.0)), ("our own", OURS)):
        run = sky(made, options)
        cpu, wall = run.cpu[SETTLED:], run.wall[SETTLED:]
        rows.append((name, spread(cpu), spread(wall), f"{run.gospa / np.sqrt(targets):.2f}"))
    return table((f"{targets:,} targets", "CPU ms a scan", "wall ms a scan", "GOSPA / sqrt(targets)"), rows) + "\n"


def accuracy(seeds: int) -> str:
    """Return GOSPA of our own recipe and of the common one with every process noise, over whole skies."""
    made = [four_radars(seed=SEED + k) for k in range(seeds)]
    tried = {f"one model, q = {q:g}": recipe(q) for q in (0.5, 1.0, 2.0, 4.0, 8.0)}
    tried |= {"our own": OURS, "our own, joint": replace(OURS, associate="joint")}
    found = {name: [sky(each, options).gospa for each in made] for name, options in tried.items()}
    best = min(np.mean(each) for name, each in found.items() if name.startswith("one"))
    rows = [(name, spread(each, ".1f"), f"{np.mean(each) / best - 1:+.1%}") for name, each in found.items()]
    return table(("100 targets, 100 scans", "GOSPA m", "mean against the best tuned"), rows)


if __name__ == "__main__":
    main()
