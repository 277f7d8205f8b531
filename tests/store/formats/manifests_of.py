"""Small files of manifests and bills, and what becomes of them."""

from __future__ import annotations

from pathlib import Path

from outwork.model.programme import Programme
from outwork.store import check
from outwork.store.door import of_frames
from outwork.store.formats import door
from outwork.store.formats.converted import Converted
from outwork.store.formats.export import Outward, export, save
from outwork.store.sense import nonsense


def converted(folder: Path, **files: str) -> Converted:
    """Return what a folder of files becomes; a name such as clamp_okh_yml is clamp.okh.yml."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name.replace("_", ".")).write_text(text, encoding="utf-8")
    return door.convert(folder if len(files) > 1 else folder / next(iter(files)).replace("_", "."))


def again(programme: Programme, form: Outward, folder: Path) -> Programme:
    """Return what is left of a programme on its way out and in again."""
    save(export(programme, form), folder)
    return door.convert(folder).programme


def sound(programme: Programme) -> list[str]:
    """Return everything that is wrong with a programme."""
    sheets = of_frames(programme.tables)
    return [str(fault) for fault in (*check.faults(sheets), *nonsense(sheets, set()))]
