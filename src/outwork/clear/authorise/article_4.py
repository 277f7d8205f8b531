"""Article 4: items that no entry lists and that need a licence all the same, because of what they are meant for."""

from __future__ import annotations

from typing import Final

from outwork.clear.authorise.book import ARMS, AuthoriseBook, CatchAll
from outwork.clear.authorise.finding import Ask, Finding, sentence
from outwork.clear.logic import FALSE, any_of
from outwork.clear.opinion import Step

CITE: Final = "Regulation (EU) 2021/821 article 4"
FREE: Final = "no arms embargo in eu/embargoes.csv, so military end use is not asked about"


def catch_all(book: AuthoriseBook, destination: str, ask: Ask) -> Finding:
    """Return whether an unlisted item needs a licence to a destination outside the Union: where any paragraph holds.

    Military end use is asked about only where the destination is under an arms embargo, as article 2(19) defines it.
    """
    steps = tuple(_step(book, paragraph, destination, ask) for paragraph in book.catch_all)
    return Finding("article 4", any_of(step.truth for step in steps), CITE, steps)


def _step(book: AuthoriseBook, paragraph: CatchAll, destination: str, ask: Ask) -> Step:
    acts = book.acts(destination, "arms") if paragraph.where == ARMS else ()
    if paragraph.where == ARMS and not acts:
        said = sentence(f"{destination} is under an arms embargo", (FREE,))
        return Step(paragraph.path, paragraph.cite, FALSE, said, reading="ours")
    by = "; ".join(f"{act.cite}, against {act.against}" for act in acts)
    said = sentence(str(paragraph.condition), (paragraph.note, by))
    truth = ask(paragraph.condition)
    return Step(paragraph.path, paragraph.cite, truth, said, paragraph.condition, reading=paragraph.reading)
