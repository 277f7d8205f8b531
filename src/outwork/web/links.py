"""Addresses of rows: from a reason or a picture to the table in which a row stands."""

from __future__ import annotations

from urllib.parse import urlencode

from outwork.model.outcome import Pointer
from outwork.model.tables import BY_NAME


def row(pointer: Pointer) -> str:
    """Return the address of a row's table, narrowed to the row."""
    key = BY_NAME[pointer.table].key if pointer.table in BY_NAME else ()
    return f"/tables/{pointer.table}?" + urlencode(dict(zip(key, pointer.key, strict=False)))
