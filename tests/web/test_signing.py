from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select, text, update

from outwork.model.table import written
from outwork.store.service import Desk, accounts
from outwork.store.service.audit import TERMINAL
from outwork.store.service.schema import SESSIONS
from outwork.web.app import create_app
from outwork.web.security.limits import Brakes
from outwork.web.security.passwords import Passwords, weakness
from outwork.web.settings import Patience
from tests.web.conftest import CHEAP, HASH, PASSWORD, SETTINGS, Person, kinds

People = Callable[..., Person]


def test_who_is_signed_in_sees_the_programme(person: People) -> None:
    page = person("olena").get("/")
    assert page.status_code == 200
    assert "<strong>Trial.</strong>" in page.text


def test_who_is_not_is_asked_to_sign_in_and_comes_back(person: People) -> None:
    stranger = person()
    page = stranger.get("/?from=may")
    assert page.status_code == 401
    assert 'value="/?from=may"' in page.text
    assert stranger.sign_in("olena", back="/?from=may").headers["location"] == "/?from=may"


@pytest.mark.parametrize("back", ["https://elsewhere.test/", "//elsewhere.test", "/\\elsewhere.test", "/a\nb", "elsewhere"])
def test_nobody_is_sent_to_another_site_after_signing_in(person: People, back: str) -> None:
    assert person().sign_in("olena", back=back).headers["location"] == "/"


def test_a_wrong_password_an_unknown_and_a_closed_account_are_told_alike(person: People, desk: Desk) -> None:
    with desk.writing(TERMINAL) as writing:
        accounts.change(writing, "jan", closed=True)
    pages = [person().sign_in(*tried) for tried in (("marta", "not this one at all"), ("nobody", PASSWORD), ("jan", PASSWORD))]
    assert {page.status_code for page in pages} == {401}
    bodies = {
        page.text.replace(account, "").replace(page.headers["X-Request-ID"], "")
        for page, account in zip(pages, ("marta", "nobody", "jan"), strict=True)
    }
    assert len(bodies) == 1


@pytest.mark.parametrize("account", ["marta", "nobody"])
def test_the_hasher_is_asked_whether_or_not_there_is_such_an_account(
    person: People, account: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    verify = PasswordHasher.verify

    def seen(hasher: PasswordHasher, kept: str, given: str) -> bool:
        asked.append(kept)
        return verify(hasher, kept, given)

    monkeypatch.setattr(PasswordHasher, "verify", seen)
    person().sign_in(account, "not this one at all")
    assert len(asked) == 1
    assert asked[0].startswith("$argon2id$v=19$m=8,t=1,p=1$")


def test_a_sign_in_that_failed_is_recorded_without_what_was_typed(person: People, desk: Desk) -> None:
    person().sign_in("a password that slipped", "marta")
    person().sign_in("marta", "not this one at all")
    with desk.reading() as connection:
        rows = connection.execute(text("SELECT kind, subject, detail FROM service_audit ORDER BY number DESC LIMIT 2")).all()
    assert [tuple(row) for row in rows] == [
        ("sign in failed", "account marta", '{"address": "192.0.2.1"}'),
        ("sign in failed", "unknown account", '{"address": "192.0.2.1"}'),
    ]


def test_a_cookie_is_out_of_reach_of_scripts_and_of_other_sites(person: People) -> None:
    cookie = person().sign_in("olena").headers["set-cookie"]
    assert cookie.startswith("outwork=")
    assert {"HttpOnly", "SameSite=lax", "Path=/"} <= set(cookie.split("; "))


def test_where_browsers_come_by_https_the_cookie_is_sent_only_so(desk: Desk) -> None:
    app = create_app(desk, replace(SETTINGS, https=True))
    answer = Person(app, base_url="https://testserver").sign_in("olena")
    assert answer.headers["set-cookie"].startswith("__Host-outwork=")
    assert "Secure" in answer.headers["set-cookie"].split("; ")
    assert "Strict-Transport-Security" in answer.headers


def test_the_database_does_not_hold_what_opens_a_session(person: People, desk: Desk) -> None:
    olena = person("olena")
    with desk.reading() as connection:
        kept = connection.execute(select(SESSIONS.c.session)).scalar_one()
    assert olena.cookies["outwork"] != kept
    assert person().get("/", headers={"Cookie": f"outwork={kept}"}).status_code == 401


def test_a_session_that_was_fixed_beforehand_is_not_the_one_that_is_opened(person: People) -> None:
    victim, attacker = person(), person("marta")
    planted = attacker.cookies["outwork"]
    victim.cookies.set("outwork", planted, domain="testserver.local", path="/")
    victim.sign_in("olena")
    assert planted not in [cookie.value for cookie in victim.cookies.jar if cookie.domain != "testserver.local"]
    assert attacker.get("/").status_code == 401


def test_signing_out_ends_the_session_itself(person: People, desk: Desk) -> None:
    olena = person("olena")
    cookie = olena.cookies["outwork"]
    assert olena.fill("/sign-out").headers["location"] == "/sign-in"
    assert person().get("/", headers={"Cookie": f"outwork={cookie}"}).status_code == 401
    assert kinds(desk) == ["sign in", "sign out"]


@pytest.mark.parametrize(("column", "ago"), [("seen", timedelta(hours=8, minutes=1)), ("until", timedelta(seconds=1))])
def test_a_session_ends_by_itself(person: People, desk: Desk, column: str, ago: timedelta) -> None:
    olena = person("olena")
    with desk.engine.begin() as connection:
        connection.execute(update(SESSIONS).values({column: written(datetime.now(UTC) - ago)}))
    assert olena.get("/").status_code == 401


def test_that_a_session_is_used_is_noted_once_a_minute(person: People, desk: Desk) -> None:
    def noted() -> str:
        with desk.reading() as connection:
            return str(connection.execute(select(SESSIONS.c.seen)).scalar_one())

    olena = person("olena")
    first = noted()
    olena.get("/")
    assert noted() == first
    with desk.engine.begin() as connection:
        connection.execute(update(SESSIONS).values(seen=written(datetime.now(UTC) - timedelta(minutes=2))))
    olena.get("/")
    assert noted() > first
    assert kinds(desk) == ["sign in"]


def test_a_closed_account_is_signed_out_at_once(person: People, desk: Desk) -> None:
    marta = person("marta")
    with desk.writing(TERMINAL) as writing:
        accounts.change(writing, "marta", closed=True)
    assert marta.get("/").status_code == 401


def test_wrong_passwords_slow_down_the_next_try(desk: Desk) -> None:
    app = create_app(desk, replace(SETTINGS, patience=Patience(free=2, first=60)))
    tries = [Person(app).sign_in("marta", "not this one at all").status_code for _ in range(4)]
    assert tries == [401, 401, 401, 429]
    answer = Person(app, address="192.0.2.9").sign_in("marta")
    assert answer.status_code == 429
    assert 1 <= int(answer.headers["Retry-After"]) <= 61
    assert Person(app, address="192.0.2.9").sign_in("olena").status_code == 303


def test_an_office_signs_in_at_once_and_who_tries_a_password_on_everybody_is_slowed() -> None:
    brakes = Brakes(Patience(free=5, shared=100))
    waits = [brakes.wait(f"planner-{number}", "192.0.2.1", 0.0) for number in range(102)]
    assert waits[:101] == [0.0] * 101
    assert waits[101] == 1.0
    assert brakes.wait("planner-1", "192.0.2.2", 0.0) == 0.0


def test_an_older_hash_is_made_anew_when_its_password_is_given(person: People, desk: Desk) -> None:
    older = PasswordHasher(2, 8, 1).hash(PASSWORD)
    with desk.writing(TERMINAL) as writing:
        accounts.change(writing, "marta", password=older)
    person("marta")
    with desk.reading() as connection:
        kept = accounts.found(connection, "marta")
    assert kept is not None
    assert kept.password.startswith("$argon2id$v=19$m=8,t=1,p=1$")
    assert kinds(desk) == ["password changed", "password rehashed", "sign in"]


def test_passwords_are_one_however_a_keyboard_composes_their_letters() -> None:
    passwords = Passwords(CHEAP)
    kept = asyncio.run(passwords.hashed("река и поле за рекой"))
    composed, apart = "caf\u00e9 by the river", "cafe\u0301 by the river"
    assert asyncio.run(passwords.compare(asyncio.run(passwords.hashed(composed)), apart)).right
    assert not asyncio.run(passwords.compare(kept, "река и поле за лесом")).right
    passwords.close()


@pytest.mark.parametrize(
    ("password", "key"),
    [
        ("short", "password.short"),
        ("a" * 300, "password.long"),
        ("abababababab", "password.pattern"),
        ("olena rides far", "password.named"),
        ("my name is Kovalenko", "password.named"),
        (PASSWORD, ""),
    ],
)
def test_a_weak_password_is_named_as_such(password: str, key: str) -> None:
    assert weakness(password, "olena", "Olena Kovalenko") == key


def test_an_account_without_a_password_is_opened_by_none(person: People, desk: Desk) -> None:
    with desk.writing(TERMINAL) as writing:
        accounts.change(writing, "marta", password="")
    assert person().sign_in("marta", "").status_code == 422
    assert person().sign_in("marta", HASH).status_code == 401
