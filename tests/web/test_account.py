from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from outwork.store.service import Desk
from tests.web.conftest import PASSWORD, Person, kinds

People = Callable[..., Person]
NEW = "three herons at the weir"


def change(person: Person, **other: str) -> int:
    form = {"current": PASSWORD, "new": NEW, "again": NEW} | other
    return person.fill("/account/password", **form).status_code


def token_of(person: Person) -> str:
    page = person.fill("/account/tokens", name="nightly load", days="30")
    found = re.search(r"<code>(ow_[\w-]{43})</code>", page.text)
    assert found, page.text
    return found[1]


def test_a_changed_password_opens_the_account_and_the_old_one_no_longer_does(person: People, desk: Desk) -> None:
    here, elsewhere = person("marta"), person("marta")
    assert change(here) == 303
    assert "The password is changed." in here.get("/account").text
    assert "The password is changed." not in here.get("/account").text
    assert elsewhere.get("/").status_code == 401
    assert here.get("/").status_code == 200
    assert person().sign_in("marta").status_code == 401
    assert person().sign_in("marta", NEW).status_code == 303
    assert kinds(desk)[2:4] == ["password changed", "sessions ended"]


@pytest.mark.parametrize(
    "other", [{"current": "not this one at all"}, {"again": "three herons at the mill"}, {"new": "short", "again": "short"}]
)
def test_a_password_that_is_not_changed_stays(person: People, other: dict[str, str]) -> None:
    assert change(person("marta"), **other) == 422
    assert person().sign_in("marta").status_code == 303


def test_a_token_acts_for_its_owner_without_cookie_and_without_csrf(person: People) -> None:
    token = token_of(person("olena"))
    program = person()
    del program.headers["Origin"]
    program.headers["Authorization"] = f"Bearer {token}"
    assert program.get("/").status_code == 200
    assert program.get("/metrics").status_code == 200
    assert program.post("/jobs/nothing").status_code == 404


def test_a_token_that_is_revoked_or_made_up_opens_nothing(person: People, desk: Desk) -> None:
    olena = person("olena")
    token = token_of(olena)
    key = re.search(r'name="token" value="([0-9a-f]{64})"', olena.get("/account").text)
    assert key
    assert person("marta").fill("/account/tokens/revoke", token=key[1]).status_code == 303
    assert person().get("/", headers={"Authorization": f"Bearer {token}"}).status_code == 200
    assert olena.fill("/account/tokens/revoke", token=key[1]).status_code == 303
    for shown in (token, key[1], "ow_made-up", ""):
        assert person().get("/", headers={"Authorization": f"Bearer {shown}"}).status_code == 401
    assert kinds(desk) == ["sign in", "token added", "sign in", "token revoked"]


def test_a_token_counts_alone_so_that_a_wrong_one_is_not_helped_by_a_cookie(person: People) -> None:
    assert person("olena").get("/", headers={"Authorization": "Bearer ow_made-up"}).status_code == 401


def test_a_program_can_neither_make_tokens_nor_administer(person: People) -> None:
    token = token_of(person("olena"))
    program = person()
    program.headers["Authorization"] = f"Bearer {token}"
    asked = [("GET", "/account"), ("POST", "/account/tokens"), ("GET", "/accounts"), ("POST", "/accounts/marta/close")]
    assert {program.request(method, path, data={"name": "x", "days": "30"}).status_code for method, path in asked} == {404}


def test_an_owner_ends_a_session_elsewhere(person: People) -> None:
    here, elsewhere = person("marta"), person("marta")
    key = re.search(r'name="session" value="([0-9a-f]{64})"', here.get("/account").text)
    assert key
    assert person("olena").fill("/account/sessions/end", session=key[1]).status_code == 303
    assert elsewhere.get("/").status_code == 200
    assert here.fill("/account/sessions/end", session=key[1]).status_code == 303
    assert elsewhere.get("/").status_code == 401


def test_the_language_is_the_accounts_and_before_that_the_browsers(person: People) -> None:
    marta = person()
    assert '<html lang="uk">' in marta.get("/sign-in", headers={"Accept-Language": "fr, uk-UA;q=0.9, en;q=0.1"}).text
    assert marta.post("/language", data={"language": "uk", "back": "/sign-in"}).headers["location"] == "/sign-in"
    assert '<html lang="uk">' in marta.get("/sign-in").text
    marta.sign_in("marta")
    assert '<html lang="en">' in marta.get("/").text
    assert marta.fill("/language", language="uk").status_code == 303
    assert '<html lang="uk">' in person("marta").get("/").text
    assert marta.fill("/language", language="../secret").status_code == 422


def test_an_administrator_adds_and_changes_accounts(person: People, desk: Desk) -> None:
    olena = person("olena")
    new = {"account": "Iryna", "name": "Iryna", "role": "manufacturer", "party": "mast-works", "nation": "NL", "password": NEW}
    assert olena.fill("/accounts", **new).headers["location"] == "/accounts"
    iryna = person()
    assert iryna.sign_in("iryna", NEW).status_code == 303
    assert olena.fill("/accounts/iryna", name="Iryna K.", role="auditor").status_code == 303
    assert iryna.get("/audit").status_code == 200
    assert olena.fill("/accounts/iryna/password", new=PASSWORD).status_code == 303
    assert iryna.get("/").status_code == 401
    assert olena.fill("/accounts/iryna/close").status_code == 303
    assert person().sign_in("iryna", PASSWORD).status_code == 401
    assert olena.fill("/accounts/iryna/open").status_code == 303
    assert person().sign_in("iryna", PASSWORD).status_code == 303
    told = [kind for kind in kinds(desk) if kind.startswith(("account", "password"))]
    assert told == ["account added", "account changed", "password changed", "account closed", "account opened"]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"account": "olena"}, "it is taken"),
        ({"account": "a b"}, "cannot be used"),
        ({"account": "terminal"}, "cannot be used"),
        ({"party": ""}, "needs a party"),
        ({"party": "nobody"}, "needs a party"),
        ({"nation": ""}, "needs a nation"),
        ({"name": " "}, "name is missing"),
        ({"password": "short"}, "too short"),
        ({"password": ""}, "too short"),
    ],
)
def test_an_account_that_does_not_fit_is_refused_and_told_why(
    person: People, desk: Desk, wrong: dict[str, str], said: str
) -> None:
    new = {"account": "iryna", "name": "I", "role": "manufacturer", "party": "mast-works", "nation": "NL", "password": NEW}
    answer = person("olena").fill("/accounts", **new | wrong)
    assert answer.status_code == 422
    assert said in answer.text
    assert "account added" not in kinds(desk)


@pytest.mark.parametrize("form", [("/accounts/olena/close", {}), ("/accounts/olena", {"name": "Olena", "role": "office"})])
def test_the_last_administrator_stays_one(person: People, form: tuple[str, dict[str, str]]) -> None:
    olena = person("olena")
    answer = olena.fill(form[0], **form[1])
    assert answer.status_code == 422
    assert "last administrator" in answer.text
    assert olena.get("/accounts").status_code == 200
