"""A hand-over is asked for by one named person and approved by another, only observes, and is made by no other code."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from outwork.store.formats.sapient import validate
from outwork.watch.handover import Approved, Kind, Requested, Unnamed, Where, approve, message, refuse, request, row
from tests.store.formats.sapient.messages import FUSION, NODE, OBJECT

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
LATER = datetime(2026, 3, 1, 12, 1, tzinfo=UTC)
MAY_IMPORT = {"outwork.cli"}
"""Where a person types: the command line. Neither the run, nor the live edge, nor any rule or format may."""


def asked(kind: Kind = Kind.LOOK_AT, **altered: Any) -> Requested:
    given = {"reason": "unknown drone", "requested_by": "Aino Laine", "at": NOW} | altered
    return request("t7", OBJECT, NODE, kind, Where(60.25, 24.5, 100.0), **given)


def sent(requested: Requested, approved_by: str) -> list[tuple[Any, Approved]]:
    found: list[tuple[Any, Approved]] = []
    approve(requested, approved_by=approved_by, at=LATER, sender=FUSION, send=lambda task, by: found.append((task, by)))
    return found


@pytest.mark.parametrize("name", ["", "  ", "\n", "1234", "--"])
def test_nobody_asks_or_approves_without_a_name(name: str) -> None:
    with pytest.raises(Unnamed, match="a hand-over is requested by a named person"):
        asked(requested_by=name)
    with pytest.raises(Unnamed, match="a hand-over is approved by a named person"):
        sent(asked(), name)
    with pytest.raises(Unnamed, match="a hand-over is refused by a named person"):
        refuse(asked(), refused_by=name, at=LATER)


@pytest.mark.parametrize("name", ["Aino Laine", "aino  laine ", "AINO LAINE"])
def test_nobody_approves_what_she_asked_for(name: str) -> None:
    with pytest.raises(Unnamed, match="is approved by another person"):
        sent(asked(), name)


def test_nobody_asks_without_a_reason() -> None:
    with pytest.raises(ValueError, match="gives no reason"):
        asked(reason=" ")


@pytest.mark.parametrize("kind", Kind)
def test_an_approved_hand_over_is_sent_once_as_a_valid_task(kind: Kind) -> None:
    ((task, by),) = sent(asked(kind), "Pekka Salo")
    assert [str(each) for each in validate.judge_plain(task).findings] == []
    assert (task["node_id"], task["destination_id"]) == (FUSION, NODE)
    assert task["task"]["task_description"] == "unknown drone (asked for by Aino Laine, approved by Pekka Salo)"
    assert set(task["task"]["command"]) == {kind.value}
    assert message(by, FUSION) == task


def test_a_hand_over_can_only_observe() -> None:
    assert {each.value for each in Kind} == {"look_at", "follow"}


def test_every_state_of_a_hand_over_is_a_row() -> None:
    requested = asked()
    ((_, approved),) = sent(requested, "Pekka Salo")
    refused = refuse(requested, refused_by="Pekka Salo", at=LATER)
    assert [row(each).status for each in (requested, approved, refused)] == ["requested", "approved", "refused"]
    assert (row(approved).approved_by, row(approved).approved_at, row(requested).approved_by) == ("Pekka Salo", LATER, "")
    assert row(requested).task == row(refused).task


def imported(path: Path) -> Iterator[str]:
    text = path.read_text(encoding="utf-8")
    for node in ast.walk(ast.parse(text)) if "handover" in text else ():
        match node:
            case ast.Import(names=names):
                yield from (each.name for each in names)
            case ast.ImportFrom(module=str(module), names=names):
                yield from (f"{module}.{each.name}" for each in names)


def test_no_code_but_the_command_line_imports_hand_overs(root: Path) -> None:
    sources = root / "src"
    found = {
        ".".join(path.relative_to(sources).with_suffix("").parts)
        for path in (sources / "outwork").rglob("*.py")
        if any(each.startswith("outwork.watch.handover") for each in imported(path))
    }
    assert {each for each in found if not any(each.startswith(f"{room}.") for room in MAY_IMPORT)} == set()


def test_no_code_of_watch_but_hand_overs_writes_a_task(root: Path) -> None:
    def writes(path: Path) -> bool:
        keys = (node.keys for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Dict))
        return any(isinstance(key, ast.Constant) and key.value in {"task", "command"} for each in keys for key in each)

    rooms = (root / "src/outwork/watch", root / "src/outwork/store/formats/sapient")
    found = {path.name for room in rooms for path in room.rglob("*.py") if writes(path)}
    assert found == {"handover.py", "tracks.py"}  # the latter: what we declare, when we register, that we can be asked


def test_the_parts_that_send_are_called_by_nothing_but_the_approval(root: Path) -> None:
    """`Fusion.ask` checks the names once more; in the rooms of watch only the server calls it, as it is told to."""
    callers = set()
    for path in (root / "src/outwork/watch").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "ask":
                callers.add(path.name)
    assert callers == {"server.py"}
