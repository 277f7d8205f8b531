"""A site as the tables of Open Know-Where version 1, and what they cannot carry."""

from __future__ import annotations

from typing import Any, Final

from outwork.model.programme import Programme
from outwork.model.tables.capacity import Capability, Resource
from outwork.model.tables.matching import Listing
from outwork.model.tables.places import Certificate
from outwork.store.formats.converted import Losses
from outwork.store.formats.gathering import UNKNOWN_NATION
from outwork.store.formats.outward import Sited, json_text

FACILITY: Final = 1
"""Number of the only facility of a file, its resource and its address."""


def written(programme: Programme, site: str, losses: Losses) -> str:
    """Return a site as JSON; what version 1 has no field for is listed."""
    own = Sited.of(programme, site)
    sources: dict[tuple[str, str], int] = {}
    equipment: list[dict[str, Any]] = []
    services: list[dict[str, Any]] = []
    for row in own.rows(Listing):
        number = _source(row, sources)
        if row.machine:
            said = {"brand": "", "model": row.machine, "type": row.text, "description": ""}
            equipment.append({"equipment_id": len(equipment) + 1, "resource_id": FACILITY, **said, "source_id": number})
        else:
            services.append(
                {
                    "service_id": len(services) + 1,
                    "resource_id": FACILITY,
                    "type": row.text,
                    "description": "",
                    "source_id": number,
                }
            )
    tables = {
        "Address": [_address(own)],
        "DistributedResource": [{"resource_id": FACILITY, "address_id": FACILITY, "verification": False}],
        "ManufacturingFacility": [{"facility_id": FACILITY, "resource_id": FACILITY, "name": own.site.name}],
        "ManufacturingEquipment": equipment,
        "ManufacturingService": services,
        "DatabaseSourceMetadata": [
            {"source_id": number, "name": name, **({"update_date": day} if day else {})}
            for (name, day), number in sources.items()
        ],
    }
    _lost(own, losses)
    return json_text({name: rows for name, rows in tables.items() if rows})


def _source(row: Listing, sources: dict[tuple[str, str], int]) -> int:
    return sources.setdefault((row.source, row.seen.isoformat() if row.seen else ""), len(sources) + 1)


def _address(own: Sited) -> dict[str, Any]:
    where: dict[str, Any] = {"address_id": FACILITY}
    if own.site.nation != UNKNOWN_NATION:
        where["country"] = own.site.nation
    if own.site.latitude is not None and own.site.longitude is not None:
        where |= {"latitude": own.site.latitude, "longitude": own.site.longitude}
    return where


def _lost(own: Sited, losses: Losses) -> None:
    for row in own.rows(Resource):
        losses.add(
            "resource", f"'{row.resource}' of site '{own.name}'", "version 1 knows equipment without hours, cost or limits"
        )
    for limit in own.rows(Capability):
        losses.add("capability", f"{limit.process} of '{limit.resource}'", "version 1 has no limits of a process")
    for paper in own.rows(Certificate):
        losses.add("certificate", f"{paper.scheme} of site '{own.name}'", "version 1 has no certificates")
    own.rest(losses, (Listing, Resource, Capability, Certificate))
