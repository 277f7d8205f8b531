"""One door for every outside format: look at a file, and convert it by what it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Final

from outwork.model.errors import Unreadable
from outwork.store.formats import frepple, inventree, manifests
from outwork.store.formats.converted import Converted
from outwork.store.formats.manifests import Broken
from outwork.store.formats.opening import content

WEEK: Final = 7
"""Days."""
HEAD: Final = 65536
"""Bytes at the beginning of a file in which its kind shows."""


class Format(StrEnum):
    """An outside format."""

    FREPPLE = "frepple"
    """A model of frePPLe: Django fixture (JSON), engine model (XML or JSON), plain or gzipped."""
    INVENTREE = "inventree"
    """An export of InvenTree: JSON, plain or gzipped."""
    OKH = "okh"
    """A design as Open Know-How tells it: YAML (version 1) or TOML (version 2); or a folder of such."""
    OKW = "okw"
    """Sites as Open Know-Where tells them: YAML or JSON, plain or gzipped; or a folder of such."""
    CATENAX = "catenax"
    """A site as the aspect ManufacturingCapability of Catena-X: JSON; or a folder of such."""
    BOM = "bom"
    """A bill of material: CSV, TSV, workbook, or what KiCad writes; or a folder of such."""


@dataclass(frozen=True)
class Wishes:
    """What a person may ask of any conversion: first day, length of a step [day], length of the horizon [week].

    `rates` say what one unit of another currency is worth in that of the file, for formats that hold several; `broken`,
    what becomes of a folder in which some files break their format.
    """

    start: date | None = None
    step_days: int | None = None
    weeks: int | None = None
    rates: Mapping[str, float] = field(default_factory=dict)
    broken: Broken = Broken.REFUSE


def convert(path: Path, form: Format | None = None, wishes: Wishes | None = None) -> Converted:
    """Return the programme that a file holds and what was lost; `form` None: by what the file looks like.

    Raises Unreadable where the file is of no known format or breaks its own.
    """
    if path.is_dir():
        return _gathered(path, form, wishes or Wishes())
    found = form or recognised(path)
    return CONVERTERS[found](path, wishes or Wishes()) if found in CONVERTERS else _gathered(path, found, wishes or Wishes())


def recognised(path: Path) -> Format:
    """Return the format that a file looks like. Unreadable where it looks like none."""
    head = content(path)[:HEAD]
    if any(mark in head for mark in (b'"capabilityLabel"', b'"machineTools"', b'"facility"', b'"ManufacturingFacility"')):
        kind = manifests.known(path)
        if kind is not None:
            return Format(kind)
    if b"<plan" in head or b'"input.' in head or b'"common.' in head:
        return Format.FREPPLE
    if any(mark in head for mark in (b'"part.', b'"company.', b'"stock.', b'"build.', b'"order.')):
        return Format.INVENTREE
    if head.lstrip()[:1] == b"{" and any(mark in head for mark in (b'"demands"', b'"operations"', b'"items"', b'"buffers"')):
        return Format.FREPPLE
    kind = manifests.known(path)
    if kind is not None:
        return Format(kind)
    known = ", ".join(Format)
    raise Unreadable(f"{path}: looks like none of the formats that can be converted; name one with --format {known}")


def _frepple(path: Path, wishes: Wishes) -> Converted:
    if wishes.rates:
        raise Unreadable(f"{path}: a model of frePPLe is all in one currency; leave out --rate")
    model, losses = frepple.read(path)
    return frepple.convert(model, losses, frepple.Options(wishes.start, wishes.step_days, weeks=wishes.weeks))


def _inventree(path: Path, wishes: Wishes) -> Converted:
    if wishes.step_days not in (None, WEEK):
        raise Unreadable(f"{path}: an export of InvenTree is planned in weeks; leave out --step-days")
    plain = inventree.Options()
    asked = inventree.Options(start=wishes.start, weeks=wishes.weeks or plain.weeks, rates=wishes.rates)
    return inventree.convert(inventree.read(path), asked)


def _gathered(path: Path, form: Format | None, wishes: Wishes) -> Converted:
    """Return what manifests and bills of material tell."""
    if form in CONVERTERS:
        raise Unreadable(f"{path}: is a folder; what {form} wrote is one file, so name that")
    if wishes.rates or wishes.step_days not in (None, WEEK):
        raise Unreadable(
            f"{path}: manifests and bills of material have neither prices nor days; leave out --rate and --step-days"
        )
    asked = manifests.Asked(wishes.start, wishes.weeks, wishes.broken)
    return manifests.convert(path, manifests.Kind(form) if form else None, asked)


CONVERTERS: Final[Mapping[Format, Callable[[Path, Wishes], Converted]]] = {
    Format.FREPPLE: _frepple,
    Format.INVENTREE: _inventree,
}
