"""What sites say that they have and do, as columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
import polars as pl

from outwork.match.judging.needs import EDGES, coded, keys
from outwork.match.judging.papers import Papers
from outwork.match.judging.window import Windows
from outwork.match.terms.columns import UNDATED, Names, days, listed, merged, put
from outwork.match.terms.terms import Machine, Terms
from outwork.model.axis import Array, Axis, Index, Mask, numbers
from outwork.model.spare import Tables, open_hours

BLANK: Final = pl.Schema({
    "name": pl.String(), "site": pl.String(), "resource": pl.String(), "process": pl.String(), "materials": pl.String(),
    **{edge: pl.Float64() for edge in EDGES}, "tolerance": pl.Float64(), "mass": pl.Float64(), "quality_class": pl.String(),
    "batch_least": pl.Float64(), "batch_most": pl.Float64(), "seen": pl.Date(),
})  # fmt: skip
"""An offer: a resource with a process, or a listing (whose resource is blank)."""


@dataclass(frozen=True, eq=False)
class Offers:
    """What sites offer; a cell that is blank is not known.

    [site], in the order of their names: complete, whether what no row says of it, it has not; recorded, day on which its
    record was looked through. [offer], by site, then resources before listings, by name: process, place in `processes`;
    materials and quality, place in `lists` and `qualities` (-1 blank); sure, possible [3, offer] in mm, the longest first,
    with blanks taken for 0 and for infinite; tolerance in mm, mass in kg, least, most in units (nan blank); hours
    [window, offer], spare in h (nan: a listing tells none); nth, number of its resource or listing, no other of
    the site having it; seen, day on which it was said. Days count from 1970-01-01.
    """

    sites: Axis
    complete: Mask
    recorded: Index
    site: Index
    names: Names
    nth: Index
    listing: Mask
    processes: Names
    process: Index
    lists: Names
    materials: Index
    sure: Array
    possible: Array
    tolerance: Array
    mass: Array
    qualities: Names
    quality: Index
    least: Array
    most: Array
    hours: Array
    seen: Index
    papers: Papers

    def __len__(self) -> int:
        """Return the number of offers."""
        return len(self.site)

    @classmethod
    def of(cls, tables: Tables, terms: Terms, windows: Windows) -> Offers:
        """Read what sites offer, and how many hours they have spare in each window."""
        record = tables["sites"].sort("site")
        sites = Axis.of(record, "site")
        processes, process, frame = _rows(tables, terms)
        edges = np.stack([numbers(frame, edge) for edge in EDGES])
        lists, materials = listed(frame["materials"])
        qualities, quality = listed(frame["quality_class"])
        site, recorded = sites.at(frame["site"]), days(record["recorded_on"])
        said = days(frame["seen"])
        return cls(
            sites=sites, complete=(record["record"] == "complete").to_numpy().astype(bool), recorded=recorded, site=site,
            names=tuple(frame["name"].to_list()), nth=_runs(frame), listing=frame["resource"].is_null().to_numpy().astype(bool),
            processes=processes, process=process, lists=lists, materials=materials, sure=_sorted(edges, 0.0),
            possible=_sorted(edges, np.inf), tolerance=numbers(frame, "tolerance"), mass=numbers(frame, "mass"),
            qualities=qualities, quality=quality, least=numbers(frame, "batch_least"), most=numbers(frame, "batch_most"),
            hours=_hours(tables, frame["resource"], windows), seen=np.where(said == UNDATED, recorded[site], said),
            papers=Papers.of(tables, sites, terms.schemes),
        )  # fmt: skip


def only(tables: Tables, site: str) -> dict[str, pl.DataFrame]:
    """Return the records, resources, calendar, capabilities, listings and certificates of one site."""
    kept = {name: tables[name].filter(pl.col("site") == site) for name in ("sites", "resources", "listings", "certificates")}
    resources = kept["resources"]["resource"].implode()
    kept |= {name: tables[name].filter(pl.col("resource").is_in(resources)) for name in ("capabilities", "calendar")}
    return kept


def _rows(tables: Tables, terms: Terms) -> tuple[Names, Index, pl.DataFrame]:
    """Return the processes, the process of every offer, and the offers [BLANK] in their order."""
    stated = _stated(tables, terms)
    rows = pl.concat([stated, _heard(tables, terms)])
    processes, process = coded(rows["process"], terms.words)
    rows = rows.with_columns(code=process, last=pl.col("resource").is_null(), place=pl.int_range(pl.len()))
    rows = rows.sort("site", "last", "name", "code", "place")
    return processes, rows["code"].to_numpy(), rows.select(BLANK.names())


def _stated(tables: Tables, terms: Terms) -> pl.DataFrame:
    """Capabilities, and for a resource without a row for its main process that process with all else blank."""
    resources = tables["resources"].select("resource", "site", "process")
    able = tables["capabilities"]
    told = able.join(resources.select("resource", "site"), on="resource")
    texts = pl.concat([resources["process"], able["process"]]).unique().to_list()
    spelt = dict(zip(texts, keys(texts, terms.words), strict=True))
    code = pl.col("process").replace_strict(spelt, return_dtype=pl.String()) if spelt else pl.col("process")
    bare = resources.with_columns(code.alias("code")).join(
        able.with_columns(code.alias("code")), on=["resource", "code"], how="anti"
    )
    rows = pl.concat([told.drop("source"), bare.drop("code")], how="diagonal").with_columns(name="resource")
    return rows.select(pl.col(name).cast(kind) for name, kind in BLANK.items())


def _heard(tables: Tables, terms: Terms) -> pl.DataFrame:
    """Listings: the process and the envelope of the machine that they name, else the processes of their text, an offer each."""
    lines = tables["listings"].rows(named=True)
    rows = []
    for line, codes in zip(lines, terms.words.listed([line["text"] for line in lines]), strict=True):
        machine = terms.words.machine(line["machine"] or line["text"])
        shared = {"name": line["listing"], "site": line["site"], "seen": line["seen"]}
        rows += [{**shared, **each} for each in _told(line["text"], codes, machine)]
    full = [{name: row.get(name) for name in BLANK.names()} for row in rows]
    return pl.DataFrame(full, schema=BLANK, orient="row")


def _told(text: str, codes: Sequence[str], machine: Machine | None) -> list[dict[str, object]]:
    """What a listing tells, an offer each: its machine's process, the processes that it lists, or its text as it is."""
    if machine is None:
        return [{"process": each} for each in (codes if len(codes) > 1 else (text,))]
    return [{
        "process": machine.process, "envelope_x": machine.x, "envelope_y": machine.y, "envelope_z": machine.z,
        "tolerance": machine.tolerance, "mass": machine.mass,
    }]  # fmt: skip


def _runs(frame: pl.DataFrame) -> Index:
    """Number the resources and listings of ordered offers."""
    return (frame.select(pl.struct("site", "resource", "name").rle_id().cast(pl.Int64)).to_series()).to_numpy()


def _sorted(edges: Array, blank: float) -> Array:
    """Edges of a box with the longest first, blanks taken for a number; a part turned to fit is compared in this order."""
    return -np.sort(-np.where(np.isnan(edges), blank, edges), axis=0)


def _hours(tables: Tables, resource: pl.Series, windows: Windows) -> Array:
    """Spare hours, overtime counted, of the resource of every offer in every window. [window, offer] in h; nan for none."""
    axis = Axis.of(tables["resources"], "resource")
    ordinary, overtime = open_hours(tables, axis, windows.horizon)
    so_far = np.zeros((len(axis) + 1, windows.horizon.steps + 1))
    np.cumsum(ordinary + overtime, axis=1, out=so_far[:-1, 1:])
    so_far[-1] = np.nan
    first, end = windows.steps
    found: Array = (so_far[:, end] - so_far[:, first]).T[:, axis.at(resource)]
    return found


def spliced(offers: Offers, fresh: Offers, place: int) -> Offers:
    """Return the offers with those of one site replaced. Args: fresh, of that site alone; place, of the site."""
    begin, end = map(int, np.searchsorted(offers.site, [place, place + 1]))
    named: dict[str, Any] = {}
    for names, column in (("processes", "process"), ("lists", "materials"), ("qualities", "quality")):
        named[names], known = merged(getattr(offers, names), getattr(fresh, names))
        named[column] = put(getattr(offers, column), known[getattr(fresh, column)], begin, end)
    for column in ("nth", "listing", "sure", "possible", "tolerance", "mass", "least", "most", "hours", "seen"):
        named[column] = put(getattr(offers, column), getattr(fresh, column), begin, end)
    return replace(
        offers, **named, site=put(offers.site, np.full(len(fresh), place), begin, end),
        names=offers.names[:begin] + fresh.names + offers.names[end:],
        complete=put(offers.complete, fresh.complete, place, place + 1),
        recorded=put(offers.recorded, fresh.recorded, place, place + 1), papers=offers.papers.spliced(fresh.papers, place),
    )  # fmt: skip
