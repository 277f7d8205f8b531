"""Whether a destination is closed to dual-use items as such, whatever licence one could ask for."""

from __future__ import annotations

from outwork.clear.authorise.book import AuthoriseBook, Embargo
from outwork.clear.authorise.finding import Finding, Paths, Step, listed_in
from outwork.clear.logic import FALSE, TRUE, UNKNOWN, Truth, any_of

NONE = "no act of the Union against dual-use items is known for this destination (eu/embargoes.csv)"


def banned(book: AuthoriseBook, paths: Paths, destination: str) -> Finding:
    """Return whether restrictive measures forbid the movement.

    A ban covers what Annex I lists; whatever else moves there is unknown, for such acts name further goods by customs code that
    are not in the rulebook. A destination under restrictions of another shape is unknown for anything.
    """
    acts = book.acts(destination, "dual-use ban", "dual-use restrictions")
    steps = tuple(_step(act, paths) for act in acts)
    cite = "; ".join(act.cite for act in acts) or NONE
    return Finding("restrictive measures", any_of(step.truth for step in steps), cite, steps or (_free(destination),))


def _free(destination: str) -> Step:
    return Step("restrictive measures", f"dual-use items are banned from {destination}", FALSE, NONE, (), "ours")


def _step(act: Embargo, paths: Paths) -> Step:
    truth: Truth = UNKNOWN
    if act.kind == "dual-use ban" and paths.sure:
        truth = TRUE
    seen = "" if act.checked == "yes" else "the text in force was not read"
    note = "; ".join(part for part in (act.note, seen) if part)
    asked = f"{act.kind} against {act.nation}; listed under {listed_in(paths.sure)}"
    return Step("restrictive measures", asked, truth, act.cite, (), act.reading, note)
