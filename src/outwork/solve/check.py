"""Whether what a solver says is so.

An answer is checked by its residuals. "Infeasible" and "unbounded" are checked by problems that prove them (proof.py), which
are solved for the purpose and checked in turn.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np

from outwork.solve.answer import Claim
from outwork.solve.blocks import Array, Problem
from outwork.solve.options import Options, Way, ways
from outwork.solve.proof import crossed, recession, shortfall
from outwork.solve.residuals import TOLERANCE, Residuals, cost, primal, proof, reduced
from outwork.solve.status import Status


class Ask(Protocol):
    """Asks the solver about a problem, by one way, from a start (whole variables only) or none."""

    def __call__(self, problem: Problem, way: Way, start: Array | None = None) -> Claim:
        """Return what it says."""


@dataclass(frozen=True, eq=False)
class Verdict:
    """A claim, what is wrong with it (nothing in a sound one), and what the check computed on the way."""

    claim: Claim
    faults: tuple[str, ...] = ()
    residuals: Residuals | None = None
    reduced: Array | None = None
    cost: float | None = None
    bound: float | None = None

    @property
    def best(self) -> float | None:
        """The cost of a sound answer that is proven to be the best, else None."""
        return self.cost if self.claim.status is Status.OPTIMAL and not self.faults else None


def verdict(problem: Problem, claim: Claim, way: Way, options: Options, ask: Ask) -> Verdict:
    """Check a claim of any status; `ask` solves what is needed to prove one without an answer."""
    match claim.status:
        case Status.INFEASIBLE:
            return _impossible(problem, claim, way, options, ask)
        case Status.UNBOUNDED:
            return _endless(problem, claim, way, options, ask)
        case Status.FAILED:
            return Verdict(claim, ("no answer",))
        case _:
            return checked(problem, claim, options.gap)


def checked(problem: Problem, claim: Claim, gap: float) -> Verdict:
    """Check a claim by the residuals of its answer; one without an answer passes only as `limited`."""
    x, dual = claim.x, claim.dual
    if x is None:
        return Verdict(claim, () if claim.status is Status.LIMITED else (claim.status.value,), bound=claim.bound)
    if x.shape != problem.cost.shape or (dual is not None and dual.shape != problem.row_lower.shape):
        return Verdict(claim, ("an answer to a problem of another size",))
    residuals, found = primal(problem, x, claim.objective), cost(problem, x)
    if problem.integer.any():
        return Verdict(
            claim, residuals.faults + _bound_faults(claim, found, gap), residuals, None, found, _under(claim.bound, found)
        )
    if dual is None:
        missing = () if claim.status is Status.LIMITED else ("no duals",)
        return Verdict(claim, residuals.faults + missing, residuals, None, found)
    proven = proof(problem, x, dual)
    residuals = replace(residuals, dual=proven.dual, slackness=proven.slackness)
    return Verdict(claim, residuals.faults, residuals, reduced(problem, dual), found, proven.bound)


def _bound_faults(claim: Claim, found: float, gap: float) -> tuple[str, ...]:
    """Return what is wrong with the bound of branch and bound: above the cost, or too far below for `optimal`."""
    if claim.bound is None:
        return () if claim.status is Status.LIMITED else ("no bound",)
    slack = TOLERANCE * max(1.0, abs(found))
    if claim.bound > found + slack:
        return (f"a bound of {claim.bound:.6g} above the cost {found:.6g}",)
    if claim.status is Status.OPTIMAL and found - claim.bound > gap * abs(found) + slack:
        return (f"a bound of {claim.bound:.6g} too far below the cost {found:.6g}",)
    return ()


def _under(bound: float | None, found: float) -> float | None:
    """Return a bound without the noise that would put it above the cost."""
    return None if bound is None else min(bound, found)


def _impossible(problem: Problem, claim: Claim, way: Way, options: Options, ask: Ask) -> Verdict:
    """Prove that nothing meets all rows; where only whole numbers make it so, another way has to say so too."""
    if crossed(problem):
        return Verdict(claim)
    lack = shortfall(problem.relaxed())
    found = checked(lack, ask(lack, ways(options, whole=False)[0]), options.gap)
    if found.best is not None and found.bound is not None and found.bound > TOLERANCE:
        return Verdict(claim)
    if found.best is not None and problem.integer.any():
        second = ask(problem, next(other for other in ways(options, whole=True) if other != way))
        found = Verdict(second)
        if second.status is Status.INFEASIBLE:
            return Verdict(claim)
    return _unproven(claim, found)


def _endless(problem: Problem, claim: Claim, way: Way, options: Options, ask: Ask) -> Verdict:
    """Prove that the cost falls for ever: a direction in which it does, and a place to begin."""
    fall, begin = recession(problem), problem.priced(np.zeros_like(problem.cost))
    steepest = checked(fall, ask(fall, ways(options, whole=False)[0]), options.gap)
    if steepest.best is None or steepest.best >= -TOLERANCE:
        return _unproven(claim, steepest)
    place = checked(begin, ask(begin, way), options.gap)
    return _unproven(claim, place) if place.best is None else Verdict(claim)


def _unproven(claim: Claim, found: Verdict) -> Verdict:
    """Return that time ran out before the proof was there, or that there is none."""
    if found.claim.status is Status.LIMITED:
        return Verdict(Claim(Status.LIMITED))
    return Verdict(claim, (f"{claim.status}, without proof",))
