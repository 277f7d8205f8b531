from __future__ import annotations

from datetime import date
from itertools import pairwise
from statistics import NormalDist, mean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outwork.clear import leadtimes
from outwork.clear.leadtimes import CENTURY, COLUMNS, FILE, GRADES, LeadTime, LeadTimes
from outwork.clear.rules.rulebook import NationGroup
from outwork.model.errors import InvalidRules, UnknownName
from outwork.store import rulebook

GROUPS = {
    "close": NationGroup("close", "", frozenset({"US", "NO", "GB"}), "", ""),
    "near": NationGroup("near", "", frozenset({"NO"}), "", ""),
}
QUANTILES = st.floats(0.001, 0.999)


def lead(p10: float, p50: float, p90: float, nation: str = "NL", kind: str = "individual", to: str = "any") -> LeadTime:
    return LeadTime("CDIU", nation, kind, to, p10, p50, p90, "assumed", "a test", date(2026, 11, 22))


@st.composite
def leads(draw: st.DrawFn) -> LeadTime:
    return lead(*sorted(draw(st.tuples(*[st.floats(0.5, 700)] * 3))))


def book(*rows: LeadTime) -> LeadTimes:
    return LeadTimes(rows, {}, GROUPS)


def shipped() -> LeadTimes:
    texts = rulebook.texts()
    groups = {each: NationGroup(each, "", frozenset(), "", "") for each in ("EU001 destinations", "NATO and close partners")}
    return leadtimes.read(texts, groups)


@given(leads())
def test_the_percentiles_that_a_row_states_are_met(row: LeadTime) -> None:
    for quantile, stated in ((0.1, row.p10), (0.5, row.p50), (0.9, row.p90)):
        assert stated - 1e-6 <= row.days(quantile) < stated + 1


@given(leads(), QUANTILES, QUANTILES)
def test_a_surer_date_is_never_an_earlier_one(row: LeadTime, one: float, other: float) -> None:
    assert row.days(min(one, other)) <= row.days(max(one, other))


def test_the_spread_about_the_median_is_lognormal_on_each_side() -> None:
    row, one = lead(10, 40, 160), NormalDist().cdf(1.0)
    factor = 4 ** (1 / NormalDist().inv_cdf(0.9))
    assert row.days(one) == pytest.approx(40 * factor, abs=1)
    assert row.days(1 - one) == pytest.approx(40 / factor, abs=1)


def test_draws_from_the_distribution_have_the_mean_of_a_lognormal() -> None:
    row, sigma = lead(100, 400, 1600), 1.0817
    draws = [row.days((n + 0.5) / 20_000) for n in range(20_000)]
    assert mean(draws) == pytest.approx(400 * 2.718281828 ** (sigma**2 / 2), rel=0.01)


def test_what_is_decided_at_once_is_decided_on_the_day() -> None:
    assert lead(0, 0, 0).days(0.99) == 0
    assert book(lead(0, 0, 0)).decision(date(2026, 11, 21), "NL", "individual", "UA") == date(2026, 11, 21)


@pytest.mark.parametrize("quantile", [0.0, 1.0, -0.1, float("nan")])
def test_a_quantile_off_the_open_interval_is_refused(quantile: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        lead(1, 2, 3).days(quantile)


def test_the_narrowest_row_is_taken_and_its_own_nation_goes_first() -> None:
    rows = [lead(1, each, 99, nation, "individual", to) for each, nation, to in [
        (10, "any", "any"), (20, "any", "UA"), (30, "NL", "any"), (40, "NL", "close"), (50, "NL", "near"), (60, "NL", "GB"),
    ]]  # fmt: skip
    found = {(n, d): book(*rows).find(n, "individual", d).p50 for n in ("NL", "PL") for d in ("UA", "US", "NO", "GB", "JP")}
    assert found == {
        ("NL", "UA"): 30, ("NL", "US"): 40, ("NL", "NO"): 50, ("NL", "GB"): 60, ("NL", "JP"): 30,
        ("PL", "UA"): 20, ("PL", "US"): 10, ("PL", "NO"): 10, ("PL", "GB"): 10, ("PL", "JP"): 10,
    }  # fmt: skip


def test_a_kind_of_licence_without_a_row_is_named_with_the_nearest() -> None:
    with pytest.raises(
        UnknownName, match=r"no lead time of NL for a licence of kind 'indivdual' to UA.*did you mean 'individual'"
    ):
        book(lead(1, 2, 3)).find("NL", "indivdual", "UA")


@given(leads(), st.dates(date(2026, 1, 1), date(2030, 12, 31)), QUANTILES)
def test_who_applies_by_the_last_day_has_the_decision_by_the_opening(row: LeadTime, opening: date, quantile: float) -> None:
    rows = book(row)
    last = rows.apply_by(opening, "NL", "individual", "UA", quantile)
    assert rows.decision(last, "NL", "individual", "UA", quantile) <= opening


def test_the_far_tail_of_a_wide_spread_stays_on_the_calendar() -> None:
    assert lead(1, 1, 349).days(0.998) == CENTURY
    assert book(lead(1, 1, 349)).apply_by(date(2026, 1, 1), "NL", "individual", "UA", 0.998) > date(1900, 1, 1)


def test_the_targets_of_the_british_authority_are_met_by_its_row() -> None:
    row = shipped().find("GB", "individual", "UA")
    assert (row.days(0.7), row.days(0.99)) == (20, 60)


def test_every_row_says_where_it_stands_and_how_sure_it_is() -> None:
    for row in shipped().rows:
        assert row.source
        assert row.grade in GRADES
        assert row.as_of <= date(2026, 11, 22)


@pytest.mark.parametrize("kind", ["individual", "global", "general", "transfer", "EU007", "EU008"])
@pytest.mark.parametrize("nation", ["NL", "DE", "PL", "UA", "US"])
def test_every_nation_has_a_lead_time_for_every_kind(nation: str, kind: str) -> None:
    found = [shipped().find(nation, kind, to) for to in ("UA", "NO", "US", "JP")]
    assert all(row.p50 > 0 for row in found)


def test_the_united_states_decide_on_re_exports_whoever_sends_them() -> None:
    assert shipped().find("US", "re-export", "UA").authority == "BIS"
    with pytest.raises(UnknownName, match="no lead time of NL for a licence of kind 're-export' to UA"):
        shipped().find("NL", "re-export", "UA")


def test_a_slow_decision_is_later_than_the_median_by_what_the_row_states() -> None:
    rows, day = shipped(), date(2027, 3, 1)
    dates = [rows.decision(day, "NL", "individual", "UA", quantile) for quantile in (0.1, 0.5, 0.9)]
    assert all(early < late for early, late in pairwise(dates))
    assert [rows.calendar("NL").between(day, each) for each in dates] == [20, 40, 90]


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ("CDIU,NL,individual,any,20,10,90,stated,x,2026-01-01", "percentiles rise from above 0"),
        ("CDIU,NL,individual,any,0,10,90,stated,x,2026-01-01", "percentiles rise from above 0"),
        ("CDIU,NL,individual,any,1,ten,90,stated,x,2026-01-01", "p50 'ten' is not a number"),
        ("CDIU,NL,individual,any,1,nan,90,stated,x,2026-01-01", "p50 'nan' is not a number"),
        ("CDIU,NL,individual,any,1,2,3,guessed,x,2026-01-01", "grade 'guessed' is not one of stated, observed, assumed"),
        ("CDIU,NL,individual,any,1,2,3,stated,,2026-01-01", "source is empty"),
        ("CDIU,NL,individual,clos,1,2,3,stated,x,2026-01-01", "destination_group 'clos' is not a nation"),
        ("CDIU,NL,individual,any,1,2,3,stated,x,yesterday", "as_of 'yesterday' is not a date"),
    ],
)
def test_a_wrong_lead_time_is_named(cells: str, said: str) -> None:
    texts = {FILE: f"{','.join(COLUMNS)}\n{cells}\n", "holidays.csv": "nation,day,name\n"}
    with pytest.raises(InvalidRules) as caught:
        leadtimes.read(texts, GROUPS)
    assert str(caught.value.faults[0]).startswith(f"{FILE} line 2: ")
    assert said in str(caught.value.faults[0])


def test_two_lead_times_for_one_thing_are_a_fault() -> None:
    row = "CDIU,NL,individual,any,1,2,3,stated,x,2026-01-01\n"
    with pytest.raises(InvalidRules, match="line 3: a second lead time of NL individual to any"):
        leadtimes.read({FILE: f"{','.join(COLUMNS)}\n{row}{row}", "holidays.csv": "nation,day,name\n"}, GROUPS)


def test_another_heading_is_a_fault_with_the_nearest_column() -> None:
    heading = ",".join(COLUMNS).replace("grade", "grad")
    with pytest.raises(InvalidRules, match=r"leadtimes\.csv line 1: has the columns .*did you mean 'grade'"):
        leadtimes.read({FILE: f"{heading}\n", "holidays.csv": "nation,day,name\n"}, GROUPS)


def test_a_missing_file_is_a_fault() -> None:
    with pytest.raises(InvalidRules) as caught:
        leadtimes.read({}, GROUPS)
    assert [str(each) for each in caught.value.faults] == [
        "leadtimes.csv: is missing",
        "holidays.csv: is missing",
    ]
