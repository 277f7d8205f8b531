"""The first page: what the programme is, and where to go from here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

import polars as pl
from fastapi import APIRouter, Depends
from fastapi.responses import HTMLResponse

from outwork.web.desk import Here, here

router = APIRouter()


@dataclass(frozen=True)
class Home:
    """The programme's name, '' where it has none, and how many rows of it the asker sees, by table, those that have any."""

    name: str
    rows: Mapping[str, int]


def home(view: Mapping[str, pl.DataFrame]) -> Home:
    """Return what the first page shows of what the asker sees."""
    settings = view["settings"]
    name = settings["name"][0] if settings.height and "name" in settings.columns else ""
    return Home(name or "", {table: frame.height for table, frame in view.items() if frame.height and table != "settings"})


@router.get("/", include_in_schema=False)
def show(here: Annotated[Here, Depends(here)]) -> HTMLResponse:
    """Show the first page."""
    return here.render("home.html", home=home(here.view))
