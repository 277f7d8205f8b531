"""Laws of guarded documents."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from outwork.clear.guard import Register, Request, may_read, of_table
from outwork.model.frames import from_rows
from outwork.model.tables import BY_NAME
from outwork.model.tables.guarding import Grant
from tests.clear.guard.archive import archive, determined, grant

OUTCOMES = ("prohibited", "needs_expert", "licence", "general", "open")
DAYS = st.dates(date(2027, 1, 1), date(2027, 12, 31))


@st.composite
def grants(draw: st.DrawFn) -> list[Grant]:
    """Grants to two people, of all shapes."""
    return [one(draw, number) for number in range(draw(st.integers(0, 4)))]


def one(draw: st.DrawFn, number: int) -> Grant:
    since, until = sorted((draw(DAYS), draw(DAYS)))
    what: dict[str, Any] = draw(
        st.sampled_from(({"document": "D1"}, {"document": "D3"}))
        | st.sampled_from(("L1", "L2", "L3", "L4")).map(lambda level: {"document": None, "item": "radar", "level": level})
    )
    party, nation = draw(st.sampled_from((("plas", "NL"), ("sych", "UA"), ("elster", "NL"))))
    person, revoked = draw(st.sampled_from(("anna", "olena"))), draw(st.none() | DAYS)
    own = {"party": party, "nation": nation, "person": person, "since": since, "until": until, "revoked": revoked}
    return grant(f"g{number}", revoked_by="J. Plas" if revoked else "", **{**own, **what})


BASE = archive()


def register(held: list[Grant]) -> Register:
    """The archive with these grants."""
    return Register.of(BASE.replace(grants=from_rows(BY_NAME["grants"], held)))


REQUESTS = st.builds(
    Request,
    st.sampled_from(("anna", "olena")),
    st.sampled_from(("D0", "D1", "D2", "D3", "D4")),
    st.sampled_from(("assembly", "repair")),
    DAYS,
)


@given(held=grants(), request=REQUESTS, outcome=st.sampled_from(OUTCOMES), place=st.integers(0, 3))
def test_removing_a_grant_never_opens_a_document(held: list[Grant], request: Request, outcome: str, place: int) -> None:
    determine = of_table(determined(outcome))
    fewer = held[:place] + held[place + 1 :]
    if may_read(register(fewer), request, determine).allowed:
        assert may_read(register(held), request, determine).allowed


@given(held=grants(), request=REQUESTS, outcomes=st.tuples(st.sampled_from(OUTCOMES), st.sampled_from(OUTCOMES)))
def test_a_stricter_determination_never_opens_a_document(
    held: list[Grant], request: Request, outcomes: tuple[str, str]
) -> None:
    stricter, laxer = sorted(outcomes, key=OUTCOMES.index)
    known = register(held)
    if may_read(known, request, of_table(determined(stricter))).allowed:
        assert may_read(known, request, of_table(determined(laxer))).allowed


@given(held=grants(), request=REQUESTS, outcome=st.sampled_from(OUTCOMES))
def test_what_is_allowed_is_allowed_on_the_last_day_that_it_names_and_the_order_of_grants_does_not_matter(
    held: list[Grant], request: Request, outcome: str
) -> None:
    determine = of_table(determined(outcome))
    found = may_read(register(held), request, determine)
    assert found == may_read(register(held[::-1]), request, determine)
    if found.allowed and found.expires is not None and not any(each.revoked for each in held):
        last = Request(request.person, request.document, request.purpose, found.expires)
        assert may_read(register(held), last, determine).allowed
