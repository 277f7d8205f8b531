"""From InvenTree's catalogue to a programme."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Final, Literal

from outwork.model.errors import UnknownName
from outwork.model.nearest import nearest
from outwork.model.programme import Programme
from outwork.model.table import Row
from outwork.model.tables.frame import Nation, Settings
from outwork.model.tables.places import Party, Site
from outwork.model.tables.sourcing import Supply
from outwork.store.formats.converted import Converted, Losses
from outwork.store.formats.gaps import gaps
from outwork.store.formats.inventree.catalogue import Catalogue
from outwork.store.formats.inventree.designs import Designs
from outwork.store.formats.inventree.holdings import Holdings
from outwork.store.formats.inventree.money import Money
from outwork.store.formats.inventree.names import UNPLACED, Names
from outwork.store.formats.inventree.offers import Offers
from outwork.store.formats.inventree.options import Options

UNKNOWN_NATION: Final = "ZZ"
OWN_PARTY: Final = "own firm"
FALLBACK: Final = date(2026, 1, 5)
"""First day of a plan of a catalogue without a single date."""
DATED: Final = ("creation_date", "issue_date", "updated", "stocktake_date", "last_stocktake", "shipment_date")

__all__ = ["Options", "convert"]


def convert(catalogue: Catalogue, options: Options | None = None) -> Converted:
    """Translate a catalogue; everything of it that the tables do not hold is listed."""
    options = options or Options()
    names, losses = Names(catalogue), Losses()
    site = _main(catalogue, names, options.site)
    start = _start(catalogue, options.start)
    money = Money.of(catalogue, options.rates)
    designs = Designs(catalogue, names, losses, site, options.assembly_days, money)
    offers = Offers(catalogue, names, losses, site, options, money)
    holdings = Holdings(catalogue, names, losses, site, start, options.weeks)
    rows: list[Row] = [*designs.items(), *designs.operations(), *offers.rows(), *holdings.purchases()]
    rows += [*holdings.stocks(), *holdings.lanes(), *holdings.demands(money)]
    holdings.builds()
    rows += gaps(rows, losses)
    settings = Settings(name=catalogue.place, start=start, weeks=options.weeks, currency=money.currency)
    rows += [settings, *_parties(catalogue, names, rows), *_sites(names, rows, site)]
    _assumed(catalogue, losses, options)
    return Converted(Programme.of(rows), losses.listed())


def _main(catalogue: Catalogue, names: Names, given: str | None) -> str:
    """Return the main site: the one given, else the top location with the most stock rows."""
    if given is not None:
        if given not in names.locations.values():
            hint = nearest(given, names.locations.values())
            raise UnknownName(f"{catalogue.place}: has no location '{given}'; did you mean '{hint}'?")
        return given
    found = Counter(names.top(place) for row in catalogue.rows("stock.stockitem")
                    if (place := row.key_of("location")) in names.locations and place is not None)  # fmt: skip
    tops = [place for place, _ in found.most_common()] or list(names.locations)
    return names.locations[tops[0]] if tops else UNPLACED


def _start(catalogue: Catalogue, given: date | None) -> date:
    """Return the Monday on or before the start."""
    days = [day for held in catalogue.tables.values() for row in held.values() for field in DATED if (day := row.day(field))]
    found = given or (max(days) + timedelta(days=1) if days else FALLBACK)
    return found - timedelta(days=found.weekday())


def _parties(catalogue: Catalogue, names: Names, rows: Iterable[Row]) -> Iterator[Row]:
    yield Nation(nation=UNKNOWN_NATION, name="not stated")
    yield Party(party=OWN_PARTY, name=catalogue.place, nation=UNKNOWN_NATION, role="manufacturer")
    for row in catalogue.rows("company.company"):
        role: Literal["supplier", "unit", "manufacturer"] = (
            "supplier" if row.flag("is_supplier") else "unit" if row.flag("is_customer") else "manufacturer"
        )
        yield Party(party=names.companies[row.key], name=row.text("name"), nation=UNKNOWN_NATION, role=role)
    known = set(names.companies.values())
    for party in dict.fromkeys(row.party for row in rows if isinstance(row, Supply) and row.party not in known):
        yield Party(party=party, name=party, nation=UNKNOWN_NATION, role="supplier")


def _sites(names: Names, rows: Iterable[Row], main: str) -> Iterator[Site]:
    used = [getattr(row, "site", None) for row in rows]
    for name in dict.fromkeys([main, *names.locations.values(), *(site for site in used if site)]):
        yield Site(site=name, party=OWN_PARTY, nation=UNKNOWN_NATION, name=name, transit=True)


def _assumed(catalogue: Catalogue, losses: Losses, options: Options) -> None:
    """List what the catalogue does not say, and rows of tables that are not translated."""
    losses.add("lead time", "every offer", f"not recorded, so {options.lead_days:g} days are taken")
    losses.add("lead time", "every assembly", f"not recorded, so {options.assembly_days:g} days are taken")
    losses.add("capacity", "every assembly", "not recorded, so assembling takes no hours")
    losses.add(
        "ways between locations", "the catalogue", "only those between a location and the one that it lies in are assumed"
    )
    for entry in catalogue.strangers():
        losses.add(f"table {entry.table}", str(entry), "belongs to InvenTree's own work, not to a plan")
