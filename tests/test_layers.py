"""The contracts of the import linter hold, and each of them catches an import that breaks it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PLANTED = {
    "a lower room imports a higher one": (
        {"model/planted.py": "import outwork.solve.blocks\n"},
        "Rooms are layered",
    ),
    "a verb imports another verb": (
        {"match/__init__.py": "", "match/run.py": "import outwork.fund.run\n", "fund/__init__.py": "", "fund/run.py": ""},
        "Rooms are layered",
    ),
    "a room states no layer": (
        {"attic/__init__.py": ""},
        "Rooms are layered",
    ),
    "two files import each other": (
        {"model/one.py": "import outwork.model.two\n", "model/two.py": "import outwork.model.one\n"},
        "in circles",
    ),
    "a verb imports the store": (
        {"fund/__init__.py": "", "fund/run.py": "import outwork.store.planted\n", "store/planted.py": ""},
        "Verbs are pure",
    ),
    "a verb imports a database": (
        {"fund/__init__.py": "", "fund/run.py": "import sqlalchemy\n"},
        "Verbs are pure",
    ),
    "a verb reaches a database through another room": (
        {"fund/__init__.py": "", "fund/run.py": "import outwork.solve.planted\n", "solve/planted.py": "import sqlite3\n"},
        "Verbs are pure",
    ),
    "a verb imports a solver": (
        {"fund/__init__.py": "", "fund/run.py": "import highspy\n"},
        "Only solve imports a solver",
    ),
    "the checker of plans imports the planner": (
        {"plan/replay/planted.py": "import outwork.plan.planted\n", "plan/planted.py": ""},
        "The checker of plans",
    ),
    "the declarations import polars": (
        {"model/errors.py": "import polars\n"},
        "need no engine",
    ),
}


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


@pytest.fixture
def copy(root: Path, tmp_path: Path) -> Path:
    """A copy of the package and its contracts."""
    shutil.copytree(root / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(root / "pyproject.toml", tmp_path)
    return tmp_path


def test_the_contracts_hold(copy: Path) -> None:
    done = lint(copy)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(("files", "contract"), PLANTED.values(), ids=PLANTED)
def test_a_planted_import_is_caught(copy: Path, files: dict[str, str], contract: str) -> None:
    for name, text in files.items():
        path = copy / "src" / "outwork" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        (path.parent / "__init__.py").touch()
        with path.open("a", encoding="utf8") as file:
            file.write(text)
    done = lint(copy)
    assert done.returncode == 1, done.stdout + done.stderr
    broken = [line for line in done.stdout.splitlines() if " BROKEN" in line]
    assert any(contract in line for line in broken), done.stdout
