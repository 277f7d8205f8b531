"""The intake: duplicates, strangers, late and reordered detections, and sensors that lie."""

from __future__ import annotations

import random
import resource
from collections.abc import Sequence

import numpy as np
import pytest

from outwork.model.tables.watching import Detection
from outwork.watch.live.intake import SPEAKERS, Intake, rows
from outwork.watch.live.options import Options, Rules, Stamps
from outwork.watch.live.status import State
from tests.watch.live.made import RADAR, REMOTE, after, heard, said, seen

OPTIONS = Options()


def intake(options: Options = OPTIONS) -> Intake:
    return Intake([RADAR, REMOTE], options)


def test_detections_come_out_in_the_order_of_their_arrival_whatever_their_source() -> None:
    desk = intake()
    desk.put("b", heard(1.0, seen(2, 0.9)))
    desk.put("a", heard(0.5, seen(1, 0.4)))
    desk.put("a", heard(1.5, seen(3, 0.1)))
    assert [row.detection for row in rows(desk.drain(after(2)).taken)] == ["r1", "r2", "r3"]
    assert desk.drain(after(3)).taken == ()


def test_a_duplicate_is_counted_and_gone_even_turns_later() -> None:
    desk = intake()
    desk.put("a", heard(0, seen(1, 0)))
    desk.drain(after(0.1))
    desk.put("a", heard(0.2, seen(1, 0), seen(2, 0)))
    assert [row.detection for row in rows(desk.drain(after(0.3)).taken)] == ["r2"]
    assert desk.sensors(after(0.3))["radar"].repeated == 1


def test_reordered_and_repeated_detections_are_the_same_set() -> None:
    dice = random.Random(1)  # noqa: S311  # shuffles
    told = [seen(number, number / 10) for number in range(200)]

    def taken(rows_told: Sequence[Detection]) -> set[str]:
        desk = intake()
        found = []
        for at, row in enumerate(rows_told):
            desk.put("a", heard(20 + at / 10, row))
            found += rows(desk.drain(after(20 + at / 10)).taken)
        assert len(found) == len({row.detection for row in found})
        return {row.detection for row in found}

    assert taken(dice.sample(told * 2, 400)) == taken(told)


def test_a_detection_of_a_sensor_that_is_not_listed_is_a_stranger() -> None:
    desk = intake()
    desk.put("a", heard(0, seen(1, 0).model_copy(update={"sensor": "nobody"})))
    assert desk.drain(after(0))[1:] == ((), ())
    assert desk.strangers == 1


def test_a_detection_that_cannot_be_true_costs_only_itself() -> None:
    desk = intake()
    desk.put("a", heard(0, *(seen(number, 0, 5_000.0 if number else 80_000.0) for number in range(12))))
    drained = desk.drain(after(0))
    assert [row.detection for row in rows(drained.withheld)] == ["r0"]
    assert desk.sensors(after(0))["radar"].state is State.GOOD


def test_a_sensor_most_of_whose_ranges_are_impossible_is_left_out_with_the_reason() -> None:
    desk = intake()
    desk.put("a", heard(0, *(seen(number, 0, 80_000.0 if number % 3 else 5_000.0) for number in range(30))))
    desk.drain(after(0))
    desk.put("a", heard(0.1, seen(99, 0.1)))
    assert [row.detection for row in rows(desk.drain(after(0.1)).withheld)] == ["r99"]
    status = desk.sensors(after(0.1))["radar"]
    assert status.state is State.QUARANTINED
    assert "a range of 80,000 m is beyond the sensor's 10,000 m" in status.why


def test_a_thing_that_lies_of_itself_is_left_out_and_the_others_are_heard() -> None:
    desk = intake()
    withheld, taken = [], []
    for second in range(40):
        liar = said(2 * second, second, 51.0 + 3.0 * (second % 2), "liar")
        honest = said(2 * second + 1, second, 51.9 + second * 1e-4, "honest")
        desk.put("a", heard(second, liar, honest))
        drained = desk.drain(after(second))
        withheld += rows(drained.withheld)
        taken += rows(drained.taken)
    assert {row.identity for row in withheld} == {"liar"}
    assert sum(row.identity == "honest" for row in taken) == 40
    found = desk.sensors(after(40))
    assert found["remote"].state is State.GOOD
    assert found["remote liar"].state is State.QUARANTINED
    assert "would have flown" in found["remote liar"].why


def test_a_clock_that_steps_back_leaves_its_sensor_out_until_it_has_settled() -> None:
    desk = intake(Options(rules=Rules(probation=10.0)))
    states = []
    for second in range(120):
        stamp = second if second < 40 or second > 60 else second - 300
        desk.put("a", heard(second, seen(second, stamp)))
        desk.drain(after(second))
        states.append(desk.sensors(after(second))["radar"].state)
    assert states[39] is State.GOOD
    assert State.QUARANTINED in states[41:70]
    assert states[-1] is State.GOOD
    first = states.index(State.QUARANTINED)
    back = next(at for at in range(first, 120) if states[at] is State.SUSPECT)
    assert states[back:].index(State.GOOD) > 0


def test_a_sensor_that_floods_at_ten_times_its_rate_is_left_out_and_comes_back() -> None:
    desk = intake(Options(rules=Rules(probation=20.0, swarm=20.0)))
    number, states = 0, []
    for second in range(200):
        for _ in range(90 if 60 <= second < 80 else 6):
            number += 1
            desk.put("a", heard(second, seen(number, second)))
        desk.drain(after(second))
        states.append(desk.sensors(after(second))["radar"].state)
    assert set(states[:60]) == {State.GOOD}
    assert State.QUARANTINED in states[60:80]
    assert states[-1] is State.GOOD


def test_a_swarm_is_no_flood() -> None:
    desk = intake()
    number = 0
    for second in range(120):
        for _ in range(150 if second >= 60 else 1):
            number += 1
            desk.put("a", heard(second, seen(number, second)))
        assert desk.drain(after(second)).withheld == ()


@pytest.mark.parametrize(("scale", "state"), [(1.0, State.GOOD), (9.0, State.QUARANTINED)])
def test_a_sensor_that_claims_to_be_more_exact_than_it_is_is_left_out(scale: float, state: State) -> None:
    desk = intake()
    dice = np.random.default_rng(1)
    desk.put("a", heard(0, seen(0, 0)))
    desk.drain(after(0))
    desk.innovations((seen(0, 0), nis * scale, 2) for nis in dice.chisquare(2, 200).tolist())
    found = desk.sensors(after(1))["radar"]
    assert found.state is state
    assert ("more exact than it is" in found.why) == (state is State.QUARANTINED)


def test_each_time_that_a_sensor_is_left_out_again_its_probation_doubles() -> None:
    desk = intake(Options(rules=Rules(probation=5.0)))
    lengths: list[int] = []
    for second in range(400):
        bad = any(start <= second < start + 12 for start in (0, 100, 200))
        desk.put("a", heard(second, *(seen(20 * second + each, second, 80_000.0 if bad else 5_000.0) for each in range(20))))
        desk.drain(after(second))
        quarantined = desk.sensors(after(second))["radar"].state is State.QUARANTINED
        if quarantined and (not lengths or second in {100, 200}):
            lengths.append(0)
        if quarantined:
            lengths[-1] += 1
    assert len(lengths) == 3
    assert lengths[1] - lengths[0] == 5
    assert lengths[2] - lengths[1] == 10


def test_the_stamps_of_a_clock_that_is_ahead_are_mended_or_kept_as_chosen() -> None:
    for stamps, mended in ((Stamps.MENDED, True), (Stamps.KEPT, False)):
        desk = intake(Options(stamps=stamps))
        last = None
        for number in range(60):
            desk.put("a", heard(number, seen(number, number + 5.0)))
            drained = desk.drain(after(number))
            last = (*drained.taken, *drained.withheld)[0].row
        assert last is not None
        assert (last.at == after(59)) == mended
        assert desk.sensors(after(60))["radar"].skew == pytest.approx(5.0)


def test_what_is_remembered_is_bounded_however_many_things_report_themselves() -> None:
    desk = intake(Options(queue=50, rules=Rules(crowd=1e6)))
    for number in range(SPEAKERS + 500):
        desk.put("a", heard(number / 1000, said(number, number / 1000, identity=f"drone {number}")))
        if number % 50 == 49:
            desk.drain(after(number / 1000))
    assert len(desk._conduct) <= SPEAKERS
    assert len(desk._plausible._last) <= SPEAKERS
    assert set(desk.sensors(after(99))) == {"radar", "remote"}


def test_a_crowd_of_made_up_identities_is_left_out_and_known_things_go_on() -> None:
    desk = intake()
    honest, others = 0, 0
    for second in range(100):
        fakes = [said(1000 * second + each, second, identity=f"fake {second}/{each}") for each in range(90)]
        desk.put("a", heard(second, *fakes, said(1000 * second + 999, second, identity="honest")))
        taken = rows(desk.drain(after(second)).taken)
        honest += sum(row.identity == "honest" for row in taken)
        others += len(taken) - sum(row.identity == "honest" for row in taken)
    assert honest == 100
    assert others <= 500 + 10 * 100
    found = desk.sensors(after(100))["remote"]
    assert found.state is State.SUSPECT
    assert "more new things report themselves" in found.why
    assert desk.sensors(after(200))["remote"].state is State.GOOD


def test_what_arrived_is_kept_as_it_was_told_with_duplicates() -> None:
    desk = intake()
    for number in range(40):
        desk.put("a", heard(number, seen(number, number + 5.0), seen(number, number + 5.0)))
        drained = desk.drain(after(number))
        assert [each.row.at for each in drained.arrived] == [after(number + 5.0)] * 2
        assert len(drained.taken) + len(drained.withheld) == 1


@pytest.mark.soak
def test_a_day_of_detections_leaves_no_more_behind_than_two_hours() -> None:
    """Half a million detections of a radar and of five thousand drones; the most memory ever used is what the system counts."""
    desk = intake()
    number, most = 0, []
    for second in range(0, 86_400, 4):
        for each in range(20):
            number += 1
            row = said(number, second, identity=f"drone {number // 20 % 5000}") if each % 2 else seen(number, second)
            desk.put(f"feed {each % 4}", heard(second, row))
        desk.drain(after(second))
        if second in {7_200, 86_396}:
            most.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
    assert most[1] < most[0] * 1.2
