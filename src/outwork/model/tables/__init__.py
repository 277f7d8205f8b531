"""Every table of a programme, in the order in which they can be filled: what is referred to comes first."""

from __future__ import annotations

from typing import Final

from outwork.model.table import Row, Table, table
from outwork.model.tables.capacity import CalendarEntry, Capability, Resource
from outwork.model.tables.certification import Compliance, Evidence, Requirement, Touch
from outwork.model.tables.design import Component, Fact, Item, Load, Operation, Revision
from outwork.model.tables.frame import Nation, NationGroup, Settings
from outwork.model.tables.guarding import Document, Grant
from outwork.model.tables.licensing import Closure, Licence
from outwork.model.tables.matching import (
    Alias,
    Candidate,
    Consortium,
    Enquiry,
    Gap,
    Investment,
    Listing,
    Part,
    Scarcity,
)
from outwork.model.tables.moving import Clearance, Corridor, Lane, Stock
from outwork.model.tables.permits import Determination, Override, Question
from outwork.model.tables.places import Certificate, Party, Site
from outwork.model.tables.planned import (
    Application,
    Buy,
    CashEvent,
    Delivery,
    Kept,
    Make,
    Pegging,
    Promise,
    Qualify,
    Ship,
    Use,
    Work,
)
from outwork.model.tables.screening import Affiliate, Hit, Screening, Standing
from outwork.model.tables.sourcing import Qualification, Ramp, RampShare, Supply
from outwork.model.tables.wanting import Agreement, Commitment, Demand, Share, Signatory
from outwork.model.tables.watched import Alert, CoverageGap, Placement, SensorHealth, Track, TrackState
from outwork.model.tables.watching import Detection, Sensor, Task, TruthState, Zone

INPUT_ROWS: Final[tuple[type[Row], ...]] = (
    Settings, Nation, NationGroup, Party, Site, Certificate, Resource, CalendarEntry, Capability,
    Listing, Alias,
    Item, Revision, Operation, Component, Load, Fact, Ramp, RampShare, Qualification, Supply,
    Lane, Corridor, Stock, Licence, Clearance, Closure, Demand, Agreement, Signatory, Share, Commitment,
    Override, Affiliate, Screening, Requirement, Evidence, Touch, Document, Grant,
    Sensor, Zone, Detection, TruthState, Task,
)  # fmt: skip
PLAN_ROWS: Final[tuple[type[Row], ...]] = (
    Make, Use, Buy, Ship, Kept, Delivery, Promise, Qualify, Application, Work, Pegging, CashEvent,
)  # fmt: skip
MATCH_ROWS: Final[tuple[type[Row], ...]] = (Candidate, Gap, Enquiry, Consortium, Part, Scarcity, Investment)
WATCH_ROWS: Final[tuple[type[Row], ...]] = (Track, TrackState, Alert, SensorHealth)
COVERAGE_ROWS: Final[tuple[type[Row], ...]] = (CoverageGap, Placement)
CLEAR_ROWS: Final[tuple[type[Row], ...]] = (Determination, Question)
SCREEN_ROWS: Final[tuple[type[Row], ...]] = (Hit, Standing)
CERTIFY_ROWS: Final[tuple[type[Row], ...]] = (Compliance,)

INPUT: Final[tuple[Table, ...]] = tuple(table(row) for row in INPUT_ROWS)
"""What people write."""
PLAN: Final[tuple[Table, ...]] = tuple(table(row) for row in PLAN_ROWS)
"""What `plan` writes."""
MATCH: Final[tuple[Table, ...]] = tuple(table(row) for row in MATCH_ROWS)
"""What `match` writes."""
CLEAR: Final[tuple[Table, ...]] = tuple(table(row) for row in CLEAR_ROWS)
"""What `clear` writes."""
SCREEN: Final[tuple[Table, ...]] = tuple(table(row) for row in SCREEN_ROWS)
"""What `screen` writes, which is done apart from `clear` and goes stale by itself."""
CERTIFY: Final[tuple[Table, ...]] = tuple(table(row) for row in CERTIFY_ROWS)
"""What `certify` writes."""
WATCH: Final[tuple[Table, ...]] = tuple(table(row) for row in WATCH_ROWS)
"""What `watch` writes."""
COVERAGE: Final[tuple[Table, ...]] = tuple(table(row) for row in COVERAGE_ROWS)
"""What `watch coverage` writes, which looks at where sensors stand and not at what they said."""
ANSWERS: Final[dict[str, tuple[Table, ...]]] = {
    "match": MATCH,
    "plan": PLAN,
    "clear": CLEAR,
    "screen": SCREEN,
    "certify": CERTIFY,
    "watch": WATCH,
    "coverage": COVERAGE,
}
"""What each verb writes."""
RESULTS: Final[tuple[Table, ...]] = tuple(each for tables in ANSWERS.values() for each in tables)
"""What verbs write."""
EVERY: Final[tuple[Table, ...]] = INPUT + RESULTS
BY_NAME: Final[dict[str, Table]] = {each.name: each for each in EVERY}
