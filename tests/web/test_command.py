"""The service at the terminal."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import Final

import httpx
import pytest
from typer.testing import CliRunner, Result

from outwork import store
from outwork.cli.main import app
from outwork.store.service import Desk
from outwork.web.app import create_app
from outwork.web.command import serve
from outwork.web.settings import Settings
from tests.store.small import programme as small
from tests.web.conftest import PASSWORD, Person

OUTWORK: Final = [sys.executable, "-c", "from outwork.cli.main import app; app()"]


@pytest.fixture
def where(tmp_path: Path) -> str:
    place = str(tmp_path / "p.outwork")
    store.save(small(), place)
    return place


def run(*words: str, given: str = "") -> Result:
    return CliRunner().invoke(app, [*words], input=given)


def add(where: str, account: str, *more: str) -> Result:
    return run("account", "add", where, account, *more, given=f"{PASSWORD}\n")


def test_an_account_that_was_added_signs_in(where: str) -> None:
    added = add(where, "iryna", "--role", "auditor", "--name", "Iryna", "--administrator")
    assert (added.exit_code, added.output) == (0, "added iryna: auditor\n")
    desk = Desk.open(where)
    assert Person(create_app(desk, Settings(host_names=("testserver",)))).sign_in("iryna").status_code == 303
    desk.close()
    assert run("account", "list", where).output == "iryna  Iryna  auditor  -  -  administrator\n"


def test_accounts_are_closed_opened_linked_and_given_another_password(where: str) -> None:
    add(where, "olena", "--role", "office", "--administrator")
    add(where, "iryna", "--role", "auditor")
    assert run("account", "close", where, "iryna").output == "closed iryna\n"
    assert "iryna  iryna  auditor  -  -  closed" in run("account", "list", where).output
    assert run("account", "open", where, "iryna").output == "opened iryna\n"
    assert run("account", "link", where, "iryna", "--subject", "https://login.test iryna").exit_code == 0
    assert run("account", "password", where, "iryna", given="three herons at the weir\n").exit_code == 0
    told = run("audit", "show", where, "--subject", "account iryna").output
    assert re.findall(r"account (?=added|closed|opened|changed)|password changed", told)
    assert PASSWORD not in told
    assert "argon2" not in told


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("account", "close", "P", "olena"), "is the last one"),
        (("account", "close", "P", "nobody"), "no account 'nobody'"),
        (("account", "add", "P", "olena", "--role", "office"), "is taken"),
        (
            ("account", "add", "P", "jan", "--role", "manufacturer", "--party", "mast-work", "--nation", "NL"),
            "is not in parties",
        ),
        (("account", "password", "P", "olena"), "too short"),
        (("audit", "verify", "P", "--noted", "2"), "is not N:DIGEST"),
        (("serve", "P", "--host", "0.0.0.0"), "in the clear"),  # noqa: S104 - to be refused
        (("serve", "P", "--provider", "nothing.toml"), "cannot be read"),
    ],
)
def test_what_cannot_be_done_says_why(where: str, words: tuple[str, ...], said: str) -> None:
    add(where, "olena", "--role", "office", "--administrator")
    given = "short\n" if "password" in words else f"{PASSWORD}\n"
    result = run(*(where if word == "P" else word for word in words), given=given)
    assert result.exit_code == 2
    assert said in result.output


def test_the_end_of_the_audit_that_was_noted_is_found_again_and_another_is_not(where: str) -> None:
    add(where, "olena", "--role", "office", "--administrator")
    verified = run("audit", "verify", where)
    noted = verified.output.splitlines()[-1]
    assert verified.exit_code == 0
    assert re.fullmatch(r"1:[0-9a-f]{64}", noted)
    add(where, "iryna", "--role", "auditor")
    assert run("audit", "verify", where, "--noted", noted).exit_code == 0
    assert run("audit", "verify", where, "--noted", f"1:{'0' * 64}").exit_code == 1
    assert run("audit", "verify", where, "--noted", noted.replace("1:", "9:")).exit_code == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('issuer = "https://login.test"', "client"),
        ('issuer = "http://login.test"\nclient = "outwork"', "not reached by https"),
        ('issuer = "https://login.test"\nclient = "outwork"\nclaim = "email"', "claim"),
        ("issuer = ", "cannot be read"),
    ],
)
def test_a_file_that_names_no_provider_is_refused(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "provider.toml"
    file.write_text(text)
    with pytest.raises(serve.Unreadable, match=said):
        serve._provider(file)


def test_the_secret_of_a_provider_comes_from_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "provider.toml"
    file.write_text('issuer = "https://login.test"\nclient = "outwork"\n')
    monkeypatch.setenv(serve.SECRET, "a secret of both")
    provider = serve._provider(file)
    assert (provider.secret, provider.name) == ("a secret of both", "https://login.test")
    assert "secret of both" not in repr(provider)


def test_a_service_is_opened_signed_in_to_and_ended(where: str) -> None:
    words = ["serve", where, "--port", "0", "--administrator", "olena"]
    environment = {**os.environ, serve.PASSWORD: PASSWORD}
    running = subprocess.Popen(
        [*OUTWORK, *words], text=True, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    with running:
        assert running.stdout is not None
        line = running.stdout.readline()
        told = re.match(r"open (http://127\.0\.0\.1:(\d+)/) in a browser", line)
        assert told, line
        with httpx.Client(base_url=told[1], headers={"Origin": told[1].rstrip("/")}, trust_env=False, timeout=60) as browser:
            assert browser.get("/").status_code == 401
            assert browser.post("/sign-in", data={"account": "olena", "password": PASSWORD}).status_code == 303
            assert "Trial" in browser.get("/").text
            assert browser.get("/", headers={"Host": "elsewhere.test"}).status_code == 421
        running.send_signal(signal.SIGTERM)
        _, log = running.communicate(timeout=60)
    assert running.returncode == 0, log
    assert all(line.startswith("{") for line in log.splitlines())
    assert not Path(f"{where}-wal").exists()


def test_a_port_that_is_taken_is_told(where: str) -> None:
    add(where, "olena", "--role", "office", "--administrator")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        result = run("serve", where, "--port", str(taken.getsockname()[1]))
    assert result.exit_code == 1
    assert "name another --port" in result.output


def test_without_an_administrator_and_without_a_terminal_nothing_is_served(where: str) -> None:
    result = run("serve", where, "--port", "0")
    assert result.exit_code == 2
    assert "--administrator" in result.output
