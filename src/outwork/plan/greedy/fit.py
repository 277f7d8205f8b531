"""When to start what is needed: as late as limits allow, never too late."""

from __future__ import annotations

import numpy as np

from outwork.model.axis import Array

DUST = 1e-7
"""Quantities [unit] below this are nothing."""


def latest(need: Array, lead: int, most: Array, room: Array | None, lot: float = 0.0) -> Array:
    """Return what to start in every step so that as much as possible of `need` is there in time, each unit as late as it can.

    All arrays [step] in units. Args: need, wanted in a step; lead in steps; most that can be started; room, what may be kept
    besides at the end of a step, None where nothing limits it; lot, of which what is started is a whole multiple.
    """
    steps = len(need)
    start = np.zeros(steps)
    wanted = need[lead:] if lead < steps else need[:0]
    if lot <= 0 and bool((wanted <= most[: len(wanted)]).all()):
        start[: len(wanted)] = wanted
        return start
    owed = 0.0
    for step in range(len(wanted) - 1, -1, -1):
        if room is not None and owed > 0:
            owed = min(owed, max(float(room[step + lead]), 0.0))
        owed += float(wanted[step])
        if owed <= DUST:
            continue
        asked = owed if lot <= 0 else np.ceil(owed / lot - 1e-9) * lot
        start[step] = min(asked, most[step])
        owed = max(owed - start[step], 0.0)
    return start


def ordered(need: Array, lead: int, most: Array, least: float) -> Array:
    """Return orders as `latest` does, none of them below `least`: small ones are put together, the last is rounded up."""
    start = np.zeros(len(need))
    owed, open_step = 0.0, -1
    for step in range(len(need) - 1 - lead, -1, -1):
        owed += float(need[step + lead])
        if owed <= DUST or most[step] < least:
            continue
        open_step = step
        if owed >= least:
            start[step] = min(owed, most[step])
            owed -= start[step]
    if owed > DUST and open_step >= 0 and start[open_step] == 0:
        start[open_step] = max(least, min(owed, most[open_step]))
    return start


def matched(need: Array, coming: Array) -> Array:
    """Return how much of `need` is met by what comes in the same step or was left over before. [step] in units."""
    if bool((coming >= need - DUST).all()):
        return need
    met = np.zeros(len(need))
    left = 0.0
    for step in np.flatnonzero((need > 0) | (coming > 0)):
        left += float(coming[step])
        met[step] = min(float(need[step]), left)
        left -= met[step]
    return met


def shifted(start: Array, lead: int) -> Array:
    """Return when what is started is there; what comes after the horizon is left out. [step]."""
    there = np.zeros(len(start))
    if lead < len(start):
        there[lead:] = start[: len(start) - lead]
    return there


def whole(start: Array, lot: float) -> Array:
    """Round down to whole lots; 0 is no lot."""
    return start if lot <= 0 else np.floor(start / lot + 1e-9) * lot
