"""`outwork watch coverage`: where sensors look, where they do not, and where the next one would help most."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Annotated

import numpy as np
import polars as pl
import typer

from outwork import store
from outwork.cli.answers import keeps, say
from outwork.model.errors import UnknownName
from outwork.model.frames import empty
from outwork.model.nearest import nearest
from outwork.model.programme import Programme
from outwork.model.tables import BY_NAME
from outwork.watch.coverage.detection import Coverage, Options
from outwork.watch.coverage.detection import coverage as covered
from outwork.watch.coverage.gaps import Wish, demands, gaps
from outwork.watch.coverage.grid import Grid, grid
from outwork.watch.coverage.placing import Places, choose, placements
from outwork.watch.run import framed
from outwork.watch.sensors import Sensors

TOLD = 5
"""Gaps and places told."""


def coverage(
    programme: Annotated[str, typer.Argument(metavar="P", help="Folder, workbook, .outwork file or PostgreSQL URL.")],
    wide: Annotated[
        float, typer.Option(min=0.1, help="Kilometres from west to east, around the middle of the sensors.")
    ] = 20.0,
    deep: Annotated[float, typer.Option(min=0.1, help="Kilometres from south to north.")] = 20.0,
    step: Annotated[float, typer.Option(min=10.0, help="Side of a cell in metres.")] = 500.0,
    altitude: Annotated[list[float] | None, typer.Option(help="Metres above the ellipsoid; may be repeated.")] = None,
    ground: Annotated[float, typer.Option(help="Metres of the smooth ground above the ellipsoid.")] = 0.0,
    least: Annotated[float, typer.Option(min=0, max=1, help="Probability in ten seconds from which a cell is covered.")] = 0.9,
    like: Annotated[str | None, typer.Option(help="Sensor like which more are placed.")] = None,
    more: Annotated[int, typer.Option(min=1, help="How many are placed.")] = 3,
    close: Annotated[
        tuple[str, str, datetime, float] | None,
        typer.Option(
            "--for",
            metavar="ITEM SITE DUE KM2",
            help="Ask plan for an item to close the gaps: for which site, by when, and what one covers.",
        ),
    ] = None,
    to: Annotated[str | None, typer.Option(help="Where to write the programme with demands for the gaps, as options.")] = None,
) -> None:
    """Tell how probably a thing is detected over an area, where too seldom, and where one more sensor helps most.

    The ground is taken as smooth: hills and houses hide more than is told here.
    """
    tables = store.load(programme)
    frame = framed(tables)
    area = grid(frame, wide=1000 * wide, deep=1000 * deep, step=step, altitudes=np.array(altitude or [100.0, 300.0]))
    options = Options(least=least, ground=ground)
    found = covered(Sensors.of(_posts(tables, programme), frame), area, options)
    answer = {"coverage_gaps": gaps(found), "placements": _placed(tables, area, options, like, more)}
    say(_told(found, answer))
    if to is not None:
        store.save(tables if close is None else _asked(tables, answer["coverage_gaps"], *close), to, answer)
    elif keeps(programme):
        store.save_results(answer, programme)


def _posts(tables: Programme, place: str) -> pl.DataFrame:
    """Return the sensors of a programme. UnknownName where there is none."""
    if not tables["sensors"].height:
        raise UnknownName(f"{place}: there is no row in sensors; say where each stands and how far it sees")
    return tables["sensors"]


def _placed(tables: Programme, area: Grid, options: Options, like: str | None, more: int) -> pl.DataFrame:
    """Return where more sensors like one would help most; any cell of the area may hold one. UnknownName for no such sensor."""
    names = tables["sensors"]["sensor"].to_list()
    if like is None:
        return empty(BY_NAME["placements"])
    if like not in names:
        near = nearest(like, names)
        raise UnknownName(f"there is no sensor '{like}'" + (f"; did you mean '{near}'?" if near else ""))
    latitude, longitude = (each.ravel() for each in area.ground)
    height = float(tables["sensors"]["altitude"][names.index(like)])
    places = Places(latitude, longitude, np.full(len(latitude), height))
    chosen = choose(Sensors.of(tables["sensors"], area.frame), names.index(like), places, area, options, more)
    return placements(chosen, places, like)


def _asked(tables: Programme, missing: pl.DataFrame, item: str, site: str, due: datetime, covers: float) -> Programme:
    """Return the programme with demands, as options, for what would close the gaps."""
    wish = Wish(item=item, site=site, due=due.date(), covers=1e6 * covers)
    return tables.replace(demands=pl.concat([tables["demands"], demands(missing, wish)]))


def _told(found: Coverage, answer: Mapping[str, pl.DataFrame]) -> Iterator[str]:
    """Tell how much is covered, the largest gaps and the best places."""
    missing, placed = answer["coverage_gaps"], answer["placements"]
    yield (
        f"{found.covered:.0%} of the cells are covered; a thing is detected within {found.options.window:g} s "
        f"with a probability of {found.mean:.2f} on average. {missing.height} gaps."
    )
    for row in missing.sort("area", "coverage_gap", descending=[True, False]).head(TOLD).iter_rows(named=True):
        yield (
            f"{row['coverage_gap']}: {row['area'] / 1e6:,.1f} km2 at {row['altitude']:,.0f} m around {row['latitude']:.4f} "
            f"{row['longitude']:.4f}, probability {row['probability']:.2f}"
        )
    for row in placed.head(TOLD).iter_rows(named=True):
        yield (
            f"{row['place']}. one more {row['sensor']} at {row['latitude']:.4f} {row['longitude']:.4f}: "
            f"{row['gain']:+.3f} on average"
        )
