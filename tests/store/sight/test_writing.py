"""Who may change what: a row is its author's before and after, and nobody writes their way into somebody else's."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from outwork.model.asker import Asker, Role
from outwork.model.frames import from_columns, schema
from outwork.model.tables import BY_NAME, INPUT
from outwork.store.overlay import ADD, CHANGE, CHANGES, REMOVE, Overlay
from outwork.store.sight import may_write, refused, seen
from outwork.store.sight.book import POLICIES
from outwork.store.sight.filters import Eyes
from tests.examples import drawing
from tests.programmes import Frames
from tests.store.sight.dense import askers, dense, example, hidden

SEEDS = st.integers(0, 2**32 - 1)
MAKER = Asker("a", "A. N. Other", Role.MANUFACTURER, "elsterried", "DE")
OWNER = Asker("a", "A. N. Other", Role.INNOVATOR, "derkacz", "PL")
OFFICER = Asker("a", "A. N. Other", Role.LICENSING, "watch-pl", "PL")
MINISTRY = Asker("a", "A. N. Other", Role.MINISTRY, "watch-pl", "PL")


def added(table: str, **row: Any) -> Overlay:
    """An edit that adds a row, defaults filled in."""
    frame = from_columns(BY_NAME[table], {name: [value] for name, value in row.items()})
    return Overlay({table: frame.select(pl.lit(ADD).alias("change"), pl.all())})


def changed(table: str, key: dict[str, Any], **values: Any) -> Overlay:
    """An edit that changes a row of the example."""
    (row,) = example()[table].filter(**key).to_dicts()
    return Overlay(
        {table: pl.DataFrame([{"change": CHANGE, **row, **values}], {"change": pl.String, **schema(BY_NAME[table])})}
    )


def made_up(frames: Frames, seed: int) -> Overlay:
    """An edit of every table: rows of it and of made-up ones, added, changed and removed at random."""
    dice = np.random.default_rng(seed)
    other = dense(seed, rows=6, base={name: frames[name] for name in ("nations", "parties", "sites", "items", "resources")})
    edited = {}
    for each in INPUT:
        rows = pl.concat([frames[each.name].head(4), other[each.name].head(6)]).unique(each.key, maintain_order=True)
        change = pl.Series("change", dice.choice(CHANGES, rows.height), dtype=pl.String)
        edited[each.name] = rows.select(change, pl.all())
    return Overlay(edited)


def left(edit: Overlay, asker: Asker) -> Overlay:
    return refused(example(), edit, asker)


@pytest.mark.parametrize("seed", range(3))
def test_the_office_may_make_every_change_and_who_only_looks_none(seed: int) -> None:
    frames = dense(seed)
    edit = made_up(frames, seed)
    for asker in askers(frames):
        if asker.role is Role.OFFICE:
            assert not refused(frames, edit, asker)
        if asker.role in {Role.AUDITOR, Role.FINANCIER, Role.LIAISON}:
            assert {name: rows.height for name, rows in refused(frames, edit, asker).tables.items()} == {
                name: rows.height for name, rows in edit.tables.items() if rows.height
            }


@drawing(2, suppress_health_check=list(HealthCheck))
@given(SEEDS, st.data())
def test_rows_that_are_not_seen_do_not_change_what_is_refused(seed: int, choices: st.DataObject) -> None:
    frames = dense(seed)
    asker = choices.draw(st.sampled_from(askers(frames)))
    unseen = hidden(frames, seen(frames, asker))
    fewer = {name: rows.join(unseen[name], on=list(BY_NAME[name].key), how="anti") for name, rows in frames.items()}
    edit = made_up(frames, seed)
    with_them, without = refused(frames, edit, asker).tables, refused(fewer, edit, asker).tables
    assert list(with_them) == list(without)
    assert all(with_them[name].equals(without[name]) for name in with_them)


@pytest.mark.parametrize("seed", range(3))
def test_whoever_may_write_a_row_of_the_tables_sees_it(seed: int) -> None:
    frames = dense(seed)
    for asker in askers(frames):
        eyes, view = Eyes(POLICIES[asker.role], asker, frames), seen(frames, asker)
        for name, writing in eyes.policy.writing.items():
            theirs = frames[name].filter(eyes.mask(name, writing.rule))
            assert theirs.join(view[name], on=list(BY_NAME[name].key), how="anti").is_empty(), (asker, name)


def test_what_may_be_written_is_asked_by_role_and_table() -> None:
    assert may_write(MAKER, "resources") is not None
    assert may_write(MAKER, "demands") is None
    assert may_write(MAKER, "make") is None


def test_a_manufacturer_changes_its_own_machines() -> None:
    (mine, *_) = example()["resources"].filter(site="leipzig")["resource"]
    assert not left(changed("resources", {"resource": mine}, hours=1.0), MAKER)
    assert not left(added("resources", resource="new", site="leipzig", process="milling", hours=20.0), MAKER)
    assert not left(added("calendar", resource=mine, since=date(2027, 1, 4), until=date(2027, 1, 8), hours=0.0), MAKER)


def test_nobody_takes_a_row_from_another_or_gives_them_one() -> None:
    mine = example()["resources"].filter(site="leipzig")["resource"][0]
    theirs = example()["resources"].filter(site="wroclaw")["resource"][0]
    assert left(changed("resources", {"resource": theirs}, site="leipzig"), MAKER)
    assert left(changed("resources", {"resource": mine}, site="wroclaw"), MAKER)
    assert left(changed("resources", {"resource": theirs}, hours=1.0), MAKER)


def test_a_hidden_row_is_refused_like_one_that_is_not_there() -> None:
    gone = pl.DataFrame([{"change": REMOVE, "resource": name} for name in ("wroclaw-range", "nowhere")])
    whole = pl.concat([example()["resources"].clear().select(pl.lit("").alias("change"), pl.all()), gone], how="diagonal")
    assert left(Overlay({"resources": whole}), MAKER).tables["resources"].height == 2


def test_a_certificate_that_somebody_verified_is_not_changed_by_its_holder() -> None:
    def mine(by: str) -> Overlay:
        return added("certificates", site="leipzig", scheme="ISO 14001", verified_by=by)

    assert not left(mine(""), MAKER)
    assert left(mine("A. Friend"), MAKER)


def test_nobody_names_a_row_that_they_do_not_see() -> None:
    (seen_there, *_) = seen(example(), MINISTRY)["items"]["item"]
    wanted = {"site": "rzeszow", "quantity": 1.0, "due": date(2027, 12, 17)}
    assert not left(added("demands", demand="more", item=seen_there, **wanted), MINISTRY)
    assert left(added("demands", demand="more", item="lapwing", **wanted), MINISTRY)


def test_a_row_may_name_one_that_is_new_in_the_same_edit() -> None:
    touched = {
        "item": "corncrake",
        "revision": "C",
        "kind": "nothing else",
        "name": "",
        "reason": "Paint.",
        "stated_by": "E. Lis",
    }
    new = added("revisions", item="corncrake", revision="C", supersedes="B", status="draft")
    assert left(added("touches", **touched), OWNER)
    assert not left(Overlay({**new.tables, **added("touches", **touched).tables}), OWNER)


def test_a_column_that_its_author_does_not_see_stays_as_it_is() -> None:
    assert not left(changed("items", {"item": "corncrake"}, mass=47.0), OWNER)
    assert left(changed("items", {"item": "corncrake"}, value=1.0), OWNER)


def test_an_owner_of_designs_does_not_become_that_of_another_by_writing() -> None:
    lapwing = {"item": "lapwing", "title": "Mine", "level": "L2", "holder": "derkacz"}
    assert left(added("documents", document="D-1", **lapwing), OWNER)


def test_an_officer_lets_out_what_leaves_their_nation_and_touches_no_licence_of_another() -> None:
    leave = {"item": "corncrake-set", "destination": "UA", "basis": "Annex I"}
    assert not left(added("clearances", clearance="new", origin="PL", **leave), OFFICER)
    assert left(added("clearances", clearance="new", origin="NL", **leave), OFFICER)
    assert left(added("clearances", clearance="new", origin="PL", licence="not-theirs", **leave), OFFICER)
