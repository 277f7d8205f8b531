"""A site in the making: its party, where it stands, and what is said of it."""

from __future__ import annotations

from datetime import date
from typing import Final

from outwork.model.tables import places
from outwork.model.tables.matching import Listing
from outwork.store.formats.gathering import Gathering, kept, neat

SOURCE: Final = "Open Know-Where"


class Site:
    """A site with the record 'part': what no row says of it is not known."""

    def __init__(self, into: Gathering, where: str, name: str, nation: str, source: str) -> None:
        """Begin with a name, told apart from others by nation and file, and nothing said; `source` tells whose record it is."""
        self.into, self.source = into, neat(source)
        self.nation = into.nation(nation)
        self.name = into.named("sites", name, nation, where)
        self.party = into.party(name, "manufacturer", self.nation)
        self.listed: set[tuple[str, str, str]] = set()
        self.stands(None, None)

    def stands(self, latitude: float | None, longitude: float | None) -> None:
        """Say where it stands [degree]."""
        self.into.rows["sites", self.name] = places.Site(
            site=self.name, party=self.party, nation=self.nation, name=self.name, latitude=latitude, longitude=longitude,
            record="part",
        )  # fmt: skip

    def lists(self, text: str, machine: str = "", link: str = "") -> None:
        """Add what the record says of it; `link`, what the record points to for that."""
        self.quotes(text, machine, " ".join(filter(None, (self.source, neat(link)))))

    def quotes(self, text: str, machine: str, source: str, seen: date | None = None) -> None:
        """Add what somebody says of it, once; nothing where nothing is said."""
        said = (kept(text), neat(machine), neat(source))
        if (said[0] or said[1]) and said not in self.listed:
            self.listed.add(said)
            key = self.into.named("listings", f"{self.name} {len(self.listed)}")
            self.into.add(Listing(listing=key, site=self.name, text=said[0], machine=said[1], source=said[2], seen=seen))

    def holds(self, scheme: str) -> None:
        """Add a certificate that it says it holds; nobody has checked it."""
        if neat(scheme):
            self.into.add(places.Certificate(site=self.name, scheme=neat(scheme)))
