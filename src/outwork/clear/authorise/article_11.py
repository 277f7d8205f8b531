"""Article 11: transfers from one Member State to another.

They are free unless the item is in Annex IV (1). But where the operator knows that the item goes on to a place outside the
Union, that the export there would need a licence which no general authorisation gives, and that nothing is done to it in the
next Member State, the first Member State may ask for a licence all the same (2). So where a thing is assembled changes what it
needs: built into something at the intermediate site, it leaves without.
"""

from __future__ import annotations

from dataclasses import dataclass

from outwork.clear.authorise.book import AuthoriseBook
from outwork.clear.authorise.finding import Ask, Finding, Paths, Step
from outwork.clear.authorise.membership import annex_iv
from outwork.clear.logic import FALSE, TRUE, Truth, all_of, any_of, negated
from outwork.clear.rules.rulebook import Duty

CITE = "Regulation (EU) 2021/821 article 11"
MAY = "a Member State may ask for a licence; read as asked for"
PAPERS = Duty(keep=("Say in the commercial papers that the items are controlled if they leave the Union (article 11(9)).",))


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
    first = Step("article 11(1)", "the item is in Annex IV", listed.truth, f"{CITE}(1)")
    second = _second(book, onward)
    transit = all_of(step.truth for step in second)
    whole = Step("article 11(2)", "points (a), (b) and (c) hold", transit, f"{CITE}(2)", (), "ours", MAY)
    return Finding("article 11", any_of((listed.truth, transit)), CITE, (first, *listed.steps, whole, *second), duty=PAPERS)


def _second(book: AuthoriseBook, onward: Onward) -> tuple[Step, Step, Step]:
    """Return the three points of paragraph 2. A final destination that nobody knows of is not known to be outside."""
    outside = TRUE if onward.final is not None and onward.final not in book.union else FALSE
    facts = (f"final destination: {onward.final or 'none known'}",)
    done = (f"processed there: {onward.processed}",)
    return (
        Step("article 11(2)(a)", "the final destination is known to be outside the Union", outside, f"{CITE}(2)(a)", facts),
        Step(
            "article 11(2)(b)",
            "the export there needs a licence and is not generally authorised",
            onward.licensed,
            f"{CITE}(2)(b)",
        ),
        Step(
            "article 11(2)(c)",
            "nothing is processed or worked on in the next Member State",
            negated(onward.processed),
            f"{CITE}(2)(c)",
            done,
        ),
    )
