"""What was built for the browser: scripts, styles and the base map, each under the name that it was built by.

`build_assets.py` at the top of the repository builds them, hatchling ships them, and a service that was installed without them
still answers: its pages say what is missing.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Literal

FOLDER: Final = Path(__file__).parent / "assets"
"""Where the built files lie, to be served as they are; every name but that of the manifest changes with its content."""
PREFIX: Final = "/assets/"
"""Where the service serves them, unless it says otherwise."""
KEPT: Final = "public, max-age=31536000, immutable"
"""Value of Cache-Control for every file of a hashed name."""
ABSENT: Final = (
    "This installation of Outwork has no scripts, styles and base map: it was installed from sources while their build was "
    "skipped. The pages work without them, in plain letters. To have them, install Outwork from a wheel, or run make in a "
    "clone."
)

TEXTS: Final = (
    "island.grid.conflicts", "island.grid.expired", "island.grid.failed", "island.grid.faults", "island.grid.keep-mine",
    "island.grid.left-out", "island.grid.nothing", "island.grid.pasted", "island.grid.proposed", "island.grid.restored",
    "island.grid.saved", "island.grid.saving", "island.grid.take-theirs", "island.grid.theirs",
    "island.grid.unreachable", "island.keep.discard", "island.keep.restored", "island.page.expired",
    "island.page.refused", "island.page.sign-in", "island.page.unreachable", "island.progress.gone",
    "island.progress.lost",
)  # fmt: skip
"""Keys of the catalogue that the scripts show: as JSON in `<script type="application/json" id="island-texts">`."""

Kind = Literal["script", "style", "picture", "facts"]


@dataclass(frozen=True)
class Part:
    """One built file. `integrity`: digest by which a browser refuses a file that is not the one that was built."""

    file: str
    integrity: str
    kind: Kind


@dataclass(frozen=True)
class Manifest:
    """The built files by their plain names, such as `page.js`; none of them where nothing was built."""

    parts: Mapping[str, Part] = field(default_factory=dict)
    folder: Path = FOLDER

    @property
    def missing(self) -> str:
        """Return what to tell a person where nothing was built, and nothing where all is there."""
        return "" if self.parts else ABSENT

    def part(self, name: str) -> Part | None:
        """Return a built file by its plain name, None where nothing was built. Raises KeyError on a name that never was."""
        return self.parts[name] if self.parts else None

    def href(self, name: str, prefix: str = PREFIX) -> str:
        """Return the address of a built file, empty where nothing was built."""
        part = self.part(name)
        return f"{prefix}{part.file}" if part else ""

    def facts(self, name: str) -> dict[str, Any]:
        """Return what a built JSON file says, nothing where nothing was built."""
        part = self.part(name)
        return dict(json.loads((self.folder / part.file).read_text(encoding="utf8"))) if part else {}


def manifest(folder: Path = FOLDER) -> Manifest:
    """Read what was built; a service reads it once, when it starts."""
    listed = folder / "manifest.json"
    if not listed.is_file():
        return Manifest(folder=folder)
    return Manifest({name: Part(**part) for name, part in json.loads(listed.read_text(encoding="utf8")).items()}, folder)
