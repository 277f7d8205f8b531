"""The contracts of the import linter hold, and each of them catches an import that breaks it."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PLANTED = {
    "a lower room imports a higher one": (
        "Rooms are layered", "outwork.model.low -> outwork.solve.blocks",
        {"model/low.py": "import outwork.solve.blocks"},
    ),
    "a verb imports another verb": (
        "Rooms are layered", "outwork.evolve.verb -> outwork.fund.verb",
        {"evolve/verb.py": "import outwork.fund.verb", "fund/verb.py": ""},
    ),
    "a room states no layer": (
        "Rooms are layered", "outwork.attic",
        {"attic/lamp.py": ""},
    ),
    "two files import each other": (
        "in circles", "- .two -> .one",
        {"model/one.py": "import outwork.model.two", "model/two.py": "import outwork.model.one"},
    ),
    "a verb imports the store": (
        "Verbs are pure", "outwork.fund.kept -> outwork.store.planted",
        {"fund/kept.py": "import outwork.store.planted", "store/planted.py": ""},
    ),
    "a verb imports a database": (
        "Verbs are pure", "outwork.fund.base -> sqlalchemy",
        {"fund/base.py": "import sqlalchemy"},
    ),
    "a verb reaches a database through another room": (
        "Verbs are pure", "outwork.fund.through -> outwork.solve.planted",
        {"fund/through.py": "import outwork.solve.planted", "solve/planted.py": "import sqlite3"},
    ),
    "a verb imports a solver": (
        "Only solve imports a solver", "outwork.fund.solving -> highspy",
        {"fund/solving.py": "import highspy"},
    ),
    "the checker of plans imports the planner": (
        "The checker of plans", "outwork.plan.replay.planted -> outwork.plan.planted",
        {"plan/replay/planted.py": "import outwork.plan.planted", "plan/planted.py": ""},
    ),
    "the declarations import polars": (
        "need no engine", "outwork.model.errors -> polars",
        {"model/errors.py": "import polars"},
    ),
}  # fmt: skip
"""What breaks a contract: the contract, the words that name the import, and the files with what is added to them."""


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the import linter over the package that lies in the folder."""
    command = "import sys; from importlinter.cli import lint_imports_command; lint_imports_command()"
    return subprocess.run(
        [sys.executable, "-c", command, "--no-cache"],
        cwd=folder,
        env={"PYTHONPATH": str(folder / "src"), "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


def copied(root: Path, folder: Path) -> None:
    """Copy the package and its contracts."""
    shutil.copytree(root / "src", folder / "src", ignore=shutil.ignore_patterns("__pycache__", "assets"))
    shutil.copy(root / "pyproject.toml", folder)


def test_the_contracts_hold(root: Path, tmp_path: Path) -> None:
    copied(root, tmp_path)
    done = lint(tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def told(root: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """What the linter says of a copy in which everything is planted at once: reading the whole package takes a while."""
    folder = tmp_path_factory.mktemp("planted")
    copied(root, folder)
    for _, _, files in PLANTED.values():
        for name, text in files.items():
            path = folder / "src" / "outwork" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            (path.parent / "__init__.py").touch()
            with path.open("a", encoding="utf8") as file:
                file.write(f"{text}\n")
    done = lint(folder)
    assert done.returncode == 1, done.stdout + done.stderr
    return done.stdout


@pytest.mark.parametrize(("contract", "words", "files"), PLANTED.values(), ids=PLANTED)
def test_a_planted_import_is_caught(told: str, contract: str, words: str, files: dict[str, str]) -> None:
    broken = told.partition("Broken contracts")[2]
    sections = dict(zip(*[iter(re.split(r"^(.+)\n-+$", broken, flags=re.MULTILINE)[1:])] * 2, strict=True))
    (section,) = (text for title, text in sections.items() if contract in title)
    assert words in section, f"{files}\n{section}"
