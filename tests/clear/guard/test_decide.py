"""Who may read what: deny by default."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from outwork.clear.guard import Register, Request, Rule, may_read, of_table, owed, readers
from outwork.model.errors import UnknownName
from outwork.model.tables import BY_NAME
from outwork.model.tables.guarding import Document
from tests.clear.guard.archive import TODAY, abroad, archive, decide, determined, grant, licensed, undetermined


def test_what_nobody_was_granted_is_refused() -> None:
    assert decide([]).rule is Rule.NO_GRANT
    assert decide([grant()], person="bert").rule is Rule.NO_GRANT
    assert decide([grant()], "D1").rule is Rule.NO_GRANT
    assert not decide([]).allowed


def test_what_is_public_anybody_may_read() -> None:
    found = decide([], "D0", "bert")
    assert (found.allowed, found.rule, found.expires) == (True, Rule.PUBLIC, None)


def test_a_grant_of_a_document_opens_it_until_the_grant_ends() -> None:
    found = decide([grant()])
    assert (found.allowed, found.rule, found.granting, found.expires) == (True, Rule.GRANTED, "g", date(2027, 3, 31))
    assert "J. Plas" in found.why


def test_a_grant_of_an_item_opens_its_documents_up_to_a_level() -> None:
    whole = grant(document=None, item="radar", level="L2")
    assert [decide([whole], f"D{level}").allowed for level in range(5)] == [True, True, True, False, False]
    assert not decide([grant(document=None, item="mast", level="L4")]).allowed


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"purpose": "repair"}, Rule.PURPOSE),
        ({"since": date(2027, 3, 2)}, Rule.NOT_YET),
        ({"until": date(2027, 2, 28)}, Rule.ENDED),
        ({"revoked": date(2027, 3, 1), "revoked_by": "J. Plas"}, Rule.REVOKED),
    ],
)
def test_a_grant_for_something_else_or_another_time_opens_nothing(change: dict[str, Any], rule: Rule) -> None:
    found = decide([grant(**change)])
    assert (found.allowed, found.rule, found.granting) == (False, rule, "g")


def test_a_grant_holds_on_its_first_and_last_day_and_until_the_day_before_it_is_taken_back() -> None:
    assert decide([grant(since=TODAY, until=TODAY)]).allowed
    assert decide([grant(revoked=date(2027, 3, 2), revoked_by="J. Plas")]).allowed


def test_of_two_grants_the_longer_counts_and_of_two_refusals_the_nearer_is_told() -> None:
    longer = grant("long", until=date(2028, 1, 1))
    assert decide([grant(), longer]).granting == "long"
    assert decide([grant("other", purpose="repair"), grant("later", since=date(2027, 3, 5))]).granting == "later"


@pytest.mark.parametrize(
    ("outcome", "allowed", "rule"),
    [
        ("open", True, Rule.ACROSS),
        ("general", True, Rule.ACROSS),
        ("licence", False, Rule.LICENCE),
        ("needs_expert", False, Rule.EXPERT),
        ("prohibited", False, Rule.PROHIBITED),
    ],
)
def test_a_border_asks_for_the_same_determination_as_goods(outcome: str, allowed: bool, rule: Rule) -> None:  # noqa: FBT001 - a column of the table above
    found = decide([abroad()], "D2", "olena", outcome)
    assert (found.allowed, found.rule) == (allowed, rule)
    assert "Regulation (EU) 2021/821" in found.why


def test_a_border_that_nobody_has_determined_is_closed() -> None:
    assert decide([abroad()], "D2", "olena").rule is Rule.UNDETERMINED


def test_of_several_determinations_that_fit_the_strictest_holds() -> None:
    every = Document(document="D9", title="all revisions", item="radar", level="L2", holder="plas")
    rows = [every, abroad(document="D9")]
    assert decide(rows, "D9", "olena", "open", "prohibited").rule is Rule.PROHIBITED
    assert decide(rows, "D9", "olena", "open", "general").allowed


def test_a_determination_of_another_revision_opens_nothing() -> None:
    register = Register.of(archive(abroad()))
    request = Request("olena", "D2", "assembly", TODAY)
    assert not may_read(register, request, of_table(determined("open", revision="B"))).allowed
    assert may_read(register, request, of_table(determined("open", revision="all"))).allowed


def test_a_licence_opens_while_it_is_in_force_for_the_grant_that_names_it() -> None:
    named = abroad(licence="L1")
    found = decide([named, licensed()], "D2", "olena", "licence")
    assert (found.allowed, found.expires) == (True, date(2027, 3, 15))
    for clearance in (
        licensed(licence="L2"),
        licensed(opens=date(2027, 3, 2)),
        licensed(opens=None),
        licensed(expires=date(2027, 3, 1), opens=date(2027, 2, 1), destination="DE"),
        licensed(kind="goods"),
        licensed(revision="B"),
        licensed(consignee="elster"),
        licensed(item="mast"),
    ):
        assert decide([named, clearance], "D2", "olena", "licence").rule is Rule.LICENCE
    assert decide([abroad(), licensed()], "D2", "olena", "licence").rule is Rule.LICENCE


def test_a_licence_that_is_not_granted_yet_opens_nothing() -> None:
    for status, rule in (("to apply", Rule.LICENCE), ("applied", Rule.LICENCE), ("granted", Rule.ACROSS)):
        row = BY_NAME["licences"].row(licence="L1", status=status, apply_from=date(2026, 12, 1))
        assert decide([abroad(licence="L1"), licensed(), row], "D2", "olena", "licence").rule is rule


def test_someone_of_a_foreign_firm_who_reads_at_home_needs_leave_for_the_firm_s_nation() -> None:
    here = abroad(nation="NL")
    assert decide([here], "D2", "olena", "prohibited").rule is Rule.PROHIBITED
    assert decide([here], "D2", "olena", "open").rule is Rule.ACROSS


def test_someone_of_a_firm_at_home_who_reads_abroad_needs_leave_for_that_nation() -> None:
    assert decide([grant(nation="UA")], "D2", "anna", "open").rule is Rule.UNDETERMINED  # for Plas as consignee nobody asked


def test_a_document_is_kept_where_it_says_or_else_with_its_holder() -> None:
    moved = Document(document="D8", title="copy", item="radar", level="L2", holder="plas", nation="UA")
    assert decide([moved, abroad(document="D8")], "D8", "olena").rule is Rule.GRANTED


def test_a_document_that_is_not_there_is_told_with_the_nearest() -> None:
    with pytest.raises(UnknownName, match="did you mean 'DRAWING-17'"):
        decide([Document(document="DRAWING-17", title="x", item="radar", level="L1", holder="plas")], "DRAWNG-17")


def test_who_may_read_what_on_a_day_is_what_each_decision_says() -> None:
    rows = [
        grant(),
        grant("old", person="bert", until=date(2027, 2, 10)),
        abroad("far", document=None, item="radar", level="L1"),
    ]
    register = Register.of(archive(*rows))
    told = [(each.person, each.document) for each in readers(register, TODAY, of_table(determined("general")))]
    assert told == [("olena", "D1"), ("anna", "D2")]
    before = [(each.person, each.document) for each in readers(register, date(2027, 2, 5), undetermined)]
    assert before == [("anna", "D2"), ("bert", "D2")]


def test_what_was_read_is_owed_back_from_the_day_after_the_grant_until_it_is_returned() -> None:
    due = grant(duty="return and delete", document=None, item="radar", level="L1")
    assert not list(owed(Register.of(archive(due)), date(2027, 3, 31)))
    (late,) = owed(Register.of(archive(due)), date(2027, 4, 1))
    assert (late.since, late.documents) == (date(2027, 4, 1), ("D0", "D1"))
    back = grant(duty="return and delete", returned=date(2027, 4, 2), returned_by="anna")
    assert [len(list(owed(Register.of(archive(back)), date(2027, 4, day)))) for day in (1, 2)] == [1, 0]
    revoked = grant(duty="return and delete", revoked=date(2027, 3, 1), revoked_by="J. Plas")
    assert next(owed(Register.of(archive(revoked)), TODAY)).since == TODAY
    assert not list(owed(Register.of(archive(grant())), date(2028, 1, 1)))
