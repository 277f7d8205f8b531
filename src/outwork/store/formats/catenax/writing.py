"""A site as the aspect ManufacturingCapability 3.1, and what it cannot carry."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from outwork.model.programme import Programme
from outwork.model.table import Row
from outwork.model.tables.capacity import Capability, Resource
from outwork.model.tables.matching import Listing
from outwork.model.tables.places import Certificate
from outwork.store.formats.catenax.labels import LANGUAGE, LIMITS, PAPER, RESOURCE, SITE, TOLD
from outwork.store.formats.converted import Losses
from outwork.store.formats.outward import Sited, json_text


def written(programme: Programme, site: str, losses: Losses) -> str:
    """Return a site as JSON; what the aspect has no place for is listed."""
    own = Sited.of(programme, site)
    machines = [_resource(row, own) for row in own.rows(Resource)]
    machines += [_machine(row) for row in own.rows(Listing) if row.machine]
    aspect = {
        "machineTools": [],
        "processes": [],
        "machines": machines,
        "capabilities": [_claim(row) for row in own.rows(Listing) if not row.machine],
        "certificates": [_element(row.scheme, _stated(row, PAPER)) for row in own.rows(Certificate)],
        "products": [_element("site", _stated(own.site, SITE))],
    }
    own.rest(losses, (Listing, Resource, Capability, Certificate))
    return json_text(aspect)


def _resource(row: Resource, own: Sited) -> dict[str, Any]:
    """Return a resource as a machine that states its spare hours; its main process comes first."""
    limits = {each.process: each for each in own.rows(Capability) if each.resource == row.resource}
    names = dict.fromkeys((row.process, *limits))
    provides = [_capability(name, _constraints(limits[name]) if name in limits else []) for name in names]
    return {**_element(row.resource, _stated(row, RESOURCE)), "provides": provides, "containsTools": []}


def _machine(row: Listing) -> dict[str, Any]:
    provides = [_claim(row)] if row.text else []
    return {**_element(row.machine, []), "provides": provides, "containsTools": []}


def _claim(row: Listing) -> dict[str, Any]:
    return {**_capability(row.text, []), "properties": _stated(row, {"source": "source", "seen": "seen"})}


def _capability(name: str, constraints: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        **_element(name, []),
        "capabilityLabel": {LANGUAGE: name},
        "hierarchyElementId": name,
        "capabilityConstraintSet": constraints,
    }


def _constraints(row: Capability) -> list[dict[str, Any]]:
    """Return one constraint for each material, as the aspect has it, the limits with the first."""
    limits = _stated(row, {**LIMITS, **TOLD})
    materials = [each.strip() for each in (row.materials or "").split(";") if each.strip()]
    if not materials:
        return [{"capabilityConstraintProperties": limits}]
    return [
        {
            "capabilityConstraintProperties": limits if at == 0 else [],
            "refersToMaterial": {"@type": "MaterialEntity", **_element(name, [])},
        }
        for at, name in enumerate(materials)
    ]


def _stated(row: Row, labels: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return the columns of a row that are not blank as properties."""
    pairs: Iterable[tuple[str, Any]] = ((label, getattr(row, column)) for label, column in labels.items())
    return [
        {"propertyLabel": {LANGUAGE: label}, "propertyValue": repr(value) if isinstance(value, float) else str(value)}
        for label, value in pairs
        if value is not None and value != ""
    ]


def _element(label: str, properties: list[dict[str, Any]]) -> dict[str, Any]:
    return {"label": {LANGUAGE: label}, "properties": properties}
