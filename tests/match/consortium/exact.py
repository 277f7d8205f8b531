"""The project's searches, exact to a euro in a million, so that laws are not blurred by what a search may leave."""

from __future__ import annotations

from functools import partial

from outwork.match.consortium import cheapest as searching
from outwork.match.consortium import diverse as unlike
from outwork.match.consortium import front as trading
from outwork.solve.options import Options

EXACT = Options(gap=1e-6)

cheapest = partial(searching.cheapest, options=EXACT)
diverse = partial(unlike.diverse, options=EXACT)
front = partial(trading.front, options=EXACT)
