"""Whatever comes, a parser answers with findings and never with a crash."""

from __future__ import annotations

import json
from copy import deepcopy
from random import Random
from typing import Any

import pytest

from outwork.store.formats.sapient import plain, validate, wire
from tests.store.formats.sapient import messages

ODD: tuple[Any, ...] = (
    None, True, "", "NaN", "\0", "\ud800", -1, 0, 1e308, 10**200, 2**31, [], {}, [[]], [None], {"": 1}, "x" * 5000,
    "2026-13-01T00:00:00Z",
)  # fmt: skip
GATE, SOAK = 1500, 100_000


def mutated_bytes(content: bytes, random: Random) -> bytes:
    spoiled = bytearray(content)
    for _ in range(random.randint(1, 4)):
        at = random.randrange(len(spoiled)) if spoiled else 0
        match random.randrange(5):
            case 0 if spoiled:
                spoiled[at] = random.randrange(256)
            case 1:
                spoiled[at:at] = random.randbytes(random.randint(1, 8))
            case 2:
                del spoiled[at : at + random.randint(1, 20)]
            case 3:
                spoiled += spoiled[at : at + 50]
            case _:
                del spoiled[at:]
    return bytes(spoiled)


def mutated_values(whole: dict[str, Any], random: Random) -> dict[str, Any]:
    found = deepcopy(whole)
    for _ in range(random.randint(1, 3)):
        path = random.choice(messages.paths(found))
        found = messages.altered(found, path, random.choice((messages.ABSENT, *ODD)))
        if not found:
            break
    return found


def try_packets(count: int, seed: int) -> tuple[int, int]:
    random = Random(seed)  # noqa: S311 (no secret)
    packets = [wire.packed(each.message) for each in map(validate.judge_plain, messages.whole()) if each.message]
    judged = [validate.judge_packet(mutated_bytes(random.choice(packets), random)) for _ in range(count)]
    for each in judged:
        if each.valid and each.message:
            assert validate.judge_json(plain.to_json(each.message).encode()).valid
    return sum(each.valid for each in judged), sum(each.message is None for each in judged)


def try_json(count: int, seed: int) -> tuple[int, int]:
    random = Random(seed)  # noqa: S311 (no secret)
    valid = refused = 0
    whole_messages = messages.whole()
    for number in range(count):
        whole = random.choice(whole_messages)
        text = json.dumps(mutated_values(whole, random)) if number % 2 else json.dumps(whole)
        judged = validate.judge_json(text.encode() if number % 2 else mutated_bytes(text.encode(), random))
        valid += judged.valid
        refused += bool(judged.faults)
        assert judged.valid is not bool(judged.faults)
    return valid, refused


def test_a_mutated_packet_is_judged_and_never_crashes() -> None:
    valid, unread = try_packets(GATE, 1)
    assert 0 < valid < GATE
    assert 0 < unread < GATE


def test_a_mutated_json_text_is_judged_and_never_crashes() -> None:
    valid, refused = try_json(GATE // 2, 2)
    assert valid + refused == GATE // 2
    assert min(valid, refused) > 0


@pytest.mark.soak
def test_100_000_mutated_packets_are_judged() -> None:
    assert sum(try_packets(SOAK, 11)) <= SOAK


@pytest.mark.soak
def test_100_000_mutated_json_texts_are_judged() -> None:
    assert sum(try_json(SOAK, 12)) == SOAK
