from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given

from outwork import store
from outwork.model.programme import Programme
from outwork.store.service.overlays import from_text, to_text
from tests.examples import drawing
from tests.programmes import programmes
from tests.store.small import programme

pytestmark = pytest.mark.filterwarnings("ignore:Generating overly large repr")


@drawing(0.4, suppress_health_check=list(HealthCheck))
@given(base=programmes(), other=programmes())
def test_changed_rows_are_the_same_after_a_journey_as_text(base: Programme, other: Programme) -> None:
    assert store.apply(base, from_text(to_text(store.diff(base, other)))) == other


def test_the_text_is_json_that_a_person_can_read() -> None:
    text = to_text(store.diff(programme(120), programme(160)))
    (row,) = json.loads(text)["demands"]
    assert (row["change"], row["demand"], row["quantity"], row["due"]) == ("change", "D-01", 160, "2026-05-29")
