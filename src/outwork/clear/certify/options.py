"""What can be asked of `certify`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Options:
    """How the standing of items is looked at.

    Args: today, day as of which it is told; item, the only one, None for each that has requirements; revision, the only one of
    that item, None for each that is not withdrawn; digests, file -> SHA-256 of what lies there now ('' where nothing does),
    None where the files were not looked at.
    """

    today: date
    item: str | None = None
    revision: str | None = None
    digests: Mapping[str, str] | None = field(default=None, repr=False)

    def told(self) -> dict[str, Any]:
        """Return the options as plain values, for the mark of what an answer was made from."""
        looked = "looked at" if self.digests is not None else "not looked at"
        return {"today": self.today.isoformat(), "item": self.item, "revision": self.revision, "files": looked}
