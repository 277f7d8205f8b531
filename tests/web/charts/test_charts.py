from __future__ import annotations

import re
from datetime import date
from xml.etree import ElementTree as ET

import pytest
from markupsafe import Markup

from outwork.web.charts import air, bars, curve, gantt, heat, svg
from outwork.web.charts.scale import Days, reaching, round_step

HOSTILE = '<script>alert("1")</script> & \'onload=x'
SPAN = (date(2027, 1, 1), date(2027, 12, 31))
NAMED = gantt.Words("Schedule", "Two bars.", "today")


def bar(since: date, until: date, **more: object) -> gantt.Bar:
    return gantt.Bar("making", since, until, "12", "12 units", **more)  # type: ignore[arg-type]


def parsed(drawing: Markup) -> ET.Element:
    return ET.fromstring(str(drawing))  # noqa: S314 - our own text


def rects(drawing: Markup, class_: str) -> list[ET.Element]:
    return [
        each for each in parsed(drawing).iter("{http://www.w3.org/2000/svg}rect") if class_ in each.get("class", "").split()
    ]


def everything_named(name: str) -> dict[str, Markup]:
    lane = gantt.Lane(name, name, (gantt.Bar("making", date(2027, 2, 1), date(2027, 6, 1), name, name, True, f"/x?{name}"),))
    words = gantt.Words(name, name, name)
    return {
        "gantt": gantt.drawn("g", [lane], SPAN, SPAN[0], [gantt.Due(date(2027, 5, 1), name)], words),
        "heat": heat.drawn(
            "h", [name], [heat.Line(name, name, (heat.Cell(0.5, name),), name)], heat.Words(name, name, (name,) * 6)
        ),
        "curve": curve.drawn("c", [curve.Point(SPAN[0], 1, 0)], SPAN, None, curve.Words(*(name,) * 5)),
        "bars": bars.drawn("b", [bars.Amount(name, 1.0, name)], bars.Words(name, name)),
        "air": air.drawn(
            "a",
            [air.Mark(name, name, 55.0, 23.0, 90.0, "drone", [(23.0, 55.0)])],
            [{"zone": name, "name": name, "latitude": 55.0, "longitude": 23.0, "radius": 100.0, "outline": ""}],
            [{"sensor": name, "name": name, "latitude": 55.0, "longitude": 23.0, "range_most": 500.0}],
            air.Words(name, name, name),
        ),
    }


@pytest.mark.parametrize("chart", ["gantt", "heat", "curve", "bars", "air"])
def test_a_name_never_becomes_markup(chart: str) -> None:
    drawing = everything_named(HOSTILE)[chart]
    assert "<script" not in drawing
    assert all(HOSTILE not in (each.tag, *each.attrib) for each in parsed(drawing).iter())
    assert any(HOSTILE in (each.text or "") for each in parsed(drawing).iter())


@pytest.mark.parametrize("chart", ["gantt", "heat", "curve", "bars", "air"])
def test_a_drawing_has_no_style_of_its_own_and_says_what_it_is(chart: str) -> None:
    drawing = everything_named("name")[chart]
    root = parsed(drawing)
    assert "style=" not in drawing
    assert root.get("role") == ("group" if "<a " in drawing else "img")
    ids = {each.get("id") for each in root}
    assert set((root.get("aria-labelledby") or "").split()) <= ids


def test_a_bar_stands_where_its_days_are() -> None:
    drawing = gantt.drawn("g", [gantt.Lane("lund", "mill", (bar(date(2027, 7, 2), date(2027, 10, 1)),))], SPAN, None, [], NAMED)
    (own,) = rects(drawing, "bar")
    width = gantt.WIDTH - 10 - gantt.LABELS
    assert float(own.get("x", "0")) == pytest.approx(gantt.LABELS + width * 182 / 365, abs=0.1)
    assert float(own.get("width", "0")) == pytest.approx(width * 91 / 365, abs=0.2)


def test_only_what_nobody_has_decided_is_striped() -> None:
    lanes = [gantt.Lane("lund", "mill", (bar(*SPAN, draft=True), bar(*SPAN, draft=False)))]
    assert len(rects(gantt.drawn("g", lanes, SPAN, None, [], NAMED), "draft")) == 1


def test_today_is_drawn_only_where_the_axis_holds_it() -> None:
    inside, outside = (gantt.drawn("g", [], SPAN, day, [], NAMED) for day in (date(2027, 6, 1), date(2028, 6, 1)))
    assert 'class="today"' in inside
    assert 'class="today"' not in outside


@pytest.mark.parametrize(("share", "level"), [(0.0, 0), (0.3, 1), (0.5, 2), (0.94, 3), (0.95, 4), (1.0, 4), (1.2, 5)])
def test_a_shade_stands_for_a_share(share: float, level: int) -> None:
    assert heat.level(share) == level


def test_a_cell_says_its_share_in_words_and_in_per_cent() -> None:
    drawing = heat.drawn(
        "h", ["w1"], [heat.Line("lund", "mill", (heat.Cell(0.83, "33 of 40 h"),))], heat.Words("", "", ("",) * 6)
    )
    assert ">83<" in drawing
    assert "<title>33 of 40 h</title>" in drawing


def test_a_curve_is_shaded_only_where_the_plan_is_behind() -> None:
    words = curve.Words("", "", "wanted", "delivered", "today")
    ahead = curve.drawn("c", [curve.Point(date(2027, 3, 1), 0, 5), curve.Point(date(2027, 6, 1), 5, 5)], SPAN, None, words)
    (points,) = re.findall(r'<polygon points="([^"]+)"', ahead)
    half = points.split()[: len(points.split()) // 2]
    assert half == list(reversed(points.split()[len(points.split()) // 2 :]))


@pytest.mark.parametrize(("rough", "step"), [(0.0, 0.0), (0.9, 1.0), (11, 20), (31, 50), (100, 100)])
def test_marks_stand_at_round_distances(rough: float, step: float) -> None:
    assert round_step(rough) == step
    assert reaching(rough) >= rough


def test_months_never_crowd_the_axis() -> None:
    assert len(list(Days(date(2027, 1, 1), date(2036, 12, 31), 0, 100).months())) <= 13


def test_what_is_escaped_once_is_not_escaped_again() -> None:
    assert svg.element("g", svg.element("text", "a & b")) == Markup("<g><text>a &amp; b</text></g>")
