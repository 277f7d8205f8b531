"""Tables on screen: which there are, their rows with filters and order, a row by itself, and files in and out."""

from __future__ import annotations

from typing import Final

from outwork.web.pages.tables import looking, rows, sending

ROUTERS: Final = (looking.router, rows.router, sending.router)
