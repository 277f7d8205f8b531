from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from fastapi import FastAPI
from sqlalchemy import text

from outwork.store.service import Desk
from outwork.store.service.schema import STATE
from outwork.web.built import KEPT, Manifest, Part
from outwork.web.parts import Built, Parts
from tests.web.conftest import Person

People = Callable[..., Person]


def test_a_service_that_runs_says_so_and_nothing_else(person: People) -> None:
    answer = person().get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


def test_a_service_without_its_database_says_so(person: People, desk: Desk) -> None:
    if desk.engine.dialect.name == "postgresql":
        with desk.engine.begin() as connection:
            connection.execute(text(f"DROP TABLE {STATE.name}"))
    else:
        desk.engine.dispose()
        Path(desk.where).write_bytes(b"this is no database, and long enough to be read as the header of one" * 20)
        for beside in ("-wal", "-shm"):
            Path(desk.where + beside).unlink(missing_ok=True)
    assert person().get("/healthz").status_code == 503


def test_requests_are_counted_by_the_templates_of_their_routes(person: People) -> None:
    olena = person("olena")
    olena.get("/accounts/piet")
    olena.get("/accounts/marta")
    olena.get("/nowhere/secret")
    told = olena.get("/metrics").text
    assert 'outwork_requests_total{method="GET",route="/accounts/{account}",status="200"} 2.0' in told
    assert 'outwork_requests_total{method="GET",route="none",status="404"} 1.0' in told
    assert 'outwork_request_seconds_count{route="/accounts/{account}"} 2.0' in told
    assert "outwork_sessions 1.0" in told
    assert "secret" not in told


def test_only_the_office_and_auditors_read_what_was_counted(person: People) -> None:
    assert person("piet").get("/metrics").status_code == 200
    assert person("marta").get("/metrics").status_code == 404
    assert person().get("/metrics").status_code == 401


def test_the_description_of_the_api_is_shown_with_our_own_files(person: People) -> None:
    page = person("marta").get("/api/docs").text
    assert 'data-openapi="/api/openapi.json"' in page
    assert "//" not in page.replace("<!--", "")
    assert person().get("/api/openapi.json").json()["openapi"].startswith("3.")


@pytest.fixture
def built(tmp_path: Path) -> Manifest:
    (tmp_path / "page-12345678.js").write_text("1")
    (tmp_path / "NOTICES.md").write_text("notices")
    return Manifest({"page.js": Part("page-12345678.js", "sha384-x", "script")}, tmp_path)


def test_built_files_are_named_with_their_digest_and_kept_for_good(app: FastAPI, built: Manifest) -> None:
    assert Parts(built).script("page.js") == (
        '<script type="module" src="/assets/page-12345678.js" integrity="sha384-x"></script>'
    )
    assert Parts(Manifest()).script("page.js") == ""
    app.router.routes[:] = [route for route in app.router.routes if getattr(route, "path", "") != "/assets"]
    app.mount("/assets", Built(built))
    browser = Person(app)
    assert browser.get("/assets/page-12345678.js").headers["Cache-Control"] == KEPT
    assert browser.get("/assets/NOTICES.md").headers["Cache-Control"] == "no-store"
    assert browser.get("/").headers["Cache-Control"] == "no-store"
    assert browser.get("/assets/../settings.py").status_code in {401, 404}
