"""frePPLe's expected plans are read, told as plans of ours, and compared in the same money."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import polars as pl
import pytest

from outwork.model.errors import Unreadable
from outwork.plan.replay import check
from outwork.store.formats.frepple import Translated, compare, expect
from outwork.store.formats.frepple.expect import Expected
from outwork.store.formats.frepple.replay import as_plan
from tests.store.formats.models import make, takes, translated, wish

OFFER = (
    '<suppliers><supplier name="Oak"><itemsuppliers><itemsupplier><item name="log"/><leadtime>P7D</leadtime>'
    "</itemsupplier></itemsuppliers></supplier></suppliers>"
)
WEEKDAYS = (
    '<calendars><calendar name="week" default="0"><buckets><bucket value="1" days="62"/></buckets></calendar></calendars>'
    '<resources><resource name="lathe"><location name="yard"/><available name="week"/></resource></resources>'
)
TURN = make(
    "turn", "mast", f'<flows>{takes("log")}</flows><loads><load><resource name="lathe"/></load></loads>', "time_per",
    'duration_per="PT2H"',
)  # fmt: skip
MODEL = WEEKDAYS + OFFER + TURN + wish("mast", quantity=30, due="2026-01-13T00:00:00")


@pytest.fixture
def works() -> Translated:
    return translated(MODEL)


def told(tmp_path: Path, *lines: str) -> Expected:
    (tmp_path / "masts.1.expect").write_text("\n".join(line.replace("|", "\t") for line in lines))
    return expect.read(tmp_path / "masts.1.expect")


WHEN = "2026-01-01T00:00:00 / 2026-01-05T00:00:00"
GOOD = (
    "OPERATION|Purchase log @ yard from Oak|2026-01-05T00:00:00|2026-01-12T00:00:00|30",
    "OPERATION|turn|2026-01-16T00:00:00|2026-01-20T12:00:00|30",
    "DEMAND|order for mast|2026-01-20T12:00:00|30|later than 2026-01-13T00:00:00",
    f"DEMAND CONSTRAINT|order for mast|Purchasing lead time on 'Purchase log @ yard from Oak'|{WHEN}",
    f"DEMAND CONSTRAINT|order for mast|Resource 'lathe' has capacity shortage|{WHEN}",
    f"DEMAND CONSTRAINT|order for mast|Buffer 'log @ yard' has material shortage|{WHEN}",
)


def test_every_kind_of_line_is_read(tmp_path: Path) -> None:
    plan = told(
        tmp_path, *GOOD, "BUFFER|log @ yard|2026-01-12T00:00:00|30|30", "RESOURCE|lathe|2026-01-16T00:00:00|1|1",
        "DEMAND|boom|planned 5 units short", "PROBLEM|late|words|1971-01-01T00:00:00 / 2030-12-31T00:00:00",
    )  # fmt: skip
    assert plan.operations["status"].to_list() == ["proposed", "proposed"]
    assert plan.demands.filter(pl.col("demand") == "boom")["short"].to_list() == [5]
    assert plan.buffers.row(0) == ("log @ yard", datetime(2026, 1, 12), 30, 30)  # noqa: DTZ001  # frePPLe's times have no zone
    assert (plan.resources.height, plan.problems.height, plan.constraints.height) == (1, 1, 3)


@pytest.mark.parametrize(
    "line", ["SPELL|x|y", "OPERATION|turn|soon|later|3", "BUFFER|b|2026-01-12T00:00:00", "DEMAND|d|2026-01-12T00:00:00|many"]
)
def test_a_line_of_no_plan_is_refused_with_its_number(line: str, tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="line 2"):
        told(tmp_path, GOOD[0], line)


def test_an_order_is_spread_over_the_open_days_that_it_is_worked_on(works: Translated, tmp_path: Path) -> None:
    makes = as_plan(works, told(tmp_path, *GOOD))["make"]
    assert {start.isoformat(): round(quantity) for start, quantity in makes.select("start", "quantity").iter_rows()} == {
        "2026-01-16": 12, "2026-01-19": 12, "2026-01-20": 6,
    }  # fmt: skip


def test_a_plan_that_keeps_the_rules_replays_without_a_breach(works: Translated, tmp_path: Path) -> None:
    assert check(works.programme, as_plan(works, told(tmp_path, *GOOD))).breaches == ()


@pytest.mark.parametrize(
    ("line", "worse", "code"),
    [
        (0, "OPERATION|Purchase log @ yard from Oak|2026-01-05T00:00:00|2026-01-12T00:00:00|29", "stock"),
        (0, "OPERATION|Purchase log @ yard from Oak|2026-01-10T00:00:00|2026-01-17T00:00:00|30", "stock"),
        (1, "OPERATION|turn|2026-01-16T00:00:00|2026-01-16T12:00:00|30", "hours"),
        (1, "OPERATION|turn|2026-01-17T00:00:00|2026-01-18T12:00:00|30", "hours"),
        (2, "DEMAND|order for mast|2026-01-19T00:00:00|30", "stock"),
        (2, "DEMAND|order for mast|2026-01-20T12:00:00|31", "stock"),
    ],
)
def test_a_plan_that_cheats_is_caught(line: int, worse: str, code: str, works: Translated, tmp_path: Path) -> None:
    lines = [*GOOD[:line], worse, *GOOD[line + 1 :]]
    assert code in {breach.code.value for breach in check(works.programme, as_plan(works, told(tmp_path, *lines))).breaches}


def test_alternatives_are_used_up_as_the_buffers_show(tmp_path: Path) -> None:
    group = "<name>wood</name>"
    flows = f"<flows>{takes('oak', 1, group)}{takes('pine', 2, group)}</flows>"
    stock = '<buffers><buffer name="oak @ yard" onhand="4"/><buffer name="pine @ yard" onhand="12"/></buffers>'
    works = translated(stock + make("turn", "mast", flows) + wish("mast"))
    plan = as_plan(works, told(
        tmp_path, "BUFFER|oak @ yard|2026-01-06T00:00:00|-4|0", "BUFFER|pine @ yard|2026-01-06T00:00:00|-12|0",
        "OPERATION|turn|2026-01-06T00:00:00|2026-01-07T00:00:00|10", "DEMAND|order for mast|2026-01-07T00:00:00|10",
    ))  # fmt: skip
    assert dict(plan["use"].select("item", "quantity").iter_rows()) == {"oak": 4, "pine": 12}
    assert check(works.programme, plan).breaches == ()


def test_moves_that_the_translation_adds_happen_when_they_are_needed(tmp_path: Path) -> None:
    far = '<flow xsi:type="flow_start"><item name="log"/><location name="forest"/><quantity>-1</quantity></flow>'
    stock = '<buffers><buffer name="log @ forest" onhand="10"/></buffers>'
    works = translated(stock + make("turn", "mast", f"<flows>{far}</flows>") + wish("mast"))
    plan = as_plan(works, told(
        tmp_path, "OPERATION|turn|2026-01-06T00:00:00|2026-01-07T00:00:00|10", "DEMAND|order for mast|2026-01-07T00:00:00|10",
    ))  # fmt: skip
    assert plan["ship"].select("origin", "destination", "start").row(0) == ("forest", "yard", date(2026, 1, 6))
    assert check(works.programme, plan).breaches == ()


def test_lateness_counts_units_times_weeks_and_shortage_units(works: Translated, tmp_path: Path) -> None:
    lines = (*GOOD[:2], "DEMAND|order for mast|2026-01-20T12:00:00|20", "DEMAND|order for mast|planned 10 units short")
    deliver = as_plan(works, told(tmp_path, *lines))["deliver"]
    (told_row,) = compare.lateness(works.programme, deliver).to_dicts()
    assert (told_row["on_time"], told_row["late"], told_row["short"], told_row["unit_weeks"]) == (0, 20, 10, 20)
    (demand,) = works.programme["demands"].to_dicts()
    assert told_row["cost"] == pytest.approx(20 * demand["lateness"] + 10 * demand["shortage"])
    assert compare.weighted(works.programme, deliver) == told_row["cost"]


def test_causes_point_at_the_rows_that_they_became(works: Translated, tmp_path: Path) -> None:
    found = compare.causes(works, told(tmp_path, *GOOD)).select("cause", "table", "key").rows()
    assert found == [
        ("lead time", "supplies", ["log", "yard", "Oak"]), ("capacity", "resources", ["lathe"]), ("material", "items", ["log"]),
    ]  # fmt: skip


def test_a_model_of_one_demand_is_known_as_such(works: Translated) -> None:
    assert compare.single(works.programme) == "order for mast"
    assert compare.single(translated(MODEL + wish("boom")).programme) is None
