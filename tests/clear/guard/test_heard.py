"""A border that a document crosses is determined by the same rules as that of goods."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from outwork.clear import Options, rules, run
from outwork.clear.guard import Passage, Register, Request, Rule, asked, heard, may_read
from outwork.clear.rules.rulebook import Rulebook
from outwork.cli.demo import example
from outwork.model.programme import Programme
from outwork.model.tables import BY_NAME
from outwork.model.tables.design import Fact
from outwork.model.tables.permits import Override
from outwork.store import rulebook
from tests.clear.guard.archive import TODAY, abroad, archive, grant

CIVIL = [
    Fact(item="radar", fact="designed for military use", value="no"),
    Fact(item="radar", fact="us origin", value="no"),
    Fact(item="radar", fact="class", value="radar"),
]
ABROAD = Request("olena", "D2", "assembly", TODAY)


@pytest.fixture(scope="module")
def book() -> Rulebook:
    return rules.read(rulebook.texts())


def decided(programme: Programme, request: Request, book: Rulebook) -> Rule:
    register = Register.of(programme)
    crossed = asked(register, request.person, request.document)
    return may_read(register, request, heard(programme, crossed, book, request.when)).rule


def test_a_fact_that_nobody_has_stated_keeps_a_border_closed(book: Rulebook) -> None:
    assert decided(archive(abroad()), ABROAD, book) is Rule.EXPERT


def test_within_the_union_technology_that_is_no_arms_may_be_read(book: Rulebook) -> None:
    inside = grant(person="ernst", party="elster", nation="DE")
    assert decided(archive(inside, *CIVIL), Request("ernst", "D2", "assembly", TODAY), book) is Rule.ACROSS


def test_a_named_person_s_decision_opens_what_needed_an_expert(book: Rulebook) -> None:
    said = Override(
        override="o1", item="radar", origin="NL", destination="UA", kind="technology", outcome="open", person="J. Plas",
        reason="published in full", decided=date(2027, 2, 1),
    )  # fmt: skip
    assert decided(archive(abroad(), said), ABROAD, book) is Rule.ACROSS
    assert decided(archive(abroad(), said.model_copy(update={"kind": "goods"})), ABROAD, book) is Rule.EXPERT


def test_a_party_that_screening_blocks_reads_nothing(book: Rulebook) -> None:
    programme = archive(grant(person="ernst", party="elster", nation="DE"), *CIVIL)
    standings = pl.DataFrame({"party": ["elster"], "status": ["block"], "reason": ["on a list"]})
    register = Register.of(programme)
    determine = heard(programme, asked(register), book, TODAY, standings)
    assert may_read(register, Request("ernst", "D2", "assembly", TODAY), determine).rule is Rule.PROHIBITED


def test_of_a_passage_that_was_not_asked_about_nothing_is_determined(book: Rulebook) -> None:
    found = heard(archive(abroad()), [], book, TODAY)
    assert found(Passage("radar", "A", "technology", "NL", "UA", "sych")) is None


def test_what_clear_determines_of_a_movement_is_what_a_document_on_that_way_gets(book: Rulebook) -> None:
    programme = example()
    day = programme.settings.start
    table = run(programme, Options(day=day), book).tables["determinations"].filter(kind="technology")
    keys = ("item", "revision", "kind", "origin", "destination", "consignee")
    passages = {Passage(*row): outcome for *row, outcome in table.select(*keys, "outcome").iter_rows()}
    assert passages
    determine = heard(programme, passages, book, day)
    for passage, outcome in passages.items():
        found = determine(passage)
        assert found is not None
        assert found.outcome == outcome
    assert BY_NAME["determinations"].names == tuple(table.columns)
