"""Messages that others labelled are judged as they were labelled, each with a reason, and carried without loss."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from outwork.store.formats.sapient import plain, reading, validate, wire

OUTSIDE = Path(__file__).resolve().parents[3] / "shared" / "data" / "watch" / "sapient"
CASES = OUTSIDE / "validator_cases"
VALID = sorted((CASES / "True").glob("*.json")) + sorted((OUTSIDE / "harness_v2").glob("*.json"))
INVALID = sorted((CASES / "False").glob("*.json"))
pytestmark = pytest.mark.skipif(not OUTSIDE.exists(), reason="the folder ../shared/data/watch/sapient is absent")


def flat(value: Any) -> Any:
    """The value with names as the interface spells them and numbers that are texts as numbers."""
    if isinstance(value, dict):
        return {re.sub(r"(?<=[a-z])([A-Z])", r"_\1", name).lower(): flat(each) for name, each in value.items()}
    if isinstance(value, list):
        return [flat(each) for each in value]
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value


def as_numbers(value: Any, like: Any) -> Any:
    """The value with texts as numbers where the other one has a number."""
    if isinstance(value, dict):
        return {name: as_numbers(each, like.get(name)) for name, each in value.items()}
    if isinstance(value, list):
        return [as_numbers(*each) for each in zip(value, like, strict=True)]
    return float(value) if isinstance(value, str) and isinstance(like, float) else value


def test_half_of_231_labelled_messages_and_the_default_ones_are_there() -> None:
    assert (len(VALID), len(INVALID)) == (19 + 43, 97)


@pytest.mark.parametrize("path", VALID, ids=lambda path: path.stem)
def test_a_valid_message_is_accepted_and_carried_without_loss(path: Path) -> None:
    judged = validate.judge_json(path.read_bytes())
    assert judged.valid, [str(each) for each in judged.faults]
    assert judged.message is not None
    carried = wire.parse(wire.packed(judged.message))
    out = flat(json.loads(plain.to_json(carried)))
    assert out == as_numbers(flat(json.loads(path.read_text(encoding="utf-8-sig"))), out)
    assert reading.read(plain.to_json(carried).encode()) == (judged.message, ())


@pytest.mark.parametrize("path", INVALID, ids=lambda path: path.stem)
def test_an_invalid_message_is_refused_with_a_reason(path: Path) -> None:
    judged = validate.judge_json(path.read_bytes())
    assert not judged.valid
    assert all(each.path and each.reason for each in judged.faults)
