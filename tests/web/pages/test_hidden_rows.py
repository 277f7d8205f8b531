"""A page is the same to the byte whether or not rows exist that its asker may not see."""

from __future__ import annotations

from functools import cache

import pytest

from outwork.model.tables import BY_NAME
from outwork.store.sight import View, seen
from outwork.web.query import Query
from tests.programmes import Frames
from tests.store.sight.dense import askers, dense, hidden
from tests.web.pages.present import PAGES, page


def without(frames: Frames, away: Frames) -> Frames:
    return {
        name: frame.join(away[name], on=list(BY_NAME[name].key), how="anti", maintain_order="left")
        for name, frame in frames.items()
    }


@cache
def views(seed: int) -> tuple[View, ...]:
    """What every role sees of the same tables."""
    frames = dense(seed)
    return tuple(seen(frames, asker) for asker in askers(frames))


@cache
def fewer(seed: int) -> tuple[View, ...]:
    """What they see where the rows that they do not see are not there."""
    frames = dense(seed)
    return tuple(seen(without(frames, hidden(frames, view)), view.asker) for view in views(seed))


@pytest.mark.parametrize("seed", [0, pytest.param(1, marks=pytest.mark.soak)])
@pytest.mark.parametrize("name", PAGES)
def test_rows_that_somebody_may_not_see_change_nothing_on_a_page(name: str, seed: int) -> None:
    for view, other in zip(views(seed), fewer(seed), strict=True):
        assert page(name, view) == page(name, other), view.asker.role


@pytest.mark.parametrize("name", PAGES)
def test_a_page_narrowed_to_a_hidden_name_is_as_if_narrowed_to_one_that_never_was(name: str) -> None:
    items = dense(5)["items"]
    for view in views(5):
        there = items.join(view["items"], on="item", how="anti") if view.sees("items") else items
        if there.height:
            one, other = there["item"][0], "zzz-" + there["item"][0]
            hidden_name, no_name = page(name, view, Query(item=one)), page(name, view, Query(item=other))
            assert hidden_name == no_name.replace(other, one), view.asker.role


@pytest.mark.parametrize("language", ["en", "uk"])
@pytest.mark.parametrize("name", PAGES)
def test_every_role_opens_every_page_in_every_language(name: str, language: str) -> None:
    for view in views(0):
        assert page(name, view, language=language).startswith(("200\n", "303\n"))
