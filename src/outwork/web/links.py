"""Addresses of rows: from a reason to the row that it points to."""

from __future__ import annotations

from urllib.parse import urlencode

from outwork.model.outcome import Pointer


def row(pointer: Pointer) -> str:
    """Return the address of the page of a row."""
    return f"/tables/{pointer.table}/row?" + urlencode([("key", part) for part in pointer.key])
