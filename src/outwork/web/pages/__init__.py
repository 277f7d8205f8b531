"""The pages, a file each: what is shown, as a pure function from what the asker may see, and the route that shows it."""

from __future__ import annotations

from typing import Final

from outwork.web.pages import account, accounts, audit, description, home, jobs, language, proposals, signing, standing

PAGES: Final = (
    home.router,
    jobs.router,
    proposals.router,
    signing.router,
    language.router,
    account.router,
    accounts.router,
    audit.router,
    standing.router,
    description.router,
)
"""Routers of every page."""
