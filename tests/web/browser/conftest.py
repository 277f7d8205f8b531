"""A real browser for tests of pages: the machine's own Chromium, never a downloaded one."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Literal

import pytest

pytest.importorskip("playwright", reason="Playwright is not installed")
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route, sync_playwright

from outwork.web.built import FOLDER, PREFIX

ROOT = Path(__file__).resolve().parents[3]
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
WIDE, HIGH = 1280, 900
HOST = "http://outwork.test"
"""Where pages of tests without a service are: answered by the test itself, so nothing leaves the machine."""
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'"
)
"""The content policy of the service, under which its scripts and styles have to work."""
Scheme = Literal["light", "dark"]


# For one file of tests at a time: while Playwright runs, its thread counts as running a loop, and asyncio.run would refuse.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A Chromium that the machine has, OUTWORK_TEST_CHROMIUM first."""
    program = os.environ.get("OUTWORK_TEST_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if program is None:
        pytest.skip(f"no Chromium on this machine: none of {', '.join(NAMES)} on PATH, and OUTWORK_TEST_CHROMIUM names none")
    with sync_playwright() as playwright:
        # As root Chromium refuses its sandbox; only pages of the project's own are opened.
        opened = playwright.chromium.launch(
            executable_path=program, args=["--no-sandbox", "--disable-gpu", "--force-color-profile=srgb"]
        )
        yield opened
        opened.close()


@pytest.fixture(params=["light", "dark"])
def scheme(request: pytest.FixtureRequest) -> Scheme:
    """Light and dark, one after the other."""
    return "dark" if request.param == "dark" else "light"


@pytest.fixture
def page(browser: Browser, scheme: Scheme) -> Iterator[Page]:
    """A page of its own session; what the browser complains of, a breach of the content policy included, fails the test."""
    context = browser.new_context(color_scheme=scheme, viewport={"width": WIDE, "height": HIGH}, reduced_motion="reduce")
    opened = context.new_page()
    complaints: list[str] = []
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    # That an answer was an error is part of some tests, and nothing that the page did wrong.
    own = "Failed to load resource"
    opened.on("console", lambda said: complaints.append(said.text) if said.type == "error" and own not in said.text else None)
    yield opened
    context.close()
    assert complaints == []


Answer = str | dict[str, Any] | Callable[[Route], None]
"""HTML of a page, or what to fulfil its request with, or what to do with it."""


@pytest.fixture
def answer(page: Page) -> Callable[[dict[str, Answer]], None]:
    """Answer requests to HOST by their path, under the content policy of the service; the built files are always there."""

    def answered(pages: dict[str, Answer]) -> None:
        def fulfil(route: Route) -> None:
            path = route.request.url.removeprefix(HOST).partition("?")[0]
            found = pages.get(path)
            if callable(found):
                found(route)
            elif found is not None:
                given = {"body": found, "content_type": "text/html; charset=utf-8"} if isinstance(found, str) else found
                route.fulfill(**given, headers={"Content-Security-Policy": POLICY})
            elif path.startswith(PREFIX) and (FOLDER / path.removeprefix(PREFIX)).is_file():
                route.fulfill(path=FOLDER / path.removeprefix(PREFIX))
            else:
                route.fulfill(status=404 if path != "/favicon.ico" else 204, body="")

        page.route(f"{HOST}/**", fulfil)

    return answered


@pytest.fixture
def accessible() -> Callable[[Page], None]:
    """Assert that axe finds nothing against WCAG 2.2 A and AA on a page as it is shown now."""
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

    def checked(page: Page) -> None:
        found = Axe().run(page, options={"runOnly": {"type": "tag", "values": tags}})
        assert found.response["violations"] == [], found.generate_report()

    return checked


@pytest.fixture(scope="session")
def picture_of() -> Callable[[Page, str], Path]:
    """Keep a screenshot where OUTWORK_SCREENSHOTS says, or under build/screenshots."""
    folder = Path(os.environ.get("OUTWORK_SCREENSHOTS", ROOT / "build" / "screenshots"))

    def kept(page: Page, name: str) -> Path:
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{name}.png"
        page.screenshot(path=path, full_page=True)
        return path

    return kept


@pytest.fixture
def picture(scheme: Scheme, picture_of: Callable[[Page, str], Path]) -> Callable[[Page, str], Path]:
    """Keep a screenshot in the colours of the test."""
    return lambda page, name: picture_of(page, f"{name}-{scheme}")
