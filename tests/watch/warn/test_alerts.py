"""An alert is raised once, and what a person has seen stays seen."""

from __future__ import annotations

import numpy as np
import pytest

from outwork.model.errors import UnknownName
from outwork.model.tables.watching import Zone
from outwork.watch.frames import Ints
from outwork.watch.scenario.named import ORIGIN
from outwork.watch.score.scene import Scene
from outwork.watch.warn.alerts import Alert, Alerts, Options
from outwork.watch.warn.approach import Approach, approach
from outwork.watch.warn.zones import volumes

(RING,) = volumes(
    [Zone(zone="ring", name="Ring", latitude=ORIGIN.latitude, longitude=ORIGIN.longitude, radius=500.0, warn=30.0)], ORIGIN
)
SPREAD = np.diag([400.0, 400.0, 400.0, 4.0, 4.0, 4.0])
ONE: Ints = np.array([1])


def call(track: int) -> str:
    return f"t{track}"


def chances(comes: float, inside: float) -> Approach:
    return Approach(RING, ONE, np.array([comes]), np.array([12.2]), np.array([inside]))


def told(*steps: tuple[float, float, float]) -> tuple[Alerts, list[Alert]]:
    """Take steps of time, probability to come in, probability to be inside."""
    alerts, every = Alerts(), []
    for time, comes, inside in steps:
        alerts, new = alerts.take(time, [chances(comes, inside)], ONE, call, Options())
        every += new
    return alerts, every


def test_a_flight_through_a_ring_is_told_as_entering_inside_and_left() -> None:
    alerts, every = Alerts(), []
    for time in range(160):
        state = np.array([[-1500.0 + 20 * time, 0, 100, 20, 0, 0]])
        near = approach(RING, Scene(float(time), ONE, state, SPREAD[None]))
        alerts, new = alerts.take(float(time), [near], ONE, call, Options())
        every += new
    assert [(each.name, each.kind) for each in every] == [
        ("ring-t1-1-entering", "entering"),
        ("ring-t1-1-inside", "inside"),
        ("ring-t1-1-left", "left"),
    ]
    entering, inside, left = every
    assert entering.time == pytest.approx(50 - 30, abs=2)
    assert entering.seconds == pytest.approx(29, abs=2)
    assert entering.sentence.startswith("t1 will be in Ring in about ")
    assert inside.time == pytest.approx(50, abs=2)
    assert inside.sentence.startswith("t1 is in Ring (probability 0.")
    assert left.time == pytest.approx(100 + Options().quiet, abs=4)


def test_flicker_at_the_border_is_one_visit() -> None:
    _, every = told(*[(time, 1.0, 0.55 if time % 2 else 0.1) for time in range(40)])
    assert [each.kind for each in every] == ["entering", "inside"]


def test_probabilities_between_the_two_thresholds_raise_nothing_and_end_nothing() -> None:
    _, every = told(*[(time, 0.4, 0.0) for time in range(40)])
    assert every == []
    alerts, every = told((0, 1, 1), *[(time, 1.0, 0.3) for time in range(1, 60)])
    assert [each.kind for each in every] == ["inside"]
    assert alerts.visits["ring", 1].kind == "inside"


def test_a_second_visit_is_told_again_under_another_name() -> None:
    _, every = told((0, 1, 1), (5, 0, 0), (16, 0, 0), (20, 0.9, 0), (25, 1, 1))
    assert [each.name for each in every] == [
        "ring-t1-1-inside",
        "ring-t1-1-left",
        "ring-t1-2-entering",
        "ring-t1-2-inside",
    ]


def test_who_turns_away_is_not_said_to_have_left() -> None:
    alerts, every = told((0, 0.9, 0), (5, 0, 0), (20, 0, 0))
    assert [each.kind for each in every] == ["entering"]
    assert alerts.visits["ring", 1].kind == "apart"


def test_of_a_track_that_is_no_more_nothing_is_said_and_nothing_is_kept() -> None:
    alerts, _ = told((0, 1, 1))
    nobody = Approach(RING, np.empty(0, np.int64), *[np.empty(0)] * 3)
    for time in (5.0, 20.0):
        alerts, new = alerts.take(time, [nobody], np.empty(0, np.int64), call, Options())
        assert new == ()
    assert alerts.visits == {}
    assert list(alerts.raised) == ["ring-t1-1-inside"]


def test_what_a_person_has_seen_stays_seen() -> None:
    alerts, _ = told((0, 1, 1))
    alerts = alerts.acknowledge("ring-t1-1-inside", " A. Visser ").acknowledge("ring-t1-1-inside", "B. Nowak")
    for time in range(1, 9):
        alerts, _ = alerts.take(float(time), [chances(1, 1)], ONE, call, Options())
    assert alerts.raised["ring-t1-1-inside"].acknowledged_by == "A. Visser"


def test_an_acknowledgement_names_a_person_and_an_alert() -> None:
    alerts, _ = told((0, 1, 1))
    with pytest.raises(UnknownName, match="there is no alert 'ring-t1-1-insde'; did you mean 'ring-t1-1-inside'"):
        alerts.acknowledge("ring-t1-1-insde", "A. Visser")
    with pytest.raises(ValueError, match="name the person"):
        alerts.acknowledge("ring-t1-1-inside", "  ")


def test_the_same_steps_give_the_same_alerts() -> None:
    steps = ((0.0, 0.9, 0.0), (4.0, 1.0, 0.8), (9.0, 0.0, 0.0), (30.0, 0.0, 0.0))
    assert told(*steps) == told(*steps)
