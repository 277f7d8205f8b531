"""One door for files of what sensors said: look at a file, and read it as what it is.

what                                                               told by
capture (pcap, pcapng): ASTERIX over UDP, Remote ID over the air   its first bytes
ASTERIX as it is sent, one data block after another                the category of its first block
SAPIENT: JSON, or frames as they were sent                         a node that is named, or a first frame that is a message
ADS-B, as lines of AVR or in the binary form of Beast              its first line, or first byte
a recording (MCAP)                                                 its first bytes
a log of positions, as of AIS or GPS                               its headings
the table `detections` itself, as CSV                              its headings
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import StrEnum
from pathlib import Path
from typing import Final

from mcap.writer import MCAP0_MAGIC

from outwork.model.errors import InvalidProgramme, Unreadable
from outwork.model.frames import empty
from outwork.model.table import table
from outwork.model.tables.watching import Detection, Sensor
from outwork.store import check, delimited, headers
from outwork.store.formats import adsb, asterix, pcap, positions, recording, remote_id
from outwork.store.formats.adsb.streams import ESCAPE, LINE
from outwork.store.formats.asterix.decode import HEADER, PROFILES, fits
from outwork.store.formats.detected import REPEATED, Feed, Reader, Told, feed
from outwork.store.formats.instants import EPOCH
from outwork.store.formats.links import datagram
from outwork.store.formats.opening import content
from outwork.store.formats.sapient import files as sapient

HEAD: Final = 4096
"""Bytes at the beginning of a file in which its kind shows."""


class Form(StrEnum):
    """What a file of detections is."""

    CAPTURE = "capture"
    """pcap or pcapng, with ASTERIX over UDP or Remote ID over Wi-Fi or Bluetooth in it."""
    ASTERIX = "asterix"
    """Data blocks of ASTERIX, one after another."""
    ADSB = "adsb"
    """Frames of ADS-B: lines of AVR, or Beast."""
    SAPIENT = "sapient"
    """Messages of BSI Flex 335 version 2: JSON, one or a list of them, or frames."""
    RECORDING = "recording"
    """What `recording` writes."""
    POSITIONS = "positions"
    """A text table of positions, such as AIS or the log of a GPS."""
    DETECTIONS = "detections"
    """The table `detections` as CSV."""


@dataclass(frozen=True)
class Wishes:
    """What a person may say of a file: the name of its sensor, where the file does not tell, and the day on which it begins."""

    sensor: str = ""
    day: date | None = None


def read(path: Path, wishes: Wishes | None = None, form: Form | None = None) -> Feed:
    """Return what a file tells; `form` None: by what the file looks like. Unreadable where that is nothing known."""
    wishes = wishes or Wishes()
    if form is Form.RECORDING or (form is None and _begins(path) == MCAP0_MAGIC):
        return _recording(path)
    found = content(path)
    return READ[form or recognised(found, str(path))](found, path, wishes)


def recognised(found: bytes, where: str) -> Form:
    """Return what the bytes of a file look like. Unreadable where they look like nothing known."""
    if pcap.is_capture(found[:4]):
        return Form.CAPTURE
    if sapient.looks(found):
        return Form.SAPIENT
    if fits(found) or (found[0] in PROFILES and HEADER < int.from_bytes(found[1:HEADER]) <= len(found)):
        return Form.ASTERIX
    line = found[:HEAD].split(b"\n", 1)[0].strip()
    if found[0] == ESCAPE or LINE.fullmatch(line):
        return Form.ADSB
    header = delimited.parsed(table(Detection), found[:HEAD].rsplit(b"\n", 1)[0], where).header
    if {"detection", "sensor", "at"} <= {name.split(" (")[0] for name in header}:
        return Form.DETECTIONS
    if positions.is_log(header):
        return Form.POSITIONS
    raise Unreadable(f"{where}: looks like none of the feeds that can be read; name one with --format {', '.join(Form)}")


def _begins(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            return stream.read(len(MCAP0_MAGIC))
    except OSError as error:
        raise Unreadable(f"{path}: cannot be read: {error}; name a file of what sensors said") from error


def _recording(path: Path) -> Feed:
    """Return the detections and sensors of a recording, each once."""
    found = recording.read(path)
    once = found.tables["detections"].unique("detection", keep="first", maintain_order=True)
    repeated = found.tables["detections"].height - once.height
    told = (f"{repeated:,} x {REPEATED}",) if repeated else ()
    return Feed(once, found.tables["sensors"].unique("sensor", keep="last", maintain_order=True), (*told, *found.faults))


def _capture(found: bytes, path: Path, wishes: Wishes) -> Feed:
    return feed(_captured(found, path, wishes))


def _captured(found: bytes, path: Path, wishes: Wishes) -> Iterator[Told]:
    """Yield what the packets of a capture told: those that carry ASTERIX, and those that carry Remote ID."""
    radar, drones = asterix.Reader(wishes.day), remote_id.Reader(wishes.sensor or "remote-id")
    for packet in pcap.packets(found, str(path)):
        if isinstance(packet, str):
            yield Told(faults=(packet,))
        elif (sent := datagram(packet)) is None:
            yield drones.packet(packet)
        elif fits(sent):
            yield radar.take(sent, packet.at)
        else:
            yield Told(faults=("a datagram is not of a category of ASTERIX that is read here; passed over",))


def _asterix(found: bytes, path: Path, wishes: Wishes) -> Feed:
    if wishes.day is None:
        raise Unreadable(f"{path}: ASTERIX tells the time of day and not the day; name it with --day, such as 2026-11-22")
    return feed([asterix.Reader(wishes.day).take(found, _noon(wishes))])


def _adsb(found: bytes, path: Path, wishes: Wishes) -> Feed:
    begins = None if wishes.day is None else datetime.combine(wishes.day, time(), UTC)
    read = feed([adsb.Reader(wishes.sensor or path.stem, begins).take(found, begins or EPOCH)])
    if begins is None and (read.detections["at"] == EPOCH).any():
        raise Unreadable(f"{path}: its frames tell no day; name the one on which it begins with --day, such as 2026-11-22")
    return read


def _noon(wishes: Wishes) -> datetime:
    return EPOCH if wishes.day is None else datetime.combine(wishes.day, time(12), UTC)


def _sapient(found: bytes, path: Path, wishes: Wishes) -> Feed:  # noqa: ARG001  # as all of them
    return sapient.feed(found)


def _positions(found: bytes, path: Path, wishes: Wishes) -> Feed:
    return positions.read(found, str(path), wishes.sensor or path.stem)


def _table(found: bytes, path: Path, wishes: Wishes) -> Feed:  # noqa: ARG001  # as all of them
    """Return the table itself. InvalidProgramme with every fault in it."""
    raw = delimited.parsed(table(Detection), found, path.name)
    sheet = headers.sheet(table(Detection), raw)
    faults = (*sheet.faults, *check.rows(sheet, {}))
    if faults:
        raise InvalidProgramme(faults)
    return Feed(sheet.frame, empty(table(Sensor)))


READ: Final[Mapping[Form, Callable[[bytes, Path, Wishes], Feed]]] = {
    Form.CAPTURE: _capture,
    Form.ASTERIX: _asterix,
    Form.ADSB: _adsb,
    Form.SAPIENT: _sapient,
    Form.POSITIONS: _positions,
    Form.DETECTIONS: _table,
}
"""How a file of each form is read; a recording is read as a stream."""
READERS: Final[Mapping[str, Callable[[], Reader]]] = {
    "asterix": asterix.Reader,
    "remote-id": remote_id.Reader,
    "adsb": adsb.Reader,
}
"""Readers of live feeds by name; each is made anew for each source."""


def reader(name: str) -> Reader:
    """Return a reader of a live feed. KeyError where there is none of that name."""
    return READERS[name]()
