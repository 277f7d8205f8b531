"""Why the picture is as it is: what is wrong with sensors, and with what tracks say of themselves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import polars as pl

from outwork.model.outcome import Pointer, Reason


def reasons(tables: Mapping[str, pl.DataFrame]) -> tuple[Reason, ...]:
    """Return what a person should know of the sensors and of those who report themselves."""
    return (*_sensors(tables["sensors_health"]), *_cautions(tables["tracks"]))


def _sensors(health: pl.DataFrame) -> Iterator[Reason]:
    for row in health.filter(pl.col("state") != "good").iter_rows(named=True):
        sentence = f"Sensor {row['sensor']} is {row['state']}: {row['why']}"
        yield Reason("sensor", sentence, (Pointer("sensors_health", (row["sensor"],)),))


def _cautions(tracks: pl.DataFrame) -> Iterator[Reason]:
    for row in tracks.filter(pl.col("caution") != "").iter_rows(named=True):
        sentence = f"Track {row['track']}: {row['caution']}"
        yield Reason("identity", sentence, (Pointer("tracks", (row["track"],)),))
