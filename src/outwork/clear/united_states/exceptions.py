"""Licence exceptions (15 CFR part 740) by which a licence might not be needed after all.

None is ever found true: each has conditions (written assurances, notices, what it is for, 740.2) that no table answers. A
finding is false where the entry, the destination or the reason for control rules the exception out, and otherwise unknown:
worth asking.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from outwork.clear.authorise.finding import Finding, sentence
from outwork.clear.authorise.membership import lies_in
from outwork.clear.logic import FALSE, TRUE, UNKNOWN, Truth, all_of, any_of, negated
from outwork.clear.opinion import Step
from outwork.clear.united_states.book import SOURCE, Country, LicenceException, UnitedStates

CITES: Final = {"LVS": "15 CFR 740.3", "GBS": "15 CFR 740.4", "STA": "15 CFR 740.20", "ENC": "15 CFR 740.17"}
RULED_OUT_BY_MT: Final = ("LVS", "GBS", "STA")
"""Exceptions that 740.2(a)(5) and their own sections withhold from what is controlled for missile technology."""
STA_GROUPS: Final = frozenset(("A:5", "A:6"))
OTHER: Final = "its conditions, and those of 15 CFR 740.2, are for a person to check"


def exceptions(book: UnitedStates, eccn: str, destination: str, needed: Finding) -> tuple[Finding, ...]:
    """Return for each licence exception whether it is ruled out (false) or might be used (unknown).

    Args: needed, what `chart.licence` found for the same entry and destination: its steps tell which reasons ask for one.
    """
    country = book.countries.get(destination)
    if country is None or eccn.partition(".")[0] not in book.entries:
        return ()
    return tuple(_finding(book, name, eccn, country, needed) for name in CITES)


def _finding(book: UnitedStates, name: str, eccn: str, country: Country, needed: Finding) -> Finding:
    rows = [each for each in book.exceptions if each.eccn == eccn.partition(".")[0] and each.name == name]
    steps = [*_where(name, country), *_entry(name, rows, eccn, country), *_reasons(name, country, needed)]
    steps.append(Step(name, CITES[name], UNKNOWN, OTHER))
    return Finding(name, all_of(step.truth for step in steps), CITES[name], tuple(steps), SOURCE)


def _where(name: str, country: Country) -> Iterator[Step]:
    """Yield what the section of the exception says of the destination."""
    if name in {"LVS", "GBS"}:
        held = TRUE if "B" in country.groups else FALSE
        yield Step(name, CITES[name], held, f"{country.name} is in Country Group B")
    elif name == "STA":
        held = TRUE if STA_GROUPS & country.groups else FALSE
        yield Step(name, CITES[name], held, f"{country.name} is in Country Group A:5 or A:6")
    if country.row == "part 746" or country.nation in {"BY", "RU"}:
        yield Step(name, "15 CFR 740.2(a)(6)", FALSE, f"{country.name} is sanctioned, and part 746 does not name {name}")


def _reasons(name: str, country: Country, needed: Finding) -> Iterator[Step]:
    """Yield what the reasons for control that ask for a licence leave of the exception."""
    if name in RULED_OUT_BY_MT:
        missile = any_of(step.truth for step in needed.steps if step.path.endswith(" MT"))
        said = f"{name} is not for what is controlled for missile technology"
        yield Step(name, "15 CFR 740.2(a)(5)", negated(missile), f"not so: {said}")
    if name == "STA" and "A:5" not in country.groups:
        other = any_of(step.truth for step in needed.steps if not step.path.endswith(" NS"))
        yield Step(name, "15 CFR 740.20(c)(2)", negated(other), f"to {country.name} STA is for national security reasons alone")


def _entry(name: str, rows: list[LicenceException], eccn: str, country: Country) -> Iterator[Step]:
    """Yield what the entry says of the exception: that it grants it to some paragraphs, or bars it to some destinations."""
    granting = [each for each in rows if not each.barred]
    if name != "STA":
        held = any_of(_covers(each, eccn) for each in granting)
        limits = (f"up to USD {each.limit_usd:,.0f}" for each in granting if each.limit_usd and _covers(each, eccn) != FALSE)
        notes = (each.note for each in granting if _covers(each, eccn) != FALSE)
        yield Step(name, CITES[name], held, sentence(f"the entry grants {name} to {eccn}", (*limits, *notes)))
    for each in rows:
        if set(each.barred) & country.groups:
            said = sentence(f"the entry bars {name} for {', '.join(each.paths) or eccn} to {country.name}", (each.note,))
            yield Step(name, CITES[name], negated(_covers(each, eccn)), f"not so: {said}")


def _covers(each: LicenceException, eccn: str) -> Truth:
    named = any_of(lies_in(eccn, path) for path in each.paths) if each.paths else TRUE
    return all_of((named, negated(any_of(lies_in(eccn, path) for path in each.but))))
