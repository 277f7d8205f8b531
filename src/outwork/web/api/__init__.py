"""What other programs ask: JSON and Arrow below /api."""

from __future__ import annotations

from typing import Final

from outwork.web.api import changes, programme, tables

APIS: Final = (programme.router, tables.router, changes.router)
"""Routers of the API, each below /api."""
