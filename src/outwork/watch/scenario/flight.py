"""How things fly: legs drawn at random within what each kind can do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from outwork.watch.frames import Floats, Ints
from outwork.watch.scenario.truth import KINDS, REPORTS, Kind, Reports, Truth

GRAVITY: Final = 9.81
"""m/s2."""


@dataclass(frozen=True)
class Flight:
    """How a kind of thing flies; ranges are (least, most), drawn evenly.

    It flies straight for `straight` s, then turns for `turning` s with up to `pull` g sideways, and so on.
    """

    kind: Kind
    speed: tuple[float, float]
    """Over ground [m/s]."""
    height: tuple[float, float]
    """Above the frame's origin [m]."""
    straight: tuple[float, float] = (3.0, 12.0)
    turning: tuple[float, float] = (4.0, 12.0)
    pull: float = 0.4
    """Most sideways acceleration in a turn [g]."""
    climb: float = 2.0
    """Most vertical speed [m/s]."""


DRONE: Final = Flight("drone", speed=(5.0, 30.0), height=(50.0, 300.0))
STRAIGHT: Final = Flight("drone", speed=(10.0, 30.0), height=(50.0, 300.0), pull=0.0, climb=0.0)
BIRD: Final = Flight("bird", (7.0, 18.0), (20.0, 150.0), straight=(1.0, 5.0), turning=(1.0, 4.0), pull=0.5, climb=1.5)
AIRCRAFT: Final = Flight("aircraft", (50.0, 90.0), (300.0, 900.0), straight=(20.0, 60.0), turning=(10.0, 30.0), pull=0.35)
VEHICLE: Final = Flight("ground", (5.0, 25.0), (0.0, 3.0), straight=(5.0, 20.0), turning=(2.0, 6.0), pull=0.2, climb=0.0)


@dataclass(frozen=True)
class Group:
    """How many things fly in one way, what they report of themselves, and when they come and go.

    Each comes within the first `births` of the time [1], evenly; a share `deaths` [1] of them goes again in its second half.
    """

    flight: Flight
    number: int
    reports: Reports = ""
    births: float = 0.2
    deaths: float = 0.1


def fly(group: Group, side: float, seconds: float, random: np.random.Generator) -> Truth:
    """Return the flights of a group over a square whose sides are `side` m, around the frame's origin, for `seconds` s.

    What leaves the square turns back with its next turn.
    """
    number, flight = group.number, group.flight
    since = random.uniform(0, group.births * seconds, number)
    goes = random.random(number) < group.deaths
    until = np.where(goes, np.maximum(random.uniform(seconds / 2, seconds, number), since), np.inf)
    legs = _legs(flight, since, _begin(flight, number, side, random), side, seconds, random)
    owner, start, state, turn = legs
    order = np.lexsort((start, owner))
    return Truth(
        kind=np.full(number, KINDS.index(flight.kind), np.int64),
        reports=np.full(number, REPORTS.index(group.reports), np.int64),
        since=since,
        until=until,
        first=np.searchsorted(owner[order], np.arange(number + 1)).astype(np.int64),
        start=start[order],
        state=state[order],
        turn=turn[order],
    )


def _begin(flight: Flight, number: int, side: float, random: np.random.Generator) -> Floats:
    """Draw where things begin and how they move: states [target, 6]."""
    speed, course = random.uniform(*flight.speed, number), random.uniform(0, 2 * np.pi, number)
    ground = random.uniform(-side / 2, side / 2, (2, number))
    height, climb = random.uniform(*flight.height, number), random.uniform(-flight.climb, flight.climb, number)
    return np.column_stack([*ground, height, speed * np.sin(course), speed * np.cos(course), climb])


def _legs(
    flight: Flight, since: Floats, state: Floats, side: float, seconds: float, random: np.random.Generator
) -> tuple[Ints, Floats, Floats, Floats]:
    """Return target, start, state and turn of legs until all targets have flown for the whole time."""
    owner: list[Ints] = []
    start: list[Floats] = []
    states: list[Floats] = []
    turns: list[Floats] = []
    number, time, turning = len(since), since, random.integers(0, 2, len(since)).astype(bool)
    while not owner or (time < seconds).any():
        lasts = np.where(turning, random.uniform(*flight.turning, number), random.uniform(*flight.straight, number))
        turn = np.where(turning, _turn(flight, state, lasts, side, random), 0.0)
        owner.append(np.arange(number))
        start.append(time)
        states.append(_level(flight, state, lasts, random))
        turns.append(turn)
        state, time, turning = _after(states[-1], turn, lasts), time + lasts, ~turning
    return np.concatenate(owner), np.concatenate(start), np.concatenate(states), np.concatenate(turns)


def _turn(flight: Flight, state: Floats, lasts: Floats, side: float, random: np.random.Generator) -> Floats:
    """Draw rates of turn [rad/s]: sideways acceleration over speed, to either side; outside the square, towards its middle."""
    x, y, _, vx, vy, _ = state.T
    most = flight.pull * GRAVITY / np.hypot(vx, vy)
    either = random.uniform(-most, most)
    back = np.arctan2(x * vy - y * vx, -x * vx - y * vy) / lasts
    outside = np.abs(state[:, :2]).max(axis=1, initial=0.0) > side / 2
    return np.asarray(np.where(outside, np.clip(back, -most, most), either))


def _level(flight: Flight, state: Floats, lasts: Floats, random: np.random.Generator) -> Floats:
    """Return the states with a new climb, drawn so that the height stays what the flight allows."""
    low, high = flight.height
    climb = random.uniform(-flight.climb, flight.climb, len(state))
    climb = np.clip(climb, (low - state[:, 2]) / lasts, (high - state[:, 2]) / lasts)
    return np.column_stack([state[:, :5], climb])


def _after(state: Floats, turn: Floats, lasts: Floats) -> Floats:
    """Return where legs end."""
    number = len(state)
    none, zero = np.zeros(number, np.int64), np.zeros(number)
    legs = Truth(none, none, zero, zero, np.arange(number + 1), zero, state, turn)
    return legs.states(np.arange(number), lasts)
