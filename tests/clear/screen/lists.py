"""A small list for tests, of people and firms that do not exist."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl

from outwork.clear.screen import Options
from outwork.model.listed import STAKES, Entry, WatchList, watch_list
from outwork.model.programme import Programme
from outwork.model.tables.frame import Nation, Settings
from outwork.model.tables.places import Party
from outwork.model.tables.screening import Affiliate

DAY = date(2026, 11, 22)
OPTIONS = Options(DAY)
SIDORENKO = Entry(
    "EX-1", "person", ("Ivan Petrovich Sidorenko", "Іван Сидоренко"), (), ("UA",), ("AB 123456",), ("1970-03-31",)
)
HARRIER = Entry("EX-2", "company", ("Marsh Harrier Trading LLC",), ("MHT Group",), ("RU",), ("7701234567",), (), ("EXAMPLE",))


def example(*entries: Entry, **more: Any) -> WatchList:
    given = {"fetched": DAY, "digest": "0" * 64, **more}
    return watch_list("example", list(entries or (SIDORENKO, HARRIER)), **given)


def stakes(*rows: tuple[str, str, str, float | None]) -> pl.DataFrame:
    return pl.DataFrame(list(rows), schema=STAKES, orient="row")


def programme(name: str, *affiliates: Affiliate, **more: Any) -> Programme:
    nations = [Nation(nation=each, name=each) for each in ("NL", "RU", "UA")]
    settings = Settings(name="trial", start=date(2026, 11, 23), weeks=4)
    party = Party(party="firm", name=name, nation="NL", role="manufacturer", **more)
    return Programme.of(settings, nations, party, affiliates)


def behind(name: str, share: float | None = None, **more: Any) -> Affiliate:
    given: dict[str, Any] = {"party": "firm", "name": name, "role": "owner", "kind": "person", "share": share, **more}
    return Affiliate(**given)
