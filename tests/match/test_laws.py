"""What holds of every match, whatever the programme."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from outwork.match.judging.judged import VERDICTS
from outwork.match.judging.matched import Matched, again, matched
from outwork.match.mending import repairs
from outwork.match.telling import tables
from outwork.match.terms.kinds import NEEDS
from outwork.model.programme import Programme
from outwork.model.tables.capacity import Capability
from tests.match.vocabulary import small_terms
from tests.match.worlds import SEEDS, Dice, ability, edited, world

ASKS = ("material", "envelope_x", "envelope_y", "tolerance", "mass", "quality_class", "batch", "certificates")
SAID = (
    "materials",
    "envelope_x",
    "envelope_y",
    "envelope_z",
    "tolerance",
    "mass",
    "quality_class",
    "batch_least",
    "batch_most",
)


def of(programme: Programme) -> Matched:
    return matched(programme, small_terms(), len(NEEDS))


def verdicts(found: Matched) -> dict[tuple[str, str], str]:
    """Verdict of every pair by names."""
    names = zip(found.judged.operation, found.judged.site, found.judged.verdict, strict=True)
    return {(found.needs.operations.names[o], found.offers.sites.names[s]): VERDICTS[v] for o, s, v in names}


def can(programme: Programme) -> set[tuple[str, str]]:
    return {pair for pair, verdict in verdicts(of(programme)).items() if verdict == "can"}


@given(seed=SEEDS, number=st.integers(0, 9))
def test_adding_a_capability_never_removes_a_match(seed: int, number: int) -> None:
    programme, process = world(seed), ("milling", "machining", "range test")[number % 3]
    able = programme["capabilities"]
    for resource in programme["resources"]["resource"][:1]:
        if able.filter(resource=resource, process=process).is_empty():
            more = Programme.of(Capability(resource=resource, process=process, **ability(Dice(number))))["capabilities"]
            assert can(programme) <= can(programme.replace(capabilities=pl.concat([able, more])))


@given(seed=SEEDS, column=st.sampled_from(ASKS))
def test_removing_a_need_never_removes_a_match(seed: int, column: str) -> None:
    programme = world(seed)
    frame = programme["operations"]
    freed = programme.replace(operations=frame.with_columns(pl.lit(None, frame.schema[column]).alias(column)))
    assert can(programme) <= can(freed)


@given(seed=SEEDS, column=st.sampled_from(SAID))
def test_answering_a_question_never_turns_a_yes_into_something_else(seed: int, column: str) -> None:
    programme = world(seed)
    frame, dice = programme["capabilities"], Dice(seed)
    answers = pl.Series(column, [ability(dice)[column] for _ in range(frame.height)], dtype=frame.schema[column])
    told = frame.with_columns(pl.col(column).fill_null(answers)).filter(
        (pl.col("batch_least") <= pl.col("batch_most")).fill_null(value=True)
    )
    assert told.height == frame.height
    before, after = verdicts(of(programme)), verdicts(of(programme.replace(capabilities=told)))
    assert {pair for pair, verdict in before.items() if verdict == "can"} <= {p for p, v in after.items() if v == "can"}


@given(seed=SEEDS)
def test_the_order_of_rows_does_not_matter(seed: int) -> None:
    programme = world(seed)
    turned = programme.replace(**{name: frame.reverse() for name, frame in programme.tables.items()})
    for left, right in zip(told(programme), told(turned), strict=True):
        assert left.equals(right)


def told(programme: Programme) -> tuple[pl.DataFrame, pl.DataFrame]:
    found = of(programme)
    mended = repairs.repairs(found)
    pairs = tables.told(found, mended, 9)
    return tables.candidates(found, mended, pairs), tables.gaps(found, mended, pairs)


@given(seed=SEEDS, other=SEEDS, near=st.sampled_from((0, 1, 9)))
def test_matching_one_edited_site_again_equals_matching_all_again(seed: int, other: int, near: int) -> None:
    programme = world(seed)
    site = programme["sites"]["site"].sort()[other % programme["sites"].height]
    changed = edited(programme, site, other)
    quick, full = again(matched(programme, small_terms(), near), changed, site), matched(changed, small_terms(), near)
    for name in ("operation", "site", "offer", "bits", "hours"):
        np.testing.assert_array_equal(getattr(quick.judged, name), getattr(full.judged, name))
    assert quick.offers.names == full.offers.names
    left, right = (repairs.repairs(each) for each in (quick, full))
    np.testing.assert_array_equal(left.cost, right.cost)
    pairs = np.arange(len(full.judged))
    assert tables.candidates(quick, left, pairs).equals(tables.candidates(full, right, pairs))


@given(seed=SEEDS)
def test_what_a_repair_set_costs_is_at_least_what_the_whole_site_pays_for_it_and_no_more_than_all_apart(seed: int) -> None:
    found = of(world(seed))
    mended = repairs.repairs(found)
    for site in range(len(found.offers.sites)):
        pairs = found.judged.of_site(site)
        apart = {mend for at in mended.of[pairs] if at >= 0 for mend in mended.sets[at] or ()}
        whole = repairs.of_site(found, mended, site)
        cost: Callable[..., float] = lambda mends: sum(mended.what(mend).cost for mend in mends)  # noqa: E731
        dearest = np.nanmax(mended.cost[pairs], initial=0.0)
        assert dearest <= cost(whole) + 1e-6
        assert cost(whole) <= cost(apart) + 1e-6
