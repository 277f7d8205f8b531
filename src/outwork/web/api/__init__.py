"""What other programs ask: JSON and Arrow below /api."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter

APIS: Final[tuple[APIRouter, ...]] = ()
"""Routers of the API, each below /api."""
