from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, Route

from outwork.web.built import manifest
from tests.web.browser import pages

pytestmark = [
    pytest.mark.skipif(bool(manifest().missing), reason="the assets were not built"),
    pytest.mark.parametrize("scheme", ["light"]),
]
HOST = "http://outwork.test"
Answer = Callable[[dict[str, Any]], None]

JOB = """<h1>Job</h1><section id="job" data-progress="/jobs/7/events" data-progress-end="/jobs/7/end">
<p data-progress-text>Waiting</p><progress value="0" max="1" aria-label="Job"></progress></section>"""


def events(*sent: str) -> dict[str, Any]:
    return {"body": "".join(f"{each}\n\n" for each in sent), "content_type": "text/event-stream"}


def test_progress_of_a_job_is_followed_to_its_end(page: Page, answer: Answer) -> None:
    said = 'event: progress\ndata: {"share": 0.4, "text": "Cutting"}'
    answer(
        {
            "/jobs/7": pages.page(JOB),
            "/jobs/7/events": events(said, "event: end\ndata: {}"),
            "/jobs/7/end": "<p id='job'>Done</p>",
        }
    )
    page.goto(f"{HOST}/jobs/7")
    page.wait_for_selector("text=Done")
    assert page.locator("[data-progress]").count() == 0


def test_progress_moves_the_bar_and_is_said_to_screen_readers(page: Page, answer: Answer) -> None:
    answer(
        {
            "/jobs/7": pages.page(JOB),
            "/jobs/7/events": events('retry: 60000\nevent: progress\ndata: {"share": 0.4, "text": "Cutting"}'),
        }
    )
    page.goto(f"{HOST}/jobs/7")
    page.wait_for_selector("#job [role=status]:has-text('Cutting')", state="attached")
    assert page.evaluate("document.querySelector('progress').value") == 0.4


def test_a_partial_update_carries_the_token_and_puts_the_focus_where_the_page_asks(page: Page, answer: Answer) -> None:
    asked: list[str | None] = []

    def change(route: Route) -> None:
        asked.append(route.request.headers.get("x-csrf-token"))
        route.fulfill(body="<p data-focus id='new'>New</p>", content_type="text/html")

    answer(
        {
            "/": pages.page("<h1>Page</h1><div id='part'><button hx-post='/change' hx-target='#part'>Change</button></div>"),
            "/change": change,
        }
    )
    page.goto(f"{HOST}/")
    page.click("text=Change")
    page.wait_for_selector("#new:focus")
    assert asked == ["token-of-the-test"]


def test_a_refused_update_says_that_the_session_ended(page: Page, answer: Answer) -> None:
    answer({
        "/": pages.page("<h1>Page</h1><button hx-post='/change'>Change</button>"),
        "/change": lambda route: route.fulfill(status=200, headers={"HX-Trigger": "x"}, body=""),
    })  # fmt: skip
    page.goto(f"{HOST}/")
    page.evaluate(
        "document.body.dispatchEvent(new CustomEvent('htmx:responseError', {bubbles: true, detail: {xhr: {status: 401}}}))"
    )
    assert page.inner_text("#island-trouble") == "page.expired page.sign-in"


def test_the_chosen_colours_outlive_the_page(page: Page, answer: Answer) -> None:
    answer({"/": pages.page("<h1>Page</h1>")})
    page.goto(f"{HOST}/")
    page.click("[data-theme-choice=dark]")
    dark = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    page.reload()
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == dark == "rgb(17, 23, 27)"
    assert page.get_attribute("[data-theme-choice=dark]", "aria-pressed") == "true"


def test_the_api_is_shown_by_what_this_service_holds(page: Page, answer: Answer) -> None:
    openapi = {
        "openapi": "3.1.0",
        "info": {"title": "Trial", "version": "1"},
        "paths": {"/tables": {"get": {"responses": {"200": {"description": "Rows"}}}}},
    }
    built = manifest()
    content = (
        f"<link rel='stylesheet' href='{built.href('api.css')}'><div data-openapi='/openapi.json'></div>"
        f"<script type='module' src='{built.href('api.js')}'></script>"
    )
    answer({"/api": pages.page(content), "/openapi.json": lambda route: route.fulfill(json=openapi)})
    page.goto(f"{HOST}/api")
    page.wait_for_selector(".opblock >> text=/tables")
