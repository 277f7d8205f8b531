"""What tests of several rooms share."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from hypothesis import settings

settings.register_profile("facts", max_examples=50, deadline=None, print_blob=True)  # a slow machine is not a wrong answer
settings.load_profile("facts")

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder of the project."""
    return ROOT


@pytest.fixture(scope="session")
def postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a real PostgreSQL server: the one that the environment names, or one for this run alone."""
    if named := os.environ.get("OUTWORK_TEST_POSTGRESQL"):
        yield named
        return
    os.environ.setdefault("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("runtime")))
    pgserver: Any = pytest.importorskip("pgserver", reason="no PostgreSQL server for this Python on the package index")
    server = pgserver.get_server(tmp_path_factory.mktemp("postgresql"))
    yield server.get_uri()
    server.cleanup()


@pytest.fixture
def server(postgresql: str) -> Iterator[psycopg.Connection[Any]]:
    """A connection to the PostgreSQL server whose tables are gone after the test."""
    with psycopg.connect(postgresql, autocommit=True, prepare_threshold=None) as connection:
        connection.execute("CREATE SCHEMA trial; SET search_path = trial; SET synchronous_commit = off")
        yield connection
        connection.execute("DROP SCHEMA trial CASCADE")
