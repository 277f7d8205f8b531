"""Measuring: every reading is taken in a process of its own, so that nothing warm or loaded is shared between peers."""

from __future__ import annotations

import json
import os
import platform
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from statistics import median
from tempfile import TemporaryFile
from threading import Thread, Timer
from typing import Any, Final

import numpy as np

ROOT: Final = Path(__file__).resolve().parents[1]
UNKNOWN: Final = 1e19
"""From this size on, a solver's number says that it has none."""
PATIENCE: Final = 3600.0
"""Wall seconds after which a job is taken for stuck and ended."""


@dataclass(frozen=True)
class Reading:
    """What a job came to.

    Args: said, what it told; cpu [s] of all its threads and processes, from start to end; peak, its largest resident memory
    [MiB]; ended, False where its limit of processor seconds cut it off.
    """

    said: dict[str, Any]
    cpu: float
    peak: float
    ended: bool = True

    @property
    def trace(self) -> list[list[float | None]]:
        """How cost and bound went: [cpu, wall, cost, bound] of every point that the job told."""
        return list(self.said.get("trace", []))


class JobFailed(Exception):
    """A job ended otherwise than by its end or its limit."""


def job(module: str, *words: object) -> Reading:
    """Run `python -m benchmarks.<module> words...` and return its reading."""
    command = [sys.executable, "-W", "ignore", "-m", f"benchmarks.{module}", *map(str, words)]
    source = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
    with TemporaryFile("w+") as told, TemporaryFile("w+") as complaint:
        child = subprocess.Popen(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": source}, stdout=told, stderr=complaint)
        alarm = Timer(PATIENCE, child.kill)
        alarm.start()
        _, status, used = os.wait4(child.pid, 0)
        alarm.cancel()
        child.returncode = os.waitstatus_to_exitcode(status)
        told.seek(0)
        complaint.seek(0)
        if child.returncode not in {0, -signal.SIGXCPU}:
            raise JobFailed(f"{module} {words} ended with {child.returncode}: {complaint.read().strip()[-500:]}")
        return Reading(_heard(told), used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, child.returncode == 0)


def _heard(lines: Iterable[str]) -> dict[str, Any]:
    """Return what the lines of a job say: points one after another, and all else."""
    said: dict[str, Any] = {}
    for line in lines:
        if line.startswith("{"):
            own = json.loads(line)
            said["trace"] = [*said.get("trace", []), *own.pop("trace", [])]
            said |= own
    return said


def tell(**said: Any) -> None:
    """Tell the parent process something."""
    print(json.dumps(said), flush=True)


def cut_off(seconds: float) -> None:
    """Let the system end this process once it has used so many processor seconds more, whatever library it is in.

    A limit in processor seconds gives every peer the same amount of work, however busy the machine is.
    """
    most = int(np.ceil(cpu() + seconds))
    resource.setrlimit(resource.RLIMIT_CPU, (most, most + 5))


def cpu() -> float:
    """Return the processor seconds of all threads of this process and of those processes of its own that have ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


class Lap:
    """A stop-watch over processor seconds."""

    def __init__(self) -> None:
        """Begin."""
        self._at = cpu()

    def __call__(self) -> float:
        """Return the seconds since the last call."""
        before, self._at = self._at, cpu()
        return self._at - before


def after(seconds: float, stop: Callable[[], object]) -> None:
    """Call `stop` from a thread once this process has used so many processor seconds more: `cut_off` for those who listen."""
    end = cpu() + seconds

    def wait() -> None:
        while cpu() < end:
            time.sleep(0.1)
        stop()

    Thread(target=wait, daemon=True).start()


class Trace:
    """Tells the parent how cost and bound go over processor and wall seconds."""

    def __init__(self) -> None:
        """Begin."""
        self._cpu, self._wall = cpu(), time.monotonic()
        self._last: tuple[float | None, float | None] | None = None

    def note(self, cost: float | None, bound: float | None) -> None:
        """Tell where it stands, if it has moved."""
        known = (_known(cost), _known(bound))
        if known != self._last:
            self._last = known
            tell(trace=[[cpu() - self._cpu, time.monotonic() - self._wall, *known]])


def _known(number: float | None) -> float | None:
    return number if number is not None and abs(number) < UNKNOWN else None


def spread(values: Sequence[float], form: str = ".2f") -> str:
    """Return the median and, where there are several values, the range."""
    if not values:
        return "-"
    middle = format(median(values), form)
    return middle if len(values) == 1 else f"{middle} ({min(values):{form}}-{max(values):{form}})"


def machine(*packages: str) -> str:
    """Return in one line on what the readings were taken, and how busy it was."""
    load = " ".join(f"{each:.1f}" for each in os.getloadavg())
    used = ", ".join(f"{name} {version(name)}" for name in packages)
    day = time.strftime("%Y-%m-%d")
    return f"{day}, {os.cpu_count()} cores, load {load}, Python {platform.python_version()}, {used}"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a Markdown table with aligned columns."""
    width = [max(len(line[column]) for line in [head, *rows]) for column in range(len(head))]
    lines = [head, ["-" * each for each in width], *rows]
    return "\n".join(
        "| " + " | ".join(cell.ljust(each) for cell, each in zip(line, width, strict=True)) + " |" for line in lines
    )
