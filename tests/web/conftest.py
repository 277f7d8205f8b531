"""A service over a small programme, and browsers that are signed in to it."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from argon2 import PasswordHasher
from fastapi import FastAPI

from outwork import store
from outwork.model.asker import Role
from outwork.store.service import Desk, accounts
from outwork.store.service.accounts import TERMINAL, Account
from outwork.web.app import create_app
from outwork.web.settings import Hashing, Settings
from tests.store.small import programme as small

CHEAP = Hashing(passes=1, memory=8, lanes=1)
PASSWORD = "a long walk by the river"  # noqa: S105 - made up
SETTINGS = Settings(host_names=("testserver",), hashing=CHEAP)
OWN = "http://testserver"
HASH = PasswordHasher(CHEAP.passes, CHEAP.memory, CHEAP.lanes).hash(PASSWORD)
PEOPLE = (
    Account("olena", "Olena", Role.OFFICE, administrator=True, password=HASH),
    Account("piet", "Piet", Role.AUDITOR, password=HASH),
    Account("marta", "Marta", Role.MINISTRY, nation="NL", password=HASH),
)


class Directly(httpx.BaseTransport):
    """Asks an application without a network, as from an address."""

    def __init__(self, app: FastAPI, address: str) -> None:
        self.transport = httpx.ASGITransport(app, raise_app_exceptions=False, client=(address, 50000))

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        async def asked() -> httpx.Response:
            answer = await self.transport.handle_async_request(request)
            return httpx.Response(answer.status_code, headers=answer.headers, content=await answer.aread())

        return asyncio.run(asked())


class Person:
    """Somebody at a browser, which keeps cookies and says where its requests come from."""

    def __init__(self, app: FastAPI, account: str = "", address: str = "192.0.2.1", origin: str = OWN) -> None:
        self.client = httpx.Client(transport=Directly(app, address), base_url=origin, headers={"Origin": origin})
        if account:
            answer = self.client.post("/sign-in", data={"account": account, "password": PASSWORD})
            assert answer.status_code == 303, answer.text

    def get(self, path: str, **more: object) -> httpx.Response:
        return self.client.get(path, **more)  # type: ignore[arg-type]

    def post(self, path: str, page: str = "/account", **form: str) -> httpx.Response:
        return self.client.post(path, data={**form, "csrf": self.csrf(page)})

    def csrf(self, page: str = "/account") -> str:
        found = re.search(r'name="csrf-token" content="([^"]+)"', self.client.get(page).text)
        assert found
        return found[1]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    where = tmp_path / "p.outwork"
    store.save(small(), where)
    desk = Desk.open(where)
    with desk.writing(TERMINAL) as writing:
        for person in PEOPLE:
            nations = writing.base.programme["nations"]["nation"]
            accounts.add(writing, replace(person, nation=nations[0] if person.nation else ""))
    yield desk
    desk.close()


@pytest.fixture
def app(desk: Desk) -> FastAPI:
    return create_app(desk, SETTINGS)


@pytest.fixture
def person(app: FastAPI) -> Callable[..., Person]:
    return lambda account="": Person(app, account)
