"""No answer depends on rows that the asker may not see."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from outwork import plan, store
from outwork.model.asker import Asker, Role
from outwork.model.frames import empty
from outwork.model.tables import EVERY, RESULTS
from tests.plan.rich import programme as rich
from tests.programmes import Frames, filled
from tests.web.interference import answer, requests
from tests.web.twins import swapped, twins

SOME = (Role.MANUFACTURER, Role.MINISTRY, Role.INNOVATOR, Role.LICENSING, Role.OPERATOR)


def nameless(told: tuple[int, str, bytes], never: Mapping[str, str]) -> tuple[int, str, str]:
    """Return an answer with one word in place of hidden names and of those of which nobody has heard."""
    names = dict.fromkeys([*never, *never.values()], "NAME")
    return told[0], swapped(told[1], names), swapped(told[2].decode("utf8", "replace"), names)


def alike(frames: Frames, asker: Asker, folder: Path, places: Sequence[str] = ()) -> int:
    """Ask both services everything, and return how many requests that were. Args: places of both, else made in the folder."""
    both, app, close = twins(frames, asker, places or (folder / "full.outwork", folder / "bare.outwork"))
    many = 0
    for asked in requests(app, both):
        many += 1
        full, bare = answer(both.full, asked), answer(both.bare, asked)
        assert full[0] < 500, (asked, full)
        assert full == bare, asked
        if asked.never:
            other = answer(both.full, asked.unheard())
            answer(both.bare, asked.unheard())
            assert nameless(full, asked.never) == nameless(other, asked.never), asked
    close()
    return many


EXAMPLE = (
    Asker("asker", "Asker", Role.MANUFACTURER, "wolfspoot", "NL"),
    Asker("asker", "Asker", Role.MINISTRY, "watch-ua", "UA"),
)
PLANNED = (
    Asker("asker", "Asker", Role.MANUFACTURER, "firm-a", "XA"),
    pytest.param(Asker("asker", "Asker", Role.MINISTRY, "", "XB"), marks=pytest.mark.soak),
)


def named(asker: Asker) -> str:
    return asker.role.value


@pytest.mark.soak
@pytest.mark.parametrize("asker", EXAMPLE, ids=named)
def test_answers_about_the_example_programme_do_not_depend_on_what_is_hidden(asker: Asker, tmp_path: Path) -> None:
    with as_file(files("outwork.store") / "demo") as folder:
        programme = store.load(folder)
    assert alike({**programme.tables, **{table.name: empty(table) for table in RESULTS}}, asker, tmp_path) > 100


@cache
def planned() -> Frames:
    """Return a small programme of every feature with its plan."""
    programme = rich(0, weeks=16)
    result = plan.run(programme, plan.Options(gap=0.1, limit=10.0, explain=False))
    return {**programme.tables, **{table.name: empty(table) for table in RESULTS}, **result.tables}


@pytest.mark.parametrize("asker", PLANNED, ids=named)
def test_answers_about_a_plan_do_not_depend_on_what_is_hidden(asker: Asker, tmp_path: Path) -> None:
    assert planned()["promises"].height > 0
    assert alike(planned(), asker, tmp_path) > 100


@pytest.fixture
def schemas(owner: str, server: psycopg.Connection[Any]) -> Iterator[tuple[str, str]]:
    """The addresses of two empty schemas of one owner."""
    server.execute("CREATE SCHEMA owned_bare AUTHORIZATION outwork_trial")
    yield owner, owner.replace("%3Downed", "%3Downed_bare")
    server.execute("DROP SCHEMA owned_bare CASCADE")


@pytest.mark.soak
@pytest.mark.parametrize("role", SOME)
def test_behind_walls_answers_about_a_plan_do_not_depend_on_what_is_hidden(
    role: Role, schemas: tuple[str, str], tmp_path: Path
) -> None:
    party = "firm-a" if role in (Role.MANUFACTURER, Role.INNOVATOR) else ""
    assert alike(planned(), Asker("asker", "Asker", role, party, "XA"), tmp_path, schemas) > 100


@pytest.mark.soak
@given(filled(EVERY), st.sampled_from(SOME), st.data())
@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
def test_answers_about_any_programme_do_not_depend_on_what_is_hidden(frames: Frames, role: Role, data: st.DataObject) -> None:
    if not frames["settings"].height or not frames["nations"].height:
        return
    party = data.draw(st.sampled_from(frames["parties"]["party"].to_list() or [""]))
    nation = data.draw(st.sampled_from(frames["nations"]["nation"].to_list()))
    with TemporaryDirectory() as folder:
        alike(frames, Asker("asker", "Asker", role, party, nation), Path(folder))
