from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from outwork.web.built import manifest
from tests.web.browser import pages

pytestmark = [
    pytest.mark.skipif(bool(manifest().missing), reason="the assets were not built"),
    pytest.mark.parametrize("scheme", ["light"]),
]
HOST = "http://outwork.test"


@pytest.fixture
def network(page: Page, answer: Callable[[dict[str, Any]], None]) -> Page:
    answer({"/network": pages.page(f"<h1>Network</h1>{pages.network_figure()}")})
    page.goto(f"{HOST}/network")
    page.wait_for_selector("[data-map-zoom]:not([hidden])")
    return page


def window(page: Page) -> list[float]:
    return [float(each) for each in (page.get_attribute("svg.network[tabindex]", "viewBox") or "").split()]


def test_the_keyboard_looks_closer_moves_and_goes_back_to_the_whole(network: Page) -> None:
    whole = window(network)
    network.focus("svg.network[tabindex]")
    network.keyboard.press("+")
    closer = window(network)
    assert closer[2] < whole[2]
    network.keyboard.press("ArrowRight")
    assert window(network)[0] > closer[0]
    network.keyboard.press("0")
    assert window(network) == whole


def test_the_map_never_leaves_its_frame(network: Page) -> None:
    network.focus("svg.network[tabindex]")
    for _ in range(5):
        network.keyboard.press("+")
    for _ in range(60):
        network.keyboard.press("ArrowLeft")
        network.keyboard.press("ArrowUp")
    assert window(network)[:2] == [0, 0]


def test_dragging_moves_the_map_with_the_pointer(network: Page) -> None:
    network.click("[data-map-zoom=in]")
    before = window(network)
    box = network.locator("svg.network[tabindex]").bounding_box()
    assert box is not None
    network.mouse.move(box["x"] + 300, box["y"] + 100)
    network.mouse.down()
    network.mouse.move(box["x"] + 200, box["y"] + 140, steps=4)
    network.mouse.up()
    after = window(network)
    unit = 1 / network.evaluate("document.querySelector('svg.network[tabindex]').getScreenCTM().a")
    assert after[0] - before[0] == pytest.approx(100 * unit, abs=0.5)
    assert after[1] - before[1] == pytest.approx(-40 * unit, abs=0.5)


def test_the_wheel_scrolls_the_page_and_with_control_looks_closer(network: Page) -> None:
    whole = window(network)
    network.hover("svg.network[tabindex]", position={"x": 300, "y": 300})
    network.mouse.wheel(0, 40)
    assert window(network) == whole
    network.keyboard.down("Control")
    network.mouse.wheel(0, -120)
    expect(network.locator("svg.network[tabindex]")).to_have_class("network closer")


def test_a_site_in_focus_tells_its_details_and_brings_its_flows_to_the_front(network: Page) -> None:
    network.focus("[data-site=sibiu]")
    assert network.inner_text("[data-map-detail]").split("\n")[0] == "Sibiu chamber works"
    assert network.locator(".flow.touched").count() == 2
    network.keyboard.press("Escape")
    assert network.is_hidden("[data-map-detail]")


def test_the_base_map_is_there_with_the_nations_that_take_part(network: Page) -> None:
    box = network.evaluate("(() => { const b = document.querySelector('use.land').getBBox(); return [b.width, b.height]; })()")
    assert box[0] > 900
    assert box[1] > 700
    assert network.locator("use.member").count() == 9
