"""Events as messages of version 1 of the TAK protocol: protobuf, in frames for networks without a server and for streams.

mesh    0xBF 0x01 0xBF, the message                  one datagram each, as over multicast
stream  0xBF, the length as a varint, the message    one after another, as to a server
"""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import Any, Final
from xml.etree.ElementTree import Element, tostring

from google.protobuf import descriptor_pb2, descriptor_pool
from google.protobuf.message_factory import GetMessageClass

from outwork.model.stamps import EPOCH
from outwork.store.formats.cot.event import FUSED, Event
from outwork.store.formats.cot.markup import clean

MAGIC: Final = b"\xbf"
VERSION: Final = b"\x01"
COMPILED: Final = "tak.binpb"
SEVEN: Final = 0x7F
"""Bits of a varint that a byte holds; the eighth says that more follow."""


def mesh(event: Event) -> bytes:
    """Return an event as one datagram."""
    return MAGIC + VERSION + MAGIC + _packed(event)


def stream(event: Event) -> bytes:
    """Return an event as one frame of a stream."""
    packed = _packed(event)
    return MAGIC + _varint(len(packed)) + packed


def _packed(event: Event) -> bytes:
    message = _message_class()()
    found = message.cotEvent
    found.type, found.uid, found.how = event.type_, clean(event.uid), FUSED
    found.sendTime = found.startTime = _milliseconds(event.at)
    found.staleTime = _milliseconds(event.stale)
    found.lat, found.lon, found.hae, found.ce, found.le = event.latitude, event.longitude, event.altitude, event.ce, event.le
    found.detail.contact.callsign = clean(event.callsign)
    found.detail.track.speed, found.detail.track.course = event.speed, event.course
    found.detail.precisionLocation.geopointsrc = found.detail.precisionLocation.altsrc = "CALC"
    remarks = Element("remarks")
    remarks.text = clean(event.remarks)
    found.detail.xmlDetail = tostring(remarks, encoding="unicode")
    return bytes(message.SerializeToString(deterministic=True))


def _milliseconds(at: datetime) -> int:
    return max(0, (at - EPOCH) // timedelta(milliseconds=1))


def _varint(number: int) -> bytes:
    found = bytearray()
    while number > SEVEN:
        found.append(number & SEVEN | SEVEN + 1)
        number >>= 7
    return bytes([*found, number])


@cache
def _message_class() -> Any:
    # The pool has no types, so that it is Any from here on.
    default: Any = descriptor_pool.Default
    pool = default()
    found = descriptor_pb2.FileDescriptorSet.FromString((files(__package__ or "") / COMPILED).read_bytes())
    for each in found.file:
        pool.AddSerializedFile(each.SerializeToString())
    return GetMessageClass(pool.FindMessageTypeByName("outwork.tak.TakMessage"))
