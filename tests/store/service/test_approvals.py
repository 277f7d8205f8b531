from __future__ import annotations

from collections.abc import Callable, Iterator

import polars as pl
import pytest
from sqlalchemy import insert

from outwork import store
from outwork.model.asker import Asker, Role
from outwork.model.programme import Programme
from outwork.store.overlay import Overlay
from outwork.store.service import Desk, NeedsApproval, Stale, Writing
from outwork.store.service.approvals import NotYours, Proposal, decide, find, listed, propose, put, withdraw
from outwork.store.service.policies import BY_KIND
from outwork.store.service.schema import ACCOUNTS
from tests.store.small import programme

ANNA, BORIS, CELIA = (Asker(name, name.title(), Role.MINISTRY, "mast-works", "NL") for name in ("anna", "boris", "celia"))
DORA = Asker("dora", "Dora", Role.MANUFACTURER, "mast-works", "NL")


@pytest.fixture
def desk(new_database: Callable[[], str]) -> Iterator[Desk]:
    where = new_database()
    store.save(programme(), where)
    found = Desk.open(where)
    with found.noting() as connection:
        rows = [
            {"account": each.account, "name": each.name, "role": each.role, "since": ""} for each in (ANNA, BORIS, CELIA, DORA)
        ]
        connection.execute(insert(ACCOUNTS), rows)
    yield found
    found.close()


def wanted(base: Programme, quantity: float) -> Overlay:
    return store.diff(base, base.replace(demands=base["demands"].with_columns(quantity=pl.lit(float(quantity)))))


def proposed(desk: Desk, quantity: float = 9) -> int:
    with desk.writing(ANNA) as writing:
        (number,) = put(writing, wanted(writing.base.programme, quantity), {}, "the third battalion")
    return number


def decided(desk: Desk, asker: Asker, number: int, *, approved: bool = True) -> Proposal:
    with desk.writing(asker) as writing:
        return decide(writing, number, "seen", approved=approved)


def quantity(desk: Desk) -> float:
    return float(desk.snapshot().programme["demands"]["quantity"].item())


def test_a_binding_demand_is_not_written_without_approval(desk: Desk) -> None:
    with pytest.raises(NeedsApproval, match="binding demand"), desk.writing(ANNA) as writing:
        writing.edit(wanted(writing.base.programme, 9))
    assert quantity(desk) == 4


def test_two_others_approve_and_then_it_is_written(desk: Desk) -> None:
    number = proposed(desk)
    assert decided(desk, BORIS, number).status == "submitted"
    assert quantity(desk) == 4
    assert decided(desk, CELIA, number).status == "approved"
    assert quantity(desk) == 9


@pytest.mark.parametrize("asker", [ANNA, DORA], ids=["its author", "a manufacturer"])
def test_who_may_not_decide_does_not(desk: Desk, asker: Asker) -> None:
    with pytest.raises(NotYours):
        decided(desk, asker, proposed(desk))


def test_nobody_approves_twice(desk: Desk) -> None:
    number = proposed(desk)
    decided(desk, BORIS, number)
    with pytest.raises(NotYours):
        decided(desk, BORIS, number)


def test_one_refusal_ends_it(desk: Desk) -> None:
    number = proposed(desk)
    assert decided(desk, BORIS, number, approved=False).status == "refused"
    with pytest.raises(NotYours):
        decided(desk, CELIA, number)
    assert quantity(desk) == 4


def test_what_changed_since_it_was_proposed_is_looked_at_again(desk: Desk) -> None:
    first, second = proposed(desk, 9), proposed(desk, 12)
    for number in (first, second):
        decided(desk, BORIS, number)
    decided(desk, CELIA, first)
    with pytest.raises(Stale, match="demands D-01 was changed by celia"):
        decided(desk, CELIA, second)
    with desk.reading() as connection:
        assert find(connection, second).status == "submitted"
    assert quantity(desk) == 9


def test_its_author_takes_it_back_and_nobody_else_does(desk: Desk) -> None:
    number = proposed(desk)
    with pytest.raises(NotYours), desk.writing(BORIS) as writing:
        withdraw(writing, number)
    with desk.writing(ANNA) as writing:
        withdraw(writing, number)
    with pytest.raises(NotYours):
        decided(desk, BORIS, number)


def test_of_a_mixed_change_only_what_needs_approval_waits_for_it(desk: Desk) -> None:
    def mixed(writing: Writing) -> Overlay:
        base = writing.base.programme
        return store.diff(
            base,
            base.replace(
                lanes=base["lanes"].with_columns(cost=pl.lit(3.0)), demands=base["demands"].with_columns(quantity=pl.lit(9.0))
            ),
        )

    with desk.writing(ANNA) as writing:
        assert len(put(writing, mixed(writing), {}, "")) == 1
    assert desk.snapshot().programme["lanes"]["cost"].item() == 3
    assert quantity(desk) == 4


def test_removing_a_binding_demand_and_unbinding_it_need_approval_too(desk: Desk) -> None:
    base = desk.snapshot().programme
    for frame in (base["demands"].clear(), base["demands"].with_columns(firm=pl.lit("option"))):
        with pytest.raises(NeedsApproval), desk.writing(ANNA) as writing:
            writing.edit(store.diff(base, base.replace(demands=frame)))


def test_proposals_are_listed_the_newest_first_with_what_was_decided(desk: Desk) -> None:
    first, second = proposed(desk), proposed(desk)
    decided(desk, BORIS, first)
    with desk.reading() as connection:
        found = listed(connection)
    assert [each.proposal for each in found] == [second, first]
    assert [decision.account for decision in found[1].decisions] == ["boris"]


def test_a_draft_is_not_decided_on(desk: Desk) -> None:
    with desk.writing(ANNA) as writing:
        changes = wanted(writing.base.programme, 9)
        number = propose(writing, BY_KIND["binding demand"], changes, "", status="draft")
    with pytest.raises(NotYours):
        decided(desk, BORIS, number)
