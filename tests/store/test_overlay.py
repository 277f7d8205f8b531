from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, given

from outwork import store
from outwork.model.errors import InvalidProgramme, Unreadable
from outwork.model.programme import Programme
from outwork.store import changes
from tests.examples import drawing
from tests.programmes import programmes
from tests.store.small import programme

pytestmark = pytest.mark.filterwarnings("ignore:Generating overly large repr")


@drawing(0.4, suppress_health_check=list(HealthCheck))
@given(base=programmes(), other=programmes())
def test_the_difference_applied_to_the_one_gives_the_other(base: Programme, other: Programme) -> None:
    assert store.apply(base, store.diff(base, other)) == other


@drawing(0.12, suppress_health_check=list(HealthCheck))
@given(base=programmes(), other=programmes())
def test_an_overlay_on_disk_is_the_overlay(base: Programme, other: Programme, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("overlay")
    overlay = store.diff(base, other)
    if overlay:
        changes.save(overlay, folder)
        assert store.apply(base, changes.load(folder)) == other


def test_nothing_differs_from_itself() -> None:
    assert not store.diff(programme(), programme())


def test_a_difference_reads_as_one_line_for_each_row() -> None:
    other = programme(160)
    lanes = other["lanes"].with_columns(mode=pl.lit("air"), cost=pl.lit(4.5))
    overlay = store.diff(programme(120), other.replace(lanes=lanes))
    assert list(store.described(programme(120), overlay)) == [
        "lanes delft bonn air: added, cost 4.5",
        "lanes delft bonn road: removed",
        "demands D-01: quantity 120 -> 160",
    ]


def test_a_value_taken_away_reads_as_blank() -> None:
    base = programme()
    capped = base.replace(supplies=base["supplies"].with_columns(per_week=pl.lit(5.0)))
    assert list(store.described(capped, store.diff(capped, base))) == ["supplies pole delft mast-works: per_week 5 -> blank"]
    assert store.apply(capped, store.diff(capped, base)) == base


Write = Callable[[str, str], Path]


@pytest.fixture
def written(tmp_path: Path) -> Write:
    def write(table: str, content: str) -> Path:
        (tmp_path / f"{table}.csv").write_text(content)
        return tmp_path

    return write


def faults(folder: Path) -> list[str]:
    with pytest.raises(InvalidProgramme) as caught:
        store.apply(programme(), changes.load(folder))
    return [str(fault) for fault in caught.value.faults]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("item,name\nmast,x\n", ["items.csv: column 'change' is missing: it says of each row add, change or remove"]),
        (
            "change,item\nremvoe,mast\n",
            ["items.csv line 2: change 'remvoe' is not one of add, change, remove; did you mean 'remove'?"],
        ),
        ("change,item\nremove,mst\n", ["items: item 'mst' is to be removed and is not there; did you mean 'mast'?"]),
        ("change,item\nremove,\n", ["items.csv line 2: item is empty"]),
    ],
)
def test_what_is_wrong_with_a_change_is_told_with_its_place(written: Write, content: str, expected: list[str]) -> None:
    assert faults(written("items", content)) == expected


def test_a_changed_row_is_written_whole(written: Write) -> None:
    told = faults(written("lanes", "change,origin,destination,cost\nchange,delft,bonn,3\n"))
    assert (
        "lanes.csv: column 'per_week' is missing: a row that is added or changed is written whole, blank cells included" in told
    )


def test_a_row_cannot_be_added_twice(written: Write) -> None:
    told = faults(written("nations", "change,nation,name\nadd,NL,Netherlands\n"))
    assert told == ["nations: nation 'NL' is to be added and is there already; change it instead"]


def test_a_row_is_either_removed_or_written(written: Write) -> None:
    told = faults(written("nations", "change,nation,name\nchange,NL,Holland\nremove,NL,\n"))
    assert told == ["nations.csv: NL is both removed and written"]


def test_an_overlay_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="is not there"):
        changes.load(tmp_path / "nowhere")
