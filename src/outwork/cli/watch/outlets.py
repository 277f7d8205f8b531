"""Where the live picture goes: to maps as Cursor on Target, into a recording, onto the screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Final

import polars as pl
import typer
from rich.live import Live

from outwork.cli.watch import view
from outwork.cli.watch.ends import ended
from outwork.model.errors import UnknownName, Unwritable
from outwork.model.tables.watching import Sensor
from outwork.store.formats import cot
from outwork.store.formats.recording import Recorder
from outwork.watch.live.clock import Clock
from outwork.watch.live.cot_sink import Datagrams, Outlet, Posts, Stream
from outwork.watch.live.heard import Sink, Turn
from outwork.watch.live.post import Seen
from outwork.watch.live.sinks import Calls

FORMS: Final[Mapping[str, tuple[Callable[[cot.Event], bytes], Callable[[str, int], Outlet]]]] = {
    "udp": (cot.xml, Datagrams),
    "tcp": (cot.xml, Stream),
    "mesh": (cot.mesh, Datagrams),
    "stream": (cot.stream, Stream),
}
"""How Cursor on Target is written and sent: as XML in datagrams or a stream, or as messages of the TAK protocol in either."""
KEPT: Final = 20
"""Alerts kept on the screen."""


def cot_sink(text: str) -> Sink[Seen]:
    """Return a sink of Cursor on Target. UnknownName where its end is not written as one."""
    protocol, host, port = ended(text)
    if protocol not in FORMS:
        raise UnknownName(f"'{text}' does not say how it is to be sent; write one of {', '.join(FORMS)}://{host}:{port}")
    write, outlet = FORMS[protocol]

    def made(turn: Turn[Seen]) -> Iterator[bytes]:
        return (write(event) for event in cot.events(turn.made.states, turn.made.tracks, cot.Options()))

    return Posts(f"cot {text}", made, outlet(host, port))


class Recording:
    """Records what arrives, as it was told, the sensors that it is of, and what is made of it."""

    def __init__(self, path: Path, given: Mapping[str, pl.DataFrame], clock: Clock, held: ExitStack) -> None:
        """Begin with the tables that are given; the file is closed with `held`. Unwritable where there can be none."""
        try:
            self._recorder = Recorder(held.enter_context(path.open("wb")))
        except OSError as error:
            raise Unwritable(f"{path}: cannot be written ({error.strerror}); name another file with --record") from error
        self._clock = clock
        for name, frame in given.items():
            self._recorder.rows(name, frame, clock.now())
        self.sink: Sink[Seen] = Calls("recording", self._keep, self._recorder.finish)

    def join(self, sensors: Sequence[Sensor]) -> None:
        """Record sensors that have joined, or are known better."""
        for sensor in sensors:
            self._recorder.row("sensors", sensor, self._clock.now())

    def _keep(self, turn: Turn[Seen]) -> None:
        for each in turn.arrived:
            self._recorder.row("detections", each.row, each.arrived)
        for name, frame in (("tracks", turn.made.tracks), ("track_states", turn.made.states), ("alerts", turn.made.alerts)):
            self._recorder.rows(name, frame, turn.now)
        self._recorder.flush()


def lines() -> Sink[Seen]:
    """Return a sink that prints alerts as they are raised."""

    def tell(turn: Turn[Seen]) -> None:
        for row in turn.made.alerts.iter_rows(named=True):
            typer.echo(f"{row['at']:%H:%M:%S} {row['zone']}: {row['sentence']}")

    return Calls("alerts", tell)


def picture(zones: pl.DataFrame, held: ExitStack) -> Sink[Seen]:
    """Return a sink that shows the picture at the terminal."""
    screen = held.enter_context(Live(auto_refresh=False, transient=True))
    alerts: list[pl.DataFrame] = []

    def show(turn: Turn[Seen]) -> None:
        alerts.append(turn.made.alerts)
        del alerts[:-KEPT]
        states = turn.made.states
        if states.height:
            tracks = states.join(turn.made.tracks, on="track")
            screen.update(view.shown(turn.now, tracks, pl.concat(alerts).tail(KEPT), zones, states), refresh=True)

    return Calls("picture", show)
