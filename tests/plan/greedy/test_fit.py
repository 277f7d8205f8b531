"""Starts are as late as limits allow, and as many as can be in time."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from outwork.plan.greedy import fit

STEPS = 8
amounts = st.lists(st.integers(0, 9), min_size=STEPS, max_size=STEPS).map(lambda each: np.array(each, float))


def test_what_fits_starts_exactly_its_lead_before_it_is_needed() -> None:
    start = fit.latest(np.array([0.0, 0, 0, 5, 0, 2]), 2, np.full(6, 9.0), None)
    assert start.tolist() == [0, 5, 0, 2, 0, 0]


def test_what_does_not_fit_starts_earlier() -> None:
    assert fit.latest(np.array([0.0, 0, 0, 5]), 1, np.array([1.0, 3, 3, 3]), None).tolist() == [0, 2, 3, 0]


def test_where_nothing_may_be_kept_nothing_starts_earlier() -> None:
    assert fit.latest(np.array([0.0, 0, 0, 5]), 1, np.array([1.0, 3, 3, 3]), np.zeros(4)).tolist() == [0, 0, 3, 0]


def test_whole_lots_start_rounded_up() -> None:
    assert fit.latest(np.array([0.0, 0, 7.0]), 1, np.array([8.0, 8, 8]), None, lot=4).tolist() == [0, 8, 0]


def test_orders_below_the_minimum_are_put_together() -> None:
    assert fit.ordered(np.array([0.0, 0, 2, 3, 1]), 1, np.full(5, 10.0), 5).tolist() == [0, 6, 0, 0, 0]


@given(need=amounts, most=amounts, lead=st.integers(0, 3))
def test_as_much_is_in_time_as_can_be(need: np.ndarray, most: np.ndarray, lead: int) -> None:
    start = fit.latest(need, lead, most, None)
    assert (start <= most).all()
    wanted = need[lead:]
    # the smallest cut of what is needed from a step on and what can start before it (max flow, min cut)
    cuts = [wanted[step:].sum() + most[:step].sum() for step in range(len(wanted) + 1)]
    assert start.sum() == min(cuts)
    assert fit.matched(need, fit.shifted(start, lead)).sum() == start.sum()


@given(need=amounts, coming=amounts)
def test_nothing_is_met_before_it_comes(need: np.ndarray, coming: np.ndarray) -> None:
    met = fit.matched(need, coming)
    assert (met <= need).all()
    assert (np.cumsum(met) <= np.cumsum(coming) + 1e-6).all()
