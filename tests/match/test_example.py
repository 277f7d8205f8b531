"""What the taxonomy that is shipped makes of the example programme."""

from __future__ import annotations

from functools import cache

import polars as pl
import pytest

from outwork import match
from outwork.cli.demo import example
from outwork.match.consortium.run import Extent
from outwork.match.explain import site
from outwork.model.errors import UnknownName
from outwork.model.programme import Programme
from outwork.store import check, sense, taxonomy
from outwork.store.door import of_frames

QUICK = Extent(unlike=1, days=0, questions=2)
"""Little is told, where little is looked at."""


@cache
def vocabulary() -> match.Vocabulary:
    return match.Vocabulary.read(taxonomy.texts())


@cache
def answered() -> match.Result:
    return match.run(example(), match.Options(design="corncrake"), vocabulary())


def pair(operation: str, where: str) -> dict[str, object]:
    (row,) = answered().tables["candidates"].filter(operation=operation, site=where).to_dicts()
    return row


def test_the_car_factory_is_found_with_its_one_gap() -> None:
    row = pair("test-corncrake", "ostrava")
    assert (row["verdict"], row["failed"], row["unknown"]) == ("cannot", "certificate", "")
    gap = answered().tables["gaps"].filter(operation="test-corncrake", site="ostrava")
    assert gap.select("need", "wanted", "held").rows() == [("certificate", "ISO/IEC 17025", "none")]
    assert gap["days_p10"].item() < gap["days"].item() < gap["days_p90"].item()


def test_who_makes_a_thing_today_can_make_it_although_its_record_has_blanks() -> None:
    row = pair("assemble-corncrake", "wroclaw")
    assert (row["verdict"], row["rule"]) == ("can", "makes it today: qualifications.status")
    assert pair("assemble-corncrake", "tampere")["verdict"] == "unknown"


def test_every_operation_of_the_example_can_be_done_somewhere() -> None:
    told = answered().tables["candidates"]
    assert set(told.filter(verdict="can")["operation"]) == set(example()["operations"]["operation"])


def test_the_cheapest_consortium_rests_on_nothing_open_and_is_proven() -> None:
    first = answered().tables["consortia"].row(0, named=True)
    assert (first["kind"], first["rests_on"], first["quantity"]) == ("cheapest", "known", 160.0)
    assert first["bound"] == pytest.approx(first["cost"], rel=1e-4)
    shares = answered().tables["parts"].filter(consortium=first["consortium"]).group_by("operation").agg(pl.col("share").sum())
    assert shares["share"].to_list() == pytest.approx([1.0] * shares.height, abs=1e-5)


def test_plan_is_handed_the_car_factory_and_nothing_that_is_not_known() -> None:
    handed = answered().programme
    added = handed["qualifications"].join(example()["qualifications"], on=["operation", "site"], how="anti")
    assert ("test-corncrake", "ostrava") in set(added.select("operation", "site").iter_rows())
    assert set(added["status"]) == {"possible"}
    unknown = answered().tables["candidates"].filter(pl.col("unknown") != "").select("operation", "site")
    assert not set(added.select("operation", "site").iter_rows()) & set(unknown.iter_rows())
    sheets = of_frames(dict(handed.tables))
    assert not check.faults(sheets)
    assert not list(sense.nonsense(sheets, frozenset()))


def test_a_machine_that_does_it_by_other_words_is_written_down_for_plan() -> None:
    worded = example()
    operations = worded["operations"].with_columns(process=pl.col("process").replace("machining", "Zerspanung"))
    loads = worded["loads"].with_columns(process=pl.col("process").replace("machining", "Zerspanung"))
    rows = worded["qualifications"].filter(~pl.col("operation").str.starts_with("mill-"))
    found = match.run(
        worded.replace(operations=operations, loads=loads, qualifications=rows),
        match.Options(design="receiver-case", extent=QUICK),
        vocabulary(),
    )
    assert ("leipzig-mill", "Zerspanung") in set(found.programme["capabilities"].select("resource", "process").iter_rows())


def test_a_summary_has_at_most_fifteen_lines_and_names_the_gap() -> None:
    lines = answered().summary().splitlines()
    assert len(lines) <= 15
    assert any("test-corncrake at ostrava" in line and "ISO/IEC 17025" in line for line in lines)


def test_a_site_is_told_what_it_could_get() -> None:
    told = list(site(answered().found, example(), "ostrava"))
    assert any("ISO/IEC 17025" in line and "corncrake" in line for line in told)


@pytest.mark.parametrize(("design", "near"), [("corncrak", "corncrake"), ("radio-module", "")])
def test_a_design_that_nobody_makes_is_refused_with_the_nearest(design: str, near: str) -> None:
    with pytest.raises(UnknownName, match=f"no operation makes '{design}'.*{near}"):
        match.run(example(), match.Options(design=design), vocabulary())


def test_a_record_of_which_nothing_is_known_makes_no_site_impossible() -> None:
    part = example()["sites"].with_columns(record=pl.lit("part"))
    bare = example().replace(sites=part, certificates=example()["certificates"].clear())
    told = match.run(bare, match.Options(design="corncrake", extent=QUICK), vocabulary()).tables["candidates"]
    assert "cannot" not in set(told.filter(operation="test-corncrake", site="ostrava")["verdict"])


def shuffled(programme: Programme) -> Programme:
    return programme.replace(**{name: frame.reverse() for name, frame in programme.tables.items()})


def test_the_order_of_rows_changes_nothing() -> None:
    options = match.Options(design="bittern", extent=QUICK)
    one, other = (match.run(each, options, vocabulary()) for each in (example(), shuffled(example())))
    for name, frame in one.tables.items():
        assert frame.equals(other.tables[name]), name


def test_a_design_without_any_site_is_answered_with_what_is_missing() -> None:
    kept = ("settings", "nations", "items", "operations", "components", "loads")
    alone = Programme({name: example()[name] for name in kept})
    told = match.run(alone, match.Options(), vocabulary())
    assert told.tables["consortia"].is_empty()
    assert {reason.code for reason in told.why} == {"no site"}


def test_where_nothing_is_demanded_what_goes_into_nothing_else_is_a_design() -> None:
    idle = example().replace(demands=example()["demands"].clear(), shares=example()["shares"].clear())
    told = match.run(idle, match.Options(extent=QUICK), vocabulary())
    assert set(told.tables["consortia"]["item"]) == {"bittern", "corncrake", "dunlin", "lapwing"}
