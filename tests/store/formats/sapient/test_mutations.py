"""Whatever comes, a parser answers with findings and never with a crash."""

from __future__ import annotations

import json
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import UTC, datetime
from random import Random
from typing import Any

import pytest

from outwork.model.frames import from_rows
from outwork.model.table import table
from outwork.model.tables.watching import Detection
from outwork.store.formats.sapient import plain, validate, wire
from outwork.store.formats.sapient.rows import Reader
from outwork.watch.live.sapient.edge import Edge
from outwork.watch.live.sapient.fusion import Fusion, Limits
from tests.store.formats.sapient import messages

ODD: tuple[Any, ...] = (
    None, True, "", "NaN", "\0", "\ud800", -1, 0, 1e308, 10**200, 2**31, [], {}, [[]], [None], {"": 1}, "x" * 5000,
    "2026-13-01T00:00:00Z",
)  # fmt: skip
GATE, SOAK = 1500, 100_000
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


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


@dataclass
class Taken:
    """What takes valid messages in: rows, an edge node and a fusion node that know the sender already."""

    reader: Reader = field(default_factory=Reader)
    fusion: Fusion = field(default_factory=lambda: Fusion(messages.FUSION, Limits(faults=10**9)))
    edge: Edge = field(default_factory=lambda: Edge(messages.NODE, {}, dict))

    def __post_init__(self) -> None:
        for whole in (messages.registration(), messages.status_report()):
            self.take(whole)
        self.edge.start(NOW)

    def take(self, whole: dict[str, Any]) -> None:
        told = self.reader.message(whole)
        from_rows(table(Detection), told.detections)
        self.fusion.take(1, whole, NOW)
        self.edge.take(whole | {"destination_id": messages.NODE}, NOW)


def try_packets(count: int, seed: int) -> tuple[int, int]:
    random = Random(seed)  # noqa: S311 (no secret)
    packets = [wire.packed(each.message) for each in map(validate.judge_plain, messages.whole()) if each.message]
    taken = Taken()
    valid = unread = 0
    for _ in range(count):
        judged = validate.judge_packet(mutated_bytes(random.choice(packets), random))
        unread += judged.message is None
        if judged.valid and judged.message:
            valid += 1
            assert validate.judge_json(plain.to_json(judged.message).encode()).valid
            taken.take(plain.to_plain(judged.message))
    return valid, unread


def try_json(count: int, seed: int) -> tuple[int, int]:
    random = Random(seed)  # noqa: S311 (no secret)
    valid = refused = 0
    taken = Taken()
    whole_messages = messages.whole()
    for number in range(count):
        whole = random.choice(whole_messages)
        text = json.dumps(mutated_values(whole, random)) if number % 2 else json.dumps(whole)
        judged = validate.judge_json(text.encode() if number % 2 else mutated_bytes(text.encode(), random))
        valid += judged.valid
        refused += bool(judged.faults)
        assert judged.valid is not bool(judged.faults)
        if judged.valid and judged.message:
            taken.take(plain.to_plain(judged.message))
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
