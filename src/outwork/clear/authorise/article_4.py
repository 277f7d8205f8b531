"""Article 4: items that no entry lists and that need a licence all the same, because of what they are meant for."""

from __future__ import annotations

from outwork.clear.authorise.book import AuthoriseBook, CatchAll
from outwork.clear.authorise.finding import Ask, Finding, Step, answered
from outwork.clear.logic import FALSE, any_of

CITE = "Regulation (EU) 2021/821 article 4"


def catch_all(book: AuthoriseBook, destination: str, ask: Ask) -> Finding:
    """Return whether an unlisted item needs a licence to a destination outside the Union: where any paragraph holds.

    Military end use is asked about only where the destination is under an arms embargo, as article 2(19) defines it.
    """
    steps = tuple(_step(book, paragraph, destination, ask) for paragraph in book.catch_all)
    return Finding("article 4", any_of(step.truth for step in steps), CITE, steps)


def _step(book: AuthoriseBook, paragraph: CatchAll, destination: str, ask: Ask) -> Step:
    acts = book.acts(destination, "arms")
    if paragraph.where == "arms embargo" and not acts:
        note = "not under an arms embargo (eu/embargoes.csv), so military end use is not asked about"
        return Step(paragraph.path, f"{destination} is under an arms embargo", FALSE, paragraph.cite, (), "ours", note)
    by = "; ".join(f"{act.cite}, against {act.against}" for act in acts) if paragraph.where == "arms embargo" else ""
    note = "; ".join(part for part in (paragraph.note, by) if part)
    return answered(ask, paragraph.path, paragraph.condition, paragraph.cite, paragraph.reading, note)
