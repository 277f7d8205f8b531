"""Article 11: transfers from one Member State to another.

They are free unless the item is in Annex IV (1). But where the operator knows that the item goes on to a place outside the
Union, that the export there would need a licence which no general authorisation gives, and that nothing is done to it in the
next Member State, the first Member State may ask for a licence all the same (2). So where a thing is assembled changes what it
needs: built into something at the intermediate site, it leaves without.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from outwork.clear.authorise.book import AuthoriseBook
from outwork.clear.authorise.finding import Ask, Finding, Paths, sentence
from outwork.clear.authorise.membership import annex_iv
from outwork.clear.logic import FALSE, TRUE, Truth, all_of, any_of, negated
from outwork.clear.opinion import Step
from outwork.clear.rules.rulebook import Duty

CITE: Final = "Regulation (EU) 2021/821 article 11"
MAY: Final = "a Member State may ask for a licence; read as asked for"
PAPERS: Final = Duty(keep=("Say in the commercial papers that the items are controlled on leaving the Union (article 11(9)).",))


@dataclass(frozen=True)
class Onward:
    """What is known of the way after a transfer.

    Args: final, nation of the final destination, None where nobody knows one; processed, whether processing or working (article
    60(2) of the Union Customs Code) is done in the next Member State; licensed, whether the export from the first Member State
    straight to the final destination needs a licence that neither a general nor a global authorisation gives.
    """

    final: str | None
    processed: Truth
    licensed: Truth


def inside(book: AuthoriseBook, paths: Paths, onward: Onward, ask: Ask) -> Finding:
    """Return whether a transfer between Member States needs a licence, or may need one: by paragraph 1 or by paragraph 2."""
    listed = annex_iv(book, paths, ask)
    first = Step("article 11(1)", f"{CITE}(1)", listed.truth, "the item is in Annex IV")
    points = _points(book, onward)
    transit = all_of(step.truth for step in points)
    second = Step("article 11(2)", f"{CITE}(2)", transit, sentence("points (a), (b) and (c) hold", (MAY,)), reading="ours")
    steps = (first, *listed.steps, second, *points)
    return Finding("article 11", any_of((listed.truth, transit)), CITE, steps, duty=PAPERS)


def _points(book: AuthoriseBook, onward: Onward) -> tuple[Step, Step, Step]:
    """Return the three points of paragraph 2. A final destination that nobody knows of is not known to be outside."""
    outside = TRUE if onward.final is not None and onward.final not in book.union else FALSE
    where = sentence("the final destination is known to be outside the Union", (f"it is {onward.final or 'not known'}",))
    done = sentence("nothing is processed or worked on in the next Member State", (f"that it is, is {onward.processed}",))
    asked = "the export there needs a licence and is not authorised by a general or global authorisation"
    return (
        Step("article 11(2)(a)", f"{CITE}(2)(a)", outside, where),
        Step("article 11(2)(b)", f"{CITE}(2)(b)", onward.licensed, asked),
        Step("article 11(2)(c)", f"{CITE}(2)(c)", negated(onward.processed), done),
    )
