from __future__ import annotations

from datetime import date

from outwork.match.judging.matched import Matched, matched
from outwork.match.terms.kinds import NEEDS
from outwork.model.programme import Programme
from outwork.model.tables.frame import Nation, Settings
from outwork.model.tables.matching import Listing
from outwork.model.tables.places import Party, Site
from tests.match.vocabulary import small_terms


def heard(*texts: str) -> Matched:
    nation = Nation(nation="NL", name="Netherlands")
    settings = Settings(name="trial", start=date(2027, 1, 4), weeks=12)
    party = Party(party="p", name="P", nation="NL", role="manufacturer")
    site = Site(site="s", party="p", name="S", nation="NL")
    said = [Listing(listing=f"l{number}", site="s", text=text) for number, text in enumerate(texts)]
    return matched(Programme.of(settings, nation, party, site, *said), small_terms(), len(NEEDS))


def test_a_listing_that_names_several_processes_offers_each_of_them_under_its_one_name() -> None:
    offers = heard("milling, turning", "fräsen").offers
    assert [(name, offers.processes[code]) for name, code in zip(offers.names, offers.process, strict=True)] == [
        ("l0", "milling"),
        ("l0", "turning"),
        ("l1", "milling"),
    ]
    assert offers.nth.tolist() == [0, 0, 1]


def test_a_listing_that_names_nothing_known_is_one_offer_of_its_text() -> None:
    offers = heard("weaving, tea").offers
    assert len(offers) == 1
    assert "weaving, tea" in offers.processes[offers.process[0]]
