"""A policy that cannot be carried out, or would leak, is refused when it is read; its page says what it says."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from outwork.model.tables import EVERY
from outwork.store.sight import page
from outwork.store.sight.book import POLICIES
from outwork.store.sight.plain import PLAIN
from outwork.store.sight.policy import Line, compiled, hides, references, sees, writes
from outwork.store.sight.rules import EVERYTHING, NAMED, Blank, among, is_party

SITES = sees("sites", "Its own.", own=is_party("party"))

WRONG: dict[str, tuple[Iterable[Line], str]] = {
    "a table that is not there": (hides("sitez", "No."), "sitez: there is no such table"),
    "two lines of one table": ((*SITES, *hides("sites", "No.")), "sites: two lines speak of it"),
    "a column that is not there": (sees("sites", "All.", also="mood", everyone=EVERYTHING), "there is no column mood"),
    "a column given twice": (sees("sites", "All.", also="name", everyone=EVERYTHING), "a column is given twice"),
    "a row without its key": (sees("sites", "All.", only="name", everyone=EVERYTHING), "whoever sees a row sees its key, site"),
    "a rule over a hidden column": (sees("sites", "Its own.", only="site", own=is_party("party")), "looks at party, which"),
    "a rule that rests on a hidden table": (sees("make", "Its own.", own=among("site", "sites")), "among sites"),
    "a rule that rests on a hidden column": (
        (*SITES, *sees("make", "Odd.", own=among("site", "sites", "record"))),
        "which the role does not see",
    ),
    "a rule that compares two columns with one": (
        (*SITES, *sees("make", "Odd.", own=among("site operation", "sites", "site"))),
        "which the role does not see",
    ),
    "a rule that rests on rows that are only named": (
        (*sees("sites", "Named.", named=NAMED), *sees("make", "Odd.", own=among("site", "sites"))),
        "sites has no part '' on which a rule can rest",
    ),
    "a rule that rests on a part that is not there": (
        (*SITES, *sees("make", "Odd.", own=among("site", "sites.home"))),
        "sites has no part 'home'",
    ),
    "what is named within another rule": (sees("sites", "Odd.", own=NAMED | is_party("party")), "a part of their own"),
    "a circle": (
        (
            *sees("sites", "Odd.", own=is_party("party") | among("site", "make")),
            *sees("make", "Odd.", own=among("site", "sites")),
        ),
        "rests on itself",
    ),
}


@pytest.mark.parametrize("title", WRONG)
def test_a_policy_is_refused_that_has(title: str) -> None:
    lines, said = WRONG[title]
    with pytest.raises(TypeError, match=said):
        compiled(EVERY, lines)


def test_who_may_write_rests_on_what_they_see() -> None:
    with pytest.raises(TypeError, match=r"resources\.writing: looks at site"):
        compiled(EVERY, SITES, writes("resources", "Its own.", among("site", "sites")))
    with pytest.raises(TypeError, match="looks at verified_by"):
        compiled(EVERY, SITES, writes("certificates", "Its own.", Blank("verified_by")))


def test_plain_columns_are_columns_and_none_of_them_is_money() -> None:
    assert set(PLAIN) == {table.name for table in EVERY}
    for table in EVERY:
        assert {table.column(name).unit.startswith("EUR") for name in PLAIN[table.name]} <= {False}
        assert set(table.key) <= set(PLAIN[table.name])


def test_what_names_a_row_comes_after_it_so_that_named_rows_can_be_found_in_one_pass() -> None:
    place = {table.name: at for at, table in enumerate(EVERY)}
    assert all(place[link.table] <= place[table.name] for table in EVERY for link in references(table))


# The page


def test_the_page_in_the_documentation_is_fresh(root: Path) -> None:
    assert (root / "docs" / "reference" / "sight.md").read_text(encoding="utf8") == page.page(), "run make docs"


def test_the_page_says_every_role_and_what_money_it_sees() -> None:
    said = page.page()
    assert all(f"\n## {role}\n" in said for role in POLICIES)
    assert "| [supplies](tables.md#supplies) | `party` is their party | all; with **price** | Its own offers" in said


def test_rules_read_as_words() -> None:
    assert page.words((is_party("party") | Blank("licence")) & among("a b", "make.own", "c d")) == (
        "(`party` is their party or `licence` is empty) and `a`, `b` in their `make.c`, `d` (own)"
    )
