from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute, iter_route_contexts
from starlette.routing import BaseRoute, Route

from outwork.store.service import Desk
from outwork.web.app import create_app
from outwork.web.desk import here
from outwork.web.security.headers import EVERY
from outwork.web.settings import Bodies, Pace
from tests.web.conftest import OWN, SETTINGS, Person

People = Callable[..., Person]
PUBLIC = {
    "/sign-in": "asks who it is",
    "/sign-in/provider": "asks who it is",
    "/sign-in/provider/return": "asks who it is",
    "/language": "a choice of the browser",
    "/healthz": "says that the service runs, and nothing else",
    "/api/openapi.json": "the same for every programme, and published",
    "/assets": "the same for every programme, and published",
}
"""Paths that answer whoever asks, and why they may."""


def every_route(app: FastAPI) -> list[BaseRoute]:
    return [context.original_route for context in iter_route_contexts(app.routes)]


def decides(dependant: Dependant) -> bool:
    """Whether a route, or anything that it depends on, asks who is there."""
    return dependant.call is here or any(decides(each) for each in dependant.dependencies)


def test_every_route_asks_who_is_there_or_is_named_as_public(app: FastAPI) -> None:
    open_paths = {
        str(getattr(route, "path", route))
        for route in every_route(app)
        if not (isinstance(route, APIRoute) and decides(route.dependant))
    }
    assert open_paths == set(PUBLIC)
    assert sum(isinstance(route, APIRoute) for route in every_route(app)) > 20


def asked(app: FastAPI) -> Iterator[tuple[str, str]]:
    for route in every_route(app):
        if isinstance(route, Route) and route.path not in PUBLIC:
            for method in sorted(route.methods or ()):
                yield method, route.path.replace("{number}", "1").replace("{", "").replace("}", "")


def test_every_route_refuses_a_stranger_and_carries_every_header(app: FastAPI, person: People) -> None:
    stranger = person()
    for method, path in asked(app):
        answer = stranger.request(method, path)
        assert answer.status_code == 401, (method, path)
        assert {name: answer.headers.get(name) for name in EVERY} == EVERY, path
    for path in ("/healthz", "/sign-in", "/nowhere", "/assets/nothing.js"):
        assert {name: stranger.get(path).headers.get(name) for name in EVERY} == EVERY, path


def test_every_change_without_the_token_of_its_session_is_refused(app: FastAPI, person: People) -> None:
    olena = person("olena")
    for method, path in asked(app):
        if method not in {"GET", "HEAD"}:
            assert olena.request(method, path).status_code == 403, path
            assert olena.request(method, path, headers={"X-CSRF-Token": "of another session"}).status_code == 403, path
    assert olena.get("/").status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://elsewhere.test"},
        {"Origin": "null"},
        {"Origin": "https://testserver"},
        {"Origin": "http://testserver:8000"},
        {"Origin": OWN, "Sec-Fetch-Site": "cross-site"},
        {"Origin": OWN, "Sec-Fetch-Site": "same-site"},
    ],
)
def test_a_change_from_another_site_is_refused_even_with_the_token(person: People, headers: dict[str, str]) -> None:
    olena = person("olena")
    assert olena.post("/sign-out", data={"csrf": olena.csrf}, headers=headers).status_code == 403
    assert person().post("/sign-in", data={"account": "olena", "password": "x"}, headers=headers).status_code == 403


def test_a_change_that_does_not_say_where_it_comes_from_is_refused(person: People) -> None:
    olena = person("olena")
    csrf = olena.csrf
    del olena.headers["Origin"]
    assert olena.post("/sign-out", data={"csrf": csrf}).status_code == 403
    assert olena.post("/sign-out", data={"csrf": csrf}, headers={"Sec-Fetch-Site": "same-origin"}).status_code == 303


def test_the_token_may_come_as_a_header(person: People) -> None:
    olena = person("olena")
    assert olena.post("/sign-out", headers={"X-CSRF-Token": olena.csrf}).status_code == 303


@pytest.mark.parametrize("host", ["elsewhere.test", "testserver.elsewhere.test", "", "testserver@elsewhere.test"])
def test_whoever_calls_the_service_by_another_name_is_refused(person: People, host: str) -> None:
    answer = person("olena").get("/", headers={"Host": host})
    assert answer.status_code == 421
    assert "Trial" not in answer.text


def test_what_is_not_there_and_what_is_for_others_are_told_alike(person: People) -> None:
    marta = person("marta")
    pages = [marta.get(path) for path in ("/nowhere", "/audit", "/accounts", "/accounts/olena", "/metrics")]
    assert {page.status_code for page in pages} == {404}
    assert len({page.text.replace(page.request.url.path, "") for page in pages}) == 1


def test_below_api_a_problem_is_told_as_problem_details(person: People) -> None:
    answer = person("marta").get("/api/nowhere", headers={"Accept-Language": "uk"})
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json() | {"detail": ""} == {"type": "about:blank", "title": "Not Found", "status": 404, "detail": ""}
    stranger = person().get("/api/docs", headers={"Accept-Language": "uk, en;q=0.5"})
    assert stranger.status_code == 401
    assert stranger.headers["WWW-Authenticate"] == "Bearer"
    assert stranger.json()["detail"].startswith("Ви не ввійшли")


def test_who_asks_too_often_is_told_when_to_come_back(desk: Desk) -> None:
    app = create_app(desk, replace(SETTINGS, pace=Pace(each_second=0.5, at_once=3)))
    stranger = Person(app)
    assert [stranger.get("/sign-in").status_code for _ in range(4)] == [200, 200, 200, 429]
    assert 1 <= int(stranger.get("/sign-in").headers["Retry-After"]) <= 3
    assert Person(app, address="192.0.2.9").get("/sign-in").status_code == 200


def test_a_stranger_may_send_little_and_who_is_signed_in_more(desk: Desk) -> None:
    app = create_app(desk, replace(SETTINGS, bodies=Bodies(signed=100_000, anybody=1_000)))
    assert Person(app).sign_in("olena", "x" * 2_000).status_code == 413
    olena = Person(app, "olena")
    assert olena.fill("/account/tokens", name="x" * 2_000, days="30").status_code == 422
    answer = olena.fill("/account/tokens", name="x" * 200_000, days="30")
    assert answer.status_code == 413
    assert EVERY["Content-Security-Policy"] == answer.headers["Content-Security-Policy"]


def test_a_failure_of_ours_is_a_page_with_every_header_and_without_its_words(
    app: FastAPI, person: People, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    olena = person("olena")
    monkeypatch.setattr(Desk, "snapshot", lambda _: 1 / 0)
    answer = olena.get("/?item=mast")
    assert answer.status_code == 500
    assert "division" not in answer.text
    assert {name: answer.headers.get(name) for name in EVERY} == EVERY
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert any("ZeroDivisionError" in line.get("exception", "") for line in lines)
    assert app.state.service.settings == SETTINGS


def test_the_log_names_routes_and_not_what_was_asked_for(person: People, capsys: pytest.CaptureFixture[str]) -> None:
    olena = person("olena")
    olena.get("/accounts/piet?name=secret")
    told = capsys.readouterr().err
    line = json.loads(told.splitlines()[-1])
    assert (line["route"], line["status"], line["method"]) == ("/accounts/{account}", 200, "GET")
    assert "secret" not in told
    assert "piet" not in told
    assert len(line["request"]) == 16


def test_an_expired_session_answers_a_form_with_the_way_back_to_its_page(person: People) -> None:
    olena = person("olena")
    csrf = olena.csrf
    olena.cookies.clear()
    form = {"csrf": csrf, "name": "typed"}
    answer = olena.post("/accounts/piet", data=form, headers={"Referer": f"{OWN}/accounts/piet?x=1"})
    assert answer.status_code == 401
    assert 'name="back" value="/accounts/piet?x=1"' in answer.text
    partial = olena.get("/jobs", headers={"HX-Request": "true", "HX-Current-URL": f"{OWN}/accounts"})
    assert partial.status_code == 401
    assert 'name="back" value="/accounts"' in partial.text
    elsewhere = olena.post("/accounts/piet", data=form, headers={"Referer": "https://elsewhere.test/accounts"})
    assert 'name="back" value="/"' in elsewhere.text


def test_telemetry_is_off_whatever_the_environment_says(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FASTAPI_OTEL_AUTO_CONFIGURE", "true")
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", "http://192.0.2.1:4318")
    telemetry = create_app(desk, SETTINGS)._telemetry
    assert not any(telemetry[name] for name in ("tracing", "metrics", "logs", "operation_spans", "auto_configure"))  # type: ignore[literal-required]
