"""Hand-overs: that a camera or another sensor looks at a track, or follows it. One person asks, another approves.

    request(...) -> Requested -> approve(...) -> Approved, which alone becomes a Task of SAPIENT, and is sent as it is approved
                              -> refuse(...)  -> Refused

Nothing else in Outwork makes one: no rule, no alert and no run does. A Task asks a node to observe and has no other effect.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeAlias

from outwork.model.stamps import stamp, ulid
from outwork.model.tables.watching import Task


class Kind(StrEnum):
    """What a node may be asked: to observe."""

    LOOK_AT = "look_at"
    """To look at where the track is."""
    FOLLOW = "follow"
    """To keep looking at it as it moves, by the object_id under which the node knows it."""


class Unnamed(ValueError):
    """A hand-over lacks a person who answers for it, or one person would do both parts; says which."""


@dataclass(frozen=True)
class Where:
    """Where a track is now: latitude and longitude [degree, WGS 84], altitude above the ellipsoid [m]."""

    latitude: float
    longitude: float
    altitude: float


@dataclass(frozen=True)
class Requested:
    """A hand-over that a named person asks for, and nobody has approved.

    `object_id`: the ULID by which others know the track.
    """

    task: str
    track: str
    object_id: str
    node: str
    kind: Kind
    where: Where
    reason: str
    requested_by: str
    requested_at: datetime


@dataclass(frozen=True)
class Approved:
    """A hand-over that another person approved."""

    requested: Requested
    approved_by: str
    approved_at: datetime


@dataclass(frozen=True)
class Refused:
    """A hand-over that another person refused."""

    requested: Requested
    refused_by: str
    refused_at: datetime


Send: TypeAlias = Callable[[Mapping[str, Any], Approved], None]
"""Sends a Task to its node."""


def request(
    track: str, object_id: str, node: str, kind: Kind, where: Where, *, reason: str, requested_by: str, at: datetime
) -> Requested:
    """Return a hand-over that waits for another person. Unnamed without the name of who asks, ValueError without a reason."""
    name = _named(requested_by, "requested")
    if not reason.strip():
        raise ValueError(f"the hand-over of track '{track}' gives no reason; say why {node} is to observe it")
    task = ulid(at, track, node, kind, name)
    return Requested(task, track, object_id, node, kind, where, reason.strip(), name, at)


def approve(requested: Requested, *, approved_by: str, at: datetime, sender: str, send: Send) -> Approved:
    """Approve a hand-over and send its Task. Unnamed without a name, or where it is that of who asked; nothing is sent then.

    Args: sender, the node_id under which we speak; send, what sends: it is called here and nowhere else.
    """
    approved = Approved(requested, _another(approved_by, requested, "approved"), at)
    send(message(approved, sender), approved)
    return approved


def refuse(requested: Requested, *, refused_by: str, at: datetime) -> Refused:
    """Refuse a hand-over. Unnamed without a name, or where it is that of who asked."""
    return Refused(requested, _another(refused_by, requested, "refused"), at)


def message(approved: Approved, sender: str) -> dict[str, Any]:
    """Return an approved hand-over as a Task of SAPIENT; who asked and who approved stand in its description."""
    asked = approved.requested
    return {
        "timestamp": stamp(approved.approved_at),
        "node_id": sender,
        "destination_id": asked.node,
        "task": {
            "task_id": asked.task,
            "task_name": f"{asked.kind} {asked.track}",
            "task_description": f"{asked.reason} (asked for by {asked.requested_by}, approved by {approved.approved_by})",
            "control": "CONTROL_START",
            "command": _command(asked),
        },
    }


def row(task: Requested | Approved | Refused) -> Task:
    """Return the row of the table `tasks`."""
    match task:
        case Requested():
            return _row(task)
        case Approved(requested, name, at):
            return _row(requested, status="approved", approved_by=name, approved_at=at)
        case Refused(requested, name, at):
            return _row(requested, status="refused", approved_by=name, approved_at=at)


def _row(asked: Requested, **decided: Any) -> Task:
    return Task(
        task=asked.task,
        track=asked.track,
        node=asked.node,
        kind=asked.kind.value,
        reason=asked.reason,
        requested_by=asked.requested_by,
        requested_at=asked.requested_at,
        **decided,
    )


def _command(asked: Requested) -> dict[str, Any]:
    if asked.kind is Kind.FOLLOW:
        return {"follow": {"follow_object_id": asked.object_id}}
    place = {
        "x": asked.where.longitude,
        "y": asked.where.latitude,
        "z": asked.where.altitude,
        "coordinate_system": "LOCATION_COORDINATE_SYSTEM_LAT_LNG_DEG_M",
        "datum": "LOCATION_DATUM_WGS84_E",
    }
    return {"look_at": {"location_list": {"locations": [place]}}}


def _named(name: str, done: str) -> str:
    if not any(each.isalpha() for each in name):
        raise Unnamed(f"a hand-over is {done} by a named person; '{name}' is no name")
    return " ".join(name.split())


def _another(name: str, requested: Requested, done: str) -> str:
    found = _named(name, done)
    if found.casefold() == requested.requested_by.casefold():
        raise Unnamed(f"{found} asked for this hand-over; it is {done} by another person")
    return found
