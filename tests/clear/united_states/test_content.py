from __future__ import annotations

from datetime import date
from graphlib import CycleError

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outwork.clear import united_states as us
from outwork.clear.logic import FALSE, TRUE, UNKNOWN, Truth
from outwork.clear.united_states import Content, Source
from outwork.model.programme import Programme
from outwork.model.table import Row
from outwork.model.tables.design import Component, Item, Operation
from outwork.model.tables.frame import Nation
from outwork.model.tables.places import Party, Site
from outwork.model.tables.sourcing import Qualification, Supply
from tests.clear.authorise.rules import answers, shipped

BOOK = us.read(shipped())
OURS = Source(us=FALSE)
THEIRS = Source(us=TRUE, eccn="6A003.b.4.b", itar=FALSE)
PLACES: tuple[Row, ...] = (
    Nation(nation="NL", name="Netherlands"),
    Nation(nation="US", name="United States"),
    Party(party="maker", name="Maker", nation="NL", role="manufacturer"),
    Site(site="hall", party="maker", nation="NL", name="Hall"),
    Site(site="plant", party="maker", nation="US", name="Plant"),
)


def item(name: str, value: float, sourcing: str = "either") -> Item:
    return Item.model_validate({"item": name, "name": name, "value": value, "sourcing": sourcing})


def makes(name: str, at: str = "hall", **parts: float) -> list[Row]:
    """An operation that makes an item of others, at a site."""
    own = [Component(operation=f"make-{name}", item=part, quantity=many) for part, many in parts.items()]
    made = Operation(operation=f"make-{name}", item=name, process="assembly")
    return [made, *own, Qualification(operation=f"make-{name}", site=at)]


def offer(name: str, price: float, site: str = "hall") -> Supply:
    return Supply(item=name, site=site, party="maker", price=price)


def counted(
    sources: dict[str, Source], *rows: Row | list[Row], controlled: Truth = TRUE, day: date | None = None
) -> dict[str, Content]:
    made = us.recipes(Programme.of(*PLACES, *rows), day)
    return dict(us.contents(made, sources, lambda _: controlled))


MAST = [item("mast", 1000), item("camera", 200), item("pole", 300), *makes("mast", camera=1, pole=1)]


def test_a_camera_of_200_in_a_mast_of_1000_is_a_fifth() -> None:
    found = counted({"camera": THEIRS, "pole": OURS}, *MAST)["mast"]
    assert (found.low, found.high, found.share) == (200, 200, (0.2, 0.2))
    assert found.parts == {"camera": 200}


def test_content_goes_through_all_levels_times_the_quantities() -> None:
    rows = [
        item("net", 5000), *makes("net", mast=2, cable=10), item("cable", 20), *MAST,
        item("sensor", 30), *makes("camera", sensor=3),
    ]  # fmt: skip
    found = counted({"sensor": THEIRS, "pole": OURS, "cable": OURS}, *rows)
    assert found["camera"].share == (0.45, 0.45)
    assert found["net"].low == found["net"].high == 2 * 3 * 30
    assert found["net"].share == pytest.approx((180 / 5000, 180 / 5000))


def test_what_needs_no_licence_there_is_not_counted() -> None:
    assert counted({"camera": THEIRS, "pole": OURS}, *MAST, controlled=FALSE)["mast"].share == (0, 0)


def test_what_may_need_a_licence_counts_from_none_to_all() -> None:
    assert counted({"camera": THEIRS, "pole": OURS}, *MAST, controlled=UNKNOWN)["mast"].share == (0, 0.2)


def test_a_bought_part_of_unknown_origin_is_unknown_content() -> None:
    found = counted({"camera": THEIRS}, *MAST)["mast"]
    assert found.share == (0.2, 0.5)
    assert found.parts == {"camera": 200, "pole": 300}


def test_what_is_made_outside_the_united_states_is_of_its_parts_whatever_is_not_said_of_it() -> None:
    assert counted({"camera": OURS, "pole": OURS}, *MAST)["mast"].share == (0, 0)


def test_what_may_be_made_in_the_united_states_may_be_content_whole() -> None:
    rows = [item("mast", 1000), item("pole", 300), *makes("mast", at="plant", pole=1)]
    assert counted({"pole": OURS}, *rows)["mast"].share == (0, 1)


def test_prices_of_offers_and_the_value_bound_what_a_part_is_worth() -> None:
    rows = [*MAST, offer("camera", 150), offer("camera", 250, "plant")]
    found = counted({"camera": THEIRS, "pole": OURS}, *rows)["mast"]
    assert (found.low, found.high, found.share) == (150, 250, (0.15, 0.25))


def test_a_part_without_price_and_value_may_be_anything() -> None:
    rows = [item("mast", 1000), item("camera", 0), *makes("mast", camera=1)]
    assert counted({"camera": THEIRS}, *rows)["mast"].share == (0, 1)


def test_an_item_without_value_has_an_unknown_share_unless_nothing_is_in_it() -> None:
    rows = [item("mast", 0), item("camera", 200), *makes("mast", camera=1)]
    assert counted({"camera": THEIRS}, *rows)["mast"].share == (0, 1)
    assert counted({"camera": OURS}, *rows)["mast"].share == (0, 0)


def test_alternatives_count_from_the_least_to_the_most() -> None:
    made = Operation(operation="make-mast", item="mast", process="assembly")
    parts = [
        Component(operation="make-mast", item="camera", quantity=1, choice="eye"),
        Component(operation="make-mast", item="lens", quantity=2, choice="eye"),
    ]
    rows = [item("mast", 1000), item("camera", 200), item("lens", 40), made, *parts]
    assert counted({"camera": THEIRS, "lens": OURS}, *rows)["mast"].share == (0, 0.2)
    assert counted({"camera": THEIRS, "lens": THEIRS}, *rows)["mast"].share == (0.08, 0.2)


def test_components_count_on_the_days_on_which_they_are_in_use() -> None:
    made = Operation(operation="make-mast", item="mast", process="assembly")
    parts = [
        Component(operation="make-mast", item="camera", quantity=1, until=date(2027, 6, 30)),
        Component(operation="make-mast", item="lens", quantity=1, since=date(2027, 7, 1)),
    ]
    rows = [item("mast", 1000), item("camera", 200), item("lens", 40), made, *parts]
    sources = {"camera": THEIRS, "lens": OURS}
    assert counted(sources, *rows, day=date(2027, 6, 30))["mast"].share == (0.2, 0.2)
    assert counted(sources, *rows, day=date(2027, 7, 1))["mast"].share == (0, 0)


def test_what_is_made_or_bought_is_either() -> None:
    rows = [*MAST, offer("mast", 1000)]
    assert counted({"camera": THEIRS, "pole": OURS}, *rows)["mast"].share == (0, 1)
    assert counted({"camera": THEIRS, "pole": OURS, "mast": OURS}, *rows)["mast"].share == (0, 0.2)


def test_a_stated_share_stands_for_what_nobody_sees_into() -> None:
    sources = {"camera": Source(us=FALSE, share=(0.1, 0.3)), "pole": OURS}
    found = counted(sources, *MAST)
    assert found["camera"].share == (0.1, 0.3)
    assert found["mast"].share == pytest.approx((0.02, 0.06))


def test_a_share_is_never_more_than_the_whole() -> None:
    rows = [item("mast", 100), item("camera", 200), *makes("mast", camera=1)]
    assert counted({"camera": THEIRS}, *rows)["mast"].share == (1, 1)


def test_scrap_is_not_in_the_item() -> None:
    made = Operation(operation="make-mast", item="mast", process="assembly", yield_rate=0.5)
    rows = [item("mast", 1000), item("camera", 200), made, Component(operation="make-mast", item="camera", quantity=1)]
    assert counted({"camera": THEIRS}, *rows)["mast"].share == (0.2, 0.2)


def test_a_thousand_levels_are_counted() -> None:
    levels = 1500
    rows = [item(f"l{n}", 100) for n in range(levels)]
    made = [row for n in range(levels - 1) for row in makes(f"l{n}", **{f"l{n + 1}": 1.0})]
    assert counted({f"l{levels - 1}": THEIRS}, *rows, made)["l0"].share == (1, 1)


def test_an_item_that_is_made_of_itself_is_refused() -> None:
    with pytest.raises(CycleError):
        counted({}, item("mast", 1), item("pole", 1), *makes("mast", pole=1), *makes("pole", mast=1))


@given(
    st.lists(st.tuples(st.floats(1, 500), st.floats(0.1, 10), st.sampled_from(list(Truth))), min_size=1, max_size=6),
    st.integers(0, 5),
    st.sampled_from([TRUE, FALSE]),
)
def test_learning_an_origin_narrows_the_share(parts: list[tuple[float, float, Truth]], which: int, learnt: Truth) -> None:
    rows = [item("mast", 1000), *(item(f"p{n}", value) for n, (value, _, _) in enumerate(parts))]
    made = makes("mast", **{f"p{n}": many for n, (_, many, _) in enumerate(parts)})
    sources = {f"p{n}": Source(us=origin) for n, (_, _, origin) in enumerate(parts)}
    name = f"p{which % len(parts)}"
    open_, settled = sources | {name: Source()}, sources | {name: Source(us=learnt)}
    before, after = (counted(each, *rows, made)["mast"].share for each in (open_, settled))
    assert before[0] <= after[0] + 1e-12
    assert after[1] <= before[1] + 1e-12


def content(low: float, high: float) -> Content:
    return Content(0, 0, (low, high), {"camera": 1.0})


@pytest.mark.parametrize(
    ("low", "high", "to", "truth"),
    [
        (0.25, 0.25, "UA", FALSE),  # more than 25 %, not 25 % itself
        (0.2501, 0.2501, "UA", TRUE),
        (0.10, 0.10, "IR", FALSE),
        (0.11, 0.11, "IR", TRUE),
        (0.11, 0.11, "CU", TRUE),
        (0.11, 0.11, "RU", FALSE),  # neither in E:1 nor in E:2
        (0.2, 0.3, "UA", UNKNOWN),
        (0.11, 0.11, "ZZ", TRUE),  # the lower level where the nation is not known
    ],
)
def test_an_item_is_subject_above_25_percent_or_10_percent_for_embargoed_places(
    low: float, high: float, to: str, truth: Truth
) -> None:
    found = us.subject(BOOK, "9A012.a.1", content(low, high), frozenset({"7A103"}), to, answers({}))
    assert found.truth == truth


@pytest.mark.parametrize(
    ("eccn", "part", "to", "truth"),
    [
        ("9A012.a.1", "3A611.x", "CN", UNKNOWN),  # 600 series to D:5, whatever the share
        ("9A012.a.1", "3A611.x", "UA", FALSE),
        ("9A012.a.1", "9A515.a", "CN", UNKNOWN),
        ("9A012.a.1", "6A003.b.4.b", "CN", UNKNOWN),  # military goods with cameras
        ("9A012.a.1", "6A003.b.4.b", "UA", FALSE),
        ("9A012.a.1", "5E002", "UA", UNKNOWN),
        ("9A012.a.1", None, "UA", UNKNOWN),
        ("3B001.c", "7A103", "UA", UNKNOWN),
        (None, "7A103", "UA", UNKNOWN),
    ],
)
def test_nine_cases_know_no_small_share(eccn: str | None, part: str | None, to: str, truth: Truth) -> None:
    found = us.subject(BOOK, eccn, content(0.01, 0.01), frozenset({part}), to, answers({}))
    assert found.truth == truth


def test_a_case_that_a_fact_settles_is_settled() -> None:
    for held in (True, False):
        facts = answers({"contains US 600 series or 9x515 items": held, "contains US 600 series or 9x515 .y items": False})
        found = us.subject(BOOK, "9A012.a.1", content(0.01, 0.01), frozenset({"3A611.x"}), "CN", facts)
        assert found.truth == (TRUE if held else FALSE)


def test_an_item_without_us_content_is_not_subject_by_it_and_the_trace_says_what_was_not_asked() -> None:
    found = us.subject(BOOK, None, Content(0, 0, (0, 0)), frozenset(), "CN", answers({}))
    assert found.truth == FALSE
    assert "734.9" in found.steps[0].sentence


def reexported(sources: dict[str, Source], to: str = "UA") -> us.Reexport:
    ask = answers({"range": 40.0})
    content = us.contents(us.recipes(Programme.of(*PLACES, *MAST)), sources, lambda _: TRUE)["mast"]
    return us.reexport(BOOK, "mast", sources, content, to, ask)


def test_a_mast_with_a_fifth_of_us_content_leaves_for_ukraine_without_their_leave() -> None:
    found = reexported({"mast": Source(us=FALSE, eccn="6A008.e"), "camera": THEIRS, "pole": OURS})
    assert (found.munitions.truth, found.subject.truth, found.needed) == (FALSE, FALSE, FALSE)


def test_with_more_of_it_their_chart_decides() -> None:
    mostly = {"mast": Source(us=FALSE, eccn="9A012.a.1"), "camera": THEIRS, "pole": THEIRS}
    assert reexported(mostly).needed == TRUE
    assert reexported(mostly, "NL").needed == FALSE
    assert reexported(mostly | {"mast": OURS}).needed == UNKNOWN  # its own paragraph is not known


def test_what_is_of_us_origin_stays_so_wherever_it_is() -> None:
    found = reexported({"mast": Source(us=TRUE, eccn="9A012.a.1", itar=FALSE)})
    assert (found.subject.truth, found.needed) == (TRUE, TRUE)


def test_one_part_on_the_munitions_list_is_for_an_expert() -> None:
    sources = {"mast": OURS, "pole": OURS, "camera": Source(us=TRUE, itar=TRUE)}
    assert reexported(sources).munitions.truth == TRUE
    assert reexported(sources | {"camera": Source(us=TRUE)}).munitions.truth == UNKNOWN
    assert reexported(sources | {"camera": Source()}).munitions.truth == UNKNOWN
    assert reexported(sources | {"camera": OURS}).munitions.truth == FALSE
