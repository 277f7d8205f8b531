from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

import pytest

from outwork.web.built import ABSENT, FOLDER, TEXTS, Manifest, manifest
from outwork.web.texts import texts

built = pytest.mark.skipif(bool(manifest().missing), reason="the assets were not built")


@built
def test_every_built_part_is_there_and_has_the_digest_that_the_page_states() -> None:
    parts = manifest().parts
    assert {
        "page.js",
        "map.js",
        "grid.js",
        "theme.js",
        "api.js",
        "api.css",
        "style.css",
        "basemap.svg",
        "basemap.json",
    } == parts.keys()
    for part in parts.values():
        digest = base64.b64encode(hashlib.sha384((FOLDER / part.file).read_bytes()).digest()).decode()
        assert part.integrity == f"sha384-{digest}"


@built
def test_notices_of_everything_bundled_are_shipped() -> None:
    text = "".join((FOLDER / name).read_text(encoding="utf8") for name in ("NOTICES.md", "NOTICES-more.md"))
    assert [
        name
        for name in ("htmx.org", "swagger-ui", "Natural Earth", "world-atlas", "Copyright 2013-2019 Michael Bostock")
        if name not in text
    ] == []


@built
def test_no_script_style_or_picture_names_another_host_to_load_from() -> None:
    for name, part in manifest().parts.items():
        text = (FOLDER / part.file).read_text(encoding="utf8")
        assert re.findall(r"""(?:url\(|@import|from|import\()\s*["']?(?:https?:)?//[^)"']+""", text) == [], name


@built
def test_the_script_that_sets_the_colours_is_a_plain_script() -> None:
    part = manifest().part("theme.js")
    assert part is not None
    assert not re.search(r"\b(import|export)\b", (FOLDER / part.file).read_text(encoding="utf8"))


def test_a_name_that_was_never_built_is_an_error() -> None:
    with pytest.raises(KeyError):
        Manifest({"page.js": manifest().part("page.js")} if manifest().parts else {"page.js": None}).part("pages.js")  # type: ignore[dict-item]


def test_without_the_built_files_the_service_says_what_is_missing(tmp_path: Path) -> None:
    nothing = manifest(tmp_path)
    assert nothing.missing == ABSENT
    assert nothing.href("page.js") == ""
    assert nothing.facts("basemap.json") == {}


def test_the_texts_that_pages_give_are_those_that_the_scripts_show(root: Path) -> None:
    sources = "".join(path.read_text(encoding="utf8") for path in (root / "islands" / "src").rglob("*.ts"))
    assert sorted(set(re.findall(r'"(island\.[\w.-]+)"', sources))) == list(TEXTS)


@pytest.mark.parametrize("language", ["en", "uk"])
def test_every_text_of_the_scripts_is_in_the_catalogue(language: str) -> None:
    found = texts(language).texts
    assert sorted(key for key in found if key.startswith("island.")) == list(TEXTS)
    assert all(isinstance(found[key], str) for key in TEXTS)


def test_both_languages_fill_in_the_same_values() -> None:
    def values(language: str) -> list[list[str]]:
        return [sorted(re.findall(r"\{(\w+)\}", str(texts(language).texts[key]))) for key in TEXTS]

    assert values("en") == values("uk")
