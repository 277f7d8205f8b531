"""The side of an edge node: it registers, tells how it is, reports what it detects, and answers what it is asked.

    new -> registering -> registered
                       -> refused

Time is handed in; nothing here waits.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final, TypeAlias

from outwork.model.stamps import ulid
from outwork.watch.live.sapient.codec import Message
from outwork.watch.live.sapient.messages import content_of, message


class State(StrEnum):
    """How far a node has come with its fusion node."""

    NEW = "new"
    REGISTERING = "registering"
    REGISTERED = "registered"
    REFUSED = "refused"


class Answer(StrEnum):
    """What becomes of a task."""

    ACCEPTED = "TASK_STATUS_ACCEPTED"
    REJECTED = "TASK_STATUS_REJECTED"
    COMPLETED = "TASK_STATUS_COMPLETED"
    FAILED = "TASK_STATUS_FAILED"


@dataclass(frozen=True)
class Decision:
    """What a node answers to a task; every answer but ACCEPTED and COMPLETED gives reasons."""

    answer: Answer
    reasons: tuple[str, ...] = ()


Decide: TypeAlias = Callable[[Message], Decision]
"""Says what becomes of a task."""


def nothing(_: Message) -> Decision:
    """Reject every task."""
    return Decision(Answer.REJECTED, ("this node takes no tasks",))


@dataclass(frozen=True)
class Manner:
    """How a node behaves."""

    heartbeat: float = 5.0
    """Seconds from one status report to the next."""
    patience: float = 10.0
    """Seconds after which a registration that was not answered is sent again."""
    most: int = 1000
    """Reports held while nobody takes them."""


REQUESTS: Final = ("registration", "status")
"""Requests that every node answers by itself."""


@dataclass
class Edge:
    """An edge node. `registration` and `status` are the contents that it sends; `decide` says what becomes of tasks."""

    node: str
    registration: Mapping[str, Any]
    status: Callable[[], Mapping[str, Any]]
    decide: Decide = nothing
    manner: Manner = field(default_factory=Manner)
    state: State = State.NEW
    parent: str = ""
    reasons: tuple[str, ...] = ()
    """Why it was refused."""
    errors: int = 0
    """Messages of ours that the other side could not take."""
    shed: int = 0
    """Reports left out because nobody took them in time."""
    _held: deque[tuple[datetime, str, Mapping[str, Any]]] = field(default_factory=deque)
    _asked: datetime | None = None
    _beat: datetime | None = None
    _number: int = 0

    def start(self, now: datetime) -> list[Message]:
        """Return what to say on a new connection: who we are."""
        self.state, self._asked, self._beat, self.parent = State.REGISTERING, now, None, ""
        return [self._message(now, "registration", self.registration)]

    def lost(self) -> None:
        """Take note that the connection is gone: reports wait for the next one."""
        self.state = State.NEW

    def take(self, whole: Message, now: datetime) -> list[Message]:
        """Return what to answer to a message. Messages for others, and kinds that are not for an edge node, are passed over."""
        if whole.get("destination_id", self.node) != self.node:
            return []
        for kind, answer in ((each, getattr(self, f"_{each}")) for each in ("registration_ack", "task", "error")):
            content = content_of(whole, kind)
            if content is not None:
                answered: list[Message] = answer(content, whole, now)
                return answered
        return []

    def tick(self, now: datetime) -> list[Message]:
        """Return what is due now: a heartbeat, or another registration."""
        if self.state is State.REGISTERING and self._since(self._asked, now) >= self.manner.patience:
            return self.start(now)
        if self.state is State.REGISTERED and self._since(self._beat, now) >= self.manner.heartbeat:
            return [self._status(now, "SYSTEM_OK")]
        return []

    def report(self, kind: str, content: Mapping[str, Any], at: datetime) -> list[Message]:
        """Return a detection_report or alert of ours to send now; it waits while we are not registered, the oldest go first."""
        if self.state is State.REGISTERED:
            return [self._message(at, kind, content)]
        self._held.append((at, kind, content))
        if len(self._held) > self.manner.most:
            self._held.popleft()
            self.shed += 1
        return []

    def leave(self, now: datetime) -> list[Message]:
        """Return what to say before we go."""
        return [self._status(now, "SYSTEM_GOODBYE")] if self.state is State.REGISTERED else []

    def answered(self, task: str, decision: Decision, now: datetime) -> Message:
        """Return the answer to a task, at once or when it is done."""
        content: dict[str, Any] = {"task_id": task, "task_status": decision.answer.value}
        if decision.reasons:
            content["reason"] = list(decision.reasons)
        return self._message(now, "task_ack", content)

    def _registration_ack(self, content: Mapping[str, Any], whole: Message, now: datetime) -> list[Message]:
        if self.state is not State.REGISTERING:
            return []
        if not content["acceptance"]:
            self.state, self.reasons = State.REFUSED, tuple(content.get("ack_response_reason", ()))
            return []
        self.state, self.parent = State.REGISTERED, whole["node_id"]
        held = [self._message(at, kind, each) for at, kind, each in self._held]
        self._held.clear()
        return [self._status(now, "SYSTEM_OK"), *held]

    def _task(self, content: Mapping[str, Any], _: Message, now: datetime) -> list[Message]:
        wish = str(content.get("command", {}).get("request", "")).strip().lower()
        if wish in REQUESTS:
            done = self.answered(content["task_id"], Decision(Answer.COMPLETED), now)
            told = (
                self._message(now, "registration", self.registration)
                if wish == "registration"
                else self._status(now, "SYSTEM_OK")
            )
            return [done, told]
        return [self.answered(content["task_id"], self.decide(content), now)]

    def _error(self, _: Mapping[str, Any], __: Message, ___: datetime) -> list[Message]:
        self.errors += 1
        return []

    def _status(self, now: datetime, system: str) -> Message:
        self._number += 1
        info = "INFO_NEW" if self._beat is None else "INFO_UNCHANGED"
        self._beat = now
        report_id = ulid(now, self.node, "status", str(self._number))
        return self._message(now, "status_report", {"report_id": report_id, "system": system, "info": info, **self.status()})

    def _message(self, at: datetime, kind: str, content: Mapping[str, Any]) -> Message:
        return message(self.node, self.parent, at, kind, content)

    @staticmethod
    def _since(then: datetime | None, now: datetime) -> float:
        return float("inf") if then is None else (now - then) / timedelta(seconds=1)
