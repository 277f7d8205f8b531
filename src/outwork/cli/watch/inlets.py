"""What is listened to: the codecs of `store` handed to the sources of the live edge."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import uuid4

from outwork.cli.watch.ends import ended
from outwork.model.errors import UnknownName
from outwork.model.tables.watching import Sensor
from outwork.store.formats import feeds
from outwork.store.formats.detected import Reader, Told
from outwork.store.formats.sapient.codec import Codec
from outwork.store.formats.sapient.rows import Reader as Messages
from outwork.watch.live.clock import Clock
from outwork.watch.live.framing import Escaped, Lines
from outwork.watch.live.heard import Source, Splitter
from outwork.watch.live.sapient.source import Nodes
from outwork.watch.live.sources import Tcp, Udp

ANYWHERE: Final = "0.0.0.0"  # noqa: S104  a person who names only a port lets others reach it
FORMS: Final[Mapping[str, Callable[[], Splitter]]] = {"avr": Lines, "beast": Escaped}
"""How ADS-B is sent over TCP."""

Join = Callable[[Sequence[Sensor]], None]


@dataclass(frozen=True)
class Wanted:
    """Ends to listen at, as people write them."""

    sapient: str | None
    asterix: tuple[str, ...]
    remote_id: tuple[str, ...]
    adsb: tuple[str, ...]


@dataclass
class Joining:
    """A reader whose sensors join as they tell of themselves."""

    reader: Reader
    join: Join

    def take(self, content: bytes, arrived: datetime) -> Told:
        """Return what a message told."""
        told = self.reader.take(content, arrived)
        if told.sensors:
            self.join(told.sensors)
        return told


def sources(wanted: Wanted, join: Join, clock: Clock) -> list[Source]:
    """Return what is to be listened to. UnknownName where an end is not written as one."""
    found: list[Source] = []
    if wanted.sapient is not None:
        _, host, port = ended(wanted.sapient, ANYWHERE)
        found.append(Nodes("sapient", host, port, str(uuid4()), Codec(), clock, Messages().message, join))
    found += [_udp("asterix", each, join, clock) for each in wanted.asterix]
    found += [_udp("remote-id", each, join, clock) for each in wanted.remote_id]
    found += [_adsb(each, join, clock) for each in wanted.adsb]
    return found


def _udp(kind: str, text: str, join: Join, clock: Clock) -> Source:
    _, host, port = ended(text, ANYWHERE)
    return Udp(f"{kind} {text}", host, port, lambda: Joining(feeds.reader(kind), join), clock)


def _adsb(text: str, join: Join, clock: Clock) -> Source:
    protocol, host, port = ended(text)
    if protocol not in FORMS:
        raise UnknownName(f"'{text}' does not say how ADS-B is sent; write {' or '.join(FORMS)}://{host}:{port}")
    return Tcp(f"adsb {text}", host, port, lambda: Joining(feeds.reader("adsb"), join), FORMS[protocol], clock)
