"""Messages of a node, as plain values."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from outwork.model.stamps import stamp
from outwork.watch.live.sapient.codec import Message

PACKET: Final = 4096
"""Bytes of a bad packet that go back to its sender."""
REASONS: Final = 20
"""Reasons of a refusal that are told."""


def message(sender: str, receiver: str, at: datetime, kind: str, content: Mapping[str, Any]) -> dict[str, Any]:
    """Return a content in its envelope; `receiver` empty: to whoever listens."""
    addressed = {"destination_id": receiver} if receiver else {}
    return {"timestamp": stamp(at), "node_id": sender, **addressed, kind: content}


def registration_ack(sender: str, receiver: str, at: datetime, reasons: Sequence[str]) -> dict[str, Any]:
    """Return the answer to a registration: accepted where there is no reason against it."""
    content: dict[str, Any] = {"acceptance": not reasons}
    if reasons:
        content["ack_response_reason"] = list(reasons[:REASONS])
    return message(sender, receiver, at, "registration_ack", content)


def error(sender: str, receiver: str, at: datetime, packet: bytes, reasons: Sequence[str]) -> dict[str, Any]:
    """Return what goes back to the sender of a packet that cannot be taken."""
    content = {"packet": b64encode(packet[:PACKET] or b"\0").decode(), "error_message": list(reasons[:REASONS])}
    return message(sender, receiver, at, "error", content)


def content_of(whole: Message, kind: str) -> Mapping[str, Any] | None:
    """Return the content of a message where it is of a kind."""
    found = whole.get(kind)
    return found if isinstance(found, Mapping) else None
