"""Pages for tests of what the scripts and the stylesheet do, apart from the service's own pages."""

from __future__ import annotations

import json
import re
from pathlib import Path

from outwork.web.built import TEXTS, manifest
from outwork.web.charts.ground import ground
from outwork.web.charts.legend import Words as LegendWords
from outwork.web.charts.legend import legend
from outwork.web.charts.network import Flow, Site, Words, drawn, measures

LAYOUT = (Path(__file__).parent / "layout.html").read_text(encoding="utf8")


def page(content: str) -> str:
    """Return a page as the service lays it out."""
    built = manifest()

    def filled(found: re.Match[str]) -> str:
        name, _, asked = found[1].partition(" ")
        if name == "content":
            return content
        if name == "texts":
            return json.dumps({key: key.removeprefix("island.") + VALUES.get(key, "") for key in TEXTS})
        part = built.part(name)
        assert part is not None
        return part.integrity if asked else built.href(name)

    return re.sub(r"\{((?:\w+\.(?:js|css)(?: integrity)?)|content|texts)\}", filled, LAYOUT)


VALUES = {
    "island.grid.pasted": " {cells}", "island.grid.left-out": " {rows} {cells}", "island.grid.saved": " {rows}",
    "island.grid.theirs": " {by} {when} {theirs}", "island.grid.faults": " {faults}",
}  # fmt: skip
"""Texts are their keys here, with what is filled in."""

SITES = (
    Site("sibiu", "Sibiu chamber works", "RO", 24.15, 45.79, 812, 814, ("Full: 812 of 814 h",), "/sites/sibiu"),
    Site("lviv", "Lviv assembly", "UA", 24.03, 49.84, 420, 900, ("420 of 900 h",), "/sites/lviv"),
    Site("tartu", "Tartu optics", "EE", 26.72, 58.38, 100, 240, ("100 of 240 h",), "/sites/tartu"),
    Site("kaunas", "Kaunas boards", "LT", 23.9, 54.9, 300, 500, ("300 of 500 h",), "/sites/kaunas"),
    Site("brno", "Brno castings", "CZ", 16.61, 49.2, 260, 1100, ("260 of 1,100 h",), "/sites/brno"),
    Site("vienna", "Vienna test house", "AT", 16.37, 48.2, 10, 120, ("10 of 120 h",), "/sites/vienna"),
    Site("gdansk", "Gdańsk cables", "PL", 18.65, 54.35, 90, 300, ("90 of 300 h",), "/sites/gdansk"),
    Site("warszawa", "Warszawa motors", "PL", 21.0, 52.2, 500, 505, ("500 of 505 h",), "/sites/warszawa"),
    Site("lodz", "Łódź moulds", "PL", 19.46, 51.76, 0, 80, ("0 of 80 h",), "/sites/lodz"),
    Site("porto", "Porto composites", "PT", -8.6, 41.15, 150, 400, ("150 of 400 h",), "/sites/porto"),
    Site("tampere", "Tampere radios", "FI", 23.76, 61.5, 60, 90, ("60 of 90 h",), "/sites/tampere"),
    Site("kharkiv", "Kharkiv depot", "UA", 36.23, 49.99, 0, 0, ("Receives only",)),
)
FLOWS = (
    Flow("brno", "lviv", 900, ("Brno to Lviv: 900 housings",)),
    Flow("lviv", "kharkiv", 700, ("Lviv to Kharkiv: 700 sensors",)),
    Flow("tartu", "kaunas", 300, ("Tartu to Kaunas: 300 lenses",)),
    Flow("kaunas", "warszawa", 450, ("Kaunas to Warszawa: 450 boards",)),
    Flow("warszawa", "lviv", 600, ("Warszawa to Lviv: 600 motors",)),
    Flow("lviv", "warszawa", 80, ("Lviv to Warszawa: 80 returns",)),
    Flow("porto", "sibiu", 200, ("Porto to Sibiu: 200 shells",)),
    Flow("sibiu", "lviv", 380, ("Sibiu to Lviv: 380 tested units",)),
    Flow("tampere", "tartu", 120, ("Tampere to Tartu: 120 radios",)),
)


def network_figure() -> str:
    """Return the map with its controls, its details and its legend."""
    words = Words("Network of Reedbed", "Twelve sites; the widest flow, 900 housings, goes from Brno to Lviv.")
    said = LegendWords("Legend", "{hours} h open", "in use", "full", "{amount} units", "line that is not settled")
    return f"""
<figure class="map" data-map>{drawn("network", SITES, FLOWS, ground(manifest()), words)}
<div class="controls"><button type="button" data-map-zoom="in" aria-label="Closer" hidden>+</button>
<button type="button" data-map-zoom="out" aria-label="Further away" hidden>−</button>
<button type="button" data-map-zoom="whole" aria-label="Whole map" hidden>⤢</button></div>
<div data-map-detail hidden></div></figure>{legend("legend", measures(SITES, FLOWS), said)}"""
