"""The pages, a file each: what is shown, as a pure function from what the asker may see, and the route that shows it."""

from __future__ import annotations

from typing import Final

from outwork.web.pages import (
    air,
    capacity,
    clearances,
    demand,
    exceptions,
    gantt,
    home,
    matches,
    network,
    pegging,
    plan_overview,
    promising,
    signing,
    trying,
    why,
)

PAGES: Final = (
    home.router, signing.router, exceptions.router, plan_overview.router, network.router, gantt.router, capacity.router,
    demand.router, pegging.router, why.router, trying.router, promising.router, clearances.router, matches.router, air.router,
)  # fmt: skip
"""Routers of every page."""
