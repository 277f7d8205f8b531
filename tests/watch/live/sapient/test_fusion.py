"""A fusion node takes in nodes that observe, hears each report once, and asks nothing of anybody by itself."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outwork.store.formats.sapient import validate
from outwork.watch.live.sapient.fusion import Fusion, Limits, Outcome, What
from tests.store.formats.sapient import messages
from tests.store.formats.sapient.messages import FUSION, NODE, OTHER, TASK, altered

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
THIRD = "0d6e7a0e-0f9b-4a43-9c2b-6d1d4f1f7c55"
REGISTRATION = altered(messages.registration(), "registration.dependent_nodes", [OTHER])
LOOK = altered(
    messages.task() | {"node_id": FUSION, "destination_id": NODE},
    "task",
    {"task_id": TASK, "control": "CONTROL_START", "command": {"look_at": {"range_bearing": messages.CONE}}},
)


def later(seconds: float) -> datetime:
    return NOW + timedelta(seconds=seconds)


def registered(**limits: Any) -> Fusion:
    fusion = Fusion(FUSION, Limits(**limits))
    outcome = fusion.take(1, REGISTRATION, NOW)
    assert [each.what for each in outcome.events] == [What.REGISTERED]
    return fusion


def why(outcome: Outcome) -> str:
    for reply in outcome.replies:
        assert validate.judge_plain(reply.message).valid
    return "; ".join(event.why for event in outcome.events)


def test_a_node_that_observes_is_taken_in() -> None:
    (reply,) = Fusion(FUSION).take(7, REGISTRATION, NOW).replies
    assert (reply.connection, reply.message["destination_id"]) == (7, NODE)
    assert reply.message["registration_ack"] == {"acceptance": True}


@pytest.mark.parametrize(
    ("path", "value", "reason"),
    [
        (
            "registration.node_definition[0].node_type",
            "NODE_TYPE_CYBER",
            "does not observe; this node watches and does nothing else",
        ),
        ("node_id", FUSION, "the node_id is that of the fusion node itself"),
        ("node_id", THIRD, f"this connection is that of node {NODE}"),
    ],
)
def test_a_node_is_refused_with_its_reason(path: str, value: str, reason: str) -> None:
    outcome = registered().take(1, altered(REGISTRATION, path, value), NOW)
    assert outcome.replies[0].message["registration_ack"]["acceptance"] is False
    assert outcome.events[0].what is What.REFUSED
    assert reason in why(outcome)


def test_nobody_takes_the_place_of_a_node_that_speaks() -> None:
    fusion = registered(silence=60)
    assert "is connected and speaks" in why(fusion.take(2, REGISTRATION, later(30)))
    taken = fusion.take(2, REGISTRATION, later(31))
    assert (taken.ends, fusion.peers[NODE].connection) == ((1,), 2)
    fusion.closed(1, "ended")
    assert NODE in fusion.peers
    fusion.closed(2, "ended")
    assert fusion.peers == {}


def test_no_more_nodes_than_the_limit_are_taken_in() -> None:
    assert "1 nodes are connected already" in why(registered(nodes=1).take(2, REGISTRATION | {"node_id": THIRD}, NOW))


def test_each_report_is_heard_once() -> None:
    fusion = registered(remembered=1)
    report = messages.detection_report()
    (event,) = fusion.take(1, report, NOW).events
    assert (event.what, event.node, event.message) == (What.HEARD, NODE, report)
    assert why(fusion.take(1, report, NOW)) == f"detection_report {messages.REPORT} came before; it is left out"
    fusion.take(1, altered(report, "detection_report.report_id", messages.OBJECT), NOW)
    assert fusion.take(1, report, NOW).events[0].what is What.HEARD  # forgotten by then


def test_nodes_below_a_node_speak_through_it_and_strangers_do_not() -> None:
    fusion = registered()
    assert fusion.take(1, messages.detection_report() | {"node_id": OTHER}, NOW).events[0].what is What.HEARD
    assert "which did not register here" in why(fusion.take(1, messages.detection_report() | {"node_id": THIRD}, NOW))
    assert "register first" in why(fusion.take(2, messages.detection_report(), NOW))
    assert f"is for node {THIRD}" in why(fusion.take(1, messages.alert() | {"destination_id": THIRD}, NOW))
    assert "a fusion node sends and does not take" in why(fusion.take(1, messages.answers()[0], NOW))


def test_who_only_sends_faults_is_put_out() -> None:
    fusion = Fusion(FUSION, Limits(faults=3))
    ends = [fusion.take(5, messages.detection_report(), NOW).ends for _ in range(3)]
    assert ends == [(), (), (5,)]
    fusion = registered(faults=2)
    fusion.fault(1, b"x", ("is odd",), NOW)
    fusion.take(1, messages.alert(), NOW)
    assert fusion.fault(1, b"x", ("is odd",), NOW).ends == ()  # a good message in between


def test_a_silent_node_is_put_out_and_one_that_leaves_is_let_go() -> None:
    fusion = registered(silence=60)
    assert fusion.tick(later(60)).ends == []
    assert fusion.tick(later(61)).ends == [1]
    bye = altered(messages.status_report(), "status_report.system", "SYSTEM_GOODBYE")
    assert fusion.take(1, bye, later(61)).ends == (1,)


def test_a_task_needs_two_persons_a_node_and_a_command_that_observes() -> None:
    fusion = registered()
    assert fusion.ask(LOOK, "Aino Laine", "Pekka Salo").connection == 1
    for asked, approved in (("", "Pekka Salo"), ("Aino Laine", " "), ("Aino Laine", "aino laine ")):
        with pytest.raises(ValueError, match="one named person and approved by another"):
            fusion.ask(LOOK, asked, approved)
    for command in ({"move_to": {}}, {"request": "Start"}, {"command_parameter": "x"}, {"mode_change": "x", "look_at": {}}):
        with pytest.raises(ValueError, match="a task only observes"):
            fusion.ask(altered(LOOK, "task.command", command), "Aino Laine", "Pekka Salo")
    with pytest.raises(ValueError, match="is not registered here"):
        fusion.ask(LOOK | {"destination_id": THIRD}, "Aino Laine", "Pekka Salo")


def test_an_alert_is_acknowledged_by_a_person() -> None:
    fusion = registered()
    reply = fusion.acknowledged(NODE, messages.REPORT, " Aino Laine ", NOW)
    assert validate.judge_plain(reply.message).valid
    assert reply.message["alert_ack"]["reason"] == ["seen by Aino Laine"]
    with pytest.raises(ValueError, match="by a named person"):
        fusion.acknowledged(NODE, messages.REPORT, " ", NOW)


@given(
    st.lists(
        st.tuples(st.integers(1, 3), st.sampled_from([REGISTRATION, *messages.whole()]), st.sampled_from([NODE, OTHER, THIRD]))
    )
)
def test_whatever_comes_no_task_goes_out_by_itself(said: list[tuple[int, dict[str, Any], str]]) -> None:
    fusion = Fusion(FUSION, Limits(nodes=2, faults=3))
    for second, (connection, whole, node) in enumerate(said):
        outcome = fusion.take(connection, whole | {"node_id": node}, later(second))
        assert all("task" not in reply.message for reply in (*outcome.replies, *fusion.tick(later(second)).replies))
        assert all(validate.judge_plain(reply.message).valid for reply in outcome.replies)
        for end in outcome.ends:
            fusion.closed(end, "ended")
