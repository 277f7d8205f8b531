"""What tests of several rooms share."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psycopg
import pytest
from hypothesis import settings

from outwork.model.asker import Role
from outwork.store.sight.sql import group

# A slow machine is not a wrong answer, so there is no deadline. `make soak` draws as many times more as its profile says.
settings.register_profile("gate", max_examples=6, deadline=None, print_blob=True)
settings.register_profile("reach", max_examples=25, deadline=None, print_blob=True)  # every branch of the vocabulary
settings.register_profile("soak", max_examples=100, deadline=None, print_blob=True)
settings.load_profile("gate")

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder of the project."""
    return ROOT


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The address of a real PostgreSQL server: the one that the environment names, or one for this run alone."""
    if named := os.environ.get("OUTWORK_TEST_POSTGRESQL"):
        yield named
        return
    pgserver: Any = pytest.importorskip("pgserver", reason="no PostgreSQL server for this Python on the package index")
    # Not in the folder of pytest: another run of it closes that to the user under whom the server runs.
    with TemporaryDirectory(prefix="outwork-postgresql-") as folder:
        os.environ.setdefault("XDG_RUNTIME_DIR", folder)
        server = pgserver.get_server(Path(folder) / "server")
        yield server.get_uri()
        server.cleanup()


@pytest.fixture
def server(postgresql: str) -> Iterator[psycopg.Connection[Any]]:
    """A connection to the PostgreSQL server whose tables are gone after the test."""
    with psycopg.connect(postgresql, autocommit=True, prepare_threshold=None) as connection:
        connection.execute("CREATE SCHEMA trial; SET search_path = trial; SET synchronous_commit = off")
        yield connection
        connection.execute("DROP SCHEMA trial CASCADE")


@pytest.fixture
def owner(server: psycopg.Connection[Any], postgresql: str) -> Iterator[str]:
    """The address of an empty schema whose owner is no superuser and may make roles."""
    groups = [group(role) for role in Role]
    for name in groups:
        server.execute(f"DROP ROLE IF EXISTS {name}")
    server.execute("CREATE ROLE outwork_trial LOGIN CREATEROLE; CREATE SCHEMA owned AUTHORIZATION outwork_trial")
    yield f"{postgresql}&options=-csearch_path%3Downed".replace("//postgres:", "//outwork_trial:")
    server.execute("DROP SCHEMA owned CASCADE")
    for name in groups:
        server.execute(f"DROP ROLE IF EXISTS {name}")
    server.execute("DROP ROLE outwork_trial")
