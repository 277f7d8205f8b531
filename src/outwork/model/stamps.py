"""How instants are written for others, and names that are made of them, so that the same things give the same bytes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from hashlib import blake2s
from typing import Final

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32."""
LENGTH: Final = 26
"""Characters of a ULID."""
BITS: Final = 80
"""Of the 128, those that are not the time in milliseconds."""
EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


def stamp(at: datetime) -> str:
    """Return an instant as text in UTC, to the microsecond, such as 2026-03-01T12:00:00.250000Z."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def ulid(at: datetime, *names: str) -> str:
    """Return the ULID of what has these names since an instant: 48 bits of milliseconds since 1970 and 80 of a digest."""
    digest = blake2s("\0".join(names).encode(), digest_size=BITS // 8).digest()
    milliseconds = max(0, (at - EPOCH) // timedelta(milliseconds=1))
    number = milliseconds << BITS | int.from_bytes(digest)
    return "".join(ALPHABET[number >> 5 * place & 31] for place in reversed(range(LENGTH)))
