"""One door outwards: designs, sites and bills of material of a programme as files of other systems, and what those lack."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import polars as pl

from outwork.model.errors import UnknownName
from outwork.model.programme import Programme
from outwork.model.tables.design import Item
from outwork.model.tables.places import Site
from outwork.store import durable
from outwork.store.formats import bom, catenax, okh, okw
from outwork.store.formats.converted import Loss, Losses
from outwork.store.formats.outward import one_of


class Outward(StrEnum):
    """A format that is written."""

    OKH = "okh"
    """Open Know-How 2: a manifest (TOML) for each design, with its bill of material."""
    OKW = "okw"
    """Open Know-Where 1: tables (JSON) for each site."""
    CATENAX = "catenax"
    """Catena-X ManufacturingCapability 3.1: an aspect (JSON) for each site."""
    BOM = "bom"
    """A bill of material (CSV) for each item that is made of others."""


@dataclass(frozen=True)
class Exported:
    """Files by name, and what of the rows that they were made of they do not hold."""

    files: Mapping[str, bytes]
    losses: tuple[Loss, ...]


def export(programme: Programme, form: Outward, only: Sequence[str] = ()) -> Exported:
    """Return the files of a format; `only`: of these items or sites. UnknownName where one of them is not there."""
    losses, files = Losses(), dict[str, bytes]()
    names = list(only) or (
        made(programme) if form in (Outward.OKH, Outward.BOM) else programme["sites"]["site"].sort().to_list()
    )
    if not names:
        raise UnknownName(
            f"there is nothing to write as {form}: no {'item is made' if form in (Outward.OKH, Outward.BOM) else 'site'}"
        )
    for name in names:
        one_of(programme, Item if form in (Outward.OKH, Outward.BOM) else Site, name)
        stem = _stem(name, form, files)
        match form:
            case Outward.OKH:
                files |= okh.written(programme, name, stem, losses)
            case Outward.OKW:
                files[f"{stem}.okw.json"] = okw.written(programme, name, losses).encode()
            case Outward.CATENAX:
                files[f"{stem}.catenax.json"] = catenax.written(programme, name, losses).encode()
            case Outward.BOM:
                files[f"{stem}.bom.csv"] = bom.written(programme, name, losses)
    return Exported(files, losses.listed())


def save(exported: Exported, folder: Path) -> None:
    """Write the files into a folder in one step; others that lie there stay. Unwritable where that fails."""

    def writer(found: bytes) -> durable.Writer:
        def write(path: Path) -> None:
            path.write_bytes(found)

        return write

    durable.replace_files(folder, {name: writer(found) for name, found in exported.files.items()}, ())


def made(programme: Programme) -> list[str]:
    """Return the items that are designs: made of others, or made and part of nothing."""
    operations, components = programme["operations"], programme["components"]
    composed = operations.join(components.select("operation").unique(), on="operation", how="semi")["item"]
    whole = operations.filter(~pl.col("item").is_in(components["item"].implode()))["item"]
    return sorted({*composed, *whole})


def _stem(name: str, form: Outward, files: Mapping[str, bytes]) -> str:
    """Return a name for a file: the row's own without what files cannot be called, told apart by a number."""
    plain = re.sub(r"[^\w.-]+", "-", name).strip("-.")[:100] or str(form)
    stem, at = plain, 1
    while any(file.casefold().startswith(f"{stem.casefold()}.") for file in files):
        at += 1
        stem = f"{plain}-{at}"
    return stem
