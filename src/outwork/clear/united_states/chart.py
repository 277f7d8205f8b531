"""Whether an item needs a licence of the United States to a destination (15 CFR 738.4, part 774, part 746).

Each reason for control of the entry is looked up by itself: it asks for a licence where it applies to the paragraph and the
chart has an X for the destination in its column, or the entry names the destination in words. One that does is enough. No X
is no leave by itself: the general prohibitions on end uses, end users and embargoes (part 736) stand beside the chart.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Final

from outwork.clear.authorise.finding import Ask, Finding, sentence
from outwork.clear.authorise.membership import KEPT, lies_in
from outwork.clear.logic import FALSE, TRUE, UNKNOWN, Truth, all_of, any_of, negated
from outwork.clear.opinion import Step
from outwork.clear.rules.conditions import ALWAYS
from outwork.clear.united_states.book import HOME, SOURCE, Control, Country, UnitedStates

BASKET: Final = "EAR99"
"""What is subject to the regulations and in no entry of the list."""
CHART: Final = "15 CFR 738.4"
EMBARGOED: Final = "15 CFR part 746"
SANCTIONED: Final = ("BY", "RU")
"""15 CFR 746.8: a licence for every entry of the list."""
BESIDE: Final = "end uses, end users and embargoes of 15 CFR 736.2(b)(4) to (10) are not looked up"
UKRAINE: Final = ("UA", "15 CFR 746.6", "not to Crimea nor the regions of Donetsk and Luhansk, where 746.6 asks for a licence")


def licence(book: UnitedStates, eccn: str, destination: str, ask: Ask) -> Finding:
    """Return whether what is classified under a paragraph of the list needs a licence to a destination.

    Unknown for an entry or a destination that the rulebook does not hold, and where a paragraph is stated too coarsely.
    """
    found = _before(book, eccn, destination)
    if all(step.truth == FALSE or step.condition == ALWAYS for step in found.steps):
        return found
    return _finding(eccn, tuple(_asked(step, ask) for step in found.steps))


def applies(control: Control, eccn: str) -> Truth:
    """Return whether a reason for control applies to a paragraph; unknown where the paragraph is coarser than what decides."""
    named = any_of(lies_in(eccn, path) for path in control.paths) if control.paths else TRUE
    return all_of((named, negated(any_of(lies_in(eccn, path) for path in control.but))))


@lru_cache(maxsize=KEPT)
def _before(book: UnitedStates, eccn: str, destination: str) -> Finding:
    """Return the finding as if every condition held."""
    entry = book.entries.get(eccn.partition(".")[0])
    country = book.countries.get(destination)
    if country is None:
        return _finding(eccn, (Step(destination, CHART, UNKNOWN, f"{destination} has no row in us/countries.csv"),))
    if country.row == "home":
        return _finding(eccn, (Step(HOME, CHART, FALSE, "nothing leaves the United States"),))
    steps = [_barred(country, eccn)]
    if entry is not None:
        steps += [_step(book, each, eccn, country) for each in book.controls_of[entry.eccn]]
    elif eccn != BASKET:
        steps.append(
            Step(eccn, "15 CFR part 774 Supplement No. 1", UNKNOWN, f"{eccn} is not among the entries of the rulebook")
        )
    return _finding(eccn, tuple(steps))


def _asked(step: Step, ask: Ask) -> Step:
    if step.truth == FALSE or step.condition == ALWAYS:
        return step
    return replace(step, truth=all_of((step.truth, ask(step.condition))))


def _finding(eccn: str, steps: tuple[Step, ...]) -> Finding:
    truth = any_of(step.truth for step in steps)
    cite = "; ".join(dict.fromkeys(step.cite for step in steps if step.truth == truth))
    return Finding(f"United States, {eccn}", truth, cite or CHART, steps, SOURCE)


def _barred(country: Country, eccn: str) -> Step:
    """Return the step for the embargoes, of which the chart says nothing."""
    if country.row == "part 746":
        return Step(EMBARGOED, EMBARGOED, TRUE, f"{country.name} is under an embargo, and the chart does not answer for it")
    if country.nation in SANCTIONED and eccn != BASKET:
        return Step("746.8", "15 CFR 746.8", TRUE, f"{country.name}: a licence for every entry of the list")
    if country.nation in SANCTIONED:
        return Step("746.5", "15 CFR 746.5 and 746.8", UNKNOWN, f"{country.name}: many goods in no entry need one too")
    nation, cite, note = UKRAINE
    if country.nation == nation:
        return Step("746.6", cite, FALSE, sentence(f"{country.name} is under an embargo", (note, BESIDE)), reading="ours")
    return Step(EMBARGOED, EMBARGOED, FALSE, sentence(f"{country.name} is under an embargo", (BESIDE,)), reading="ours")


def _step(book: UnitedStates, control: Control, eccn: str, country: Country) -> Step:
    """Return the step for one reason for control, as if its condition held."""
    held = TRUE if book.holds(control.where, country.nation) else FALSE
    truth = all_of((held, applies(control, eccn)))
    which = ", ".join(control.paths) or control.eccn
    but = f" but {', '.join(control.but)}" if control.but else ""
    when = "" if control.condition == ALWAYS else f"where {control.condition}"
    said = f"{control.reason} for {which}{but} asks for a licence to {control.where}; {country.nation} is {_there(held)}"
    path = f"{control.eccn} {control.reason}"
    said = sentence(said, (when, control.note))
    return Step(path, control.cite, truth, said, control.condition, reading=control.reading)


def _there(held: Truth) -> str:
    return "one of these" if held == TRUE else "none of these"
