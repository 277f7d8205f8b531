"""Ends of the network as people write them: a port, a host and a port, and by which protocol."""

from __future__ import annotations

from typing import NamedTuple

from outwork.model.errors import UnknownName

HIGHEST = 65_535


class End(NamedTuple):
    """A protocol, blank where none is written, a host and a port."""

    protocol: str
    host: str
    port: int


def ended(text: str, host: str = "") -> End:
    """Return an end written as [PROTOCOL://][HOST]:PORT; `host` where none is written. UnknownName where it is not that."""
    protocol, _, place = text.rpartition("://")
    name, colon, port = place.rpartition(":")
    name = name.strip("[]") or host
    if not colon or not port.isdecimal() or not 0 < int(port) <= HIGHEST or not name:
        raise UnknownName(f"'{text}' is no end of a network; write it as host:port, such as 192.0.2.7:8600")
    return End(protocol.lower(), name, int(port))
