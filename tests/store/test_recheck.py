"""A change is sound by what it touches where the whole is sound by everything."""

from __future__ import annotations

from types import MappingProxyType

import polars as pl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from outwork.model.programme import Programme
from outwork.model.tables import BY_NAME, EVERY, INPUT
from outwork.store import check, recheck
from outwork.store.door import of_frames
from outwork.store.overlay import CHANGE, REMOVE, Overlay, apply
from tests.programmes import programmes


def test_references_name_whole_keys_so_that_only_a_removal_can_leave_one_without_its_row() -> None:
    assert all(set(link.theirs) == set(BY_NAME[link.table].key) for table in EVERY for link in table.links)


@given(programmes(), st.data())
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_change_has_faults_where_the_whole_programme_then_has_some(programme: Programme, data: st.DataObject) -> None:
    filled = [table.name for table in INPUT if programme[table.name].height]
    if not filled:
        return
    name = data.draw(st.sampled_from(filled))
    frame = programme[name]
    row = frame.slice(data.draw(st.integers(0, frame.height - 1)), 1)
    kind = data.draw(st.sampled_from([CHANGE, REMOVE]))
    column = data.draw(st.sampled_from(BY_NAME[name].columns))
    if kind == CHANGE and not column.key:
        row = row.with_columns(pl.lit(None if column.kind != "number" else -1e20, frame.schema[column.name]).alias(column.name))
    changes = Overlay(MappingProxyType({name: row.insert_column(0, pl.Series("change", [kind]))}))
    changed = apply(programme, changes)
    whole = {str(fault) for fault in check.faults(of_frames(changed.tables))}
    found = {str(fault) for fault in recheck.faults(changed, changes)}
    assert whole == {each for each in found if "exactly one row" not in each}
