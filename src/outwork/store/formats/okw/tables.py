"""Open Know-Where version 1: lists of facilities, equipment, services and skills that name each other by numbers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from outwork.store.formats.gathering import Gathering
from outwork.store.formats.okw.site import SOURCE, Site
from outwork.store.formats.tree import Twig, plain
from outwork.store.formats.values import moment

TABLES: Final = (
    "ManufacturingFacility", "DistributedResource", "Address", "ManufacturingEquipment", "ManufacturingService",
    "ManufacturingSkill", "DatabaseSourceMetadata",
)  # fmt: skip


def is_one(tree: Twig) -> bool:
    """Return whether a tree holds tables of version 1."""
    return tree.is_branch and any(tree.at(name) for name in (TABLES[0], f"{TABLES[0]}s", "ManufacturingFacilities"))


def gather(tree: Twig, where: str, into: Gathering) -> None:
    """Add a site for every facility, and what the other tables say of it by the number of its resource."""
    resources = _by(tree.at("DistributedResource", "DistributedResources"), "resource_id")
    addresses = _by(tree.at("Address", "Addresses"), "address_id")
    sources = _by(tree.at("DatabaseSourceMetadata"), "source_id")
    sites: dict[str, Site] = {}
    for row in tree.at(TABLES[0], f"{TABLES[0]}s", "ManufacturingFacilities").rows():
        number = row.at("resource_id").text()
        resource = resources.get(number)
        address = addresses.get((resource.at("address_id") if resource else row.at("address_id")).text())
        site = _site(row, address, where, into)
        sites[number] = site
        for field in ("capabilities", "type", "description"):
            _list(site, row, row.at(field).text(), "", sources)
    _rest(tree, sites, sources)


def _rest(tree: Twig, sites: Mapping[str, Site], sources: Mapping[str, Twig]) -> None:
    for row in tree.at("ManufacturingEquipment", "ManufacturingEquipments").rows():
        model = " ".join(filter(None, (row.at("brand").text(), row.at("model").text())))
        if site := _owner(row, sites):
            _list(site, row, row.at("type").text() or row.at("description").text(), model, sources)
    for name, fields in (("ManufacturingService", ("type", "description")), ("ManufacturingSkill", ("skills", "name"))):
        for row in tree.at(name, f"{name}s").rows():
            site = _owner(row, sites)
            text = next((row.at(field).text() for field in fields if row.at(field)), "")
            if site:
                _list(site, row, text, "", sources)


def _site(row: Twig, address: Twig | None, where: str, into: Gathering) -> Site:
    name = row.at("name")
    if not name:
        row.fault("names no facility; write its name")
    nation = address.at("country").text() if address is not None and len(address.at("country").value) == 2 else ""  # noqa: PLR2004
    site = Site(into, where, name.text(), nation, f"{SOURCE}, {where}")
    if address is not None and address.at("latitude") and address.at("longitude"):
        latitude, longitude = address.at("latitude").number(), address.at("longitude").number()
        if latitude is None or longitude is None or abs(latitude) > 90 or abs(longitude) > 180:  # noqa: PLR2004  degrees
            address.fault("latitude and longitude are not on the globe")
        else:
            site.stands(latitude, longitude)
    return site


def _owner(row: Twig, sites: Mapping[str, Site]) -> Site | None:
    number = row.at("resource_id").text()
    if number not in sites:
        row.fault(f"belongs to the resource '{number}', which no facility of the file is")
        return None
    return sites[number]


def _list(site: Site, row: Twig, text: str, machine: str, sources: Mapping[str, Twig]) -> None:
    """Add a listing with the source that the row names, and the day on which that was last brought up to date."""
    source = sources.get(row.at("source_id").text())
    if source is None:
        site.lists(text, machine)
        return
    told = " ".join(filter(None, (source.at("name").text(), source.at("source_url").text())))
    site.quotes(text, machine, told or site.source, _day(source.at("update_date", "creation_date")))


def _day(field: Twig) -> date | None:
    written = field.text()
    if not written:
        return None
    try:
        return moment(written[:10]).date()
    except ValueError:
        field.fault(f"{written!r:.40} is not a day such as 2026-03-02")
        return None


def _by(rows: Twig, name: str) -> dict[str, Twig]:
    """Return rows by their number. A fault where two have the same."""
    found: dict[str, Twig] = {}
    for row in rows.rows():
        number = row.at(name).text()
        if number in found:
            row.fault(f"has the {plain(name)} {number} of an earlier row")
        found[number] = row
    return found
