"""What passes between the parts of the live edge, and what must be handed to them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, NamedTuple, Protocol, TypeAlias, TypeVar

from outwork.model.tables.watching import Detection
from outwork.watch.live.status import Status


class Told(Protocol):
    """What a parser answers with."""

    @property
    def detections(self) -> Sequence[Detection]:
        """What was detected, in the order in which the message tells it."""
        ...

    @property
    def faults(self) -> Sequence[str]:
        """What could not be read, in words."""
        ...


class Parser(Protocol):
    """Makes rows of the messages of one source. It never raises, whatever the bytes are."""

    def take(self, content: bytes, arrived: datetime) -> Told:
        """Return what a message told."""
        ...


class Splitter(Protocol):
    """Cuts a stream of bytes into messages."""

    def feed(self, content: bytes) -> Iterable[bytes]:
        """Return the messages that are whole now; what is left waits for more."""
        ...


class Arrived(NamedTuple):
    """A detection, the instant at which it arrived by our clock, and the source through which it came."""

    row: Detection
    arrived: datetime
    source: str


@dataclass(frozen=True)
class Heard:
    """What a source heard at an instant."""

    arrived: datetime
    detections: Sequence[Detection] = ()
    faults: Sequence[str] = ()


Deliver: TypeAlias = Callable[[Heard], None]
"""Takes what a source heard; never waits."""


class Source(Protocol):
    """Hears something, until it has heard all or fails."""

    @property
    def name(self) -> str:
        """What people call it."""
        ...

    async def run(self, deliver: Deliver) -> None:
        """Deliver whatever is heard. Returns where there is nothing more to come, raises where it fails."""
        ...


Made = TypeVar("Made")


@dataclass(frozen=True)
class Turn(Generic[Made]):
    """One turn of the loop: what arrived since the one before, what of it was left out, and what was made of the rest.

    `arrived` is everything in the order of its arrival and as it was told, which is what a recording keeps.
    """

    now: datetime
    arrived: tuple[Arrived, ...]
    withheld: tuple[Arrived, ...]
    made: Made
    status: Status


class Sink(Protocol[Made]):
    """Takes turns out of the house."""

    @property
    def name(self) -> str:
        """What people call it."""
        ...

    async def give(self, turn: Turn[Made]) -> None:
        """Pass a turn on. Raises where that fails."""
        ...

    async def close(self) -> None:
        """Pass on what is still held, and end."""
        ...
