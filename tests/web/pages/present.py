"""Somebody before a page without a service: a view, a language, and the templates."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from types import SimpleNamespace
from typing import Any

from jinja2 import Environment
from sqlalchemy import Connection, Engine, create_engine
from sqlalchemy.pool import StaticPool

from outwork.model.asker import Asker
from outwork.store.service.schema import METADATA
from outwork.store.sight import View
from outwork.web.built import Manifest
from outwork.web.pages import (
    air,
    capacity,
    clearances,
    demand,
    exceptions,
    gantt,
    matches,
    network,
    pegging,
    plan_overview,
    why,
)
from outwork.web.parts import Parts
from outwork.web.query import Query
from outwork.web.shown import environment
from outwork.web.texts import LANGUAGES, Texts, texts

EVERYTHING = Query()
PAGES: dict[str, Callable[[Any, Query], Any]] = {
    "exceptions": exceptions.show,
    "plan": plan_overview.show,
    "network": network.show,
    "gantt": gantt.show,
    "capacity": capacity.show,
    "demand": demand.show,
    "pegging": pegging.show,
    "why": why.show,
    "clearances": clearances.show,
    "matches": matches.show,
    "air": lambda here, _query: air.show(here),
}
"""Every page of planners that shows the programme."""


@cache
def templates() -> Environment:
    return environment()


@cache
def nothing_said() -> Engine:
    """A database of the service in which no verb has said anything."""
    engine = create_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False})
    METADATA.create_all(engine)
    return engine


@dataclass
class Present:
    """Who asks for a page, as its route knows them."""

    view: View
    path: str
    t: Texts = field(default_factory=lambda: texts("en"))

    @property
    def asker(self) -> Asker:
        return self.view.asker

    @property
    def snapshot(self) -> Any:
        return SimpleNamespace(version=1)

    @property
    def request(self) -> Any:
        return SimpleNamespace(url=SimpleNamespace(path=self.path))

    @property
    def service(self) -> Any:
        return SimpleNamespace(parts=Parts(Manifest()))

    @property
    def desk(self) -> Any:
        return self

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        with nothing_said().connect() as connection:
            yield connection

    def go(self, path: str) -> str:
        return f"303\n{path}"

    def render(self, template: str, *, status: int = 200, **shown: Any) -> str:
        around = {
            "t": self.t, "account": None, "stops": [], "near": (), "csrf": "", "languages": LANGUAGES,
            "parts": Parts(Manifest()), "island_texts": {}, "here": "/", "said": "",
        }  # fmt: skip
        return f"{status}\n{templates().get_template(template).render({**around, **shown})}"


def page(name: str, view: View, query: Query = EVERYTHING, language: str = "en") -> str:
    """A page as the asker of a view gets it."""
    return str(PAGES[name](Present(view, "/" if name == "exceptions" else f"/{name}", texts(language)), query))
