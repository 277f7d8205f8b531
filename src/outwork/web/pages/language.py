"""The language of the pages: the account's own, or a browser's in which nobody is signed in."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import RedirectResponse

from outwork.store.service import accounts
from outwork.web import problems, service, shown
from outwork.web.desk import unforged
from outwork.web.problems import Refused
from outwork.web.security.origin import inside
from outwork.web.security.signing import give
from outwork.web.texts import LANGUAGES

router = APIRouter(include_in_schema=False)
YEAR = 365 * 24 * 3600.0


@router.post("/language", dependencies=[Depends(unforged)])
def choose(
    request: Request, language: Annotated[str, Form()], back: Annotated[str, Form(max_length=4000)] = "/"
) -> RedirectResponse:
    """Choose a language and go back."""
    if language not in LANGUAGES:
        raise Refused(problems.ASKED_WRONG)
    own, signed = service.of(request), shown.signed_of(request)
    if signed is not None and signed.account.language != language:
        with own.desk.writing(signed.asker) as writing:
            accounts.change(writing, signed.account.account, language=language)
    response = RedirectResponse(inside(back), 303)
    give(response, own.settings, language, YEAR, shown.LANGUAGE)
    return response
