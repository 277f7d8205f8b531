"""`outwork convert` writes a programme wherever it is asked to and says what it could not carry."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from outwork import store
from outwork.cli.convert import register
from outwork.model.errors import Unreadable
from tests.store.formats.models import make, plan_xml, wish
from tests.store.formats.test_inventree import catalogue


def run(*words: str) -> Result:
    app = typer.Typer()
    register(app)
    app.callback()(lambda: None)  # with one command alone, typer would take its name for an argument
    return CliRunner().invoke(app, ["convert", *words], catch_exceptions=False)


@pytest.fixture
def masts(tmp_path: Path) -> Path:
    path = tmp_path / "masts.xml"
    path.write_bytes(plan_xml(make("turn", "mast", "<batchwindow>P9D</batchwindow>") + wish("mast")))
    return path


def test_a_model_of_frepple_becomes_a_programme_that_can_be_loaded(masts: Path, tmp_path: Path) -> None:
    result = run(str(masts), str(tmp_path / "masts.outwork"))
    assert result.exit_code == 0
    assert "1 demands" in result.output
    assert "batchwindow" in result.output
    assert store.load(tmp_path / "masts.outwork")["demands"].height == 1


def test_an_export_of_inventree_is_known_by_its_looks(tmp_path: Path) -> None:
    (tmp_path / "works.json").write_bytes(catalogue())
    assert run(str(tmp_path / "works.json"), str(tmp_path / "works")).exit_code == 0
    assert store.load(tmp_path / "works")["items"].height == 4


def test_a_programme_of_ones_own_is_sent_to_copy(masts: Path, tmp_path: Path) -> None:
    run(str(masts), str(tmp_path / "masts.outwork"))
    with pytest.raises(Unreadable, match=r"outwork copy .*masts\.outwork .*masts\.xlsx"):
        run(str(tmp_path / "masts.outwork"), str(tmp_path / "masts.xlsx"))
    assert not (tmp_path / "masts.xlsx").exists()


def test_a_rate_prices_what_is_offered_in_another_currency(tmp_path: Path) -> None:
    offer = ("company.supplierpart", 7, {"part": 4, "supplier": 1})
    price = ("company.supplierpricebreak", 8, {"part": 7, "quantity": 1, "price": 10, "price_currency": "CAD"})
    (tmp_path / "works.json").write_bytes(catalogue(offer, price))
    assert run(str(tmp_path / "works.json"), str(tmp_path / "works"), "--rate", "CAD=0.75").exit_code == 0
    assert store.load(tmp_path / "works")["supplies"].filter(item="glue")["price"].to_list() == [7.5]


@pytest.mark.parametrize("rate", ["USD", "USD=", "usd=1", "USD=-1", "USD=0", "USD=0.9=1"])
def test_a_rate_that_is_none_is_refused(masts: Path, tmp_path: Path, rate: str) -> None:
    refused = run(str(masts), str(tmp_path / "masts"), "--rate", rate)
    assert refused.exit_code == 2
    assert "such as USD=0.92" in " ".join(refused.output.replace("│", " ").split())


def test_a_model_in_one_currency_takes_no_rate(masts: Path, tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="leave out --rate"):
        run(str(masts), str(tmp_path / "masts"), "--rate", "USD=0.92")


def test_every_loss_is_written_where_it_is_asked_for(masts: Path, tmp_path: Path) -> None:
    run(str(masts), str(tmp_path / "masts"), "--losses", str(tmp_path / "losses.csv"))
    with (tmp_path / "losses.csv").open(encoding="utf-8", newline="") as stream:
        assert {row["what"] for row in csv.DictReader(stream)} == {"batchwindow"}


def test_start_steps_and_weeks_are_as_asked(masts: Path, tmp_path: Path) -> None:
    run(str(masts), str(tmp_path / "masts"), "--start", "2026-01-14", "--step-days", "7", "--weeks", "9")
    settings = store.load(tmp_path / "masts").settings
    assert (settings.start.isoformat(), settings.step_days, settings.weeks) == ("2026-01-12", 7, 9)


def test_a_file_of_no_known_format_is_refused_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "novel.json").write_text('{"once": "upon a time"}')
    with pytest.raises(Unreadable, match="--format frepple, inventree"):
        run(str(tmp_path / "novel.json"), str(tmp_path / "novel"))
    assert not (tmp_path / "novel").exists()
