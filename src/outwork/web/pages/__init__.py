"""The pages, a file each: what is shown, as a pure function from what the asker may see, and the route that shows it."""

from __future__ import annotations

from typing import Final

from outwork.web.pages import home, signing

PAGES: Final = (home.router, signing.router)
"""Routers of every page."""
