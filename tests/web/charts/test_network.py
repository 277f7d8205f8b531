from __future__ import annotations

import re
from math import hypot
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outwork.web.built import FOLDER, manifest
from outwork.web.charts.ground import Ground, ground
from outwork.web.charts.labels import Spot, labels
from outwork.web.charts.legend import Words as LegendWords
from outwork.web.charts.legend import legend
from outwork.web.charts.network import Flow, Measures, Site, Words, drawn, placed

built = pytest.mark.skipif(bool(manifest().missing), reason="the assets were not built")
WORDS = Words("Network", "Two sites")
BRNO = Site("brno", "Brno <works>", "CZ", 16.61, 49.2, used=100, spare=100, told=("full",), href="/sites/brno")
LVIV = Site("lviv", "Lviv", "UA", 24.03, 49.84, used=20, spare=400)
OTTAWA = Site("ottawa", "Ottawa", "CA", -75.7, 45.4)
SVG = "{http://www.w3.org/2000/svg}"


def marks(text: str, class_: str) -> list[ET.Element]:
    return [each for each in ET.fromstring(text).iter() if class_ in each.get("class", "").split()]  # noqa: S314 - drawn here


@built
def test_a_site_is_placed_where_the_base_map_draws_its_town() -> None:
    facts = manifest().facts("basemap.json")
    projection = ground(manifest()).projection
    for each in facts["checks"]:
        assert projection.at(each["longitude"], each["latitude"]) == pytest.approx(each["at"], abs=1e-6)


@built
def test_simferopol_lies_in_ukraine_as_it_is_drawn() -> None:
    picture = (FOLDER / manifest().parts["basemap.svg"].file).read_text(encoding="utf8")
    at = ground(manifest()).projection.at(34.1, 44.95)
    holding = {name for name, path in re.findall(r'<path id="([A-Z]{2})" d="([^"]+)"', picture) if inside(path, at)}
    assert holding == {"UA"}


def inside(path: str, at: tuple[float, float]) -> bool:
    """Count how often a line to the right crosses the rings of a path: an odd number of times from inside."""
    crossings = 0
    for ring in path.split("Z")[:-1]:
        points = [tuple(map(float, pair.split(","))) for pair in ring[1:].split("L")]
        for (x1, y1), (x2, y2) in zip(points, [*points[1:], points[0]], strict=True):
            if (y1 > at[1]) != (y2 > at[1]) and at[0] < x1 + (at[1] - y1) * (x2 - x1) / (y2 - y1):
                crossings += 1
    return crossings % 2 == 1


@given(st.floats(-170, 170), st.floats(-60, 80), st.floats(0.01, 0.2))
def test_the_projection_keeps_small_angles(longitude: float, latitude: float, step: float) -> None:
    at = Ground().projection.at
    x, y = at(longitude, latitude)
    east = at(longitude + step * 1e-3, latitude)
    north = at(longitude, latitude + step * 1e-3)
    across = (east[0] - x) * (north[0] - x) + (east[1] - y) * (north[1] - y)
    lengths = hypot(east[0] - x, east[1] - y) * hypot(north[0] - x, north[1] - y)
    assert abs(across) <= 1e-3 * lengths


def test_a_site_elsewhere_in_the_world_is_not_drawn_and_neither_are_its_flows() -> None:
    assert placed([BRNO, OTTAWA], Ground()).keys() == {"brno"}
    text = drawn("n", [BRNO, OTTAWA], [Flow("ottawa", "brno", 5)], Ground(), WORDS)
    assert [each.get("data-site") for each in marks(text, "site")] == ["brno"]
    assert marks(text, "flow") == []


def test_names_from_the_tables_never_become_mark_up() -> None:
    text = drawn("n", [BRNO, LVIV], [Flow("brno", "lviv", 5, ("<b>five</b>",))], Ground(), WORDS)
    assert "<works>" not in text
    assert "<b>" not in text
    assert marks(text, "site")[1].get("aria-label") == "Brno <works>, full"


def test_a_site_with_a_page_leads_to_it_and_one_without_still_takes_the_focus() -> None:
    found = {each.get("data-site"): each for each in marks(drawn("n", [BRNO, LVIV], [], Ground(), WORDS), "site")}
    assert found["brno"].tag == f"{SVG}a"
    assert found["brno"].get("href") == "/sites/brno"
    assert (found["lviv"].tag, found["lviv"].get("tabindex")) == (f"{SVG}g", "0")


def test_only_a_site_without_an_hour_left_is_full() -> None:
    found = [each.get("data-site") for each in marks(drawn("n", [BRNO, LVIV], [], Ground(), WORDS), "full")]
    assert found == ["brno"]


def test_there_and_back_are_two_lines() -> None:
    text = drawn("n", [BRNO, LVIV], [Flow("brno", "lviv", 5), Flow("lviv", "brno", 5)], Ground(), WORDS)
    there, back = (each.find(f"{SVG}path") for each in marks(text, "flow"))
    assert there is not None
    assert back is not None
    bends = [each.get("d", "").partition("Q")[2].split()[0] for each in (there, back)]
    assert bends[0] != bends[1]


def test_the_area_of_a_site_and_the_width_of_a_flow_grow_with_what_they_stand_for() -> None:
    scale = Measures(hours=400, amount=100)
    assert (scale.radius(0), scale.radius(100), scale.radius(400)) == (5, 10, 15)
    assert scale.width(50) == pytest.approx((scale.width(0) + scale.width(100)) / 2)


def test_a_network_without_sites_is_still_a_map() -> None:
    assert marks(drawn("n", [], [], Ground(), WORDS), "sea") != []


def test_the_same_rows_give_the_same_bytes_in_any_order() -> None:
    flows = [Flow("brno", "lviv", 5), Flow("lviv", "brno", 7)]
    assert drawn("n", [BRNO, LVIV], flows, Ground(), WORDS) == drawn("n", [LVIV, BRNO], flows[::-1], Ground(), WORDS)


def test_the_legend_says_what_round_amounts_look_like() -> None:
    text = legend(
        "l",
        Measures(hours=1900, amount=87),
        LegendWords("Legend", "{hours} h open", "used", "full", "{amount} units", "broken"),
    )
    assert "1,000 h open" in text
    assert "50 units" in text


@given(
    st.lists(
        st.builds(Spot, st.text("abc", min_size=1, max_size=12), st.floats(0, 400), st.floats(0, 300), st.floats(5, 15)),
        max_size=25,
    )
)
def test_no_two_names_that_are_shown_cover_each_other(spots: list[Spot]) -> None:
    boxes = []
    for spot, label in zip(spots, labels(spots, 400, 300), strict=True):
        if not label.crowded:
            width = len(spot.name) * 7.0
            left = spot.x + label.right - {"start": 0, "middle": width / 2, "end": width}[label.anchor]
            boxes.append((left, spot.y + label.down - 12, left + width, spot.y + label.down + 3))
    for at, one in enumerate(boxes):
        assert one[0] >= 0
        assert one[2] <= 400
        for other in boxes[:at]:
            assert one[0] >= other[2] or other[0] >= one[2] or one[1] >= other[3] or other[1] >= one[3]
