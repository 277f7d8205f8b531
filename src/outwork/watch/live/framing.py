"""Streams cut into messages: by lines, by a length before each, or by a byte that begins each.

A message longer than its limit is no message: the stream is then passed over up to where the next can begin, or, where that
cannot be known, ended with Unframed, upon which a source is started anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, Literal

LONGEST: Final = 1024 * 1024
"""Longest message of any stream [byte]."""


class Unframed(Exception):
    """A stream says that a message follows which is longer than any, so nothing tells where the next one begins."""


@dataclass
class Lines:
    """Messages are lines. One that is too long is passed over."""

    most: int = LONGEST
    passed: int = 0
    """Lines that were too long."""
    _held: bytes = b""
    _skips: bool = False

    def feed(self, content: bytes) -> Iterator[bytes]:
        """Yield the lines that are whole now, without their ends; blank ones are left out."""
        *whole, rest = (self._held + content).split(b"\n")
        for line in whole:
            if self._skips or len(line) > self.most:
                self.passed += 1
                self._skips = False
            elif line.strip():
                yield line.rstrip(b"\r")
        self._skips = self._skips or len(rest) > self.most
        self._held = b"" if self._skips else rest


@dataclass
class Prefixed:
    """Messages tell their length in `size` bytes that stand `before` bytes after their beginning.

    Args: extra, bytes that the length does not count: those before it and its own, or 0 where it counts the whole message, as
    in a data block of ASTERIX (before 1, size 2, extra 0).
    """

    before: int = 1
    size: int = 2
    extra: int = 0
    order: Literal["big", "little"] = "big"
    most: int = LONGEST
    _held: bytes = b""

    def feed(self, content: bytes) -> Iterator[bytes]:
        """Yield the messages that are whole now, with their lengths. Unframed where one is longer than any."""
        self._held += content
        head = self.before + self.size
        while len(self._held) >= head:
            length = int.from_bytes(self._held[self.before : head], self.order) + self.extra
            if not head <= length <= self.most:
                held, self._held = len(self._held), b""
                raise Unframed(f"a message counts {length:,} bytes, which none has; {held:,} bytes are passed over")
            if len(self._held) < length:
                return
            message, self._held = self._held[:length], self._held[length:]
            yield message


@dataclass
class Escaped:
    """Messages begin with a byte that stands doubled wherever else it stands, as in the binary form of Beast."""

    escape: int = 0x1A
    most: int = LONGEST
    _held: bytearray = field(default_factory=bytearray)

    def feed(self, content: bytes) -> Iterator[bytes]:
        """Yield the messages that are whole now: a message is, when the next begins."""
        self._held += content
        begins = self._begin(0)
        while begins >= 0:
            ends = self._begin(begins + 1)
            if ends < 0:
                break
            yield bytes(self._held[begins:ends])
            begins = ends
        del self._held[: begins if begins >= 0 else max(0, len(self._held) - 1)]
        if len(self._held) > self.most:
            self._held.clear()

    def _begin(self, at: int) -> int:
        """Return where the next message begins, from a byte on; -1 where that cannot be told yet."""
        while 0 <= (at := self._held.find(self.escape, at)) < len(self._held) - 1:
            if self._held[at + 1] != self.escape:
                return at
            at += 2
        return -1
