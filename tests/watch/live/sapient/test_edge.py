"""An edge node registers, tells how it is, and answers what it is asked; nothing here waits."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from outwork.store.formats.sapient import validate
from outwork.watch.live.sapient.codec import Message
from outwork.watch.live.sapient.edge import Answer, Decision, Edge, Manner, State
from outwork.watch.live.sapient.messages import error, message, registration_ack
from tests.store.formats.sapient import messages
from tests.store.formats.sapient.messages import FUSION, NODE

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
SEEN = messages.detection_report()["detection_report"]


def later(seconds: float) -> datetime:
    return NOW + timedelta(seconds=seconds)


def edge(**given: Any) -> Edge:
    return Edge(NODE, messages.registration()["registration"], lambda: {"mode": "watching"}, **given)


def kinds(said: Sequence[Message]) -> list[str]:
    assert [str(each) for whole in said for each in validate.judge_plain(whole).faults] == []
    return [next(iter(set(whole) - {"timestamp", "node_id", "destination_id"})) for whole in said]


def registered(**given: Any) -> Edge:
    node = edge(**given)
    node.start(NOW)
    assert kinds(node.take(registration_ack(FUSION, NODE, NOW, ()), NOW)) == ["status_report"]
    return node


def test_a_node_says_who_it_is_and_then_how_it_is() -> None:
    node = edge()
    assert kinds(node.start(NOW)) == ["registration"]
    assert node.state is State.REGISTERING
    (status,) = node.take(registration_ack(FUSION, NODE, NOW, ()), NOW)
    assert (status["destination_id"], status["status_report"]["info"]) == (FUSION, "INFO_NEW")
    assert node.state is State.REGISTERED
    assert node.take(registration_ack(FUSION, NODE, NOW, ()), NOW) == []


def test_heartbeats_come_in_time_and_have_names_of_their_own() -> None:
    node = registered(manner=Manner(heartbeat=5))
    assert node.tick(later(4)) == []
    (first,), (second,) = node.tick(later(5)), node.tick(later(10))
    assert first["status_report"]["report_id"] != second["status_report"]["report_id"]
    assert first["status_report"]["info"] == "INFO_UNCHANGED"


def test_a_registration_that_nobody_answers_is_sent_again() -> None:
    node = edge(manner=Manner(patience=10))
    node.start(NOW)
    assert node.tick(later(9)) == []
    assert kinds(node.tick(later(10))) == ["registration"]


def test_a_refused_node_knows_why() -> None:
    node = edge()
    node.start(NOW)
    node.take(registration_ack(FUSION, NODE, NOW, ("no room",)), NOW)
    assert (node.state, node.reasons) == (State.REFUSED, ("no room",))
    assert node.tick(later(60)) == []


def test_reports_wait_for_the_registration_and_the_oldest_go_first() -> None:
    node = edge(manner=Manner(most=2))
    node.start(NOW)
    for second in range(3):
        assert node.report("detection_report", SEEN, later(second)) == []
    assert node.shed == 1
    said = node.take(registration_ack(FUSION, NODE, NOW, ()), later(3))
    assert kinds(said) == ["status_report", "detection_report", "detection_report"]
    assert [each["timestamp"][17:19] for each in said[1:]] == ["01", "02"]
    assert kinds(node.report("detection_report", SEEN, later(4))) == ["detection_report"]
    node.lost()
    assert node.report("detection_report", SEEN, later(5)) == []


@pytest.mark.parametrize(("wish", "told"), [("Registration", "registration"), ("status", "status_report")])
def test_every_node_answers_what_it_is_and_how_it_is(wish: str, told: str) -> None:
    asked = message(
        FUSION, NODE, NOW, "task", {"task_id": messages.TASK, "control": "CONTROL_START", "command": {"request": wish}}
    )
    said = registered().take(asked, NOW)
    assert kinds(said) == ["task_ack", told]
    assert said[0]["task_ack"]["task_status"] == "TASK_STATUS_COMPLETED"


def test_a_task_is_rejected_unless_somebody_decides_otherwise() -> None:
    asked = messages.task() | {"node_id": FUSION, "destination_id": NODE}
    (no,) = registered().take(asked, NOW)
    assert no["task_ack"] == {
        "task_id": messages.TASK,
        "task_status": "TASK_STATUS_REJECTED",
        "reason": ["this node takes no tasks"],
    }
    heard: list[Message] = []

    def decide(task: Message) -> Decision:
        heard.append(task)
        return Decision(Answer.ACCEPTED)

    node = registered(decide=decide)
    (yes,) = node.take(asked, NOW)
    assert (yes["task_ack"]["task_status"], heard) == ("TASK_STATUS_ACCEPTED", [asked["task"]])
    assert kinds([node.answered(messages.TASK, Decision(Answer.FAILED, ("fog",)), NOW)]) == ["task_ack"]


def test_messages_for_others_are_passed_over_and_errors_counted() -> None:
    node = registered()
    assert node.take(messages.task(), NOW) == []  # for the fusion node
    assert node.take(error(FUSION, NODE, NOW, b"x", ("is odd",)), NOW) == []
    assert node.take(messages.alert() | {"destination_id": NODE}, NOW) == []
    assert node.errors == 1


def test_a_node_says_goodbye_only_where_it_was_known() -> None:
    assert edge().leave(NOW) == []
    (bye,) = registered().leave(NOW)
    assert bye["status_report"]["system"] == "SYSTEM_GOODBYE"
