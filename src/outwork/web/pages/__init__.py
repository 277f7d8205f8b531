"""The pages, a file each: what is shown, as a pure function from what the asker may see, and the route that shows it."""

from __future__ import annotations

from typing import Final

from outwork.web.pages import (
    account,
    accounts,
    air,
    audit,
    capacity,
    clearances,
    demand,
    description,
    exceptions,
    gantt,
    jobs,
    language,
    matches,
    network,
    pegging,
    plan_overview,
    promising,
    proposals,
    signing,
    standing,
    tables,
    taking,
    trying,
    why,
)

PLANNING: Final = (
    exceptions.router, plan_overview.router, network.router, gantt.router, capacity.router, demand.router, pegging.router,
    why.router, trying.router, promising.router, clearances.router, matches.router, air.router,
    taking.router,
)  # fmt: skip
"""Pages of planners."""
PAGES: Final = (
    *PLANNING,
    jobs.router,
    proposals.router,
    signing.router,
    language.router,
    account.router,
    accounts.router,
    audit.router,
    standing.router,
    description.router,
    *tables.ROUTERS,
)
"""Routers of every page."""
