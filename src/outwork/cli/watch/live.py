"""`outwork watch live`: listen to sensors, keep the picture, warn, and record everything."""

from __future__ import annotations

import asyncio
from contextlib import ExitStack
from pathlib import Path
from typing import Annotated, Any

import polars as pl
import typer

from outwork import store, watch
from outwork.cli.answers import say
from outwork.cli.watch import inlets, outlets
from outwork.cli.watch.replay import Every
from outwork.model.errors import UnknownName
from outwork.model.frames import empty, to_rows
from outwork.model.tables import BY_NAME
from outwork.watch.live.clock import Steady
from outwork.watch.live.loop import Watch
from outwork.watch.live.options import Options
from outwork.watch.live.post import Post, Seen
from outwork.watch.live.status import Status
from outwork.watch.warm import warmed

Ends = list[str] | None


def live(
    programme: Annotated[str | None, typer.Argument(metavar="[P]", help="Programme with sensors and zones.")] = None,
    sapient: Annotated[
        str | None, typer.Option(metavar="[HOST]:PORT", help="Let SAPIENT nodes register and report here.")
    ] = None,
    asterix: Annotated[Ends, typer.Option(metavar="[HOST]:PORT", help="Hear ASTERIX over UDP; may be repeated.")] = None,
    remote_id: Annotated[Ends, typer.Option(metavar="[HOST]:PORT", help="Hear Remote ID over UDP; may be repeated.")] = None,
    adsb: Annotated[
        Ends, typer.Option(metavar="avr|beast://HOST:PORT", help="Read ADS-B from a receiver over TCP; may be repeated.")
    ] = None,
    cot: Annotated[
        Ends, typer.Option(metavar="udp|tcp|mesh|stream://HOST:PORT", help="Send tracks as Cursor on Target; may be repeated.")
    ] = None,
    record: Annotated[Path | None, typer.Option(help="Record what arrives and what is made of it (.mcap).")] = None,
    every: Every = 1.0,
    seconds: Annotated[float | None, typer.Option(min=0.1, help="End after so long; without it at Ctrl-C.")] = None,
    show: Annotated[
        str, typer.Option(metavar="picture|alerts", help="Show the picture, or print alerts as lines.")
    ] = "picture",
) -> None:
    """Listen to sensors and keep one picture: tracks, what each probably is, and alerts. It only looks and warns.

    Whatever is to be done about a track a person asks for and another approves; nothing here does it.
    """
    tables = store.load(programme) if programme is not None else None
    given = {name: tables[name] if tables else empty(BY_NAME[name]) for name in ("sensors", "zones")}
    sensors, zones = ([*to_rows(BY_NAME[name], frame)] for name, frame in given.items())
    clock = Steady()
    post = Post(sensors, zones, watch.Options(every=every), clock.now())  # type: ignore[arg-type]  # rows of these tables
    wanted = inlets.Wanted(sapient, tuple(asterix or ()), tuple(remote_id or ()), tuple(adsb or ()))
    sources = inlets.sources(wanted, post.join, clock)
    if not sources:
        raise UnknownName("there is nothing to listen to; name --sapient, --asterix, --remote-id or --adsb")
    typer.echo("making ready; the first time on a machine this takes a minute or two", err=True)
    warmed()
    with ExitStack() as held:
        sinks = [outlets.cot_sink(each) for each in cot or ()]
        kept = outlets.Recording(record, given, clock, held) if record is not None else None
        sinks += [kept.sink] if kept is not None else []
        sinks.append(outlets.picture(given["zones"], held) if show == "picture" else outlets.lines())
        running: Watch[Seen] = Watch(sensors, sources, post.take, sinks, clock, Options())  # type: ignore[arg-type]
        post.heard = [running.intake.join, *([kept.join] if kept is not None else [])]
        status = asyncio.run(_until(running, seconds))
    _tell(status, post)


async def _until(running: Watch[Seen], seconds: float | None) -> Status:
    """Run until Ctrl-C, or for so many seconds."""
    if seconds is not None:
        asyncio.get_running_loop().call_later(seconds, running.stop.set)
    return await running.run()


def _tell(status: Status, post: Post) -> None:
    """Tell what was heard, and what a person should look at."""
    post.close()
    for name, source in status.sources.items():
        typer.echo(f"{name}: {source.detections:,} detections")
    say(status.lines())
    bad: dict[str, Any]
    for bad in post.health().filter(pl.col("state") != "good").iter_rows(named=True):
        typer.echo(f"sensor {bad['sensor']} is {bad['state']}: {bad['why']}")
