"""What holds of sight whatever the tables: nothing that is hidden shows, not even by what it changes."""

from __future__ import annotations

from typing import Annotated, ClassVar

import numpy as np
import polars as pl
import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from outwork.model.asker import Asker, Role
from outwork.model.frames import empty
from outwork.model.outcome import Pointer, Reason
from outwork.model.table import Key, Row, table
from outwork.model.tables import BY_NAME, EVERY
from outwork.store.sight import View, reason_seen, seen
from outwork.store.sight.book import POLICIES, policies
from outwork.store.sight.policy import references
from outwork.store.sight.view import looked
from tests.examples import drawing
from tests.programmes import Frames, filled
from tests.store.sight.dense import askers, dense, example, hidden

OVERSEERS = {Role.OFFICE, Role.AUDITOR}
SEEDS = st.integers(0, 2**32 - 1)


@st.composite
def tables(draw: st.DrawFn) -> Frames:
    """Tables in which many rows belong together, or the example programme with a made-up plan, or odd ones."""
    kind = draw(st.sampled_from(["dense", "example", "odd"]))
    if kind == "odd":
        return draw(filled())
    return dense(draw(SEEDS), base=example() if kind == "example" else None)


@st.composite
def somebody(draw: st.DrawFn, frames: Frames) -> Asker:
    """Somebody of a party and a nation that may be there."""
    party = draw(st.sampled_from([*frames["parties"]["party"], "nobody"]))
    nation = draw(st.sampled_from([*frames["nations"]["nation"], "nowhere"]))
    return Asker("a", "A. N. Other", draw(st.sampled_from(list(Role))), party, nation)


def same(one: View, other: View) -> bool:
    """True where two views are equal to the byte, with the order of tables, columns and rows."""
    return list(one) == list(other) and all(one[name].write_csv() == other[name].write_csv() for name in one)


@drawing(2, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_whoever_looks_at_what_they_see_sees_the_same(choices: st.DataObject) -> None:
    frames = choices.draw(tables())
    view = seen(frames, choices.draw(somebody(frames)))
    assert same(seen(view, view.asker), view)


@drawing(4, suppress_health_check=list(HealthCheck))
@given(st.data(), SEEDS)
def test_rows_that_are_not_seen_change_nothing_and_neither_does_the_order_of_rows(choices: st.DataObject, seed: int) -> None:
    frames = choices.draw(tables())
    view = seen(frames, choices.draw(somebody(frames)))
    dice = np.random.default_rng(seed)
    fewer: Frames = {}
    for name, rows in hidden(frames, view).items():
        left_out = rows.filter(pl.Series(dice.random(rows.height) < dice.choice([0.3, 1.0]), dtype=pl.Boolean))
        rest = frames[name].join(left_out, on=list(BY_NAME[name].key), how="anti", maintain_order="left")
        fewer[name] = (
            rest if view.asker.role in OVERSEERS or not rows.height else rest.sample(fraction=1.0, shuffle=True, seed=seed)
        )
    assert same(seen(fewer, view.asker), view)


@pytest.mark.parametrize("seed", range(3))
def test_the_tables_of_the_laws_hide_something_and_show_something_to_each_role(seed: int) -> None:
    frames = dense(seed)
    for asker in askers(frames):
        view = seen(frames, asker)
        assert asker.role in OVERSEERS or sum(rows.height for rows in hidden(frames, view).values()) > 100
        assert sum(view[name].height for name in view) > 20


@pytest.mark.parametrize("seed", range(4))
def test_a_row_that_is_seen_names_no_row_that_is_not(seed: int) -> None:
    frames = dense(seed)
    for asker in askers(frames):
        view = seen(frames, asker)
        for name in view:
            for link in references(BY_NAME[name]):
                if all(view.sees(name, column) for column in link.own):
                    named = view[name].select(
                        pl.col(link.own).name.map(dict(zip(link.own, link.theirs, strict=True)).__getitem__)
                    )
                    there = named.join(frames[link.table], on=list(link.theirs), how="semi")
                    shown = view[link.table] if view.sees(link.table) else empty(BY_NAME[link.table])
                    assert there.join(shown, on=list(link.theirs), how="anti").is_empty(), (asker, name, link)


class Secret(Row):
    """A table that nobody has decided about."""

    table_name: ClassVar[str] = "secrets"

    secret: Annotated[str, Key()]
    """What it is."""


def test_a_table_of_which_no_line_speaks_is_seen_by_the_office_and_the_auditor_alone() -> None:
    planted = policies((*EVERY, table(Secret)))
    frames = {"secrets": pl.DataFrame({"secret": ["x"]})}
    asker = Asker("a", "A. N. Other", Role.OFFICE, "p", "NL")
    assert {role for role, policy in planted.items() if "secrets" in looked(frames, asker, policy)} == OVERSEERS
    assert not any("secrets" in policy.writing for policy in planted.values())


def test_a_column_of_which_no_line_speaks_is_seen_by_the_office_and_the_auditor_alone() -> None:
    class Zone(BY_NAME["zones"].row):  # type: ignore[name-defined, misc]
        """A volume of air."""

        weakness: str = ""
        """What nobody has decided about."""

    planted = policies(table(Zone) if each.name == "zones" else each for each in EVERY)
    assert {role for role, policy in planted.items() if policy.sees("zones", "weakness")} == OVERSEERS


def test_every_role_has_a_decision_with_a_sentence_about_every_table() -> None:
    for policy in POLICIES.values():
        assert list(policy.tables) == [each.name for each in EVERY]
        assert set(policy.lines) == set(policy.tables)
        assert all(line.why.endswith(".") for line in [*policy.lines.values(), *policy.writing.values()])


# Money

MAKER = Role.MANUFACTURER
STATED = {
    (MAKER, "resources", "cost"): "its own machines", (MAKER, "resources", "overtime_cost"): "its own machines",
    (MAKER, "qualifications", "unit_cost"): "making at its own sites", (MAKER, "qualifications", "cost"): "the same",
    (MAKER, "supplies", "price"): "its own offers",
    (Role.MINISTRY, "demands", "lateness"): "its own demands", (Role.MINISTRY, "demands", "shortage"): "its own demands",
    (Role.MINISTRY, "demands", "price"): "its own demands", (Role.MINISTRY, "cash_events", "amount"): "what it pays itself",
    (Role.LICENSING, "clearances", "value_cap"): "the authority's",
    (Role.LICENSING, "licences", "value_cap"): "the authority's", (Role.LICENSING, "licences", "fee"): "the authority's",
    (Role.FINANCIER, "cash_events", "amount"): "what it finances", (Role.FINANCIER, "items", "value"): "security for that",
}  # fmt: skip
"""Columns in money that somebody else than the overseers sees, and whose they are."""


def test_money_is_seen_by_the_overseers_and_by_who_states_it_or_lends_it() -> None:
    money = {
        (role, each.name, column.name)
        for role, policy in POLICIES.items()
        for each in EVERY
        for column in each.columns
        if role not in OVERSEERS and column.unit.startswith("EUR") and policy.sees(each.name, column.name)
    }
    assert money == set(STATED)


@pytest.mark.parametrize("seed", range(4))
def test_money_that_a_manufacturer_or_a_ministry_sees_stands_in_rows_of_their_own(seed: int) -> None:
    frames = dense(seed)
    owner = dict(frames["sites"].select("site", "party").iter_rows())
    for asker in askers(frames):
        if asker.role in {MAKER, Role.MINISTRY}:
            view = seen(frames, asker)
            for name in {name for role, name, _ in STATED if role is asker.role}:
                column = next(each for each in ("payer", "party", "site") if each in view[name].columns)
                parties = {owner.get(each, each) for each in view[name][column]}
                assert parties <= {asker.party}, (asker, name)


# What is asked of a view


def a_view(role: Role = MAKER, party: str = "elsterried", nation: str = "DE") -> View:
    return seen(example(), Asker("a", "A. N. Other", role, party, nation))


def test_a_table_that_may_not_be_seen_reads_as_empty_and_one_that_is_not_there_is_an_error() -> None:
    view = a_view()
    assert view["demands"].shape == (0, 0)
    assert "demands" not in view
    assert not view.sees("demands")
    assert not view.sees("supplies", "discount")
    with pytest.raises(KeyError):
        view["demanda"]


def test_a_manufacturer_of_the_example_sees_its_own_factory_and_nobody_elses_costs() -> None:
    view = a_view()
    assert view["resources"]["site"].unique().to_list() == ["leipzig"]
    assert "leipzig" in view["sites"]["site"]
    assert {"cost", "overtime_cost"} <= set(view["resources"].columns)
    assert view["supplies"].is_empty()
    assert "value" not in view["items"].columns


def test_a_ministry_of_the_example_sees_its_own_demands_with_their_prices() -> None:
    view = a_view(Role.MINISTRY, "watch-pl", "PL")
    assert view["demands"].select("demand", "price").rows() == [("pl-corncrake", 31500.0)]


def test_an_innovator_of_the_example_sees_its_own_designs() -> None:
    view = a_view(Role.INNOVATOR, "derkacz", "PL")
    assert view["revisions"]["item"].unique().to_list() == ["corncrake"]
    assert "setup_cost" not in view["operations"].columns


# Reasons


def reason(*rows: Pointer, sentence: str = "It is so.", unit: str = "h") -> Reason:
    return Reason("capacity", sentence, rows, "", 1.0, unit)


MINE, THEIRS = Pointer("sites", ("leipzig",)), Pointer("sites", ("turku",))


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        (reason(MINE), True),
        (reason(MINE, THEIRS), False),
        (reason(), False),
        (reason(MINE, unit="EUR/h"), False),
        (reason(MINE, sentence="It would take off 3 EUR."), False),
        (reason(Pointer("sites", ("leipzig", "x"))), False),
        (reason(Pointer("demands", ("pl-corncrake",))), False),
        (reason(Pointer("nothing", ("x",))), False),
    ],
)
def test_a_reason_is_shown_where_all_its_rows_are_seen_and_it_speaks_of_no_money(told: Reason, shown: bool) -> None:  # noqa: FBT001
    assert reason_seen(told, a_view()) is shown
    assert reason_seen(told, a_view(Role.AUDITOR))
