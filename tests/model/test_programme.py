from __future__ import annotations

import pickle
from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from outwork.model.errors import InvalidProgramme
from outwork.model.programme import Programme
from outwork.model.tables import INPUT
from outwork.model.tables.design import Item
from outwork.model.tables.frame import Nation, Settings

SETTINGS = Settings(name="Arc", start=date(2027, 1, 4), weeks=52, weekly_buckets=12)
NATIONS = [Nation(nation=code, name=code) for code in ("NL", "DE", "FI", "ES", "PL")]
names = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=8)


def test_every_table_is_there_if_only_without_rows() -> None:
    programme = Programme.of(SETTINGS)
    assert list(programme.tables) == [table.name for table in INPUT]
    assert programme["lanes"].height == 0
    assert programme["lanes"].schema["since"] == pl.Date()


def test_rows_may_be_given_one_by_one_or_together() -> None:
    assert Programme.of(SETTINGS, *NATIONS) == Programme.of(SETTINGS, NATIONS)


def test_an_unknown_table_is_refused() -> None:
    with pytest.raises(TypeError, match="a programme has no table nation, order"):
        Programme({"order": pl.DataFrame(), "nation": pl.DataFrame()})


def test_a_frame_of_another_schema_is_refused() -> None:
    with pytest.raises(TypeError, match="nations"):
        Programme({"nations": pl.DataFrame({"nation": ["NL"], "name": ["Netherlands"], "capital": ["Amsterdam"]})})


def test_a_programme_does_not_change() -> None:
    programme = Programme.of(SETTINGS)
    with pytest.raises(TypeError):
        programme.tables["nations"] = pl.DataFrame()  # type: ignore[index]


def test_replacing_a_table_makes_a_new_programme() -> None:
    before = Programme.of(SETTINGS, NATIONS)
    after = before.replace(nations=before["nations"].head(2))
    assert (before["nations"].height, after["nations"].height) == (5, 2)
    assert before != after


def test_minus_zero_is_zero() -> None:
    programmes = [Programme.of(SETTINGS, Item(item="mast", name="Mast", mass=zero)) for zero in (0.0, -0.0)]
    assert programmes[0] == programmes[1]


@given(st.permutations(NATIONS))
def test_the_digest_does_not_depend_on_the_order_of_rows(rows: list[Nation]) -> None:
    assert Programme.of(SETTINGS, rows).digest == Programme.of(SETTINGS, NATIONS).digest
    assert hash(Programme.of(SETTINGS, rows)) == hash(Programme.of(SETTINGS, NATIONS))


@given(st.tuples(names, names), st.tuples(names, names))
def test_programmes_are_equal_only_where_their_cells_are(one: tuple[str, str], other: tuple[str, str]) -> None:
    def programme(pair: tuple[str, str]) -> Programme:
        return Programme.of(Nation(nation=pair[0], name=pair[1]))

    assert (programme(one) == programme(other)) == (one == other)


def test_a_blank_cell_is_not_an_empty_text() -> None:
    blank = Programme({"facts": facts(None)})
    assert blank != Programme({"facts": facts("")})


def facts(value: str | None) -> pl.DataFrame:
    cells = {"item": "i", "revision": "all", "fact": "endurance", "value": value, "unit": "", "source": ""}
    return pl.DataFrame([cells], schema=dict.fromkeys(cells, pl.String()))


def test_a_programme_is_not_equal_to_what_is_none() -> None:
    assert Programme.of(SETTINGS) != SETTINGS


def test_the_horizon_comes_from_the_settings() -> None:
    programme = Programme.of(SETTINGS)
    assert programme.settings == SETTINGS
    assert (programme.horizon.steps, programme.horizon.buckets) == (52, 22)


@pytest.mark.parametrize("rows", [[], [SETTINGS, SETTINGS.model_copy(update={"name": "Again"})]])
def test_there_is_exactly_one_row_of_settings(rows: list[Settings]) -> None:
    with pytest.raises(InvalidProgramme, match=f"settings holds exactly one row, not {len(rows)}"):
        _ = Programme.of(rows).settings


def test_a_programme_travels_to_another_process() -> None:
    programme = Programme.of(SETTINGS, NATIONS)
    assert pickle.loads(pickle.dumps(programme)) == programme  # noqa: S301 - our own bytes
