"""Signing in by a real provider of OpenID Connect, which runs on this machine."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from fastapi import FastAPI

from outwork.store.service import Desk, accounts
from outwork.store.service.audit import TERMINAL
from outwork.web.app import create_app
from outwork.web.pages.signing import RETURN
from outwork.web.settings import Provider
from tests.web.conftest import OWN, SETTINGS, Person, kinds

SERVER = """
import sys
from oidc_provider_mock import run_server_in_thread
with run_server_in_thread() as server:
    print(server.server_port, flush=True)
    sys.stdin.read()
"""


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    """The address of a provider that believes whoever says who they are, until its standard input is closed."""
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    with subprocess.Popen([sys.executable, "-W", "ignore", "-c", SERVER], text=True, **pipes) as server:  # type: ignore[call-overload]
        yield f"http://localhost:{server.stdout.readline().strip()}"
        server.stdin.close()


@pytest.fixture
def app(desk: Desk, issuer: str) -> FastAPI:
    provider = Provider(issuer, "outwork", "a secret of both", "the ministry's directory")
    with desk.writing(TERMINAL) as writing:
        accounts.change(writing, "marta", subject=f"{issuer} marta-at-the-ministry")
    return create_app(desk, replace(SETTINGS, provider=provider))


def begin(person: Person, back: str = "/account") -> str:
    """Begin a sign-in and return the provider's address."""
    answer = person.get("/sign-in/provider", params={"back": back})
    assert answer.status_code == 303
    return answer.headers["location"]


def consent(address: str, subject: str) -> str:
    """Say at the provider who one is, and return the path to which it sends the browser back."""
    answer = httpx.post(address, data={"sub": subject}, trust_env=False)
    assert answer.status_code == 302, answer.text
    parts = urlsplit(answer.headers["location"])
    assert f"{parts.scheme}://{parts.netloc}{parts.path}" == f"{OWN}{RETURN}"
    return f"{parts.path}?{parts.query}"


def test_whom_the_provider_names_is_signed_in_to_the_account_that_is_linked(person: Callable[..., Person], desk: Desk) -> None:
    marta = person()
    assert "the ministry&#39;s directory" in marta.get("/sign-in").text
    answer = marta.get(consent(begin(marta), "marta-at-the-ministry"))
    assert (answer.status_code, answer.headers["location"]) == (303, "/account")
    assert "Marta" in marta.get("/").text
    assert kinds(desk)[-1] == "sign in"


def test_nobody_gets_an_account_by_signing_in(person: Callable[..., Person], desk: Desk, issuer: str) -> None:
    stranger = person()
    answer = stranger.get(consent(begin(stranger), "somebody"))
    assert answer.status_code == 401
    assert f"{issuer} somebody" in answer.text
    assert stranger.get("/").status_code == 401
    assert kinds(desk)[-1] == "sign in failed"


def test_a_closed_account_is_not_opened(person: Callable[..., Person], desk: Desk) -> None:
    with desk.writing(TERMINAL) as writing:
        accounts.change(writing, "marta", closed=True)
    marta = person()
    assert marta.get(consent(begin(marta), "marta-at-the-ministry")).status_code == 401


def test_the_request_carries_state_nonce_and_the_challenge_of_a_verifier_that_only_we_know(
    app: FastAPI, person: Callable[..., Person]
) -> None:
    asked = {name: values[0] for name, values in parse_qs(urlsplit(begin(person())).query).items()}
    (flow,) = app.state.service.sign_ins._flows.values()
    assert asked["response_type"] == "code"
    assert asked["scope"] == "openid"
    assert (asked["state"], asked["nonce"]) == (flow.state, flow.nonce)
    assert (asked["code_challenge_method"], asked["code_challenge"]) == ("S256", create_s256_code_challenge(flow.verifier))
    assert len({flow.state, flow.nonce, flow.verifier}) == 3


def test_an_answer_that_another_browser_began_signs_nobody_in(person: Callable[..., Person]) -> None:
    attacker, victim = person(), person()
    back = consent(begin(attacker), "marta-at-the-ministry")
    begin(victim)
    assert victim.get(back).status_code == 401
    assert person().get(back).status_code == 401


def test_an_answer_signs_in_once(person: Callable[..., Person]) -> None:
    marta = person()
    flow = begin(marta)
    back, cookie = consent(flow, "marta-at-the-ministry"), marta.cookies["provider"]
    assert marta.get(back).status_code == 303
    assert person().get(back, headers={"Cookie": f"provider={cookie}"}).status_code == 401


@pytest.mark.parametrize("wrong", ["nonce", "client", "issuer"])
def test_an_identity_token_that_is_not_for_this_sign_in_is_refused(
    app: FastAPI, person: Callable[..., Person], wrong: str
) -> None:
    marta = person()
    back = consent(begin(marta), "marta-at-the-ministry")
    own = app.state.service.sign_ins
    if wrong == "nonce":
        ((key, flow),) = own._flows.items()
        own._flows[key] = replace(flow, nonce="another")
    else:
        object.__setattr__(own, "provider", replace(own.provider, **{wrong: "http://localhost:1"}))
    answer = marta.get(back)
    assert answer.status_code == 401
    assert "answered wrongly" in answer.text


def test_a_sign_in_that_was_broken_off_says_so(person: Callable[..., Person]) -> None:
    marta = person()
    state = parse_qs(urlsplit(begin(marta)).query)["state"][0]
    answer = marta.get(RETURN, params={"state": state, "error": "access_denied"})
    assert answer.status_code == 401
    assert "did not sign you in" in answer.text


def test_a_provider_that_is_away_is_told_and_passwords_still_work(desk: Desk) -> None:
    app = create_app(desk, replace(SETTINGS, provider=Provider("http://localhost:1", "outwork", "x", "away")))
    olena = Person(app)
    assert olena.get("/sign-in/provider").status_code == 502
    assert olena.sign_in("olena").status_code == 303


def test_without_a_provider_there_is_no_such_page(desk: Desk) -> None:
    olena = Person(create_app(desk, SETTINGS))
    assert olena.get("/sign-in/provider").status_code == 404
    assert olena.get(RETURN).status_code == 404
