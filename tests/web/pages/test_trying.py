from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from outwork import plan
from outwork.model.asker import Asker, Role
from outwork.model.frames import from_columns
from outwork.model.outcome import Amendment, MadeBy, Outcome, Pointer, Reason, Status
from outwork.model.tables import BY_NAME
from outwork.solve.watch import Stop
from outwork.store.service import Desk, jobs, scenarios, told
from outwork.web.jobs.verbs import VERBS, PromiseOptions
from outwork.web.pages.why import mark
from tests.web.conftest import Person, kinds

OLENA = Asker("olena", "Olena", Role.OFFICE, "", "")


def remedy(desk: Desk) -> Reason:
    """A reason as `plan` tells it, about a demand of the small programme, kept as its answer."""
    demand = desk.snapshot().programme["demands"].row(0, named=True)
    row = Pointer("demands", (demand["demand"],))
    amendment = Amendment("demands", (("demand", demand["demand"]),), (("quantity", 2.0),))
    reason = Reason("capacity", "It is late.", (row,), "demands: quantity 2 (fewer): sooner", 14.0, "day", amendment)
    hidden = Reason("capacity", "It costs 5 EUR.", (row,))
    with desk.writing(OLENA) as writing:
        told.keep(writing, "plan", Outcome(Status.DONE, "The plan costs 1 EUR.", 1.0), (reason, hidden), MadeBy("0", {}, 0, ""))
    return reason


def test_a_remedy_becomes_a_scenario_by_one_click_which_can_be_planned_and_removed(
    desk: Desk, person: Callable[..., Person]
) -> None:
    reason, olena = remedy(desk), person("olena")
    assert mark(reason) in olena.get("/why").text
    answer = olena.fill("/scenarios", remedy=mark(reason))
    assert answer.status_code == 303
    path = answer.headers["location"]
    page = olena.get(path)
    assert "quantity 4 -&gt; 2" in page.text
    asked = olena.fill(f"{path}/plan")
    with desk.reading() as connection:
        (job,) = jobs.unfinished(connection)
    assert asked.headers["location"] == f"/jobs/{job.job}"
    assert (job.verb, f"/scenarios/{job.scenario}") == ("plan", path)
    assert olena.fill(f"{path}/remove").headers["location"] == "/scenarios"
    assert olena.get(path).status_code == 404
    assert {"make a scenario", "ask for a job", "remove a scenario"} <= set(kinds(desk))


def test_a_remedy_that_is_not_told_any_more_makes_nothing_and_says_so(desk: Desk, person: Callable[..., Person]) -> None:
    remedy(desk)
    answer = person("olena").fill("/scenarios", remedy="0" * 16)
    assert answer.status_code == 422
    assert "not told any more" in answer.text
    with desk.reading() as connection:
        assert scenarios.listed(connection) == []


def test_a_cell_is_changed_in_a_scenario_and_a_wrong_one_is_refused_with_all_that_was_typed(
    desk: Desk, person: Callable[..., Person]
) -> None:
    olena = person("olena")
    path = olena.fill("/scenarios", name="Fewer").headers["location"]
    demand = desk.snapshot().programme["demands"]["demand"][0]
    wrong = olena.fill(f"{path}/change", table="demands", key=demand, column="quantity", value="two")
    assert wrong.status_code == 422
    assert "is not a number" in wrong.text
    assert 'value="two"' in wrong.text
    assert olena.fill(f"{path}/change", table="demands", key=demand, column="quantity", value="2").status_code == 303
    assert "quantity 4 -&gt; 2" in olena.get(path).text


def test_a_planned_scenario_is_set_beside_the_plan(desk: Desk, person: Callable[..., Person]) -> None:
    olena, demand = person("olena"), desk.snapshot().programme["demands"].row(0, named=True)
    key = olena.fill("/scenarios", name="Sooner").headers["location"].rpartition("/")[2]

    def promised(late: float) -> dict[str, object]:
        columns = {name: [demand[name]] for name in ("demand", "item", "site", "due", "quantity")}
        more = {"on_time": [4.0 - late], "late": [late], "short": [0.0], "complete": [demand["due"]], "weeks_late": [late]}
        return {"promises": from_columns(BY_NAME["promises"], columns | more)}

    with desk.writing(OLENA) as writing:
        writing.answer(promised(3.0))  # type: ignore[arg-type]
        scenarios.keep(writing, key, promised(0.0))  # type: ignore[arg-type]
    page = re.sub(r"\s+", " ", olena.get(f"/scenarios/{key}").text)
    assert 'Weeks late, added up</th><td class="number">3</td><td class="number">0</td>' in page


@pytest.mark.parametrize("path", ["/scenarios", "/promising"])
@pytest.mark.parametrize("who", ["marta", "jan"])
def test_scenarios_and_promises_are_for_who_plans_the_whole(person: Callable[..., Person], path: str, who: str) -> None:
    assert person(who).get(path).status_code == 404
    assert person(who).fill(path, name="x").status_code == 404


def test_an_ask_becomes_a_job_and_a_wrong_one_keeps_what_was_typed(desk: Desk, person: Callable[..., Person]) -> None:
    olena, demand = person("olena"), desk.snapshot().programme["demands"].row(0, named=True)
    ask = {"item": demand["item"], "site": demand["site"], "quantity": "40", "by": demand["due"].isoformat()}
    unplanned = olena.fill("/promising", **ask)
    assert unplanned.status_code == 422
    assert "There is no plan" in unplanned.text
    assert f'value="{demand["item"]}"' in unplanned.text
    assert olena.fill("/promising", **{**ask, "by": "31.12.2026"}).status_code == 422


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/plan",
        "/network",
        "/gantt",
        "/capacity",
        "/demand",
        "/pegging",
        "/why",
        "/clearances",
        "/matches",
        "/air",
    ],
)
def test_a_page_whose_address_cannot_be_read_says_so_and_shows_the_rest(person: Callable[..., Person], path: str) -> None:
    olena = person("olena")
    assert olena.get(path).status_code == 200
    if path != "/air":
        wrong = olena.get(path, params={"since": "tomorrow"})
        assert wrong.status_code == 400
        assert 'role="alert"' in wrong.text


def test_a_scenario_is_taken_over_with_its_plan_where_that_holds(desk: Desk, person: Callable[..., Person]) -> None:
    olena, before = person("olena"), desk.snapshot()
    path = olena.fill("/scenarios", name="Dearer").headers["location"]
    item = before.programme["items"]["item"][0]
    assert olena.fill(f"{path}/change", table="items", key=item, column="value", value="77").status_code == 303
    with desk.reading() as connection:
        changed = scenarios.find(connection, path.rpartition("/")[2]).applied(before.programme)
    answer = plan.run(changed, plan.Options(explain=False))
    with desk.writing(OLENA) as writing:
        scenarios.keep(writing, path.rpartition("/")[2], answer.tables)
        told.keep(writing, "plan", answer.outcome, answer.why, answer.made_by, scenario=path.rpartition("/")[2])
    assert olena.fill(f"{path}/take").headers["location"] == "/plan"
    after = desk.snapshot()
    assert after.programme == changed
    assert after.results["promises"].equals(answer.tables["promises"])
    assert olena.get(path).status_code == 404
    with desk.reading() as connection:
        assert told.all_of(connection)["plan"].outcome == answer.outcome


def test_a_scenario_whose_rows_somebody_changed_since_is_not_taken_over(desk: Desk, person: Callable[..., Person]) -> None:
    olena = person("olena")
    item = desk.snapshot().programme["items"]["item"][0]
    paths = [olena.fill("/scenarios", name=name).headers["location"] for name in ("One", "Other")]
    for path, value in zip(paths, ("77", "78"), strict=True):
        assert olena.fill(f"{path}/change", table="items", key=item, column="value", value=value).status_code == 303
    assert olena.fill(f"{paths[0]}/take").headers["location"] == "/plan"
    refused = olena.fill(f"{paths[1]}/take")
    assert refused.status_code == 422
    assert "was changed by olena" in refused.text


def test_an_ask_is_first_answered_beside_the_plan_and_then_with_the_plan_moved_around_it(
    desk: Desk, person: Callable[..., Person]
) -> None:
    olena, demand = person("olena"), desk.snapshot().programme["demands"].row(0, named=True)
    tables = plan.run(desk.snapshot().programme, plan.Options(explain=False)).tables
    with desk.writing(OLENA) as writing:
        writing.answer(tables)
    ask = {"item": demand["item"], "site": demand["site"], "quantity": "1", "by": demand["due"].isoformat()}
    assert olena.fill("/promising", **ask).status_code == 303
    with desk.reading() as connection:
        (job,) = jobs.unfinished(connection)
    done = VERBS["promise"].run(desk.snapshot(), PromiseOptions.model_validate(job.options), lambda _: None, Stop())
    with desk.writing(OLENA) as writing:
        told.keep(writing, "promise", done.outcome, (), done.made_by, done.more, f"job {job.job}")
        jobs.finish(writing, job.job, "done", done.outcome.sentence)
    page = olena.get("/promising").text
    assert "nothing that is planned is moved" in page
    assert olena.fill(f"/promising/{job.job}/around").status_code == 303
    with desk.reading() as connection:
        (again,) = jobs.unfinished(connection)
    assert again.options == {**job.options, "around": True}
    assert "planned anew" in olena.get("/promising").text
    assert olena.fill("/promising/99/around").status_code == 404


def test_the_rows_behind_a_page_are_taken_away_narrowed_as_it_is(desk: Desk, person: Callable[..., Person]) -> None:
    olena, before = person("olena"), desk.snapshot()
    tables = plan.run(before.programme, plan.Options(explain=False)).tables
    with desk.writing(OLENA) as writing:
        writing.answer(tables)
    item = before.programme["demands"]["item"][0]
    page = olena.get("/demand", params={"item": item}).text
    assert f'href="/taken/promises.xlsx?item={item}"' in page
    some, none = (olena.get("/taken/promises.csv", params={"item": name}).text.splitlines() for name in (item, "nothing"))
    assert (len(some), len(none)) == (2, 1)
    late = olena.get("/taken/promises.csv", params={"since": "2030-01-01"}).text.splitlines()
    assert late == none
    assert olena.get("/taken/promises.xlsx").content.startswith(b"PK")
    assert person("marta").get("/taken/nothing.csv").status_code == 404
