"""How a solve ended, in a word and in a sentence."""

from __future__ import annotations

from enum import StrEnum


class Status(StrEnum):
    """How a solve ended."""

    OPTIMAL = "optimal"
    """The answer is as good as was asked for, and proven so."""
    LIMITED = "limited"
    """A limit of time or a person ended the solve; the answer so far, if there is one, stands."""
    INFEASIBLE = "infeasible"
    """Nothing can meet all rows and bounds together."""
    UNBOUNDED = "unbounded"
    """The cost can fall without end."""
    FAILED = "failed"
    """The solver gave up without any answer."""


def sentence(status: Status, cost: float | None, bound: float | None, gap: float | None) -> str:
    """Return how a solve ended, for a person.

    Example: "A limit ended the search: the best answer so far costs 1,200.00, nothing can cost less than 1,176.00 (2.0 %)."
    """
    if status is Status.OPTIMAL:
        return f"The best answer costs {cost:,.2f}; it is proven to within {gap:.2%}."
    if status is Status.LIMITED:
        return f"A limit ended the search{_so_far(cost, bound, gap)}."
    return _WITHOUT_ANSWER[status]


_WITHOUT_ANSWER = {
    Status.INFEASIBLE: "No answer can meet all rows and bounds together.",
    Status.UNBOUNDED: "The cost can fall without end: a bound is missing.",
    Status.FAILED: "The solver gave up without an answer; try another method or a simpler problem.",
}


def _so_far(cost: float | None, bound: float | None, gap: float | None) -> str:
    """Return what a search that was ended had found."""
    if cost is None:
        return " before there was an answer"
    known = "how good that is was not proven" if bound is None else f"nothing can cost less than {bound:,.2f} ({gap:.2%})"
    return f": the best answer so far costs {cost:,.2f}, {known}"
