"""The answer of `watch` in at most 15 lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

import polars as pl

from outwork.model.answered import Answered
from outwork.watch.identify.profiles import CLASSES

MOST: Final = 15
ALERTS: Final = 6
"""Alerts told."""


def lines(told: Answered) -> list[str]:
    """Return the summary of a result, line by line."""
    found = [f"{told.name}: {told.outcome.sentence}", *_classes(told.tables["tracks"]), *_alerts(told.tables["alerts"])]
    room = MOST - len(found)
    reasons = [reason.sentence.rstrip(".") + "." for reason in told.why]
    if len(reasons) > room:
        reasons = [*reasons[: room - 1], f"{len(reasons) - room + 1} more reasons."]
    return [*found, *reasons]


def counted(tables: Mapping[str, pl.DataFrame], detections: int) -> str:
    """Return how much was heard and how much of it flies, in one sentence."""
    tracks, health = tables["tracks"], tables["sensors_health"]
    talking = health.filter(pl.col("detections") > 0).height
    joined = int(tracks["detections"].sum())
    return (
        f"{detections:,} detections of {talking} of {health.height} sensors make {tracks.height:,} tracks, "
        f"to which {joined:,} of them belong."
    )


def _classes(tracks: pl.DataFrame) -> Iterator[str]:
    """Tell what the tracks probably are, and how many say who they are."""
    if not tracks.height:
        return
    likely = tracks.select(pl.concat_list(CLASSES).list.arg_max()).to_series()
    counts = {name: int((likely == number).sum()) for number, name in enumerate(CLASSES)}
    shown = ", ".join(f"{count} {name}" for name, count in counts.items() if count)
    said = dict(tracks["affiliation"].value_counts().iter_rows())
    yield (
        f"Most likely: {shown}. {said.get('declared', 0)} say who they are, {said.get('unknown', 0)} do not, "
        f"{said.get('doubtful', 0)} do and are doubtful."
    )


def _alerts(alerts: pl.DataFrame) -> Iterator[str]:
    """Tell the first alerts."""
    for row in alerts.sort("at", "alert").head(ALERTS).iter_rows(named=True):
        yield f"{row['at']:%H:%M:%S} {row['zone']}: {row['sentence']}."
    if alerts.height > ALERTS:
        yield f"{alerts.height - ALERTS} more alerts."
