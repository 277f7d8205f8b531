"""Columns that whoever sees a row of a table may see of it; every other column is given to a role by name, or to nobody.

A column that is added to the model is not here, so it is seen by the office and the auditor alone until somebody decides. Not
plain are money, how the programme weighs money against time, what is told of others in passing (such as the place among all
candidates), and sentences that name an amount.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

TEXT: Final = """
settings: name start weeks weekly_buckets step_days currency
nations: nation name
nation_groups: nation grouping
parties: party name nation role
sites: site party nation name latitude longitude transit
certificates: site scheme scope since until verified_by verified_on
resources: resource site process hours overtime_hours
calendar: resource since until hours
capabilities: resource process materials envelope_x envelope_y envelope_z tolerance mass quality_class batch_least batch_most
    source seen
listings: listing site text machine source seen
aliases: text process
items: item name unit mass sourcing controlled technology_of
revisions: item revision status released supersedes interchange
operations: operation item revision process lead_days yield_rate setup_hours lot material envelope_x envelope_y envelope_z
    tolerance quality_class certificates mass batch
components: operation item quantity choice since until
loads: operation process hours
facts: item revision fact value unit source
ramps: ramp note
ramp_shares: ramp week share
qualifications: operation site status lead_days ramp earliest
supplies: item site party per_week minimum lead_days since until
lanes: origin destination mode lead_days per_week item since until
corridors: origin destination mode lead_days per_week since until
stocks: item site on_hand safety most
licences: licence authority kind status apply_from lead_days lead_p10 lead_p90 valid_days quantity_cap grade source
clearances: clearance item revision origin destination consignee kind opens expires quantity_cap licence basis
closures: closure item revision origin destination consignee kind outcome basis question
demands: demand item site quantity due earliest priority firm single_source
agreements: agreement name kind since until
signatories: agreement party
shares: share agreement item nation party min_share max_share
commitments: commitment kind site start operation item party destination mode quantity
overrides: override item revision origin destination consignee kind outcome authorisation person reason decided until
affiliates: party name role above kind share nation identifier born
screenings: party subject watchlist entry decision person decided reason record listed until
requirements: item checklist requirement applies reason judged_by facts components begins work_days review_days
evidence: evidence item revision requirement means state file sha256 laboratory made submitted reviewer decided until reason
touches: item revision kind name reason stated_by
documents: document title item revision level kind entries holder nation file sha256
grants: granting person party nation purpose document item level since until granted_by duty revoked revoked_by returned
    returned_by
sensors: sensor name kind nation site latitude longitude altitude range_least range_most azimuth_since azimuth_width
    elevation_least elevation_most range_error azimuth_error elevation_error rate_error position_error altitude_error detects
    clutter period range_bias azimuth_bias elevation_bias clock_skew
zones: zone name latitude longitude radius outline floor ceiling warn
detections: detection sensor at scan slant_range azimuth elevation range_rate latitude longitude altitude speed heading climb
    range_error azimuth_error elevation_error position_error altitude_error strength identity drone aircraft bird ground
truth_states: thing at latitude longitude altitude
tasks: task track node kind reason requested_by requested_at status approved_by approved_at

candidates: operation site verdict failed unknown hours repair_days seen rule
gaps: operation site need wanted held field repair days_p10 days days_p90 grade source
enquiries: enquiry ask site need question
consortia: consortium item quantity kind rests_on days firms nations single_points
parts: consortium operation site share hours
scarcities: item process nation operations
investments: site investment place operations hours days
make: operation site start item quantity good ready setups
use: operation site start item quantity
buy: item site party start quantity ready
ship: item origin destination mode start clearance quantity ready
stock: item site start quantity below
deliver: demand start origin quantity weeks_late
promises: demand item site due quantity taken on_time late short complete weeks_late
qualify: operation site start ready
applications: licence apply_on opens apply_by first_use site units
work: resource start used overtime open_hours
pegging: demand source name item site start quantity
cash_events: day kind payer site
determinations: item revision origin destination consignee kind outcome jurisdiction listed authorisation cite sentence missing
    conditions override reviewed version
questions: item revision fact rank question unit choices lanes units alone reason
hits: party subject watchlist entry role listed_name score verdict programmes why decided record listed
standings: party status reason screened lists
compliance: item revision checklist requirement status evidence tested sentence ready grade reviewed
tracks: track since until detections sensors identity affiliation caution drone aircraft bird ground
track_states: track at latitude longitude altitude east_speed north_speed climb ee en eu nn nu uu existence
alerts: alert zone track at kind seconds probability acknowledged_by sentence
sensors_health: sensor since until detections refused associated detects consistency range_bias range_bias_error azimuth_bias
    azimuth_bias_error elevation_bias elevation_bias_error state why
coverage_gaps: coverage_gap altitude latitude longitude area probability
placements: placement place sensor latitude longitude gain
"""


def _read(text: str) -> dict[str, tuple[str, ...]]:
    """Return names by table; a line that is indented goes on with the one above it."""
    lines = text.replace("\n    ", " ").split("\n")
    return {name: tuple(columns.split()) for name, _, columns in (line.partition(":") for line in lines if line)}


PLAIN: Final = MappingProxyType(_read(TEXT))
