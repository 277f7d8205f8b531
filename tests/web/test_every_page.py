from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.web.conftest import Person


@pytest.mark.parametrize("path", ["/", "/account", "/accounts", "/accounts/piet", "/audit", "/api/docs", "/metrics"])
def test_an_administrator_of_the_office_opens_every_page(person: Callable[..., Person], path: str) -> None:
    page = person("olena").get(path)
    assert page.status_code == 200, page.text
