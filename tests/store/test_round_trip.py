from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given
from polars.testing import assert_frame_equal

from outwork import store
from outwork.model.programme import Programme
from outwork.model.tables import INPUT, RESULTS
from outwork.model.tables.design import Item
from tests.examples import drawing
from tests.programmes import Frames, filled

NewPlace = Callable[[], str]
few = drawing(0.16, suppress_health_check=list(HealthCheck))  # the fixture makes a new place at each call
pytestmark = pytest.mark.filterwarnings("ignore:Generating overly large repr")


def split(frames: Frames) -> tuple[Programme, Frames]:
    return Programme({table.name: frames[table.name] for table in INPUT}), {table.name: frames[table.name] for table in RESULTS}


def assert_holds(place: str, programme: Programme, results: Frames) -> None:
    found = store.read(place)
    for name, frame in programme.tables.items():
        assert_frame_equal(found.frames[name], frame, check_row_order=False, check_exact=True)
    for name, frame in store.load_results(place).items():
        assert_frame_equal(frame, results[name], check_row_order=False, check_exact=True)
    assert found.tables() == programme


@few
@given(frames=filled())
def test_what_is_saved_is_what_is_read_back(new_place: NewPlace, frames: Frames) -> None:
    programme, results = split(frames)
    place = new_place()
    store.save(programme, place, results)
    assert_holds(place, programme, results)


@drawing(0.08, suppress_health_check=list(HealthCheck))
@given(first=filled(), second=filled())
def test_a_later_save_leaves_nothing_of_an_earlier_one(new_place: NewPlace, first: Frames, second: Frames) -> None:
    place = new_place()
    programme, results = split(first)
    store.save(programme, place, results)
    programme, results = split(second)
    store.save(programme, place)
    assert_holds(place, programme, {name: frame.clear() for name, frame in results.items()})
    store.save_results(results, place)
    assert_holds(place, programme, results)


@pytest.mark.parametrize("number", [0.1 + 0.2, 5e-324, 1e15, 123456789.12345679])
def test_numbers_keep_every_digit(new_place: NewPlace, number: float) -> None:
    place = new_place()
    store.save(Programme.of(Item(item="mast", name="Mast", value=number)), place)
    assert store.read(place).frames["items"]["value"].to_list() == [number]
