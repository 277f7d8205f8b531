"""The bounded queue: what is left out where there is too much, and in which order the rest comes."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outwork.model.tables.watching import Detection
from outwork.watch.live.heard import Arrived
from outwork.watch.live.status import Priority
from outwork.watch.live.waiting import Waiting, by_class
from tests.watch.live.made import AT, said, seen

SHIP = seen(0, 0).model_copy(update={"ground": 1.0, "drone": 0.1})


def ranked(row: Detection) -> Priority:
    return Priority(int(row.detection.split("/")[1]))


def numbered(number: int, priority: int) -> Arrived:
    return Arrived(seen(number, 0).model_copy(update={"detection": f"{number}/{priority}"}), AT, "feed")


def names(waiting: Waiting) -> list[str]:
    return [each.row.detection for each in waiting.drain()]


def test_a_drone_matters_more_than_the_unknown_and_a_ship_less() -> None:
    assert [by_class(row) for row in (SHIP, seen(1, 0), said(2, 0))] == [Priority.LOW, Priority.NORMAL, Priority.HIGH]


def test_the_oldest_of_the_lowest_priority_is_left_out_and_counted() -> None:
    waiting = Waiting(3, ranked)
    for number, priority in enumerate((0, 1, 0, 2, 1, 1)):
        waiting.put(numbered(number, priority))
    assert names(waiting) == ["3/2", "4/1", "5/1"]
    assert waiting.shed == {Priority.LOW: 2, Priority.NORMAL: 1}


def test_a_flood_of_low_priority_crowds_out_nothing_that_matters_more() -> None:
    waiting = Waiting(10, ranked)
    for number in range(5):
        waiting.put(numbered(number, 2))
    for number in range(1000):
        waiting.put(numbered(number + 5, 0))
    kept = names(waiting)
    assert [name for name in kept if name.endswith("/2")] == [f"{number}/2" for number in range(5)]
    assert kept[5:] == [f"{number}/0" for number in range(1000, 1005)]


@given(st.lists(st.sampled_from([0, 1, 2]), max_size=60), st.integers(1, 20))
def test_what_came_is_what_is_left_and_what_was_shed(priorities: list[int], most: int) -> None:
    waiting = Waiting(most, ranked)
    for number, priority in enumerate(priorities):
        waiting.put(numbered(number, priority))
        assert len(waiting) <= most
    kept = names(waiting)
    assert len(kept) + waiting.shed.total() == len(priorities)
    numbers = [int(name.split("/")[0]) for name in kept]
    assert numbers == sorted(numbers)
    least = min((int(name.split("/")[1]) for name in kept), default=0)
    assert all(priority <= least for priority in waiting.shed)


def test_a_queue_that_holds_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="holds nothing"):
        Waiting(0)


def test_the_queue_is_empty_after_it_was_drained() -> None:
    waiting = Waiting(5)
    dice = random.Random(1)  # noqa: S311  # draws numbers
    for _ in range(20):
        waiting.put(Arrived(seen(dice.randrange(9), 0), AT, "feed"))
    list(waiting.drain())
    assert len(waiting) == 0
