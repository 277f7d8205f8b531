"""Entries of Annex I against data sheets of products that do not exist."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

import polars as pl
import pytest

from outwork.clear.facts import stated
from outwork.clear.listing import classes, listings
from outwork.clear.logic import Truth
from outwork.clear.rules.provision import ItemKind
from outwork.clear.rules.read import read
from outwork.clear.rules.rulebook import Rulebook
from outwork.clear.things import Thing, things
from outwork.store.rulebook import texts

Sheet = Mapping[str, str]

SURVEYOR = {"class": "unmanned aircraft", "endurance": "90 min", "bvlos": "yes", "aerosol_l": "0", "max_range_km": "90"}
HOVERER = {
    "class": "unmanned aircraft", "flight_time_min": "34", "gust_m_s": "10.7", "bvlos": "yes", "mtow_kg": "0.4",
    "max_speed_m_s": "16",
}  # fmt: skip
ARRAY_RADAR = {"class": "radar", "electronically scanned array": "yes"}
THERMAL = {"class": "uncooled thermal camera", "detector": "VOx microbolometer", "pixels_x": "640", "pixels_y": "512"}
GNSS = {
    "class": "GNSS receiver", "government decryption": "no", "adaptive antenna": "no", "anti_jam": "no",
    "designed for listed unmanned aircraft": "no", "max_velocity_m_s": "500",
}  # fmt: skip
TACTICAL = {"class": "gyroscope", "gyro_range_deg_s": "400", "gyro operating acceleration": "40 gn"}
DATA_LINK = {
    "class": "radio", "f_min_mhz": "2400", "f_max_mhz": "2480", "temp_min_c": "-40", "temp_max_c": "85", "uwb": "no",
    "codes voice": "no", "uses cryptography": "no", "designed for 300 km systems": "no",
}  # fmt: skip

LISTED: tuple[tuple[str, Sheet], ...] = (
    ("9A012.a.2", SURVEYOR),
    ("9A012.a.1", {**HOVERER, "gust_m_s": "13"}),
    ("9A112.a", {**SURVEYOR, "max_range_km": "400"}),
    ("9A112.b.2.a", {"class": "unmanned aircraft", "spray_tank_l": "40", "autonomous": "yes"}),
    ("6A008.e", ARRAY_RADAR),
    ("6A008.a.1", {"class": "radar", "f_min_ghz": "76", "f_max_ghz": "77", "mean_power_w": "0.2"}),
    ("6A008.i", {"class": "radar", "ground_based": "yes", "instrumented_range_km": "250", "fishing ground surveillance": "no",
                 "en-route air traffic radar of limited range": "no", "tracks weather balloons": "no"}),
    ("6A008.j.3", {"class": "lidar", "bathymetric": "yes", "wavelength_nm": "532", "meteorological": "no"}),
    ("6A003.b.4.a", {"class": "cooled infrared camera", "detector": "InSb", "array shape": "two-dimensional",
                     "detector elements": "327680"}),
    ("6A003.b.4", {**THERMAL, "frame_rate_hz": "60", "hfov_deg": "32"}),
    ("6A003.a.4", {"class": "high-speed camera", "recording_hz": "2e6"}),
    ("6A002.a.3.f", {"class": "infrared detector", "detector": "microbolometer", "array shape": "two-dimensional",
                     "peak_wavelength_nm": "10000", "signal processing in the detector elements": "no"}),
    ("7A001.a.2", {"class": "accelerometer", "accel_range_g": "40", "accelerometer bias repeatability": "800 ug",
                   "accelerometer scale factor repeatability": "900 ppm", "measures vibration or shock only": "no"}),
    ("7A002.a.1.b", {**TACTICAL, "arw_deg_sqrt_h": "0.003", "gyro technology": "fibre optic"}),
    ("7A003.b", {"class": "inertial navigation system", "ins_gnss": "yes", "gnss_outage_error_m": "6",
                 "certified for civil aircraft": "no"}),
    ("7A005.b", {**GNSS, "adaptive antenna": "yes", "only filters or switches antennas": "no"}),
    ("7A105.b.1", {**GNSS, "airborne": "yes", "max_velocity_m_s": "7500"}),
    ("5A001.b.3.a", {**DATA_LINK, "tx_power_w": "5", "fhss": "yes", "programmable_codes": "yes"}),
    ("5A101", {"class": "telemetry link", "designed for 300 km systems": "yes",
               "designed for manned aircraft or satellites": "no",
               "ground equipment for land or sea use": "no", "civil navigation service": "no"}),
    ("3A001.a.5.a.4", {"class": "analogue-to-digital converter", "adc_bits": "14", "sample_rate_msps": "3000"}),
    ("3A001.a.7.b", {"class": "FPGA", "transceiver_gbps": "900"}),
    ("4A507", {"class": "computing accelerator", "gpu_tpp": "15832"}),
    ("6A005.a.6.a.1", {"class": "laser", "laser_type": "fibre", "operation_mode": "continuous wave", "tunable": "no",
                       "wavelength_nm": "1070", "transverse mode": "single", "cw_power_w": "2000"}),
    ("1C010.b", {"class": "fibre", "fibre material": "carbon", "modulus_gpa": "294", "strength_mpa": "5490",
                 "specific weight": "17700 N/m3", "repairs civil aircraft": "no", "filament length": "1000 m"}),
    ("2B510.a", {"class": "additive manufacturing machine", "makes metal parts": "yes", "consolidation source": "laser",
                 "inert atmosphere": "yes", "co-axial or paraxial process monitoring": "yes",
                 "closed loop on process monitoring": "yes"}),
    ("6A001.a.2.a.4", {"class": "hydrophone", "hydrophone sensitivity": "-170 dB", "acceleration compensation": "no"}),
    ("7A116.a", {"class": "autopilot", "designed for 300 km 500 kg systems": "yes"}),
    ("6A108.b.1", {"class": "tracking system", "usable for 300 km systems": "yes", "uses a code translator": "yes"}),
    ("6A203.c.1", {"class": "scientific camera", "gate_ns": "20", "performance limit held by maker, software or key": "no"}),
)  # fmt: skip
"""Path -> a sheet that is listed under it."""

FREE: tuple[tuple[str, Sheet], ...] = (
    ("a small camera drone", HOVERER),
    ("a thermal core of 9 Hz", {**THERMAL, "frame_rate_hz": "8.6", "hfov_deg": "32", "frame rate limit can be lifted": "no"}),
    ("a satellite receiver for surveyors", GNSS),
    ("a time-of-flight lidar", {"class": "lidar", "wavelength_nm": "905", "ranging principle": "time of flight"}),
    ("a slow gyro", {**TACTICAL, "in_run_bias_deg_h": "5", "arw_deg_sqrt_h": "0.3"}),
    ("a data link of half a watt", {**DATA_LINK, "tx_power_w": "0.5"}),
    ("a screw", {"class": "fastener"}),
    ("a bracket of its own use", {"class": "mechanical part", "made for": "none"}),
)
"""What -> a sheet of something that no entry lists."""

DOUBTFUL: tuple[tuple[str, Sheet], ...] = (
    ("nothing known", {}),
    ("only its class", {"class": "unmanned aircraft"}),
    ("a camera of open frame rate", THERMAL),
    ("a gyro whose in-run bias is good", {**TACTICAL, "in_run_bias_deg_h": "0.05", "arw_deg_sqrt_h": "0.012"}),
    ("a class of an entry that is not transcribed", {"class": "industrial robot"}),
    ("software without its kind", {"class": "software product"}),
    ("a mechanical part of open purpose", {"class": "mechanical part"}),
)


@cache
def book() -> Rulebook:
    return read(texts())


RELEASED = {
    "automotive radar", "weather radar", "secondary surveillance radar", "precision approach radar", "echo sounder",
    "solar cell",
}  # fmt: skip
"""Classes that the notes of 6A008 and 6A001, or the limit to space in 3A001.e.4, release."""

Answer = tuple[Truth, tuple[str, ...]]
"""Whether something is listed, and under which paths."""


def answers(sheets: Sequence[Sheet], kind: ItemKind = "goods") -> list[Answer]:
    """The answer for each product; technology, software and tooling are those for it."""
    names = [f"product {number}" for number in range(len(sheets))]
    rows = [(item, "all", *fact, "", "") for item, sheet in zip(names, sheets, strict=True) for fact in sheet.items()]
    table = pl.DataFrame(rows, dict.fromkeys(["item", "revision", "fact", "value", "unit", "source"], pl.String), orient="row")
    wanted = [Thing(item, "all", kind) for item in names]
    known = things(wanted, stated(table, [(item, "all") for item in names], book()), book())
    found = listings(known, book())
    places = [known.place[each] for each in wanted]
    return [(Truth(int(found.states[place])), found.paths(place, Truth.TRUE)) for place in places]


@cache
def catalogue() -> dict[str, Answer]:
    """The answer for every sheet above, by its name."""
    named = [*LISTED, *FREE, *DOUBTFUL]
    return dict(zip((name for name, _ in named), answers([sheet for _, sheet in named]), strict=True))


def asked(sheet: Sheet, kind: ItemKind = "goods") -> Answer:
    return answers([sheet], kind)[0]


@pytest.mark.parametrize("path", [path for path, _ in LISTED])
def test_a_product_beyond_the_limits_is_listed_under_the_path(path: str) -> None:
    truth, paths = catalogue()[path]
    assert truth is Truth.TRUE
    assert path in paths


@pytest.mark.parametrize("what", [what for what, _ in FREE])
def test_a_product_within_the_limits_is_not_listed(what: str) -> None:
    assert catalogue()[what] == (Truth.FALSE, ())


@pytest.mark.parametrize("what", [what for what, _ in DOUBTFUL])
def test_a_product_with_a_fact_missing_is_not_released(what: str) -> None:
    assert catalogue()[what][0] is Truth.UNKNOWN


@pytest.mark.parametrize("release", ["automotive radar", "weather radar", "secondary surveillance radar"])
def test_radar_of_the_released_kinds_is_not_listed(release: str) -> None:
    assert asked({**ARRAY_RADAR, "class": release})[0] is Truth.FALSE


def test_technology_to_develop_a_listed_aircraft_is_listed_and_that_to_produce_it_is_not() -> None:
    told = {"required": "yes", "minimum for installation and upkeep": "no", "in the public domain": "no"}
    assert asked({**SURVEYOR, **told, "purpose": "development"}, "technology")[1] == ("9E001",)
    assert "9E002" not in asked({**SURVEYOR, **told, "purpose": "production"}, "technology")[1]


def test_technology_in_the_public_domain_is_not_listed() -> None:
    sheet = {**SURVEYOR, "required": "yes", "purpose": "development", "in the public domain": "yes"}
    assert asked(sheet, "technology") == (Truth.FALSE, ())


def test_tooling_specially_designed_to_produce_a_listed_aircraft_is_listed() -> None:
    assert "9B010" in asked({**SURVEYOR, "specially designed for production": "yes"}, "tooling")[1]


def test_software_to_operate_a_listed_aircraft_is_listed() -> None:
    sheet = {**SURVEYOR, "specially designed": "yes", "purpose": "operation", "in the public domain": "no",
             "sold at retail for self-installation": "no", "minimum for installation and upkeep": "no"}  # fmt: skip
    assert "9D004.e" in asked(sheet, "software")[1]


def test_every_class_is_plain_or_spoken_of_by_an_entry() -> None:
    known = book().vocabulary.terms["class"]
    assert set(known.choices) - set(known.plain) == classes(book().entries)


def test_a_class_alone_frees_nothing_but_plain_things_and_what_the_list_releases_by_kind() -> None:
    known = book().vocabulary.terms["class"]
    told = dict(zip(known.choices, answers([{"class": each} for each in known.choices]), strict=True))
    free = {each for each, (truth, _) in told.items() if truth is Truth.FALSE}
    assert free - set(known.plain) == RELEASED
    assert free >= set(known.plain)


def test_every_entry_cites_the_list_and_itself() -> None:
    entries = [entry for entry in book().entries if entry.provision.regime == "eu-dual-use"]
    assert [entry.name for entry in entries if not entry.provision.cite.endswith(f"Annex I, {entry.name}")] == []
    assert {entry.provision.reviewer for entry in entries} == {""}
