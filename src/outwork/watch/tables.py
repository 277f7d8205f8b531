"""From pictures to rows of `track_states`: metres of the frame become degrees, velocities and errors those of the place."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import polars as pl

from outwork.model.frames import empty, from_columns
from outwork.model.tables import BY_NAME
from outwork.watch.frames import Floats, Frame, Ints
from outwork.watch.track.picture import Picture

SHARES = ("ee", "en", "eu", "nn", "nu", "uu")
"""The covariance of a place, row by row, without what stands twice."""


def named(track: int) -> str:
    """Return the name of a track by its number."""
    return f"t{track}"


def instants(microseconds: Ints) -> pl.Series:
    """Return microseconds since 1970 as instants in UTC."""
    return pl.Series(microseconds).cast(pl.Datetime("us")).dt.replace_time_zone("UTC")


def track_states(picture: Picture, frame: Frame) -> pl.DataFrame:
    """Return the tracks of a picture as rows of `track_states`."""
    if not len(picture):
        return empty(BY_NAME["track_states"])
    latitude, longitude, altitude = frame.geodetic(picture.state[:, :3])
    turn = frame.turn(latitude, longitude)
    velocity = frame.local(picture.state[:, 3:], latitude, longitude)
    spread = np.swapaxes(turn, 1, 2) @ picture.covariance[:, :3, :3] @ turn
    rows, columns = np.triu_indices(3)
    return from_columns(
        BY_NAME["track_states"],
        {
            "track": [named(int(each)) for each in picture.ids],
            "at": instants(np.repeat(frame.instant(np.array([picture.time])), len(picture))),
            "latitude": latitude,
            "longitude": longitude,
            "altitude": altitude,
            "east_speed": velocity[:, 0],
            "north_speed": velocity[:, 1],
            "climb": velocity[:, 2],
            **{name: spread[:, row, column] for name, row, column in zip(SHARES, rows, columns, strict=True)},
            "existence": probability(picture.existence),
        },
    )


def probability(odds: Floats) -> Floats:
    """Return probabilities [n] of logarithms of odds [n]."""
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(odds, -500.0, 500.0))))


def joined(parts: Sequence[pl.DataFrame], table: str) -> pl.DataFrame:
    """Return the parts of a table as one, sorted by its key."""
    declared = BY_NAME[table]
    return pl.concat([empty(declared), *parts]).sort(declared.key)
