"""The documentation is true: its examples run, its links lead somewhere, its package list is whole.

In a block marked `console`, lines that begin with `$ outwork` are run in one folder for the whole page; what stands under
such a line is what it prints, `...` standing for anything. Other commands, such as make, are not run.
"""

from __future__ import annotations

import doctest
import itertools
import re
import runpy
import shlex
import tomllib
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from typer.testing import CliRunner

from outwork.cli.main import app

ROOT = Path(__file__).resolve().parents[1]
PAGES = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")] + sorted((ROOT / "docs").rglob("*.md"))
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)\s]+)\)")
FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


def named(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def blocks(page: Path, language: str) -> list[str]:
    return [text for marked, text in BLOCK.findall(page.read_text(encoding="utf8")) if marked == language]


def commands(block: str) -> Iterator[tuple[list[str], str]]:
    """Yield each outwork command of a console block with what it is said to print."""
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        line, _, printed = part.partition("\n")
        words = shlex.split(line, comments=True)
        if words and words[0] == "outwork":
            yield words[1:], printed


def pages_with(language: str) -> list[Path]:
    return [page for page in PAGES if blocks(page, language)]


@pytest.mark.parametrize("page", pages_with("python"), ids=named)
def test_the_python_examples_of_a_page_run(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = tmp_path / "example.py"  # a file, because the strings under columns are read from the source
    script.write_text("\n".join(blocks(page, "python")), encoding="utf8")
    monkeypatch.chdir(tmp_path)
    runpy.run_path(str(script), run_name="__main__")


@pytest.mark.parametrize("page", [page for page in pages_with("console") if "$ outwork" in page.read_text("utf8")], ids=named)
def test_the_outwork_commands_of_a_page_print_what_it_says(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for words, printed in (command for block in blocks(page, "console") for command in commands(block)):
        done = CliRunner().invoke(app, words, prog_name="outwork")
        shown = done.stdout + done.stderr
        assert not printed.strip() or doctest.OutputChecker().check_output(printed, shown, FLAGS), f"{words}:\n{shown}"
        assert done.exit_code == 0 or printed.strip(), f"{words}:\n{shown}"


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_a_link_within_the_project_leads_somewhere(page: Path) -> None:
    for target in LINK.findall(page.read_text(encoding="utf8")):
        link = urlsplit(target)
        if link.scheme:
            continue
        aim = page.parent / link.path if link.path else page
        assert aim.exists(), target
        if link.fragment:
            titles = re.findall(r"^#+ (.*)$", aim.read_text(encoding="utf8"), re.MULTILINE)
            assert link.fragment in {re.sub(r"[^\w -]", "", title).lower().replace(" ", "-") for title in titles}, target


def test_every_page_is_in_the_index() -> None:
    index = ROOT / "docs" / "README.md"
    linked = {(index.parent / target).resolve() for target in LINK.findall(index.read_text(encoding="utf8"))}
    assert set(PAGES[3:]) - {index} <= linked


def test_the_licence_of_every_package_that_is_asked_for_is_listed() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf8"))
    listed = (ROOT / "docs" / "why" / "sources.md").read_text(encoding="utf8").replace("-sqlite, -postgresql", "")
    asked = [*project["project"]["dependencies"], *itertools.chain(*project["dependency-groups"].values())]
    names = {re.split(r"[^\w-]", each, maxsplit=1)[0] for each in asked} - {"adbc-driver-sqlite", "adbc-driver-postgresql"}
    assert {name for name in names if not re.search(rf"\b{re.escape(name)}\b", listed)} == set()
