"""Several manifests gathered into one programme: names taken once, nations and parties entered once, rows kept in order."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import chain, count
from typing import Final, Literal

from outwork.model.programme import Programme
from outwork.model.table import Row
from outwork.model.tables import BY_NAME
from outwork.model.tables.design import Fact
from outwork.model.tables.frame import Nation, Settings
from outwork.model.tables.places import Party
from outwork.store.check import LONGEST
from outwork.store.formats.converted import Converted, Losses

UNKNOWN_NATION: Final = "ZZ"
UNKNOWN_PROCESS: Final = "unknown"
"""Process of an operation of which nobody has said what it is; `match` then asks the designer."""
FALLBACK: Final = date(2026, 1, 5)
"""First day of a programme of manifests, which have none, unless a person names one."""
WEEKS: Final = 52
UNSEEN: Final = re.compile(r"[\x00-\x08\x0B-\x1F\x7F\ufffe\uffff]")
"""What `check` refuses in a text."""
CODE: Final = re.compile(r"[A-Za-z]{2}")

Role = Literal["innovator", "manufacturer", "supplier"]


def neat(text: str) -> str:
    """Return a text on one line, as names are."""
    return " ".join(UNSEEN.sub(" ", text).split())[:LONGEST]


def kept(text: str) -> str:
    """Return a text with its lines, without what no table may hold."""
    return UNSEEN.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n")).strip()[:LONGEST].strip()


@dataclass
class Gathering:
    """Rows of a programme that grows manifest by manifest, and what of the manifests it does not hold."""

    losses: Losses = field(default_factory=Losses)
    rows: dict[tuple[str, ...], Row] = field(default_factory=dict)

    def add(self, *rows: Row) -> None:
        """Add rows; of a key that is there already the first row stays."""
        for row in rows:
            self.rows.setdefault((row.table_name, *_key(row)), row)

    def named(self, table: str, name: str, *tellers: str) -> str:
        """Return a name that no row of the table has yet: the name itself, with the first teller, or with a number."""
        plain = neat(name) or "unnamed"
        marked = [f"{plain} ({neat(teller)})" for teller in tellers if neat(teller)]
        tried = chain([plain], marked, (f"{plain} ({at})" for at in count(2)))
        return next(each for each in tried if (table, each) not in self.rows)

    def has(self, table: str, *key: str) -> bool:
        """Return whether a row of that key is there."""
        return (table, *key) in self.rows

    def nation(self, code: str) -> str:
        """Return the nation of a code of two letters, entered; any other text is no nation that is known."""
        known = code.strip().upper() if CODE.fullmatch(code.strip()) else UNKNOWN_NATION
        self.add(Nation(nation=known, name="not stated" if known == UNKNOWN_NATION else known))
        return known

    def party(self, name: str, role: Role, nation: str = UNKNOWN_NATION) -> str:
        """Return a party of that name and nation, entered once."""
        self.nation(nation)
        plain = neat(name) or "not stated"
        there = self.rows.get(("parties", plain))
        if isinstance(there, Party) and there.nation != nation:
            plain = f"{plain} ({nation})"
        self.add(Party(party=plain, name=neat(name) or "not stated", nation=nation, role=role))
        return plain

    def fact(self, item: str, fact: str, value: str, source: str) -> None:
        """Add what is known of an item; what a fact of that name says otherwise already is listed."""
        if not kept(value):
            return
        added = Fact(item=item, fact=neat(fact), value=kept(value), source=source)
        there = self.rows.get(("facts", item, "all", added.fact))
        if isinstance(there, Fact) and there.value != added.value:
            self.losses.add(f"second {added.fact} of a part", f"'{item}'", "the first that was read is kept")
        if len(value.strip()) > LONGEST:
            self.losses.add("end of a text", f"{fact} of '{item}'", f"only {LONGEST:,} characters are kept")
        self.add(added)

    def converted(self, name: str, start: date | None, weeks: int | None) -> Converted:
        """Return the programme, which begins on the Monday on or before the day, and what it does not hold."""
        first = start or FALLBACK
        monday = first - timedelta(days=first.weekday())
        settings = Settings(name=neat(name) or "manifests", start=monday, weeks=weeks or WEEKS)
        return Converted(Programme.of([settings, *self.rows.values()]), self.losses.listed())


def _key(row: Row) -> list[str]:
    return [str(getattr(row, name)) for name in BY_NAME[row.table_name].key]
