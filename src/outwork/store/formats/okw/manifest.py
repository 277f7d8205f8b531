"""Records of facilities as sites and listings. What nobody says a site can do is not made up: its record stays in part."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from outwork.store.formats.gathering import Gathering
from outwork.store.formats.okw import tables
from outwork.store.formats.okw.site import SOURCE, Site
from outwork.store.formats.tree import Twig, plain

MARKS: Final = (
    "inventory-atoms", "supply-atoms", "product-atoms", "processes", "equipment", "facility", "facilities", "facility-status",
    "manufacturing-processes", "manufacturing-facility", "gps-coordinates", "supplies-atom", "okw",
)  # fmt: skip
"""Fields of which a record of a facility has at least one, if only a blank one; manifests of designs have none."""
RECORDS: Final = ("facilities", "records", "results", "items")
"""Fields under which exports keep their records."""


def is_one(tree: Twig) -> bool:
    """Return whether a tree holds records of facilities."""
    first = next(iter(_records(tree)), tree)
    names = {plain(name) for name in first.value} if isinstance(first.value, Mapping) else set()
    return bool(names & {plain(mark) for mark in MARKS}) or tables.is_one(first)


def gather(tree: Twig, where: str, into: Gathering) -> None:
    """Add the sites of a file. Unreadable with every fault of it."""
    if tables.is_one(tree):
        tables.gather(tree, where, into)
    else:
        for record in _records(tree):
            _record(record, where, into)
    for leaf in tree.unread():
        why = next((why for mark, why in LOST.items() if mark in {plain(str(name)) for name in leaf.path}), "has no column")
        into.losses.add(_kind(leaf), f"{where}, {leaf}", why)
    tree.fits()


LOST: Final = {
    "inventoryatoms": "neither quantity nor price is stated, so no stock is made of it",
    "supplyatoms": "neither quantity nor price is stated, so no offer is made of it",
    "productatoms": "a product, which says no process",
    "email": "left out: a programme travels",
    "contact": "left out: a programme travels",
    "addressid": "a number of the register", "locationid": "a number of the register", "regionid": "a number of the register",
    "geocodingid": "a number of the register", "facilityid": "a number of the register",
    "equipmentid": "a number of the register", "serviceid": "a number of the register", "skillid": "a number of the register",
    "license": "the licence of the record, not of the site", "licensor": "the licence of the record, not of the site",
}  # fmt: skip
"""Why a field is lost, by its name."""


def _kind(leaf: Twig) -> str:
    """Return the name of a field without its places in lists."""
    return " ".join(str(name) for name in leaf.path if isinstance(name, str)) or "text"


def _records(tree: Twig) -> Iterator[Twig]:
    """Yield the records of a file: of a list each, of an object itself, or those that it keeps in a list."""
    inner = tree.at(*RECORDS)
    if tree.is_branch and isinstance(inner.value, tuple):
        yield from inner.rows()
    else:
        yield from tree.rows()


def _record(record: Twig, where: str, into: Gathering) -> None:
    if not record.is_branch:
        record.fault("is no record of a facility; a record has fields, such as name")
        return
    facility = record.at("facility") or record
    name = facility.at("name", "title") or record.at("name", "title")
    if not name and record is not facility:
        record.fault("names no facility; write its name")
        return
    place = record.at("geocoding", "location", "address", "gps-coordinates")
    whose = facility.at("url", "website", "project-link").text() or where
    site = Site(into, where, name.text() or where.split(".", maxsplit=1)[0], _nation(record), f"{SOURCE}, {whose}")
    site.stands(*_coordinates(record, place))
    _says(facility, site)


def _nation(record: Twig) -> str:
    """Return the code of the nation of a record, empty where it gives none of two letters."""
    address = record.at("location").at("address") or record.at("address")
    for field in (record.at("region").at("country"), address.at("country"), record.at("country"), record.at("nation")):
        if field and len(field.text()) == 2:  # noqa: PLR2004  ISO 3166 alpha-2
            return field.text()
        field.marks.read.discard(field.path)
    return ""


def _coordinates(record: Twig, place: Twig) -> tuple[float | None, float | None]:
    """Return latitude and longitude, None where they are not given. A fault where they are outside the globe."""
    holders = [record.at("geocoding"), record.at("location"), place, record.at("location").at("gps-coordinates"), record]
    for holder in holders:
        both = holder.at("gps-coordinates")
        if both and not both.is_branch and not isinstance(both.value, tuple):
            return _pair(both)
        if holder.at("latitude", "lat") and holder.at("longitude", "lon", "lng"):
            return _degrees(holder.at("latitude", "lat"), 90), _degrees(holder.at("longitude", "lon", "lng"), 180)
    return None, None


def _pair(both: Twig) -> tuple[float | None, float | None]:
    """Return the two numbers of a text such as 52.0, 4.36."""
    parts = both.text().replace(";", ",").split(",")
    halves = [Twig(part.strip(), both.place, both.path, both.marks) for part in parts]
    if len(halves) != 2:  # noqa: PLR2004  latitude and longitude
        both.fault(f"{both.text()!r:.60} are not latitude and longitude; write 52.0, 4.36")
        return None, None
    return _degrees(halves[0], 90), _degrees(halves[1], 180)


def _degrees(field: Twig, most: float) -> float | None:
    found = field.number()
    if found is not None and abs(found) > most:
        field.fault(f"{found:g} is not between -{most:g} and {most:g} degrees")
        return None
    return found


def _says(facility: Twig, site: Site) -> None:
    """Add a listing for everything that a record says of what a site does or has, in its own words."""
    for names in (
        ("processes", "manufacturing-processes", "manufacturing-process"),
        ("tool-list-atoms",),
        ("services",),
        ("skills",),
    ):
        for row in facility.at(*names).rows():
            site.lists(_worded(row), link=_link(row))
    for name in ("tool-list", "capabilities", "description", "type"):
        for text in facility.at(name).texts():
            site.lists(text)
    for row in facility.at("equipment", "machines", "tools").rows():
        site.lists(_equipment(row), _machine(row), _link(row))
    for row in facility.at("certifications", "certificates").rows():
        scheme = (row.at("name", "title", "scheme", "standard") if row.is_branch else row).text()
        site.holds(scheme)


def _worded(row: Twig) -> str:
    if not row.is_branch:
        return row.text()
    return row.at("description", "descroption", "name", "title", "type").text()


def _equipment(row: Twig) -> str:
    """Return what a piece of equipment does, else what kind it is."""
    if not row.is_branch:
        return row.text()
    done = "; ".join(row.at("manufacturing-process", "manufacturing-processes", "process", "processes").texts())
    return done or row.at("equipment-type", "type", "name", "description", "title").text()


def _machine(row: Twig) -> str:
    """Return make and model of a piece of equipment; empty where it gives no model."""
    if not row.is_branch or not row.at("model"):
        return ""
    return " ".join(filter(None, (row.at("make", "brand", "manufacturer").text(), row.at("model").text())))


def _link(row: Twig) -> str:
    """Return identifier and address that a row gives for what it says."""
    if not row.is_branch:
        return ""
    mark, link = row.at("identifier").text(), row.at("link", "url").text()
    return " ".join(filter(None, (f"wikidata {mark}" if mark.startswith("Q") else mark, link)))
