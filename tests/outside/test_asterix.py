"""ASTERIX against a public decoder: real messages of radars, and every value that it prints of them.

The decoder writes a line for each element, `name: raw (value unit)`, in the order of the bits. Ours are laid beside them in
that order. Spare bits, and the bit that extends an item, carry nothing and are left out on both sides.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

import pytest

from outwork.model.errors import Unreadable
from outwork.store.formats import feeds
from outwork.store.formats.asterix.decode import Record, decoded
from outwork.store.formats.asterix.layout import Scalar, Value
from outwork.store.formats.asterix.registers import register
from outwork.store.formats.links import datagram
from outwork.store.formats.pcap import Packet, packets

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "data" / "watch" / "asterix"
CAPTURE, EXPECTED = FOLDER / "cat_034_048.pcap", FOLDER / "expected" / "cat_034_048.txt"
pytestmark = pytest.mark.skipif(not CAPTURE.exists(), reason="the folder ../shared/data/watch/asterix is absent")

Printed = tuple[str, float | None, str]
"""What the decoder prints of an element: what lies in its bits, the value that it makes of that, and its unit."""
LINE = re.compile(r"\t(?P<name>.*?)\.?: (?P<raw>[^(]*?)(?: \((?P<value>-?[\d.]+) (?P<unit>[^)]+)\)| \(.*\))?")
NOTHING = ("spare bit", "Reserved", "FX")
KNOTS = 3600
"""The decoder prints a speed of NM/s in knots, and rounds the steps that it counts in to seven digits."""


def records() -> list[Record]:
    found = [each for each in packets(CAPTURE.read_bytes(), "capture") if isinstance(each, Packet)]
    read = [record for each in found for record in decoded(datagram(each) or b"")]
    assert all(isinstance(record, Record) for record in read)
    return [record for record in read if isinstance(record, Record)]


def printed() -> Iterator[Mapping[str, list[Printed]]]:
    """Yield what the decoder printed of each record, by item."""
    for text in re.split(r"^Data Record \d+$", EXPECTED.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        items: dict[str, list[Printed]] = {}
        for line in text.splitlines():
            if head := re.match(r"Item (\d+) ", line):
                items[head[1]] = []
            elif line.startswith("\t") and not line.strip().startswith(NOTHING):
                found = LINE.fullmatch(line)
                assert found is not None, line
                value = float(found["value"]) if found["value"] else None
                items[list(items)[-1]].append((found["raw"].strip(), value, found["unit"] or ""))
        yield items


def ours(value: Value | Scalar) -> Iterator[Scalar]:
    """Yield the elements of an item in the order of their bits; of a register, its own elements and then its number."""
    if isinstance(value, Mapping) and "BDS" in value:
        number, held = str(value["BDS"]), str(value["MB"])
        found = register(number, held)
        yield from found.values() if found else [held]
        yield number
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from ours(part)
    elif isinstance(value, tuple):
        for each in value:
            yield from ours(each)
    elif isinstance(value, int | float | str):
        yield value


def same(value: Scalar, theirs: Printed) -> bool:
    raw, number, unit = theirs
    if number is None:
        return str(value) == raw
    ours = float(value) * (KNOTS if unit == "kt" and isinstance(value, float) else 1)
    return ours == pytest.approx(number, rel=1.1e-7, abs=6e-8)


def test_it_finds_as_many_records_of_each_category_as_the_decoder() -> None:
    assert Counter(record.category for record in records()) == {48: 128, 34: 34}


def test_every_value_that_the_decoder_prints_is_ours() -> None:
    compared = 0
    for record, theirs in zip(records(), printed(), strict=True):
        assert list(record.items) == list(theirs)
        for item, lines in theirs.items():
            values = list(ours(record.items[item]))
            assert len(values) == len(lines), (item, values, lines)
            wrong = [pair for pair in zip(values, lines, strict=True) if not same(*pair)]
            assert not wrong, (item, wrong)
            compared += len(lines)
    assert compared == 6912


def test_what_a_radar_sends_over_two_ways_is_taken_once() -> None:
    feed = feeds.read(CAPTURE)
    assert feed.detections.height == 63
    assert feed.detections["detection"].is_unique().all()
    assert set(feed.faults) == {
        "63 x told more than once; each is taken once",
        "2 x a report of category 048 is extrapolated: the radar did not detect the target; left out",
    }
    assert feed.sensors.select("sensor", "altitude").rows() == [("25-12", 780.0)]


def test_blocks_without_a_capture_need_a_day() -> None:
    path = FOLDER / "cat048.raw"
    with pytest.raises(Unreadable, match="name it with --day"):
        feeds.read(path)
    feed = feeds.read(path, feeds.Wishes(day=date(2016, 5, 5)))
    assert feed.detections["at"].dt.strftime("%F %T").to_list() == ["2016-05-05 07:35:54"]
