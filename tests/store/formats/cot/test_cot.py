"""Tracks as events of Cursor on Target: what they are called, how sure they are, and what others read in them."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from math import hypot
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import given
from hypothesis import strategies as st

from outwork.model.frames import from_rows
from outwork.model.table import table
from outwork.model.tables.watched import TrackState
from outwork.store.formats import cot
from outwork.store.formats.cot.event import radius
from tests.store.formats.cot.pictured import NOW, STATE, one

PLAIN = one()


@pytest.mark.parametrize(
    ("altered", "type_"),
    [
        ({}, "a-u-A-C-F-q"),
        ({"affiliation": "declared"}, "a-n-A-C-F-q"),
        ({"affiliation": "doubtful"}, "a-u-A-C-F-q"),
        ({"drone": 0.1, "aircraft": 0.7}, "a-u-A-C"),
        ({"drone": 0.1, "bird": 0.7}, "a-u-A"),
        ({"drone": 0.1, "ground": 0.7}, "a-u-G"),
        ({"drone": 0.4}, "a-u-A"),
    ],
)
def test_a_type_is_civil_and_unknown_or_neutral(altered: dict[str, Any], type_: str) -> None:
    assert one(**altered).type_ == type_


def test_a_state_whose_track_is_not_told_is_something_in_the_air() -> None:
    (found,) = cot.events(from_rows(table(TrackState), [STATE]), pl.DataFrame(schema={"track": pl.String}), cot.Options())
    assert (found.type_, found.callsign) == ("a-u-A", "t7")


def test_the_circle_holds_the_ellipse() -> None:
    assert radius(25.0, 12.0, 18.0) == pytest.approx(34.0**0.5)  # eigenvalues 34 and 9
    assert (one().ce, one().le) == (pytest.approx(34.0**0.5), 2.0)


@given(st.floats(0, 1e4), st.floats(0, 1e4), st.floats(-1, 1))
def test_the_radius_is_the_root_of_the_larger_eigenvalue(ee: float, nn: float, correlation: float) -> None:
    en = correlation * (ee * nn) ** 0.5
    largest = float(np.linalg.eigvalsh([[ee, en], [en, nn]])[-1])
    assert radius(ee, en, nn) == pytest.approx(max(largest, 0.0) ** 0.5, abs=1e-6)


def test_an_event_is_xml_that_says_where_and_until_when() -> None:
    root = fromstring(cot.xml(one(identity="FIN 12 & <3>\x00\ufffe", caution="moves faster than it says")))
    assert (root.tag, root.get("uid"), root.get("type"), root.get("how")) == ("event", "outwork.t7", "a-u-A-C-F-q", "m-f")
    assert (root.get("start"), root.get("stale")) == ("2026-03-01T12:00:00.000000Z", "2026-03-01T12:00:20.000000Z")
    point = {name: float(value) for name, value in root.find("point").attrib.items()}
    assert point == {"lat": 60.25, "lon": 24.5, "hae": 100.0, "ce": pytest.approx(34.0**0.5), "le": 2.0}
    assert root.find("detail/contact").get("callsign") == "FIN 12 & <3>"
    course, speed = (float(root.find("detail/track").get(name)) for name in ("course", "speed"))
    assert (course, speed) == (pytest.approx(143.13), hypot(3, 4))
    assert "drone 0.70" in root.find("detail/remarks").text
    assert root.find("detail/remarks").text.endswith("moves faster than it says")


@given(st.text(st.characters(codec="utf-8"), max_size=30))
def test_whatever_a_thing_calls_itself_the_event_is_xml(identity: str) -> None:
    event = replace(PLAIN, callsign=identity, remarks=identity)
    assert fromstring(cot.xml(event)).tag == "event"
    assert cot.mesh(event)


def test_messages_of_the_tak_protocol_are_read_by_others() -> None:
    takproto: Any = pytest.importorskip("takproto", reason="takproto, a reader by others, is not installed")
    event = one(identity="X1")
    for frame in (cot.mesh(event), cot.stream(event)):
        found = takproto.parse_proto(bytearray(frame)).cotEvent
        assert (found.uid, found.type, found.how) == ("outwork.t7", "a-u-A-C-F-q", "m-f")
        assert (found.lat, found.lon, found.hae, found.ce, found.le) == (60.25, 24.5, 100.0, event.ce, 2.0)
        assert (found.sendTime, found.staleTime - found.startTime) == (int(NOW.timestamp() * 1000), 20_000)
        assert (found.detail.contact.callsign, found.detail.track.speed) == ("X1", 5.0)
        assert "<remarks>" in found.detail.xmlDetail


def test_the_xml_is_read_by_others() -> None:
    takproto: Any = pytest.importorskip("takproto", reason="takproto, a reader by others, is not installed")
    found = takproto.parse_proto(bytearray(cot.xml(one()))).cotEvent
    assert (found.uid, found.lat, found.detail.track.speed) == ("outwork.t7", 60.25, 5.0)


def test_long_messages_have_lengths_of_several_bytes() -> None:
    short, long = (cot.stream(one(caution="x" * length)) for length in (1, 20_000))
    assert short[1] & 0x80
    assert [each & 0x80 for each in long[1:4]] == [0x80, 0x80, 0]
    assert len(long) == 4 + (long[1] & 0x7F) + ((long[2] & 0x7F) << 7) + (long[3] << 14)


def test_the_compiled_descriptors_are_those_of_the_written_messages(root: Path, tmp_path: Path) -> None:
    pytest.importorskip("grpc_tools", reason="grpcio-tools, which compiles the messages, is not installed")
    source, made = root / "src/outwork/store/formats/cot/tak.proto", tmp_path / "made.binpb"
    subprocess.run(
        [sys.executable, "-m", "grpc_tools.protoc", f"-I{root / 'src'}", f"--descriptor_set_out={made}", source], check=True
    )
    assert made.read_bytes() == source.with_suffix(".binpb").read_bytes()
