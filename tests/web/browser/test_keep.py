from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from outwork.web.built import manifest
from tests.web.browser import pages

pytestmark = [
    pytest.mark.skipif(bool(manifest().missing), reason="the assets were not built"),
    pytest.mark.parametrize("scheme", ["light"]),
]
HOST = "http://outwork.test"


def form(version: str = "7", note: str = "") -> str:
    return f"""<h1>Demand</h1><form method="post" action="/demand" data-keep="demand">
<input type="hidden" name="version" value="{version}">
<div class="field"><label for="note">Note</label><textarea id="note" name="note">{note}</textarea></div>
<div class="field"><label for="secret">Password</label><input type="password" id="secret" name="secret"></div>
<div><label><input type="checkbox" name="binding" value="yes">Binding</label></div><button>Save</button></form>"""


SIGN_IN = pages.page("<h1>Sign in</h1>").replace('<meta name="account" content="anna">', "")
SAVED = pages.page("<h1>Saved</h1>")
Answer = Callable[[dict[str, Any]], None]


def type_into(page: Page, answer: Answer) -> None:
    answer({"/demand": pages.page(form())})
    page.goto(f"{HOST}/demand")
    page.fill("#note", "forty by May")
    page.fill("#secret", "hunter2")
    page.check("[name=binding]")


def shown_after(page: Page, answer: Answer, shown: str) -> str:
    """Press save, be shown this page, and come back to the form."""
    answer({"/demand": shown})
    page.click("button:has-text('Save')")
    page.wait_for_load_state()
    answer({"/demand": pages.page(form("9"))})
    page.goto(f"{HOST}/demand")
    return page.input_value("#note")


def test_a_form_that_an_expired_session_swallowed_comes_back_with_its_old_version(page: Page, answer: Answer) -> None:
    type_into(page, answer)
    assert shown_after(page, answer, SIGN_IN) == "forty by May"
    assert page.is_checked("[name=binding]")
    assert page.locator("[name=version]").input_value() == "7"
    assert page.inner_text(".notice") == "keep.restored keep.discard"


def test_a_form_that_was_saved_does_not_come_back(page: Page, answer: Answer) -> None:
    type_into(page, answer)
    assert shown_after(page, answer, SAVED) == ""


def test_passwords_are_never_kept(page: Page, answer: Answer) -> None:
    type_into(page, answer)
    assert "hunter2" not in page.evaluate("JSON.stringify(sessionStorage)")
    shown_after(page, answer, SIGN_IN)
    assert page.input_value("#secret") == ""


def test_nobody_is_offered_what_another_account_typed(page: Page, answer: Answer) -> None:
    type_into(page, answer)
    answer({"/demand": pages.page(form()).replace('content="anna"', 'content="jonas"')})
    page.goto(f"{HOST}/demand")
    assert page.input_value("#note") == ""


def test_signing_out_forgets_all(page: Page, answer: Answer) -> None:
    type_into(page, answer)
    answer({"/demand": pages.page(form()), "/sign-out": SIGN_IN})
    page.click("text=Sign out")
    page.wait_for_load_state()
    assert "forty" not in page.evaluate("JSON.stringify(sessionStorage)")


def test_what_was_brought_back_can_be_discarded(page: Page, answer: Answer) -> None:
    type_into(page, answer)
    shown_after(page, answer, SIGN_IN)
    page.click("text=keep.discard")
    page.wait_for_load_state()
    assert page.input_value("#note") == ""
