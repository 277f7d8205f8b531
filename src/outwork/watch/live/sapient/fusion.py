"""The side of a fusion node: it registers nodes, hears what they report, and refuses what it cannot take, saying why.

It asks nothing of any node by itself. A Task goes out only by `ask`, which wants the names of two persons.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final, NamedTuple

from outwork.watch.live.sapient.codec import Message
from outwork.watch.live.sapient.messages import content_of, error, message, registration_ack

WATCHES: Final = frozenset(
    f"NODE_TYPE_{each}"
    for each in (
        "OTHER", "RADAR", "LIDAR", "CAMERA", "SEISMIC", "ACOUSTIC", "PROXIMITY_SENSOR", "PASSIVE_RF", "HUMAN", "CHEMICAL",
        "BIOLOGICAL", "RADIATION", "MOBILE_NODE", "POINTABLE_NODE", "FUSION_NODE",
    )
)  # fmt: skip
"""Types of nodes that observe or carry those that do."""
OBSERVES: Final = frozenset({"look_at", "follow"})
"""Commands that may be sent on behalf of persons."""
REPORTS: Final = ("detection_report", "status_report", "alert", "task_ack", "alert_ack", "error")
"""Kinds of messages that registered nodes send."""


class What(StrEnum):
    """What happened."""

    REGISTERED = "registered"
    REFUSED = "refused"
    HEARD = "heard"
    LEFT = "left"
    FAULT = "fault"


class Event(NamedTuple):
    """Something that happened with a node (empty: nobody knows with which); `why` in words, or the `message` that was heard."""

    what: What
    node: str
    why: str = ""
    message: Message | None = None


class Reply(NamedTuple):
    """What to send over which connection."""

    connection: int
    message: Message


class Outcome(NamedTuple):
    """What to send, what happened, and connections to end."""

    replies: Sequence[Reply] = ()
    events: Sequence[Event] = ()
    ends: Sequence[int] = ()


@dataclass(frozen=True)
class Limits:
    """What a fusion node bears."""

    nodes: int = 200
    """Nodes at once."""
    faults: int = 20
    """Messages of one connection in a row that cannot be taken, until it is ended."""
    silence: float = 60.0
    """Seconds without a word until a node is thought gone."""
    remembered: int = 10_000
    """Reports of a node that are remembered, to know duplicates by."""


@dataclass
class Peer:
    """A registered node."""

    node: str
    connection: int
    dependents: frozenset[str]
    heard: datetime
    reports: OrderedDict[str, None] = field(default_factory=OrderedDict)


@dataclass
class Fusion:
    """A fusion node."""

    node: str
    limits: Limits = field(default_factory=Limits)
    peers: dict[str, Peer] = field(default_factory=dict)
    _faults: dict[int, int] = field(default_factory=dict)
    _of: dict[int, str] = field(default_factory=dict)

    def take(self, connection: int, whole: Message, now: datetime) -> Outcome:
        """Return what follows from a valid message that came over a connection."""
        if whole.get("destination_id", self.node) != self.node:
            return self.fault(connection, b"", (f"is for node {whole['destination_id']}, and this is {self.node}",), now)
        if (content := content_of(whole, "registration")) is not None:
            return self._register(connection, whole, content, now)
        peer = self.peers.get(self._of.get(connection, ""))
        if peer is None:
            return self.fault(connection, b"", ("comes before a registration was accepted; register first",), now)
        if whole["node_id"] not in {peer.node, *peer.dependents}:
            return self.fault(connection, b"", (f"names node {whole['node_id']}, which did not register here",), now)
        peer.heard = now
        self._faults[connection] = 0
        return self._hear(peer, whole, now)

    def fault(self, connection: int, packet: bytes, reasons: Sequence[str], now: datetime) -> Outcome:
        """Return what follows from a packet that cannot be taken: its sender is told, and after too many in a row put out."""
        node = self._of.get(connection, "")
        self._faults[connection] = self._faults.get(connection, 0) + 1
        events = [Event(What.FAULT, node, "; ".join(reasons))]
        replies = [Reply(connection, error(self.node, node, now, packet, reasons))]
        if self._faults[connection] < self.limits.faults:
            return Outcome(replies, events)
        events.append(
            Event(What.FAULT, node, f"{self.limits.faults} messages in a row could not be taken; the connection is ended")
        )
        return Outcome(replies, events, (connection,))

    def closed(self, connection: int, why: str) -> Outcome:
        """Return what follows from the end of a connection."""
        self._faults.pop(connection, None)
        node = self._of.pop(connection, "")
        self.peers.pop(node, None)
        return Outcome(events=[Event(What.LEFT, node, why)])

    def tick(self, now: datetime) -> Outcome:
        """Return the connections of nodes that have been silent too long."""
        silent = [peer for peer in self.peers.values() if (now - peer.heard) / timedelta(seconds=1) > self.limits.silence]
        why = f"said nothing for {self.limits.silence:g} s; the connection is ended"
        return Outcome(events=[Event(What.FAULT, peer.node, why) for peer in silent], ends=[peer.connection for peer in silent])

    def ask(self, whole: Message, requested_by: str, approved_by: str) -> Reply:
        """Return a Task for its node. ValueError unless two persons stand behind it, it only observes, and the node is here."""
        persons = {each.strip().casefold() for each in (requested_by, approved_by) if each.strip()}
        if len(persons) < 2:  # noqa: PLR2004 (who asks and who approves)
            raise ValueError("a task is asked for by one named person and approved by another; it is not sent")
        commands = set((content_of(whole, "task") or {}).get("command", {})) - {"command_parameter"}
        if not commands or commands - OBSERVES:
            raise ValueError(f"a task only observes: {', '.join(sorted(OBSERVES))}; it is not sent")
        peer = self.peers.get(whole.get("destination_id", ""))
        if peer is None:
            raise ValueError(f"node '{whole.get('destination_id', '')}' is not registered here; the task is not sent")
        return Reply(peer.connection, whole)

    def acknowledged(self, node: str, alert: str, person: str, now: datetime) -> Reply:
        """Return the acknowledgement of an alert that a node raised, by a named person. ValueError without a name or node."""
        peer = self.peers.get(node)
        if not person.strip() or peer is None:
            raise ValueError("an alert of a node that is registered is acknowledged by a named person")
        content = {"alert_id": alert, "alert_ack_status": "ALERT_ACK_STATUS_ACCEPTED", "reason": [f"seen by {person.strip()}"]}
        return Reply(peer.connection, message(self.node, node, now, "alert_ack", content))

    def _register(self, connection: int, whole: Message, content: Mapping[str, Any], now: datetime) -> Outcome:
        node: str = whole["node_id"]
        reasons = self._against(connection, node, content, now)
        reply = Reply(connection, registration_ack(self.node, node, now, reasons))
        if reasons:
            _, events, ends = self.fault(connection, b"", reasons, now)
            return Outcome([reply], [Event(What.REFUSED, node, events[0].why), *events[1:]], ends)
        self._faults[connection] = 0
        before = self.peers.get(node)
        replaced = (before.connection,) if before and before.connection != connection else ()
        for each in replaced:
            self._of.pop(each, None)
        self._of[connection] = node
        self.peers[node] = Peer(
            node, connection, frozenset(content.get("dependent_nodes", ())), now, before.reports if before else OrderedDict()
        )
        return Outcome([reply], [Event(What.REGISTERED, node, str(content.get("name", "")), whole)], replaced)

    def _against(self, connection: int, node: str, content: Mapping[str, Any], now: datetime) -> list[str]:
        """Return every reason not to take a node in."""
        types = [each["node_type"] for each in content["node_definition"]]
        reasons = [f"{each} does not observe; this node watches and does nothing else" for each in types if each not in WATCHES]
        other, bound = self.peers.get(node), self._of.get(connection, node)
        if node == self.node:
            reasons.append("the node_id is that of the fusion node itself")
        if bound != node:
            reasons.append(f"this connection is that of node {bound}")
        if other and other.connection != connection and (now - other.heard) / timedelta(seconds=1) <= self.limits.silence / 2:
            reasons.append("a node of this node_id is connected and speaks; if it is you, end that connection first")
        if other is None and len(self.peers) >= self.limits.nodes:
            reasons.append(f"{self.limits.nodes} nodes are connected already")
        return reasons

    def _hear(self, peer: Peer, whole: Message, now: datetime) -> Outcome:
        kind = next((each for each in REPORTS if each in whole), "")
        if not kind:
            return self.fault(peer.connection, b"", ("is of a kind that a fusion node sends and does not take",), now)
        content = whole[kind]
        if (report := str(content.get("report_id", ""))) and self._twice(peer, report):
            return Outcome(events=[Event(What.FAULT, peer.node, f"{kind} {report} came before; it is left out")])
        events = [Event(What.HEARD, whole["node_id"], "", whole)]
        if kind == "status_report" and content["system"] == "SYSTEM_GOODBYE" and whole["node_id"] == peer.node:
            return Outcome(events=events, ends=(peer.connection,))
        return Outcome(events=events)

    def _twice(self, peer: Peer, report: str) -> bool:
        if report in peer.reports:
            return True
        peer.reports[report] = None
        if len(peer.reports) > self.limits.remembered:
            peer.reports.popitem(last=False)
        return False
