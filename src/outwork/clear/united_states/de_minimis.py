"""Whether an item that was made elsewhere is subject to the rules of the United States because of what is in it (15 CFR 734.4).

It is where its controlled US content is more than 25 % of its value, or more than 10 % for destinations in Country Group E:1
or E:2; and in nine cases whatever the share. An item without any US content may still be subject to them as the direct product
of US technology or software (734.9), which is not looked up: that is said in the trace.
"""

from __future__ import annotations

from typing import Final

from outwork.clear.authorise.finding import Ask, Finding, sentence
from outwork.clear.authorise.membership import lies_in
from outwork.clear.logic import FALSE, TRUE, UNKNOWN, Truth, all_of, any_of
from outwork.clear.opinion import Step
from outwork.clear.united_states.book import SERIES, SOURCE, NoDeMinimis, UnitedStates
from outwork.clear.united_states.content import Content

CITE: Final = "15 CFR 734.4"
GENERAL: Final = 0.25
"""Share of the value that is small enough for most destinations (734.4(d))."""
EMBARGOED: Final = 0.10
"""The same for destinations in Country Group E:1 or E:2 (734.4(c))."""
GROUPS: Final = frozenset(("E:1", "E:2"))
DIRECT: Final = "whether it is the direct product of US technology or software (15 CFR 734.9) is not looked up"


def threshold(book: UnitedStates, destination: str) -> float:
    """Return the share of controlled US content above which an item is subject to the rules [1]; the lower for no known row."""
    country = book.countries.get(destination)
    return EMBARGOED if country is None or country.groups & GROUPS else GENERAL


def subject(
    book: UnitedStates,
    eccn: str | None,
    content: Content,
    parts: frozenset[str | None],
    destination: str,
    ask: Ask,
) -> Finding:
    """Return whether an item made outside the United States is subject to its rules by what is in it.

    Args: eccn, the item's own paragraph; content, for this destination; parts, paragraphs of what is, or may be, of US origin
    in it, None for one that nobody has classified; ask, answers conditions about the item.
    """
    steps = [_share(book, content, destination)]
    if parts:
        steps += [_case(book, case, eccn, parts, destination, ask) for case in book.no_de_minimis]
    truth = any_of(step.truth for step in steps)
    cite = "; ".join(dict.fromkeys(step.cite for step in steps if step.truth == truth)) or CITE
    return Finding("de minimis", truth, cite, tuple(steps), SOURCE)


def _share(book: UnitedStates, content: Content, destination: str) -> Step:
    low, high = content.share
    most = threshold(book, destination)
    truth: Truth = TRUE if low > most else FALSE if high <= most else UNKNOWN
    many = f"{low:.1%}" if low == high else f"between {low:.1%} and {high:.1%}"
    top = sorted(content.parts, key=lambda part: (-content.parts[part], part))[:3]
    said = f"controlled US content is more than {most:.0%} of the value; it is {many}"
    named = f"most of it in {', '.join(top)}" if top else "no part of US origin is known"
    return Step("734.4", f"{CITE}({'c' if most == EMBARGOED else 'd'})", truth, sentence(said, (named, DIRECT)))


def _case(
    book: UnitedStates,
    case: NoDeMinimis,
    eccn: str | None,
    parts: frozenset[str | None],
    destination: str,
    ask: Ask,
) -> Step:
    """Return the step for one case without a level: ruled out by the destination or the entries, or asked about."""
    country = book.countries.get(destination)
    there = UNKNOWN if country is None else TRUE if book.holds(case.where, destination) else FALSE
    possible = all_of((there, any_of(_is_of(each, case.parts) for each in parts), _is_of(eccn, case.item)))
    truth = FALSE if possible == FALSE else all_of((there, ask(case.condition)))
    said = sentence(case.title, (f"for {case.where}",))
    return Step(case.cite.removeprefix("15 CFR "), case.cite, truth, said, case.condition)


def _is_of(eccn: str | None, entries: tuple[str, ...]) -> Truth:
    """Return whether a paragraph is of one of the entries or series, true of no entries, unknown of no paragraph."""
    if not entries:
        return TRUE
    if eccn is None:
        return UNKNOWN
    return any_of((TRUE if SERIES[each].match(eccn) else FALSE) if each in SERIES else lies_in(eccn, each) for each in entries)
