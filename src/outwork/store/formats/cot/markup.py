"""Events as XML."""

from __future__ import annotations

import re
from typing import Final
from xml.etree.ElementTree import Element, SubElement, tostring

from outwork.store.formats.cot.event import FUSED, Event

DECLARATION: Final = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
FORBIDDEN: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 has no way to write."""


def xml(event: Event) -> bytes:
    """Return an event as a document of its own; over TCP one follows another."""
    at, stale = event.times
    root = Element("event", version="2.0", uid=clean(event.uid), type=event.type_, how=FUSED, time=at, start=at, stale=stale)
    place = {"lat": event.latitude, "lon": event.longitude, "hae": event.altitude, "ce": event.ce, "le": event.le}
    SubElement(root, "point", {name: repr(float(value)) for name, value in place.items()})
    detail = SubElement(root, "detail")
    SubElement(detail, "contact", callsign=clean(event.callsign))
    SubElement(detail, "track", course=f"{event.course:.2f}", speed=f"{event.speed:.2f}")
    SubElement(detail, "precisionlocation", geopointsrc="CALC", altsrc="CALC")
    SubElement(detail, "remarks").text = clean(event.remarks)
    return DECLARATION + bytes(tostring(root, encoding="utf-8"))


def clean(text: str) -> str:
    """Return a text without the characters that XML cannot hold."""
    return FORBIDDEN.sub("", text)
