"""The picture at a terminal: a map of signs, the tracks beside it, and the alerts below."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import datetime
from typing import Final

import numpy as np
import polars as pl
from rich.console import Group, RenderableType
from rich.live import Live
from rich.table import Table
from rich.text import Text

from outwork.watch.identify.profiles import CLASSES
from outwork.watch.result import Result

WIDE, TALL = 61, 21
"""Signs across and down the map."""
SIGNS: Final = {"drone": "d", "aircraft": "a", "bird": "b", "ground": "g"}
ROWS: Final = 16
"""Tracks listed."""
ALERTS: Final = 5
DEGREE: Final = 111_194.9
"""Metres in a degree of latitude."""
MARGIN: Final = 1.05
LEAST: Final = 1e-4
"""A map reaches at least so many degrees from its middle."""
PLACE: Final = ("latitude", "longitude")


def play(result: Result, zones: pl.DataFrame, speed: float) -> None:
    """Show the pictures of a result one after another, `speed` times as fast as they were."""
    states = result.tables["track_states"].sort("at")
    with Live(auto_refresh=False, transient=True) as live:
        before: datetime | None = None
        for (at,), rows in states.group_by("at", maintain_order=True):
            if isinstance(at, datetime):
                if before is not None:
                    time.sleep(min((at - before).total_seconds() / speed, 1.0))
                before = at
                alerts = result.tables["alerts"].filter(pl.col("at") <= at)
                live.update(shown(at, rows.join(result.tables["tracks"], on="track"), alerts, zones, states), refresh=True)


def shown(
    at: datetime, tracks: pl.DataFrame, alerts: pl.DataFrame, zones: pl.DataFrame, extent: pl.DataFrame
) -> RenderableType:
    """Return the picture at an instant: states joined with their tracks, alerts so far; the map spans `extent`."""
    head = Text(f"{at:%Y-%m-%d %H:%M:%S} UTC   {tracks.height} tracks   {alerts.height} alerts", style="bold")
    last = (Text(f"{row['at']:%H:%M:%S} {row['sentence']}", style="red") for row in alerts.tail(ALERTS).iter_rows(named=True))
    beside = Table.grid(padding=(0, 2))
    beside.add_row(plan_view(tracks, zones, extent), _list(tracks))
    return Group(head, beside, *last)


def plan_view(tracks: pl.DataFrame, zones: pl.DataFrame, extent: pl.DataFrame) -> Text:
    """Return a map, north up, with a letter for the likeliest class of each track and dots where zones are."""
    middle = [_middle(extent[name]) for name in ("latitude", "longitude")]
    narrow = float(np.cos(np.radians(middle[0])))
    apart = [np.abs(extent[name].to_numpy() - at).max(initial=0.0) for name, at in zip(PLACE, middle, strict=True)]
    reach = max(apart[0], apart[1] * narrow, LEAST)
    paper = [[" "] * WIDE for _ in range(TALL)]

    def put(latitude: float, longitude: float, sign: str) -> None:
        x = round((1 + (longitude - middle[1]) * narrow / (reach * MARGIN)) * (WIDE - 1) / 2)
        y = round((1 - (latitude - middle[0]) / (reach * MARGIN)) * (TALL - 1) / 2)
        if 0 <= x < WIDE and 0 <= y < TALL:
            paper[y][x] = sign

    for latitude, longitude in _edges(zones):
        put(latitude, longitude, ".")
    for row in tracks.iter_rows(named=True):
        put(row["latitude"], row["longitude"], SIGNS[_class(row)])
    frame = "+" + "-" * WIDE + "+"
    return Text("\n".join([frame, *("|" + "".join(line) + "|" for line in paper), frame]))


def _edges(zones: pl.DataFrame) -> Iterator[tuple[float, float]]:
    """Yield places along the edges of zones."""
    for row in zones.iter_rows(named=True):
        if row["radius"] is not None:
            for turn in np.linspace(0, 2 * np.pi, 48):
                north, east = row["radius"] * np.cos(turn) / DEGREE, row["radius"] * np.sin(turn) / DEGREE
                yield row["latitude"] + north, row["longitude"] + east / np.cos(np.radians(row["latitude"]))
        else:
            corners = np.array([[float(word) for word in part.split()] for part in row["outline"].split(";")])
            for one, two in zip(corners, np.roll(corners, -1, axis=0), strict=True):
                for share in np.linspace(0, 1, 12):
                    yield tuple((one + share * (two - one)).tolist())


def _list(tracks: pl.DataFrame) -> Table:
    """Return the tracks as a table, the fastest first."""
    table = Table(box=None, padding=(0, 1))
    for name in ("track", "what", "height m", "speed m/s", "error m", "calls itself"):
        table.add_column(name, justify="right" if name[-1] in "ms" else "left", no_wrap=True)
    fast = tracks.with_columns(fast=(pl.col("east_speed") ** 2 + pl.col("north_speed") ** 2).sqrt())
    for row in fast.sort("fast", "track", descending=[True, False]).head(ROWS).iter_rows(named=True):
        name = _class(row)
        table.add_row(
            row["track"], f"{name} {row[name]:.0%}", f"{row['altitude']:.0f}", f"{row['fast']:.1f}",
            f"{(row['ee'] + row['nn']) ** 0.5:.0f}", Text(row["identity"] or "-"),
        )  # fmt: skip
    return table


def _class(row: dict[str, float]) -> str:
    return max(CLASSES, key=lambda name: row[name])


def _middle(column: pl.Series) -> float:
    """Return the middle between the least and the most of a column."""
    values = column.to_numpy()
    return float((values.min() + values.max()) / 2) if len(values) else 0.0
