from __future__ import annotations

from collections.abc import Callable

from tests.web.conftest import PASSWORD, Person


def test_who_is_signed_in_sees_the_programme(person: Callable[..., Person]) -> None:
    page = person("olena").get("/")
    assert page.status_code == 200
    assert "<h1>" in page.text


def test_who_is_not_is_asked_to_sign_in_and_comes_back(person: Callable[..., Person]) -> None:
    page = person().get("/?from=may")
    assert page.status_code == 401
    assert 'value="/?from=may"' in page.text
    back = person().client.post("/sign-in", data={"account": "olena", "password": PASSWORD, "back": "/?from=may"})
    assert back.headers["location"] == "/?from=may"
