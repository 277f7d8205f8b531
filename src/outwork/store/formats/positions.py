"""Logs of positions as text tables: ships by AIS, aircraft by ADS-B, the GPS of one drone; each row is a self-report.

Columns are known by their headings, whatever their order, capitals and signs between words; a unit may stand behind a
heading, as in `Latitude_degrees`, `SOG_knots` or `altitude (m)`. Without a unit, a heading means what the table below says.

    what       headings                                                    without a unit
    time       time, timestamp, datetime, date_time, basedatetime, utc     UTC: ISO 8601, or seconds since 1970
    latitude   latitude, lat                                               degrees
    longitude  longitude, lon, long, lng                                   degrees
    altitude   altitude, alt, height, geoaltitude, baroaltitude            metres
    speed      speed, groundspeed, gs, velocity, sog (knots)               metres a second
    heading    heading, course, cog, track                                 degrees
    climb      climb, vertical_rate, vertrate, vz                          metres a second
    identity   mmsi, icao24, icao, address, identity, id, serial           as it is written
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

import polars as pl

from outwork.model.errors import Unreadable
from outwork.model.frames import empty, from_columns
from outwork.model.table import FIRST_INSTANT, LAST_INSTANT, table
from outwork.model.tables.watching import Detection, Sensor
from outwork.store import delimited
from outwork.store.cells import instants
from outwork.store.formats.detected import FOOT, KNOT, SAYS_AIRCRAFT, SAYS_GROUND, Feed
from outwork.store.reading import Raw

HEADINGS: Final[Mapping[str, tuple[str, ...]]] = {
    "at": ("time", "datetime", "basedatetime", "utc", "timestamp"),
    "latitude": ("latitude", "lat"),
    "longitude": ("longitude", "lon", "long", "lng"),
    "altitude": ("altitude", "alt", "height", "geoaltitude", "baroaltitude"),
    "speed": ("speed", "groundspeed", "gs", "velocity", "sog"),
    "heading": ("heading", "course", "cog", "track"),
    "climb": ("climb", "verticalrate", "vertrate", "vz"),
    "identity": ("mmsi", "icao24", "icao", "address", "identity", "id", "serial"),
}
"""Headings by what they mean, those that are preferred first; capitals and signs between words are left out."""
UNITS: Final[Mapping[str, float]] = {
    "degrees": 1.0, "degree": 1.0, "deg": 1.0, "m": 1.0, "meters": 1.0, "metres": 1.0, "km": 1000.0, "ft": FOOT, "feet": FOOT,
    "ms": 1.0, "mps": 1.0, "kmh": 1 / 3.6, "kts": KNOT, "kt": KNOT, "knots": KNOT, "kn": KNOT, "ftmin": FOOT / 60, "utc": 1.0,
}  # fmt: skip
"""What one unit is in metres, metres a second or degrees, by how it is written behind a heading."""
OWN_UNITS: Final[Mapping[str, float]] = {"sog": KNOT}
"""Units of headings that have one of their own."""
UNKNOWN: Final[Mapping[str, float]] = {"sog": 102.3, "cog": 360.0}
"""What AIS says where it does not know, as it is written (ITU-R M.1371, table 45)."""
LIMITS: Final[Mapping[str, tuple[float, float]]] = {
    "latitude": (-90, 90), "longitude": (-180, 180), "altitude": (-1000, 100_000), "speed": (0, 10_000), "heading": (-360, 360),
    "climb": (-10_000, 10_000),
}  # fmt: skip
"""Bounds of the columns of `detections`."""
NEEDED: Final = ("at", "latitude", "longitude")
SECONDS: Final = r"^\d{9,10}(\.\d*)?$"
"""Time as seconds since 1970."""


def is_log(header: tuple[str, ...]) -> bool:
    """Whether columns under these headings tell positions."""
    found = _meanings(header)
    return all(name in found for name in NEEDED)


def read(content: bytes, where: str, sensor: str) -> Feed:
    """Return the rows of a log as detections of a sensor. Unreadable where it has no time, latitude or longitude.

    A row that tells no instant or place is left out and told; a value beyond its bounds is unknown.
    """
    raw = delimited.parsed(table(Detection), content, where)
    if raw.faults and not raw.frame.height:
        raise Unreadable(str(raw.faults[0]))
    found = _meanings(raw.header)
    missing = [name for name in NEEDED if name not in found]
    if missing:
        wanted = " or ".join(HEADINGS[missing[0]])
        raise Unreadable(f"{where} line 1: no column tells the {missing[0]}; one of its headings should be {wanted}")
    rows = _rows(raw, found, sensor)
    sound = rows.filter(pl.all_horizontal(pl.col(NEEDED).is_not_null()))
    columns = {name: sound[name] for name in sound.columns if name != "line"}
    faults = (*_lost(rows, where), *_unread(raw.header, found, where), *(str(fault) for fault in raw.faults))
    return Feed(from_columns(table(Detection), columns), empty(table(Sensor)), tuple(faults))


def _rows(raw: Raw, found: Mapping[str, tuple[int, float]], sensor: str) -> pl.DataFrame:
    """Return the rows as columns of `detections`, null where a cell cannot be read, beside the line of each."""
    height = raw.frame.height
    lines = raw.lines if raw.lines is not None else pl.Series(range(2, height + 2))
    cells = {name: raw.frame.to_series(at).cast(pl.String).str.strip_chars() for name, (at, _) in found.items()}
    columns = {name: _number(cells[name], name, *_told(raw.header[found[name][0]])) for name in LIMITS if name in found}
    columns["at"] = _time(cells["at"])
    columns["identity"] = cells["identity"].fill_null("") if "identity" in found else pl.Series([""] * height, dtype=pl.String)
    columns["line"] = lines.cast(pl.Int64)
    said = _likelihoods(raw.header, found)
    rows = pl.DataFrame([series.alias(name) for name, series in columns.items()])
    return rows.with_columns(
        pl.lit(sensor).alias("sensor"),
        (pl.lit(f"{sensor}-") + pl.col("line").cast(pl.String)).alias("detection"),
        *(pl.lit(share).alias(name) for name, share in said.items()),
    )


def _likelihoods(header: tuple[str, ...], found: Mapping[str, tuple[int, float]]) -> Mapping[str, float]:
    """Return what a row says of its kind, by what the identity is called: ships have an MMSI, aircraft an ICAO address."""
    heading = _base(header[found["identity"][0]])[0] if "identity" in found else ""
    return {"mmsi": SAYS_GROUND, "icao24": SAYS_AIRCRAFT, "icao": SAYS_AIRCRAFT}.get(heading, {})


def _told(heading: str) -> tuple[float, float | None]:
    """Return what a unit of a column is, and what it says where it does not know."""
    base, factor = _base(heading)
    return factor, UNKNOWN.get(base)


def _number(cells: pl.Series, name: str, factor: float, unknown: float | None) -> pl.Series:
    """Return numbers in our units; none where there is none, where it says unknown, or beyond the bounds."""
    low, high = LIMITS[name]
    told = pl.col("n") * factor
    known = told.is_between(low, high) & (pl.lit(unknown is None) | (pl.col("n") != (unknown or 0.0)))
    return cells.cast(pl.Float64, strict=False).to_frame("n").select(pl.when(known).then(told)).to_series()


def _time(cells: pl.Series) -> pl.Series:
    seconds = cells.to_frame("t").select(pl.when(pl.col("t").str.contains(SECONDS)).then("t")).to_series()
    since = (seconds.cast(pl.Float64, strict=False) * 1e6).round().cast(pl.Int64).cast(pl.Datetime("us", "UTC"))
    found = pl.DataFrame([since.alias("seconds"), instants(cells).alias("iso")]).select(
        pl.coalesce("seconds", "iso").alias("at")
    )
    return found.select(pl.when(pl.col("at").is_between(FIRST_INSTANT, LAST_INSTANT)).then("at")).to_series()


def _lost(rows: pl.DataFrame, where: str) -> Iterator[str]:
    """Yield, for each thing that a row must tell, in how many rows it cannot be read, and the first of them."""
    for name in NEEDED:
        lines = rows.filter(pl.col(name).is_null())["line"]
        if len(lines):
            yield f"{where} line {lines[0]}: {name} cannot be read, as in {len(lines):,} rows in all; they are left out"


def _unread(header: tuple[str, ...], found: Mapping[str, tuple[int, float]], where: str) -> Iterator[str]:
    read = {at for at, _ in found.values()}
    names = [name for at, name in enumerate(header) if at not in read]
    if names:
        yield f"{where} line 1: columns that are not read: {', '.join(names)}"


def _meanings(header: tuple[str, ...]) -> Mapping[str, tuple[int, float]]:
    """Return, for each meaning, the place of the column that tells it and what one of its units is."""
    bases = [_base(name) for name in header]
    found: dict[str, tuple[int, float]] = {}
    for meaning, headings in HEADINGS.items():
        for heading in headings:
            at = next((at for at, (base, _) in enumerate(bases) if base == heading), None)
            if at is not None and meaning not in found:
                found[meaning] = at, bases[at][1]
    return found


def _base(heading: str) -> tuple[str, float]:
    """Return a heading without capitals, signs and unit, and what its unit is; one without a unit has its own, or 1."""
    words = [re.sub(r"[^a-z0-9]", "", word) for word in re.split(r"[\s_(\[]+", heading.strip().lower())]
    words = [word for word in words if word]
    if len(words) > 1 and words[-1] in UNITS:
        return "".join(words[:-1]), UNITS[words[-1]]
    base = "".join(words)
    return base, OWN_UNITS.get(base, 1.0)
