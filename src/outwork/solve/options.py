"""How hard to try, and by which way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Method = Literal["auto", "ipm", "simplex"]
"""auto: interior point with crossover for a linear problem, HiGHS's own choice below branch and bound."""


@dataclass(frozen=True)
class Options:
    """How hard to try. The same problem, options and seed give the same answer, as long as no limit of time ends the work."""

    limit: float | None = None
    """Wall seconds after which the best answer so far is taken; None: none."""
    gap: float = 1e-4
    """Relative distance [1] to the best possible cost at which branch and bound may stop. A linear problem is solved fully."""
    threads: int = 1
    """Threads that HiGHS may use."""
    seed: int = 0
    """Where the solver's own dice begin, 0 to 2,147,483,647."""
    method: Method = "auto"
    """How linear problems are solved: by interior point, by simplex, or by what is known to be the faster of them."""

    def __post_init__(self) -> None:
        """Refuse what no solver can do."""
        if self.limit is not None and not self.limit >= 0:
            raise ValueError(f"options: limit is {self.limit} s; give seconds from 0 on, or None for no limit")
        if not 0 <= self.gap < float("inf"):
            raise ValueError(f"options: gap is {self.gap}; give a share from 0 on, 0.01 for one per cent")
        if self.threads < 1:
            raise ValueError(f"options: threads is {self.threads}; give at least 1")
        if not 0 <= self.seed < 2**31:
            raise ValueError(f"options: seed is {self.seed}; give a whole number from 0 to 2147483647")
        if self.method not in ("auto", "ipm", "simplex"):
            raise ValueError(f"options: method is '{self.method}'; give auto, ipm or simplex")


@dataclass(frozen=True)
class Way:
    """One cold way through the solver, in HiGHS's own words."""

    lp: Literal["ipx", "simplex", "choose"]
    presolve: Literal["on", "off"]
    name: str
    perturbation: float = 1.0
    """By how much dual simplex shakes the costs against cycling; 1 is HiGHS's own choice."""
    iterations: int | None = None
    """Iterations of simplex after which it gives up, None: none."""


IPM = Way("ipx", "on", "interior point with crossover")
SIMPLEX = Way("simplex", "on", "dual simplex")
PLAIN = Way("simplex", "off", "dual simplex without presolve")
WARM = Way("simplex", "off", "simplex from the last basis", perturbation=0.0)
"""Unshaken: in a trial on 19,000 variables, undoing the shaking took 1,366 iterations where 24 were enough without it."""
BRANCH = Way("choose", "on", "branch and bound")
BRANCH_IPM = Way("ipx", "on", "branch and bound over interior point")
BRANCH_SIMPLEX = Way("simplex", "on", "branch and bound over simplex")
BRANCH_PLAIN = Way("simplex", "off", "branch and bound without presolve")


def ways(options: Options, *, whole: bool) -> tuple[Way, Way]:
    """Return the way to go first, and another, unlike it, for when the first answer fails its check.

    The second shares neither presolve nor, where there is a choice, the algorithm with the first. `whole` says whether
    any variable has to be whole.
    """
    if whole:
        return {"auto": BRANCH, "ipm": BRANCH_IPM, "simplex": BRANCH_SIMPLEX}[options.method], BRANCH_PLAIN
    return {"auto": (IPM, PLAIN), "ipm": (IPM, PLAIN), "simplex": (SIMPLEX, IPM)}[options.method]
