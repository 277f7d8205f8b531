from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outwork.web.query import Query, read

DAYS = st.dates(date(1990, 1, 1), date(2100, 1, 1))
NAMES = st.text(st.characters(categories=("L", "N", "P")), max_size=40).map(str.strip)


@given(st.one_of(st.none(), DAYS), NAMES, NAMES, st.integers(1, 9_999))
def test_an_address_asks_for_what_it_was_made_from(since: date | None, item: str, site: str, page: int) -> None:
    asked = Query(since=since, item=item, site=site, page=page)
    from urllib.parse import parse_qsl  # noqa: PLC0415 - only here

    assert read(dict(parse_qsl(asked.address(page=page)[1:]))) == asked


@given(st.dictionaries(st.sampled_from(["since", "until", "item", "site", "nation", "demand", "page"]), st.text(max_size=300)))
def test_whatever_stands_in_an_address_is_read_or_told(given: dict[str, str]) -> None:
    asked = read(given)
    assert asked.page >= 1
    assert all(each.name in given and each.why.startswith("query.") for each in asked.wrong)


@pytest.mark.parametrize(
    ("name", "value"),
    [("since", "31.12.2027"), ("until", "2027-02-30"), ("page", "0"), ("page", "-1"), ("page", "²"), ("item", "a\x00b")],
)
def test_a_part_that_cannot_be_read_is_left_out_and_told(name: str, value: str) -> None:
    asked = read({name: value, "site": "lund"})
    assert [each.name for each in asked.wrong] == [name]
    assert asked == Query(site="lund", wrong=asked.wrong)


def test_an_end_before_the_beginning_is_told() -> None:
    asked = read({"since": "2027-05-01", "until": "2027-04-01"})
    assert (asked.since, asked.until) == (date(2027, 5, 1), None)
    assert asked.wrong[0].why == "query.order"


def test_another_filter_begins_at_the_first_page() -> None:
    assert Query(item="mast", page=7).address(site="lund") == "?item=mast&site=lund"
