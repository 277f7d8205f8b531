"""Measuring: every reading is taken in a process of its own, so that nothing warm or loaded is shared between peers."""

from __future__ import annotations

import json
import os
import platform
import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parents[1]
GRACE: Final = 60.0
"""Wall seconds beyond its limit after which a job is taken for stuck and ended."""


@dataclass(frozen=True)
class Reading:
    """What a job came to.

    Args: said, what the job reports; cpu [s] of all its threads and processes, from start to end; peak, the largest resident
    memory of one of its processes [MiB].
    """

    said: dict[str, Any]
    cpu: float
    peak: float


class JobFailed(Exception):
    """A job ended without a report."""


def job(module: str, *words: object, limit: float = 600.0) -> Reading:
    """Run `python -m benchmarks.<module> words...` and return its reading. JobFailed where it reports nothing."""
    command = [sys.executable, "-W", "ignore", "-m", f"benchmarks.{module}", *map(str, words)]
    source = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
    began = subprocess.Popen(
        command, cwd=ROOT, env={**os.environ, "PYTHONPATH": source}, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    try:
        told, complaint = began.communicate(timeout=limit + GRACE)
    except subprocess.TimeoutExpired:
        began.kill()
        began.communicate()
        raise JobFailed(f"{module} {words}: no answer {GRACE:.0f} s after its limit of {limit:.0f} s") from None
    if began.returncode:
        raise JobFailed(f"{module} {words}: {complaint.strip().splitlines()[-1] if complaint.strip() else began.returncode}")
    said = json.loads(told.splitlines()[-1])
    return Reading(said, said.pop("cpu"), said.pop("peak"))


def report(**said: Any) -> None:
    """Tell the parent, as the last line of a job, what it asked for and what the job used."""
    own, others = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    print(json.dumps({**said, "cpu": cpu(), "peak": max(own.ru_maxrss, others.ru_maxrss) / 1024}))


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
