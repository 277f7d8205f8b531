"""Scripts and styles as pages name them, and their files as they are served."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from outwork.web.built import KEPT, Manifest


@dataclass(frozen=True)
class Parts:
    """What a template names by its plain name: `{{ parts.script("map.js") }}`; nothing where nothing was built."""

    manifest: Manifest

    def style(self, name: str) -> Markup:
        """Return the link to a style sheet."""
        return self._tag(name, '<link rel="stylesheet" href="{}" integrity="{}">')

    def script(self, name: str) -> Markup:
        """Return a script that runs once the page is read."""
        return self._tag(name, '<script type="module" src="{}" integrity="{}"></script>')

    def first(self, name: str) -> Markup:
        """Return a script that runs before the page is drawn."""
        return self._tag(name, '<script src="{}" integrity="{}"></script>')

    def _tag(self, name: str, tag: str) -> Markup:
        part = self.manifest.part(name)
        return Markup() if part is None else Markup(tag).format(self.manifest.href(name), part.integrity)  # noqa: S704 - ours


class Built(StaticFiles):
    """The built files. A name that holds the digest of its content is kept by browsers for good."""

    def __init__(self, manifest: Manifest) -> None:
        """Serve what a manifest names, and the notices beside it."""
        super().__init__(directory=manifest.folder, check_dir=False)
        self.hashed = {part.file for part in manifest.parts.values()}

    def file_response(
        self, full_path: str | os.PathLike[str], stat_result: os.stat_result, scope: Scope, status_code: int = 200
    ) -> Response:
        """Return a file."""
        response = super().file_response(full_path, stat_result, scope, status_code)
        if Path(full_path).name in self.hashed:
            response.headers["Cache-Control"] = KEPT
        return response
