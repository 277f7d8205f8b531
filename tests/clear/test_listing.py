from __future__ import annotations

import pytest

from outwork.clear import rules
from outwork.clear.facts import stated
from outwork.clear.flips import flips
from outwork.clear.logic import FALSE, TRUE, UNKNOWN, Truth
from outwork.clear.things import Thing
from tests.clear.small import BOOK, KITE, heard, small, state, table

STEERED = ("k", "steered", "yes")
KITE_60 = [("k", "class", "kite"), STEERED, ("k", "endurance", "60", "min"), ("k", "range", "5 km"), ("k", "speed", "40 km/h")]


def without(fact: str) -> list[tuple[str, ...]]:
    return [row for row in KITE_60 if row[1] != fact]


def but(fact: str, *value: str) -> list[tuple[str, ...]]:
    return [*without(fact), ("k", fact, *value)]


# Three values


def test_a_thing_that_meets_every_condition_is_listed() -> None:
    assert state(KITE_60, small()) == (TRUE, ("9X1.a",))


def test_a_thing_that_fails_one_condition_of_each_path_is_not_listed() -> None:
    assert state(but("endurance", "59.9", "min"), small()) == (FALSE, ())


@pytest.mark.parametrize("fact", ["class", "endurance", "steered", "speed"])
def test_a_fact_that_is_missing_and_matters_leaves_it_unknown(fact: str) -> None:
    assert state(without(fact), small())[0] is UNKNOWN


def test_a_fact_that_is_missing_and_does_not_matter_is_not_asked_for() -> None:
    things, found = heard([row for row in but("endurance", "20", "min") if row[1] != "speed"], small())
    assert found.states[things.place[Thing("k", "all", "goods")]] == FALSE
    assert not any(mask.any() for fact, mask in found.missing.items())


def test_what_is_missing_is_asked_from_the_scope_down() -> None:
    things, found = heard([STEERED], small())
    place = things.place[Thing("k", "all", "goods")]
    assert [fact for fact, mask in found.missing.items() if mask[place]] == ["class"]
    things, found = heard([("k", "class", "kite"), ("k", "range", "3 km")], small())
    assert sorted(fact for fact, mask in found.missing.items() if mask.any()) == ["endurance", "speed", "steered"]


@pytest.mark.parametrize(
    ("cell", "truth"),
    [
        ("at least 60 min", TRUE),
        ("60 to 90 min", TRUE),
        ("50 to 90 min", UNKNOWN),
        ("below 60 min", UNKNOWN),
        ("at most 59 min", FALSE),
        ("1 h", TRUE),
        ("0,9 h", FALSE),
    ],
)
def test_a_quantity_that_is_known_in_part_decides_what_it_can(cell: str, truth: Truth) -> None:
    assert state(but("endurance", cell), small())[0] is truth


def test_a_release_takes_out_what_it_names_and_nothing_else() -> None:
    assert state(but("speed", "10 km/h"), small())[0] is FALSE
    assert state([*but("speed", "10 km/h")[:-2], ("k", "range", "400 km"), ("k", "speed", "10 km/h")], small())[1] == ("9X1.b",)


def test_a_class_that_no_entry_covers_is_unknown_unless_it_is_plain() -> None:
    assert state([("k", "class", "unlisted thing")], small()) == (UNKNOWN, ())
    assert state([("k", "class", "peg")], small()) == (FALSE, ())
    assert state([("k", "class", "peg; unlisted thing")], small())[0] is UNKNOWN


# What things are made for


def test_technology_follows_the_listing_of_what_it_is_for() -> None:
    assert state([*KITE_60, ("k", "public", "no")], small(), kind="technology") == (TRUE, ("9Y1",))
    assert state(KITE_60, small(), kind="technology")[0] is UNKNOWN
    assert state([*KITE_60, ("k", "public", "yes")], small(), kind="technology")[0] is FALSE
    assert state([*without("speed"), ("k", "public", "no")], small(), kind="technology")[0] is UNKNOWN


def test_technology_for_a_thing_that_no_entry_covers_is_unknown() -> None:
    for more in ([], [("k", "public", "no")], [("k", "public", "no"), ("k", "endurance", "5 min"), ("k", "range", "1 km")]):
        assert state([("k", "class", "unlisted thing"), *more], small(), kind="technology")[0] is UNKNOWN
    assert state([("k", "class", "unlisted thing"), ("k", "public", "yes")], small(), kind="technology")[0] is FALSE


@pytest.mark.parametrize(
    ("made_for", "truth"), [("k", TRUE), ("9X1.a", TRUE), ("9X1", UNKNOWN), ("none", FALSE), ("9X1.b", FALSE)]
)
def test_a_part_is_listed_by_what_it_is_made_for(made_for: str, truth: Truth) -> None:
    assert state([*KITE_60, ("w", "class", "winch"), ("w", "made for", made_for)], small(), "w")[0] is truth


def test_a_part_of_which_nobody_says_what_it_is_for_is_unknown() -> None:
    assert state([*KITE_60, ("w", "class", "winch")], small(), "w")[0] is UNKNOWN
    assert state([*KITE_60, ("w", "class", "winch"), ("w", "made for", "kq")], small(), "w")[0] is UNKNOWN


def test_a_part_of_a_part_is_listed_through_both() -> None:
    parts = '[[control]]\npath = "9Z1"\nall = [{ made_for = "9X1.a" }]'
    nested = BOOK["9Z1.toml"].replace(parts, '[[control]]\npath = "9Z1"\nany = [{ made_for = "9X1.a" }, { made_for = "9Z1" }]')
    book = rules.read({**BOOK, "9Z1.toml": nested})
    chain = [("a", "class", "winch"), ("a", "made for", "b"), ("b", "class", "winch"), ("b", "made for", "k")]
    assert state([*KITE_60, *chain], book, "a") == (TRUE, ("9Z1",))


# Bad facts


def test_two_values_of_one_fact_leave_it_unknown_and_are_both_named() -> None:
    rows = [*KITE_60, ("k", "time aloft", "30", "min")]
    assert state(rows, small())[0] is UNKNOWN
    (doubt,) = stated(table(rows), [], small()).doubts
    assert "'60 min'" in doubt.sentence
    assert "'30 min'" in doubt.sentence


def test_two_statements_that_can_both_be_true_are_taken_together() -> None:
    assert state([*KITE_60, ("k", "time aloft", "at least 50 min")], small())[0] is TRUE


@pytest.mark.parametrize(
    ("fact", "value", "unit", "said"),
    [
        ("endurance", "60", "furlong", "'furlong' is not a unit"),
        ("endurance", "60", "kg", "does not turn into 'min'"),
        ("endurance", "60", "", "has no unit"),
        ("endurance", "long", "min", "is not a number"),
        ("endurance", "1e999", "min", "not a finite number"),
        ("endurance", "90 to 60", "min", "ends before it begins"),
        ("endurance", "6" * 10_000, "min", "too long"),
        ("endurance", "60\u202e", "min", "the value says"),
        ("steered", "perhaps", "", "neither true nor false"),
        ("class", "kitе", "", "is not one of"),
        ("class", "", "", "is empty"),
        ("endurence", "60", "min", "did you mean 'endurance'"),
        ("destination", "UA", "", "follows from the movement"),
    ],
)
def test_a_fact_that_cannot_be_used_is_named_and_opens_nothing(fact: str, value: str, unit: str, said: str) -> None:
    rows = [*(row for row in KITE_60 if row[1] != fact), ("k", fact, value, unit)]
    assert any(said in doubt.sentence for doubt in stated(table(rows), [], small()).doubts)
    if fact in {"endurance", "steered", "class"}:
        assert state(rows, small())[0] is UNKNOWN


def test_a_cell_that_cannot_be_read_beside_one_that_can_leaves_the_fact_unknown() -> None:
    assert state([*KITE_60, ("k", "time aloft", "long", "min")], small())[0] is UNKNOWN


# Facts that follow from others

DERIVED = """
[[derived]]
fact = "range"
bound = "at most"
product = { endurance = 1, speed = 1 }
note = "No kite flies further than its time aloft at its speed."
[[derived]]
fact = "steered"
value = false
when = { class = "winch" }
"""


def test_a_derived_bound_settles_what_it_can() -> None:
    book = rules.read({**BOOK, "derived.toml": DERIVED})
    assert state(without("range"), small())[0] is TRUE
    short = [*without("range")[:2], ("k", "endurance", "30 min"), ("k", "speed", "60 km/h")]
    assert state(short, small())[0] is UNKNOWN
    assert state(short, book) == (FALSE, ())  # 30 min at 60 km/h is 30 km


def test_a_statement_that_contradicts_what_follows_leaves_the_fact_unknown_and_is_named() -> None:
    book = rules.read({**BOOK, "derived.toml": DERIVED})
    rows = [*without("range"), ("k", "range", "400 km")]
    assert state(rows, book) == (TRUE, ("9X1.a",))  # 9X1.b is unknown now
    things, _ = heard(rows, book)
    assert "No kite flies further" in things.doubts[0].sentence


def test_a_derivation_whose_unit_cannot_be_right_is_refused() -> None:
    with pytest.raises(Exception, match="does not turn into km"):
        rules.read({**BOOK, "derived.toml": DERIVED.replace("speed = 1", "speed = 2")})


# What would change it


def told(rows: list[tuple[str, ...]], item: str = "k") -> list[str]:
    things, found = heard(rows, small())
    place = things.place[Thing(item, "all", "goods")]
    return [str(flip) for flip in flips([place], things, found, small())[place]]


def test_a_listed_thing_tells_each_single_change_that_frees_it() -> None:
    assert told(KITE_60) == [
        "steered false: not listed under 9X1.a",
        "endurance below 60 min: not listed under 9X1.a",
        "speed below 20 km/h: not listed under 9X1.a",
    ]


def test_a_free_thing_tells_each_single_change_that_binds_it() -> None:
    assert told(but("endurance", "30 min")) == [
        "endurance at least 60 min: listed under 9X1.a",
        "range more than 300 km: listed under 9X1.b",
    ]


def test_a_change_that_only_moves_it_to_another_path_frees_nothing() -> None:
    far = [*without("range"), ("k", "range", "400 km")]
    assert "endurance below 60 min: listed under 9X1.b instead of 9X1.a" in told(far)


def test_a_flip_is_confirmed_by_stating_the_fact() -> None:
    assert state(but("endurance", "59", "min"), small())[0] is FALSE
    assert state(but("speed", "19 km/h"), small())[0] is FALSE


def test_the_order_of_controls_does_not_matter() -> None:
    head, first, second = KITE.split("[[control]]")
    second, release = second.split("[[release]]")
    turned = rules.read({**BOOK, "9X1.toml": f"{head}[[release]]{release}[[control]]{second}[[control]]{first}"})
    for rows in (KITE_60, without("speed"), but("endurance", "20 min")):
        assert state(rows, turned) == state(rows, small())
