"""Remote ID as it was captured off the air: Wi-Fi beacons, Wi-Fi Aware, and Bluetooth 5 long range."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from outwork.store.formats import feeds, remote_id
from outwork.store.formats.pcap import Packet, packets
from outwork.store.formats.remote_id.carriers import Heard, heard
from outwork.store.formats.remote_id.messages import Message

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "data" / "watch" / "opendroneid"
BEACON, AWARE, BLUETOOTH = (
    FOLDER / f"odid_{name}" for name in ("wifi_bcn_sample.pcap", "wifi_sample.pcap", "bt5_lr_sample.pcapng")
)
pytestmark = pytest.mark.skipif(not BEACON.exists(), reason="the folder ../shared/data/watch/opendroneid is absent")


def messages(path: Path) -> list[Message]:
    found = [each for packet in packets(path.read_bytes(), path.name) if isinstance(packet, Packet) for each in heard(packet)]
    read = [message for each in found if isinstance(each, Heard) for message in remote_id.decoded(each.content)]
    assert not [message for message in read if isinstance(message, str)]
    return [message for message in read if not isinstance(message, str)]


def kinds(path: Path) -> dict[str, int]:
    return dict(Counter(type(message).__name__ for message in messages(path)))


def test_every_beacon_carries_five_messages() -> None:
    assert kinds(BEACON) == dict.fromkeys(("BasicId", "Location", "SelfId", "System", "OperatorId"), 21)
    operators = {message.identity for message in messages(BEACON) if isinstance(message, remote_id.messages.OperatorId)}
    assert operators == {"GBR-OP-123ABCD"}


def test_frames_of_wi_fi_aware_and_the_beacons_between_them_carry_one_message_each() -> None:
    assert kinds(AWARE) == {"Location": 31, "SelfId": 4, "System": 4, "OperatorId": 3}


def test_damaged_bluetooth_packets_are_left_out_and_the_others_are_whole() -> None:
    feed = feeds.read(BLUETOOTH)
    assert "30 x a Bluetooth advertisement arrived damaged: its check does not fit; left out" in feed.faults
    serials = {message.identity for message in messages(BLUETOOTH) if isinstance(message, remote_id.messages.BasicId)}
    assert serials == {"SSEVTFG93700070"}


def test_a_drone_that_knows_no_place_is_told_and_not_placed() -> None:
    assert feeds.read(BLUETOOTH).detections.height == 0


def test_a_drone_that_has_no_clock_is_placed_in_time_by_when_it_was_heard() -> None:
    rows = feeds.read(BEACON).detections
    assert rows.height == 21
    assert rows["at"].is_unique().all()
    assert set(rows["identity"]) == {"MFG1A0123456789"}
    assert rows["latitude"].is_between(45.53, 45.56).all()
