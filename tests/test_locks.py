"""The lock files pin every package by hash, name no host, and hold what the project asks for."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

LOCKS = {"requirements.lock": ["build"], "requirements-dev.lock": ["dev"], "requirements-bench.lock": ["bench"]}
PIN = re.compile(r"^([a-z0-9][a-z0-9.-]*)==(\S+)")


def pins(text: str) -> dict[str, str]:
    return {found[1]: found[2] for line in text.splitlines() if (found := PIN.match(line))}


@pytest.fixture(params=LOCKS)
def lock(request: pytest.FixtureRequest, root: Path) -> Path:
    return root / request.param


def test_a_lock_names_no_host_and_no_folder(lock: Path) -> None:
    text = lock.read_text(encoding="utf8")
    assert "://" not in text
    assert not [line for line in text.splitlines() if line.startswith(("-", "/", "."))]


def test_every_package_of_a_lock_is_pinned_by_hash(lock: Path) -> None:
    lines = [line for line in lock.read_text(encoding="utf8").splitlines() if not line.lstrip().startswith("#")]
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        assert line.startswith("    --hash=sha256:") or (PIN.match(line) and following.startswith("    --hash=sha256:")), line


def test_a_lock_holds_what_the_project_asks_for(lock: Path, root: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf8"))
    asked = [each for group in LOCKS[lock.name] for each in project["dependency-groups"][group]]
    if lock.name == "requirements.lock":
        asked += project["project"]["dependencies"]
    assert {re.split(r"[^\w-]", each, maxsplit=1)[0].lower() for each in asked} <= pins(lock.read_text(encoding="utf8")).keys()


def test_two_locks_agree_on_every_package_that_they_share(root: Path) -> None:
    run, dev, bench = (pins((root / name).read_text(encoding="utf8")) for name in LOCKS)
    for one, other in ((run, dev), (run, bench), (dev, bench)):
        assert {name: (one[name], other[name]) for name in one.keys() & other.keys() if one[name] != other[name]} == {}
