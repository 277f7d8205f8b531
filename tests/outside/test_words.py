"""What facilities and designs of Open Know-How and Open Know-Where say in their own words is read rightly or left open."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.match.words.small import reader

FOLDER = Path(__file__).parents[2] / "shared" / "data" / "match"
BESIDE = Path(__file__).parents[3] / "shared" / "data" / "match"
SHELF = next((each for each in (BESIDE, FOLDER) if each.is_dir()), FOLDER)
pytestmark = pytest.mark.skipif(not SHELF.is_dir(), reason="the shelf of outside data is not here")

READ = {
    "soldering": {"soldering", "surface mount assembly", "through-hole assembly", "board assembly", "rework"},
    "3d printer": {"additive manufacturing", "filament printing", "resin printing"},
    "laser cutter": {"laser cutting", "laser engraving"},
    "drill": {"drilling"},
    "welding": {"welding"},
}
"""Word of a line -> processes as which the line may be read."""
KITCHEN = ("oven", "whisk", "mixer", "sewing", "fabric", "flour", "dough", "recipe", "baking", "cookie", "bread", "oats")


def lines() -> list[str]:
    """Every line of the library that names a tool, a machine or a process, without its key."""
    files = sorted((SHELF / "okh_okw_library").rglob("*.yml"))
    keys = ("name:", "title:", "process", "description:", "tool", "equipment", "- ")
    found = {
        line.split(":", 1)[-1].strip(" -\"'")
        for file in files
        for line in file.read_text(encoding="utf-8").splitlines()
        if line.strip().lower().startswith(keys)
    }
    return sorted(each for each in found if 2 < len(each) <= 80 and "http" not in each)


def test_a_line_about_a_process_is_read_as_that_process_or_left_open() -> None:
    for text in lines():
        for word, allowed in READ.items():
            code = reader().recognise(text).code
            if word in text.lower() and code is not None:
                assert reader().taxonomy.narrower(code, code)
                assert any(reader().taxonomy.related(code, each) for each in allowed), (text, code)


def test_a_line_about_a_kitchen_or_a_sewing_room_is_left_open() -> None:
    wrong = [(text, reader().recognise(text).code) for text in lines() if any(word in text.lower() for word in KITCHEN)]
    assert [each for each in wrong if each[1] is not None] == []


def test_soldering_of_electronic_components_is_soldering() -> None:
    assert (
        reader().recognise("Soldering of electronic components onto a circuit board with a soldering iron").code == "soldering"
    )
