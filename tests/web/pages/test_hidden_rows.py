"""A page is the same to the byte whether or not rows exist that its asker may not see."""

from __future__ import annotations

import pytest

from outwork.model.tables import BY_NAME
from outwork.store.sight import seen
from outwork.web.query import Query
from tests.programmes import Frames
from tests.store.sight.dense import askers, dense, hidden
from tests.web.pages.present import PAGES, page


def without(frames: Frames, away: Frames) -> Frames:
    return {
        name: frame.join(away[name], on=list(BY_NAME[name].key), how="anti", maintain_order="left")
        for name, frame in frames.items()
    }


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("name", PAGES)
def test_rows_that_somebody_may_not_see_change_nothing_on_a_page(name: str, seed: int) -> None:
    frames = dense(seed)
    for asker in askers(frames):
        fewer = without(frames, hidden(frames, seen(frames, asker)))
        assert page(name, frames, asker) == page(name, fewer, asker), asker.role


@pytest.mark.parametrize("name", PAGES)
def test_a_page_narrowed_to_a_hidden_name_is_as_if_narrowed_to_one_that_never_was(name: str) -> None:
    frames = dense(5)
    for asker in askers(frames):
        there = (
            frames["items"].join(seen(frames, asker)["items"], on="item", how="anti")
            if seen(frames, asker).sees("items")
            else frames["items"]
        )
        if there.height:
            one, other = there["item"][0], "zzz-" + there["item"][0]
            hidden_name, no_name = page(name, frames, asker, Query(item=one)), page(name, frames, asker, Query(item=other))
            assert hidden_name == no_name.replace(other, one), asker.role


@pytest.mark.parametrize("language", ["en", "uk"])
@pytest.mark.parametrize("name", PAGES)
def test_every_role_opens_every_page_in_every_language(name: str, language: str) -> None:
    frames = dense(3)
    for asker in askers(frames):
        assert page(name, frames, asker, language=language).startswith("200\n")
