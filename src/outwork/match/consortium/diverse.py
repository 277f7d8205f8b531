"""Consortia that are unlike each other, cheapest first."""

from __future__ import annotations

from dataclasses import replace

from outwork.match.consortium.cheapest import CLOSE, cheapest
from outwork.match.consortium.found import Found
from outwork.solve.options import Options

APART = 0.2
"""Share of the pairs of every consortium before it that the next one gives up [1]."""


def diverse(first: Found, count: int, apart: float = APART, options: Options = CLOSE) -> tuple[Found, ...]:
    """Return up to `count` consortia, `first` being the cheapest, each the cheapest of those unlike all before it.

    Unlike: of the pairs of each of the others at least the share `apart`, and at least one, take no part. A pair that was
    only added does not make a consortium unlike. Since each step asks for more than the one before, costs never fall.
    """
    found = [first]
    while len(found) < count:
        unlike = replace(first.ask, unlike=tuple(each.pairs for each in found), apart=apart)
        other = cheapest(first.field, unlike, options)
        if other is None:
            break
        found.append(other)
    return tuple(found)
