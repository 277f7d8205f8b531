from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from outwork import store
from outwork.cli.demo import example
from outwork.cli.main import app

runner = CliRunner()


@pytest.fixture
def place(tmp_path: Path) -> str:
    """The example programme in a file."""
    found = str(tmp_path / "reedbed.outwork")
    store.save(example(), found)
    return found


def outwork(*words: str) -> tuple[int, str]:
    ended = runner.invoke(app, list(words))
    return ended.exit_code, ended.output


def test_the_answer_is_printed_and_kept(place: str) -> None:
    status, said = outwork("match", place, "--design", "bittern")
    assert status == 0
    assert "200 bittern could be made by" in said
    assert store.load_results(place)["consortia"].height >= 1


def test_what_plan_is_to_read_is_written_elsewhere(place: str, tmp_path: Path) -> None:
    ready = str(tmp_path / "ready.outwork")
    assert outwork("match", place, "--design", "bittern", "--to", ready)[0] == 0
    assert store.load(ready)["qualifications"].height > store.load(place)["qualifications"].height


def test_words_that_a_person_confirms_are_kept_and_open_a_site(place: str) -> None:
    before = outwork("match", place, "--site", "zwolle")[1]
    status, after = outwork(
        "match", place, "--site", "zwolle", "--confirm", "Alles met draad en stekker=harness", "--by", "M. Verhoef"
    )
    assert (status, "wire-field-harness" in before, "wire-field-harness" in after) == (0, False, True)
    rows = store.load(place)["aliases"].select("text", "process", "confirmed_by").rows()
    assert ("Alles met draad en stekker", "harness", "M. Verhoef") in rows


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--confirm", "x=milling"), "add --by NAME"),
        (("--confirm", "milling", "--by", "A"), "write words and their process"),
        (("--confirm", "x=miling", "--by", "A"), "did you mean 'milling'"),
        (("--site", "leipzg"), "did you mean 'leipzig'"),
        (("--design", "bitern"), "did you mean 'bittern'"),
        (("--without", "leipzg"), "did you mean 'leipzig'"),
    ],
)
def test_what_cannot_be_meant_is_named_with_the_nearest(place: str, words: tuple[str, ...], said: str) -> None:
    status, told = outwork("match", place, *words)
    assert status == 2
    assert said in told


def test_what_changed_between_two_programmes_is_told(place: str, tmp_path: Path) -> None:
    other = str(tmp_path / "other.outwork")
    store.save(example().replace(certificates=example()["certificates"].filter(site="leipzig")), other)
    status, told = outwork("match", other, "--against", place)
    assert status == 0
    assert "dropped out: " in told
    assert outwork("match", place, "--against", place)[1].strip() == "No site drops out and none comes in."
