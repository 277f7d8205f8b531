"""What operations ask for, as columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from outwork.match.judging.makers import Makers
from outwork.match.judging.wanted import Wanted, wanted
from outwork.match.judging.window import Windows, windows
from outwork.match.terms.certificates import Ask, asks
from outwork.match.terms.columns import Names, gathered, listed
from outwork.match.terms.kinds import BIT
from outwork.match.terms.spelling import plain
from outwork.match.terms.terms import Terms, Words
from outwork.model.axis import Array, Axis, Index, numbers
from outwork.model.programme import Programme

UNSAID = ("", "unknown", "?")
"""Process of an operation of which nobody has said what it is."""
EDGES = ("envelope_x", "envelope_y", "envelope_z")
LITERAL = "~"
"""Goes before a text that is no known process, so that it equals the same text and no code."""


@dataclass(frozen=True, eq=False)
class Needs:
    """What operations ask for; a cell that is blank asks nothing.

    [operation], in the order of their names: process, place in `processes` (codes of the taxonomy, else the text after `~`,
    else empty where nothing was said); material, place in `materials`, quality in `qualities` (as written, -1: any); edges
    [operation, 3] in mm, the longest first, 0 where not asked; tolerance in mm, mass in kg, batch in units, nan where not
    asked; papers, place in `sets` (-1: none); asked, bits of the needs that it has. makers, who does it, or could.
    """

    operations: Axis
    items: Names
    texts: Names
    processes: Names
    process: Index
    materials: Names
    material: Index
    edges: Array
    tolerance: Array
    mass: Array
    qualities: Names
    quality: Index
    batch: Array
    sets: tuple[tuple[Ask, ...], ...]
    papers: Index
    asked: Index
    windows: Windows
    wanted: Wanted
    makers: Makers

    @classmethod
    def of(cls, programme: Programme, terms: Terms, today: date | None = None) -> Needs:
        """Read the operations of a programme. Args: today, before which no work can be done (blank: its first day)."""
        frame = programme["operations"].sort("operation")
        operations = Axis.of(frame, "operation")
        processes, process = coded(frame["process"], terms.words)
        materials, material = listed(frame["material"])
        qualities, quality = listed(frame["quality_class"])
        cells, cell = listed(frame["certificates"])
        sets = [asks(each, terms.schemes) for each in cells]
        papers = np.array([-1 if at < 0 or not sets[at] else at for at in cell], np.int64)
        edges = -np.sort(-np.stack([numbers(frame, edge, 0.0) for edge in EDGES], axis=1), axis=1)
        wish = wanted(programme, operations)
        limits = {name: numbers(frame, name) for name in ("tolerance", "mass", "batch")}
        asked = np.full(len(operations), BIT["process"] | BIT["hours"], np.int64)
        asked |= np.where(material >= 0, BIT["material"], 0) | np.where(edges[:, 0] > 0, BIT["envelope"], 0)
        asked |= np.where(quality >= 0, BIT["class"], 0) | np.where(papers >= 0, BIT["certificate"], 0)
        asked |= np.where(np.isnan(limits["tolerance"]), 0, BIT["tolerance"])
        asked |= np.where(np.isnan(limits["mass"]), 0, BIT["mass"]) | np.where(np.isnan(limits["batch"]), 0, BIT["batch"])
        return cls(
            operations=operations, items=tuple(frame["item"].to_list()), texts=tuple(frame["process"].to_list()),
            processes=processes, process=process, materials=materials, material=material, edges=edges, **limits,
            qualities=qualities, quality=quality, sets=tuple(sets), papers=papers, asked=asked,
            windows=windows(programme.horizon, wish.last, today), wanted=wish, makers=Makers.of(programme, operations),
        )  # fmt: skip


def coded(texts: pl.Series, words: Words) -> tuple[Names, Index]:
    """Return the processes that texts mean, and the place of each text's among them."""
    each, place = listed(texts.fill_null(""))
    return gathered(keys(each, words), place)


def keys(texts: Sequence[str], words: Words) -> list[str]:
    """Return the code that each text means, the text itself after `~` where it means none, empty where it says nothing."""
    codes = words.resolve(texts)
    return [
        "" if plain(text) in UNSAID else code or LITERAL + plain(text) for text, code in zip(texts, codes, strict=True)
    ]  # fmt: skip
