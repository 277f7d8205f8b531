"""What the rules that are shipped say of the example programme's items."""

from __future__ import annotations

from functools import cache

from outwork.clear import facts, listing, movements, things
from outwork.clear.listing import Listings
from outwork.clear.logic import TRUE, UNKNOWN
from outwork.clear.rules.read import read
from outwork.clear.things import Thing, Things
from outwork.cli.demo import example
from outwork.store import rulebook


@cache
def listed() -> tuple[Things, Listings]:
    """Everything that crosses a border in the example, and where it is listed."""
    programme, book = example(), read(rulebook.texts())
    moved = movements.movements(programme)
    stated = facts.stated(programme["facts"], sorted({(each.item, each.revision) for each in moved}), book)
    known = things.things([Thing(each.item, each.revision, each.kind) for each in moved], stated, book)
    return known, listing.listings(known, book)


def those(truth: int) -> set[tuple[str, str]]:
    known, found = listed()
    return {(each.item, each.revision) for each, state in zip(known.movable, found.states, strict=True) if state == truth}


def test_the_radar_and_what_was_made_for_it_are_controlled_and_nothing_else_is() -> None:
    assert {item for item, _ in those(TRUE)} == {"lapwing", "lapwing-set", "radar-frame"}


def test_nothing_is_unknown_but_how_long_the_draft_of_the_quadcopter_flies() -> None:
    assert those(UNKNOWN) == {("dunlin", "2.2")}


def test_every_fact_of_the_example_can_be_read() -> None:
    known, _ = listed()
    assert [doubt.fact for doubt in known.stated.doubts if doubt.grave == "unknown"] == []
