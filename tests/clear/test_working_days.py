from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outwork.clear import working_days
from outwork.clear.working_days import COLUMNS, FILE, WorkingDays
from outwork.model.errors import InvalidRules
from outwork.store import rulebook
from tests.clear import holiday_rules

CALENDARS = working_days.read(rulebook.texts())
NATIONS = sorted(CALENDARS)
DAYS = st.dates(date(2026, 1, 1), date(2030, 12, 31))
MANY = st.integers(0, 400)
EASTERS = {1818: (3, 22), 1961: (4, 2), 2000: (4, 23), 2026: (4, 5), 2027: (3, 28), 2038: (4, 25), 2285: (3, 22)}
ORTHODOX_EASTERS = {2000: (4, 30), 2021: (5, 2), 2024: (5, 5), 2025: (4, 20), 2026: (4, 12), 2027: (5, 2), 2030: (4, 28)}


def test_the_file_of_holidays_is_what_the_rules_of_each_nation_make() -> None:
    file = rulebook.texts()[FILE].splitlines()
    assert file == [",".join(COLUMNS), *(",".join(row) for row in holiday_rules.rows())]


@pytest.mark.parametrize(("year", "day"), EASTERS.items())
def test_easter_falls_on_the_days_that_tables_give(year: int, day: tuple[int, int]) -> None:
    assert holiday_rules.easter(year) == date(year, *day)


@pytest.mark.parametrize(("year", "day"), ORTHODOX_EASTERS.items())
def test_orthodox_easter_falls_on_the_days_that_tables_give(year: int, day: tuple[int, int]) -> None:
    assert holiday_rules.orthodox_easter(year) == date(year, *day)


@pytest.mark.parametrize(
    ("nation", "day"),
    [
        ("NL", date(2026, 4, 27)),  # King's Day
        ("NL", date(2027, 5, 6)),  # Ascension
        ("DE", date(2026, 6, 4)),  # Corpus Christi, kept in Hesse
        ("GB", date(2026, 12, 28)),  # Boxing Day falls on a Saturday
        ("US", date(2027, 12, 31)),  # New Year of 2028 falls on a Saturday
        ("US", date(2026, 11, 26)),  # Thanksgiving
        ("PL", date(2026, 12, 24)),  # free since 2025
        ("RO", date(2026, 4, 10)),  # Orthodox Good Friday
        ("LV", date(2030, 11, 18)),
    ],
)
def test_an_authority_does_not_work_on_a_public_holiday(nation: str, day: date) -> None:
    before = day - timedelta(days=1)
    assert CALENDARS[nation].between(before, day) == 0
    assert CALENDARS[nation].after(before, 1) > day


def test_a_day_that_is_a_holiday_elsewhere_only_is_worked() -> None:
    assert CALENDARS["NL"].after(date(2026, 7, 3), 1) == date(2026, 7, 6)  # a federal holiday of the United States
    assert CALENDARS["US"].after(date(2026, 4, 24), 1) == date(2026, 4, 27)


def test_the_day_of_application_is_not_counted() -> None:
    friday, monday = date(2026, 11, 20), date(2026, 11, 23)
    assert WorkingDays().after(friday, 1) == monday
    assert WorkingDays().after(date(2026, 11, 21), 1) == monday
    assert WorkingDays().after(friday, 0) == friday


def test_eight_weeks_over_christmas_are_longer_than_eight_weeks() -> None:
    assert WorkingDays().after(date(2026, 11, 23), 40) == date(2027, 1, 18)
    assert CALENDARS["NL"].after(date(2026, 11, 23), 40) == date(
        2027, 1, 20
    )  # 25 December and 1 January; the 26th is a Saturday


@given(st.sampled_from(NATIONS), DAYS, MANY)
def test_the_last_day_to_apply_is_the_last(nation: str, opening: date, many: int) -> None:
    days = CALENDARS[nation]
    last = days.before(opening, many)
    assert days.after(last, many) <= opening
    if many:
        assert days.after(days.after(last, 1), many) > opening


@given(st.sampled_from(NATIONS), DAYS, MANY, MANY)
def test_days_add_up(nation: str, start: date, one: int, other: int) -> None:
    days = CALENDARS[nation]
    assert days.after(days.after(start, one), other) == days.after(start, one + other)
    assert days.between(start, days.after(start, one)) == one


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("NL,2026-02-30,New Year's Day", "line 2: day '2026-02-30' is not a date such as 2026-11-22"),
        ("Netherlands,2026-01-01,New Year's Day", "line 2: nation 'Netherlands' is not a nation of two capital letters"),
        ("NL,2026-01-01,", "line 2: name is empty"),
        ("NL,2026-01-01", "line 2: has 2 cells where the heading has 3"),
        ("NL,2026-01-01,a\nNL,2026-01-01,b", "line 3: 2026-01-01 is named twice for NL"),
    ],
)
def test_a_wrong_holiday_is_named(row: str, said: str) -> None:
    with pytest.raises(InvalidRules) as caught:
        working_days.read({FILE: f"{','.join(COLUMNS)}\n{row}\n"})
    assert str(caught.value.faults[0]).startswith(f"{FILE} {said}")
