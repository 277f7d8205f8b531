"""What a registration declares."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from outwork.store.formats.sapient.finding import Finding, caution, fault, shown

TEMPORARY: Final = 2
DEFAULT: Final = 3


def one_of_each_mode(node: Any, path: str) -> Iterator[Finding]:
    """Modes are asked for by name, and at most one is the default."""
    names = [mode.mode_name for mode in node.mode_definition]
    for number, name in enumerate(names):
        if name and name in names[:number]:
            yield fault(f"{path}.mode_definition[{number}].mode_name", f"is '{shown(name)}', as of another mode")
    if [mode.mode_type for mode in node.mode_definition].count(DEFAULT) > 1:
        yield caution(f"{path}.mode_definition", "holds more than one default mode")


def heartbeat(status: Any, path: str) -> Iterator[Finding]:
    """Heartbeats are some time apart."""
    if status.status_interval.HasField("value") and status.status_interval.value == 0:
        yield fault(f"{path}.status_interval.value", "is 0: no time between heartbeats")


def datum_of_its_kind(told: Any, path: str) -> Iterator[Finding]:
    """Locations have a datum of the earth, bearings one of north."""
    units, datum = told.WhichOneof("coordinates_oneof"), told.WhichOneof("datum_oneof")
    if units and datum and units.removesuffix("_units") != datum.removesuffix("_datum"):
        yield fault(f"{path}.{datum}", f"does not go with {units}")


def velocity_datum(told: Any, path: str) -> Iterator[Finding]:
    """A velocity along east, north and up has a datum of the earth."""
    if told.WhichOneof("datum_oneof") == "range_bearing_datum":
        yield caution(f"{path}.range_bearing_datum", "does not go with enu_velocity_units")


def temporary_ends(mode: Any, path: str) -> Iterator[Finding]:
    """A temporary mode says for how long it lasts."""
    if mode.mode_type == TEMPORARY and not mode.HasField("duration"):
        yield fault(f"{path}.duration", "is missing: a temporary mode says how long it lasts")


def deeper_classes(parent: Any, path: str) -> Iterator[Finding]:
    """Names of classes at one place differ."""
    return _once((each.type for each in parent.sub_class), f"{path}.sub_class")


def deeper_levels(parent: Any, path: str) -> Iterator[Finding]:
    """A class lies deeper than the one that it is within, and differs from its siblings."""
    yield from _deeper(parent.level, parent.sub_class, f"{path}.sub_class")
    yield from _once((each.type for each in parent.sub_class), f"{path}.sub_class")


def deeper_filters(parent: Any, path: str) -> Iterator[Finding]:
    """As with classes, so with the filters of them."""
    return _deeper(parent.level, parent.sub_class_definition, f"{path}.sub_class_definition")


def _deeper(level: int, within: Iterable[Any], path: str) -> Iterator[Finding]:
    for number, each in enumerate(within):
        if each.HasField("level") and each.level <= level:
            yield fault(f"{path}[{number}].level", f"is {each.level}, not deeper than {level}, the level of what it is within")


def _once(names: Iterable[str], path: str) -> Iterator[Finding]:
    met: set[str] = set()
    for number, name in enumerate(names):
        if name and name in met:
            yield caution(f"{path}[{number}].type", f"is '{shown(name)}', as of another class beside it")
        met.add(name)
