from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from outwork.web.built import manifest
from tests.web.browser import pages

pytestmark = pytest.mark.skipif(bool(manifest().missing), reason="the assets were not built")
HOST = "http://outwork.test"

CONTENT = (Path(__file__).parent / "design.html").read_text(encoding="utf8").replace("{network}", pages.network_figure())


def test_a_page_in_the_base_layout_breaks_no_rule_of_accessibility(
    page: Page,
    answer: Callable[[dict[str, Any]], None],
    accessible: Callable[[Page], None],
    picture: Callable[[Page, str], Path],
) -> None:
    answer({"/network": pages.page(CONTENT)})
    page.goto(f"{HOST}/network")
    page.wait_for_selector("[data-map-zoom]:not([hidden])")
    picture(page, "design")
    accessible(page)
