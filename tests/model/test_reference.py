from __future__ import annotations

from pathlib import Path

from outwork.model import reference
from outwork.model.tables import BY_NAME, EVERY


def test_the_page_in_the_documentation_is_fresh(root: Path) -> None:
    page = (root / "docs" / "reference" / "tables.md").read_text(encoding="utf8")
    assert page == reference.page(), "run make docs"


def test_every_table_and_column_is_on_the_page() -> None:
    page = reference.page()
    for table in EVERY:
        assert f"\n## {table.name}\n" in page
        assert all(column.doc in page for column in table.columns)


def test_a_section_says_what_may_stay_empty_and_what_is_allowed() -> None:
    lines = reference.section(BY_NAME["qualifications"]).splitlines()
    assert "| **operation** | text |  | an error | a row of [operations](#operations) | The operation. |" in lines
    assert (
        "| status | text |  | qualified | qualified, possible | "
        "Qualified: makes it today. Possible: the plan may decide to qualify it. |" in lines
    )
    assert (
        "| lead_days | number | day | 0 | at least 0, at most 3660 | From the start of a qualification to its end. |" in lines
    )
    assert any(line.startswith("| earliest | date |  | optional |  | First day") for line in lines)
    assert lines[-1] == "- Key: operation, site."


def test_a_section_tells_flags_empty_text_and_open_limits() -> None:
    items, ship = reference.section(BY_NAME["items"]), reference.section(BY_NAME["ship"])
    assert "| controlled | flag |  | false |" in items
    assert "| **clearance** | text |  | empty text |" in ship
    assert "| above 0, at most 1 |" in reference.section(BY_NAME["operations"])


def test_a_section_tells_references_of_several_columns_and_rules() -> None:
    revisions, lanes = reference.section(BY_NAME["revisions"]), reference.section(BY_NAME["lanes"])
    assert "- item and supersedes together name a row of [revisions](#revisions), if none of them is empty." in revisions
    assert "- `origin <> destination`, or else: a lane must lead somewhere else." in lanes
    assert "The table holds exactly one row." in reference.section(BY_NAME["settings"])
