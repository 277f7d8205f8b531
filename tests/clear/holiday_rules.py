"""The rules by which the public holidays of `holidays.csv` fall, written apart from the file so that a test can compare.

`python tests/clear/holiday_rules.py` prints the file. Moveable feasts follow Easter: the Gregorian one by the rule of Butcher
(Meeus, Astronomical Algorithms, 1991, chapter 8), the Orthodox one by the Julian rule of the same chapter, 13 days later in the
Gregorian calendar until 2099. A day counts where the authority that grants licences is closed, so a few days stand here that
bind only the public service (NL 5 May, DK 5 June and 24 December) or only one region (DE: Hesse, where the authority sits).
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from datetime import date, timedelta

YEARS = range(2026, 2031)
MONDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = 0, 3, 4, 5, 6
JULIAN = 13
"""Days by which the Gregorian calendar is ahead of the Julian one from 1900 to 2099."""

Fall = Callable[[int], Iterator[date]]
"""The days on which a holiday falls in a year: none, one, or with a substitute two."""


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar."""
    century, rest = divmod(year, 100)
    golden, leap, moved = year % 19, century // 4, (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leap - moved + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def orthodox_easter(year: int) -> date:
    """Easter Sunday of the Orthodox churches, as a Gregorian day."""
    moon = (19 * (year % 19) + 15) % 30
    month, day = divmod(moon + (2 * (year % 4) + 4 * (year % 7) - moon + 34) % 7 + 114, 31)
    return date(year, month, day + 1) + timedelta(days=JULIAN)


def on(month: int, day: int) -> Fall:
    """Fall on the same day every year."""
    return lambda year: iter((date(year, month, day),))


def after_easter(days: int) -> Fall:
    return lambda year: iter((easter(year) + timedelta(days=days),))


def after_orthodox_easter(days: int) -> Fall:
    return lambda year: iter((orthodox_easter(year) + timedelta(days=days),))


def weekday(number: int, day: int, month: int) -> Fall:
    """Fall on the first, second ... (1, 2 ...) or last (-1) of a weekday in a month."""

    def fall(year: int) -> Iterator[date]:
        if number > 0:
            first = date(year, month, 1)
            yield first + timedelta(days=(day - first.weekday()) % 7 + 7 * (number - 1))
        else:
            last = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
            yield last - timedelta(days=(last.weekday() - day) % 7)

    return fall


def first_from(day: int, month: int, number: int) -> Fall:
    """Fall on the first such weekday from a day of a month on."""

    def fall(year: int) -> Iterator[date]:
        start = date(year, month, number)
        yield start + timedelta(days=(day - start.weekday()) % 7)

    return fall


def monday_after(month: int, day: int) -> Fall:
    """Fall on the day, and on the Monday after where it is a Saturday or Sunday."""

    def fall(year: int) -> Iterator[date]:
        own = date(year, month, day)
        yield own
        if own.weekday() >= SATURDAY:
            yield own + timedelta(days=7 - own.weekday())

    return fall


def observed(month: int, day: int) -> Fall:
    """Fall as federal holidays of the United States do: Saturday is kept on Friday, Sunday on Monday (5 U.S.C. 6103)."""

    def fall(year: int) -> Iterator[date]:
        for each in (year, year + 1):
            own = date(each, month, day)
            kept = own + timedelta(days={SATURDAY: -1, SUNDAY: 1}.get(own.weekday(), 0))
            yield from (found for found in dict.fromkeys((own, kept)) if found.year == year)

    return fall


def boxing(year: int) -> Iterator[date]:
    """Christmas Day and the day after it in England, each with its substitute."""
    christmas = date(year, 12, 25)
    yield christmas
    yield christmas + timedelta(days=1)
    for own in (christmas, christmas + timedelta(days=1)):
        if own.weekday() >= SATURDAY:
            yield own + timedelta(days=2)


def kings_day(year: int) -> Iterator[date]:
    """27 April; the 26th where that is a Sunday."""
    day = date(year, 4, 27)
    yield day - timedelta(days=int(day.weekday() == SUNDAY))


NEW_YEAR = ("New Year's Day", on(1, 1))
EPIPHANY = ("Epiphany", on(1, 6))
MAUNDY_THURSDAY = ("Maundy Thursday", after_easter(-3))
GOOD_FRIDAY = ("Good Friday", after_easter(-2))
EASTER_MONDAY = ("Easter Monday", after_easter(1))
LABOUR = ("Labour Day", on(5, 1))
ASCENSION = ("Ascension Day", after_easter(39))
WHIT_MONDAY = ("Whit Monday", after_easter(50))
CORPUS_CHRISTI = ("Corpus Christi", after_easter(60))
ASSUMPTION = ("Assumption Day", on(8, 15))
ALL_SAINTS = ("All Saints' Day", on(11, 1))
CHRISTMAS_EVE = ("Christmas Eve", on(12, 24))
CHRISTMAS = ("Christmas Day", on(12, 25))
SECOND_CHRISTMAS = ("Second Day of Christmas", on(12, 26))
NEW_YEARS_EVE = ("New Year's Eve", on(12, 31))
MIDSUMMER = (
    ("Midsummer Eve", first_from(FRIDAY, 6, 19)),
    ("Midsummer Day", first_from(SATURDAY, 6, 20)),
    ("All Saints' Day", first_from(SATURDAY, 10, 31)),
)

RULES: dict[str, tuple[tuple[str, Fall], ...]] = {
    "BE": (
        NEW_YEAR, EASTER_MONDAY, LABOUR, ASCENSION, WHIT_MONDAY, ("National Day", on(7, 21)), ASSUMPTION, ALL_SAINTS,
        ("Armistice Day", on(11, 11)), CHRISTMAS,
    ),
    "CZ": (
        NEW_YEAR, GOOD_FRIDAY, EASTER_MONDAY, LABOUR, ("Victory Day", on(5, 8)), ("Cyril and Methodius Day", on(7, 5)),
        ("Jan Hus Day", on(7, 6)), ("Statehood Day", on(9, 28)), ("Independence Day", on(10, 28)),
        ("Freedom and Democracy Day", on(11, 17)), CHRISTMAS_EVE, CHRISTMAS, SECOND_CHRISTMAS,
    ),
    "DE": (
        NEW_YEAR, GOOD_FRIDAY, EASTER_MONDAY, LABOUR, ASCENSION, WHIT_MONDAY, CORPUS_CHRISTI, ("German Unity Day", on(10, 3)),
        CHRISTMAS, SECOND_CHRISTMAS,
    ),
    "DK": (
        NEW_YEAR, MAUNDY_THURSDAY, GOOD_FRIDAY, EASTER_MONDAY, ASCENSION, WHIT_MONDAY, ("Constitution Day", on(6, 5)),
        CHRISTMAS_EVE, CHRISTMAS, SECOND_CHRISTMAS,
    ),
    "EE": (
        NEW_YEAR, ("Independence Day", on(2, 24)), GOOD_FRIDAY, LABOUR, ("Victory Day", on(6, 23)),
        ("Midsummer Day", on(6, 24)), ("Restoration of Independence Day", on(8, 20)), CHRISTMAS_EVE, CHRISTMAS,
        SECOND_CHRISTMAS,
    ),
    "FI": (
        NEW_YEAR, EPIPHANY, GOOD_FRIDAY, EASTER_MONDAY, LABOUR, ASCENSION, *MIDSUMMER, ("Independence Day", on(12, 6)),
        CHRISTMAS_EVE, CHRISTMAS, SECOND_CHRISTMAS,
    ),
    "FR": (
        NEW_YEAR, EASTER_MONDAY, LABOUR, ("Victory Day", on(5, 8)), ASCENSION, WHIT_MONDAY, ("National Day", on(7, 14)),
        ASSUMPTION, ALL_SAINTS, ("Armistice Day", on(11, 11)), CHRISTMAS,
    ),
    "GB": (
        ("New Year's Day", monday_after(1, 1)), GOOD_FRIDAY, EASTER_MONDAY, ("Early May bank holiday", weekday(1, MONDAY, 5)),
        ("Spring bank holiday", weekday(-1, MONDAY, 5)), ("Summer bank holiday", weekday(-1, MONDAY, 8)),
        ("Christmas and Boxing Day", boxing),
    ),
    "LT": (
        NEW_YEAR, ("Day of Restoration of the State", on(2, 16)), ("Day of Restoration of Independence", on(3, 11)),
        EASTER_MONDAY, LABOUR, ("Saint John's Day", on(6, 24)), ("Statehood Day", on(7, 6)), ASSUMPTION, ALL_SAINTS,
        ("All Souls' Day", on(11, 2)), CHRISTMAS_EVE, CHRISTMAS, SECOND_CHRISTMAS,
    ),
    "LV": (
        NEW_YEAR, GOOD_FRIDAY, EASTER_MONDAY, LABOUR, ("Restoration of Independence Day", monday_after(5, 4)),
        ("Midsummer Eve", on(6, 23)), ("Midsummer Day", on(6, 24)), ("Proclamation Day", monday_after(11, 18)),
        CHRISTMAS_EVE, CHRISTMAS, SECOND_CHRISTMAS, NEW_YEARS_EVE,
    ),
    "NL": (
        NEW_YEAR, EASTER_MONDAY, ("King's Day", kings_day), ("Liberation Day", on(5, 5)), ASCENSION, WHIT_MONDAY, CHRISTMAS,
        SECOND_CHRISTMAS,
    ),
    "NO": (
        NEW_YEAR, MAUNDY_THURSDAY, GOOD_FRIDAY, EASTER_MONDAY, LABOUR, ("Constitution Day", on(5, 17)), ASCENSION, WHIT_MONDAY,
        CHRISTMAS, SECOND_CHRISTMAS,
    ),
    "PL": (
        NEW_YEAR, EPIPHANY, EASTER_MONDAY, LABOUR, ("Constitution Day", on(5, 3)), CORPUS_CHRISTI, ASSUMPTION, ALL_SAINTS,
        ("Independence Day", on(11, 11)), CHRISTMAS_EVE, CHRISTMAS, SECOND_CHRISTMAS,
    ),
    "RO": (
        NEW_YEAR, ("Second Day of New Year", on(1, 2)), EPIPHANY, ("Saint John's Day", on(1, 7)),
        ("Unification Day", on(1, 24)),
        ("Orthodox Good Friday", after_orthodox_easter(-2)), ("Orthodox Easter Monday", after_orthodox_easter(1)), LABOUR,
        ("Children's Day", on(6, 1)), ("Orthodox Whit Monday", after_orthodox_easter(50)), ASSUMPTION,
        ("Saint Andrew's Day", on(11, 30)), ("National Day", on(12, 1)), CHRISTMAS, SECOND_CHRISTMAS,
    ),
    "SE": (
        NEW_YEAR, EPIPHANY, GOOD_FRIDAY, EASTER_MONDAY, LABOUR, ASCENSION, ("National Day", on(6, 6)), *MIDSUMMER,
        CHRISTMAS_EVE, CHRISTMAS, SECOND_CHRISTMAS, NEW_YEARS_EVE,
    ),
    "UA": (
        ("New Year's Day", monday_after(1, 1)), ("International Women's Day", monday_after(3, 8)),
        ("Orthodox Easter Monday", after_orthodox_easter(1)), ("Labour Day", monday_after(5, 1)),
        ("Day of Remembrance and Victory", monday_after(5, 8)), ("Orthodox Whit Monday", after_orthodox_easter(50)),
        ("Constitution Day", monday_after(6, 28)), ("Statehood Day", monday_after(7, 15)),
        ("Independence Day", monday_after(8, 24)), ("Day of Defenders", monday_after(10, 1)),
        ("Christmas Day", monday_after(12, 25)),
    ),
    "US": (
        ("New Year's Day", observed(1, 1)), ("Martin Luther King Day", weekday(3, MONDAY, 1)),
        ("Washington's Birthday", weekday(3, MONDAY, 2)), ("Memorial Day", weekday(-1, MONDAY, 5)),
        ("Juneteenth", observed(6, 19)), ("Independence Day", observed(7, 4)), ("Labor Day", weekday(1, MONDAY, 9)),
        ("Columbus Day", weekday(2, MONDAY, 10)), ("Veterans Day", observed(11, 11)),
        ("Thanksgiving", weekday(4, THURSDAY, 11)), ("Christmas Day", observed(12, 25)),
    ),
}  # fmt: skip


def rows() -> list[tuple[str, str, str]]:
    """Nation, day and name of every holiday, in the order of the file."""
    found: dict[tuple[str, date], str] = {}
    for nation, rules in RULES.items():
        for name, fall in rules:
            for year in YEARS:
                for day in fall(year):
                    found.setdefault((nation, day), name)
    return [(nation, day.isoformat(), name) for (nation, day), name in sorted(found.items())]


if __name__ == "__main__":
    sys.stdout.write("nation,day,name\n")
    sys.stdout.writelines(f"{','.join(row)}\n" for row in rows())
