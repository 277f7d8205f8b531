"""Whether a destination is closed to dual-use items as such, whatever licence one could ask for."""

from __future__ import annotations

from typing import Final

from outwork.clear.authorise.book import AuthoriseBook, Embargo
from outwork.clear.authorise.finding import Finding, Paths, sentence
from outwork.clear.logic import FALSE, TRUE, UNKNOWN, any_of
from outwork.clear.opinion import Step

NAME: Final = "restrictive measures"
NONE: Final = "no act of the Union against dual-use items is known for this destination (eu/embargoes.csv)"


def banned(book: AuthoriseBook, paths: Paths, destination: str) -> Finding:
    """Return whether restrictive measures forbid the movement.

    A ban covers what Annex I lists; whatever else moves there is unknown, for such acts name further goods by customs code that
    are not in the rulebook. A destination under restrictions of another shape is unknown for anything.
    """
    acts = book.acts(destination, "dual-use ban", "dual-use restrictions")
    steps = tuple(_step(act, paths) for act in acts)
    cite = "; ".join(act.cite for act in acts) or NONE
    free = Step(NAME, NONE, FALSE, f"dual-use items are banned from {destination}", reading="ours")
    return Finding(NAME, any_of(step.truth for step in steps), cite, steps or (free,))


def _step(act: Embargo, paths: Paths) -> Step:
    truth = TRUE if act.kind == "dual-use ban" and paths.sure else UNKNOWN
    seen = "" if act.checked == "yes" else "the text in force was not read"
    said = sentence(f"{act.kind} against {act.nation}; listed under {paths}", (act.note, seen))
    return Step(NAME, act.cite, truth, said, reading=act.reading)
