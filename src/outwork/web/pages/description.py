"""The description of the API, for people: Swagger UI from our own files."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from outwork.web.desk import Present

router = APIRouter(include_in_schema=False)


@router.get("/api/docs")
def show(here: Present) -> HTMLResponse:
    """Show the description."""
    return here.render("description.html")
