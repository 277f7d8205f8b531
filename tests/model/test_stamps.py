"""Instants as others read them, and identifiers made of what they name."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone

from outwork.model.stamps import EPOCH, stamp, ulid

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def test_an_instant_is_written_in_utc_to_the_microsecond() -> None:
    assert stamp(NOW.astimezone(timezone(timedelta(hours=2)))) == "2026-03-01T12:00:00.000000Z"


def test_an_identifier_has_26_characters_of_base_32_and_begins_with_its_time() -> None:
    assert re.fullmatch(r"[0-7][0-9A-HJKMNP-TV-Z]{25}", ulid(NOW, "a"))
    assert ulid(EPOCH, "a").startswith("0" * 10)
    assert ulid(EPOCH + timedelta(milliseconds=33), "a").startswith("0000000011")
    assert ulid(NOW, "a")[:10] == ulid(NOW, "b")[:10] < ulid(NOW + timedelta(seconds=1), "a")[:10]
    assert ulid(EPOCH - timedelta(days=1), "a") == ulid(EPOCH, "a")


def test_the_same_names_give_the_same_identifier_and_others_another() -> None:
    assert ulid(NOW, "a", "b") == ulid(NOW, "a", "b") != ulid(NOW, "ab")
