"""Places for programmes."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
import pytest

NUMBERS = count()
ENDINGS = {"CSV": "", "Parquet": ".parquet", "workbook": ".xlsx", "SQLite": ".outwork"}


@pytest.fixture(params=[*ENDINGS, "PostgreSQL"])
def new_place(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], str]:
    """A new place of one kind at each call."""
    return places(request, tmp_path)


@pytest.fixture(params=["SQLite", "PostgreSQL"])
def new_database(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], str]:
    """A new database at each call."""
    return places(request, tmp_path)


def places(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], str]:
    if request.param in ENDINGS:
        return lambda: str(tmp_path / f"place{next(NUMBERS)}{ENDINGS[request.param]}")
    server: psycopg.Connection[Any] = request.getfixturevalue("server")
    address: str = request.getfixturevalue("postgresql")

    def schema() -> str:
        name = f"place{next(NUMBERS)}"
        server.execute(f"CREATE SCHEMA {name}")
        request.addfinalizer(lambda: server.execute(f"DROP SCHEMA {name} CASCADE"))
        return f"{address}&options=-csearch_path%3D{name}"

    return schema
