"""Which rules judge which message: rules of a single field stand beside it in `interface/`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from outwork.store.formats.sapient.finding import Finding
from outwork.store.formats.sapient.rules import declared, envelope, places, reports, tasking

Rule = Callable[[Any, str], Iterator[Finding]]
"""Takes a message and its path; yields what is wrong."""

RULES: Final[Mapping[str, tuple[Rule, ...]]] = {
    "SapientMessage": (envelope.parties, envelope.addressed, envelope.own_dependents, envelope.forecast_ahead),
    "RegistrationAck": (envelope.refusal_explained,),
    "Location": (places.degrees, places.metres),
    "LocationList": (places.one_system,),
    "RangeBearing": (places.some_direction, places.angles),
    "RangeBearingCone": (places.some_direction, places.angles),
    "Registration": (declared.one_of_each_mode,),
    "Registration.StatusDefinition": (declared.heartbeat,),
    "Registration.LocationType": (declared.datum_of_its_kind,),
    "Registration.VelocityType": (declared.velocity_datum,),
    "Registration.ModeDefinition": (declared.temporary_ends,),
    "Registration.ClassDefinition": (declared.deeper_classes,),
    "Registration.SubClass": (declared.deeper_levels,),
    "Registration.SubClassFilterDefinition": (declared.deeper_filters,),
    "DetectionReport": (reports.classes_share_one,),
    "DetectionReport.SubClass": (declared.deeper_levels,),
    "DetectionReport.Signal": (reports.band_in_order,),
    "Alert": (reports.alert_says_something,),
    "AlertAck": (reports.refusal_explained,),
    "Task": (tasking.in_time, tasking.asks_something),
    "TaskAck": (tasking.refusal_explained,),
}
