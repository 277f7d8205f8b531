"""The API against its own description: whatever that allows, and whatever it forbids, is answered as it says."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from outwork.store.service import Desk
from outwork.web.app import create_app
from outwork.web.settings import Pace
from tests.web.conftest import OWN, SETTINGS, Person

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]


@pytest.fixture
def unhurried(desk: Desk) -> FastAPI:
    return create_app(desk, replace(SETTINGS, pace=Pace(1e6, 1e6)))


def _ours(sent: dict[str, Any]) -> dict[str, Any]:
    """Return a request as httpx takes it."""
    kept = {name: value for name, value in sent.items() if value is not None and name != "cookies"}
    if isinstance(kept.get("data"), bytes | str):
        kept["content"] = kept.pop("data")
    return kept


def conforms(app: FastAPI, examples: int) -> None:
    """Ask every operation so many things that its description allows, and as many that it forbids."""
    office = Person(app, "olena")
    token = {"X-CSRF-Token": office.csrf}
    schema = schemathesis.openapi.from_dict(app.openapi())
    asked = 0
    for found in schema.get_all_operations():
        operation = found.ok()
        for mode in GenerationMode:

            @given(case=operation.as_strategy(generation_mode=mode))
            @settings(
                max_examples=examples,
                deadline=None,
                database=None,
                phases=[Phase.generate],
                suppress_health_check=list(HealthCheck),
            )
            def ask(case: Any) -> None:
                sent = case.as_transport_kwargs(base_url=OWN, headers=token)
                answer = office.request(**_ours(sent))
                answer.elapsed = timedelta()  # the transport keeps no time
                case.validate_response(answer, checks=CHECKS)

            try:
                ask()
                asked += 1
            except Unsatisfiable:  # an operation without parameters has nothing that could be wrong with it
                assert mode is GenerationMode.NEGATIVE
    assert asked > 6


def test_the_api_answers_as_it_is_described(unhurried: FastAPI) -> None:
    conforms(unhurried, 8)


@pytest.mark.soak
def test_the_api_answers_much_as_it_is_described(unhurried: FastAPI) -> None:
    conforms(unhurried, 400)
