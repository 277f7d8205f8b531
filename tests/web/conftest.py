"""A service over a small programme, and people at browsers before it."""

from __future__ import annotations

import asyncio
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import httpx
import polars as pl
import pytest
from argon2 import PasswordHasher
from fastapi import FastAPI

from outwork import store
from outwork.model.asker import Role
from outwork.store.service import Desk, accounts
from outwork.store.service.accounts import Account
from outwork.store.service.audit import TERMINAL, records
from outwork.web.app import create_app
from outwork.web.command import serve
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
    Account("jan", "Jan", Role.MANUFACTURER, "mast-works", "NL", password=HASH),
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


class Person(httpx.Client):
    """Somebody at a browser, which keeps cookies and says where its requests come from."""

    def __init__(self, app: FastAPI, account: str = "", address: str = "192.0.2.1", base_url: str = OWN) -> None:
        super().__init__(transport=Directly(app, address), base_url=base_url, headers={"Origin": base_url})
        if account:
            answer = self.sign_in(account)
            assert answer.status_code == 303, answer.text

    def sign_in(self, account: str, password: str = PASSWORD, **more: str) -> httpx.Response:
        """Send the sign-in form."""
        return self.post("/sign-in", data={"account": account, "password": password, **more})

    def fill(self, path: str, **form: str) -> httpx.Response:
        """Send a form of a page, with the token that pages carry."""
        return self.post(path, data={**form, "csrf": self.csrf})

    @property
    def csrf(self) -> str:
        """The token that the forms of this session carry."""
        found = re.search(r'name="csrf-token" content="([^"]+)"', self.get("/account").text)
        assert found
        return found[1]


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A programme with accounts, to be copied."""
    where = tmp_path_factory.mktemp("prepared") / "p.outwork"
    store.save(small(), where)
    desk = Desk.open(where)
    with desk.writing(TERMINAL) as writing:
        for person in PEOPLE:
            accounts.add(writing, person)
    desk.close()
    return where


def behind_walls(owner: str, results: Mapping[str, pl.DataFrame] | None = None) -> Desk:
    """Open a small programme with accounts in an empty schema, and build its walls."""
    store.save(small(), owner, results)
    desk = Desk.open(owner)
    serve._build_walls(desk)
    with desk.writing(TERMINAL) as writing:
        for person in PEOPLE:
            accounts.add(writing, person)
    return desk


@pytest.fixture(params=["SQLite", pytest.param("PostgreSQL", marks=pytest.mark.soak)])
def desk(request: pytest.FixtureRequest, prepared: Path, tmp_path: Path) -> Iterator[Desk]:
    if request.param == "SQLite":
        desk = Desk.open(shutil.copy(prepared, tmp_path / "p.outwork"))
    else:
        desk = behind_walls(request.getfixturevalue("owner"))
    yield desk
    desk.close()


@pytest.fixture
def app(desk: Desk) -> FastAPI:
    return create_app(desk, SETTINGS)


@pytest.fixture
def person(app: FastAPI) -> Callable[..., Person]:
    def at_a_browser(account: str = "", address: str = "192.0.2.1") -> Person:
        return Person(app, account, address)

    return at_a_browser


def kinds(desk: Desk) -> list[str]:
    """What the audit says was done since the accounts were added."""
    with desk.reading() as connection:
        return [record.entry.kind for record in records(connection)][len(PEOPLE) :]
