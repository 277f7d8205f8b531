"""Sites that are known by what they say of themselves, and what `match` makes of everybody."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar, Literal

from outwork.model.table import Ge, Key, Le, Ref, Row, Rule, Unit

Need = Literal["process", "material", "envelope", "tolerance", "mass", "class", "batch", "certificate", "hours"]
"""What an operation can ask of a site."""


class Listing(Row):
    """A line in which somebody says what a site has or does: of a brochure, a register, a letter. It claims no spare hours."""

    table_name: ClassVar[str] = "listings"
    rules: ClassVar[tuple[Rule, ...]] = (
        Rule("length(trim(text)) > 0 OR length(trim(machine)) > 0", "a listing has a text or names a machine"),
    )

    listing: Annotated[str, Key()]
    """Short name by which it is called."""
    site: Annotated[str, Ref("sites")]
    """Of which site it speaks."""
    text: str = ""
    """What it says, in the words and the language in which it stands."""
    machine: str = ""
    """Make and model of a machine, where it names one."""
    source: str = ""
    """Where it stands."""
    seen: date | None = None
    """Day on which it was read there."""


class Alias(Row):
    """Words that a named person has said to mean a process; it goes before every guess."""

    table_name: ClassVar[str] = "aliases"
    rules: ClassVar[tuple[Rule, ...]] = (
        Rule("length(trim(confirmed_by)) > 0", "that words mean a process is confirmed by a named person"),
    )

    text: Annotated[str, Key()]
    """The words."""
    process: str
    """Code of the process in the taxonomy, such as milling."""
    confirmed_by: str
    """Person who says so."""
    confirmed_on: date
    """Day on which that was said."""


class Candidate(Row):
    """Whether a site could do an operation, and why. Pairs that are not here cannot, for more than is told of near misses."""

    table_name: ClassVar[str] = "candidates"

    operation: Annotated[str, Key(), Ref("operations")]
    """The operation."""
    site: Annotated[str, Key(), Ref("sites")]
    """The site."""
    verdict: Literal["can", "unknown", "cannot"]
    """Can: every need is met. Cannot: one is not. Unknown: none is known to be unmet, and not all are known to be met."""
    place: Annotated[int, Unit("1"), Ge(1)]
    """Place among the sites of the operation, the best first."""
    resource: Annotated[str | None, Ref("resources")] = None
    """Machine, line, bench or crew that comes nearest. Blank: only the site is known."""
    failed: str = ""
    """Needs that are not met, separated by semicolons."""
    unknown: str = ""
    """Needs of which nobody has said whether they are met, separated by semicolons."""
    hours: Annotated[float | None, Unit("h"), Ge(0)] = None
    """Spare hours of the process at the site in the weeks wanted. Blank: not known."""
    repair_days: Annotated[float | None, Unit("day"), Ge(0)] = None
    """Until all that is not met could be mended, half of such repairs taking longer. Blank: nobody knows of a repair."""
    repair_cost: Annotated[float | None, Unit("EUR"), Ge(0)] = None
    """Cost of mending it. Blank: nobody knows of a repair."""
    seen: date | None = None
    """Day of the oldest statement on which the verdict rests. Blank: a statement without a day is among them."""
    rule: str
    """Rule that decided, and the field that it looked at."""
    sentence: str
    """Why, in one sentence."""


class Gap(Row):
    """A need of an operation that a site near to doing it does not meet, and what would mend that."""

    table_name: ClassVar[str] = "gaps"

    operation: Annotated[str, Key(), Ref("operations")]
    """The operation."""
    site: Annotated[str, Key(), Ref("sites")]
    """The site."""
    need: Annotated[Need, Key()]
    """Which need."""
    wanted: Annotated[str, Key()]
    """What is wanted, with its unit."""
    held: str = ""
    """What the site has instead, with its unit."""
    field: str
    """Table and column that say so, such as capabilities.tolerance."""
    repair: str = ""
    """What would mend it. Blank: nobody knows."""
    days_p10: Annotated[float | None, Unit("day"), Ge(0)] = None
    """How long a quick repair takes: nine in ten take longer."""
    days: Annotated[float | None, Unit("day"), Ge(0)] = None
    """How long it takes: half of such repairs take longer."""
    days_p90: Annotated[float | None, Unit("day"), Ge(0)] = None
    """How long a slow one takes: one in ten takes longer."""
    cost: Annotated[float | None, Unit("EUR"), Ge(0)] = None
    """What it costs, half of such repairs costing more."""
    grade: Literal["stated", "observed", "assumed", "unknown"] = "unknown"
    """How sure days and cost are."""
    source: str = ""
    """Where they stand."""


class Enquiry(Row):
    """A question that nobody has answered, and what the best consortium could gain from the answer."""

    table_name: ClassVar[str] = "enquiries"

    enquiry: Annotated[str, Key()]
    """Short name by which it is called, such as sibiu: envelope of milling."""
    ask: Literal["site", "designer"]
    """Who would know: the site, or who made the design."""
    site: Annotated[str | None, Ref("sites")] = None
    """The site that is asked. Blank: the designer is."""
    operation: Annotated[str | None, Ref("operations")] = None
    """The operation that is asked about, where it is about one."""
    need: Need
    """What is not known."""
    question: str
    """The question in words."""
    place: Annotated[int, Unit("1"), Ge(1)]
    """Place among all questions, the one that can bring most first."""
    candidates: Annotated[int, Unit("1"), Ge(0)]
    """Pairs of operation and site that wait for the answer."""
    together: Annotated[int, Unit("1"), Ge(1)] = 1
    """Questions that are asked together for what is told here, this one among them: sites that wait for several answers are
    opened by all of them, not by one."""
    gain: Annotated[float | None, Unit("EUR"), Ge(0)] = None
    """By how much the best consortium could become cheaper with the best answers to these. Blank: nothing, not looked at, or
    there is no consortium as yet."""
    opens: bool = False
    """True: there is no consortium as yet, and with the best answers to these and nothing else there would be one."""


class Consortium(Row):
    """Sites that together could make a complete design in the quantity and time wanted."""

    table_name: ClassVar[str] = "consortia"

    consortium: Annotated[str, Key()]
    """Short name by which it is called."""
    item: Annotated[str, Ref("items")]
    """The design."""
    quantity: Annotated[float, Unit("unit"), Ge(0)]
    """How many it is to make."""
    kind: Literal["cheapest", "next", "trade-off"]
    """Cheapest: of all. Next: cheapest of those unlike the ones before it. Trade-off: none is better in cost, days and single
    points at once."""
    rests_on: Literal["known", "repairs", "answers"]
    """What has to come true: nothing, repairs that are paid for, or answers to open questions as well."""
    cost: Annotated[float, Unit("EUR"), Ge(0)]
    """Hours, work beyond them, repairs and qualifications."""
    days: Annotated[float, Unit("day"), Ge(0)]
    """From the start to the last unit, as hours and lead times allow; what is bought is taken to be there."""
    firms: Annotated[int, Unit("1"), Ge(0)]
    """Parties in it."""
    nations: Annotated[int, Unit("1"), Ge(0)]
    """Nations in which its sites stand."""
    single_points: Annotated[int, Unit("1"), Ge(0)]
    """Made items of which one site makes more than four fifths, or whatever else was asked for, so that its loss stops the
    design."""
    bound: Annotated[float | None, Unit("EUR")] = None
    """No such consortium costs less: of all, of those unlike the ones before it, or of those as good in days and single
    points. Blank: not computed."""


class Part(Row):
    """What a site does in a consortium."""

    table_name: ClassVar[str] = "parts"

    consortium: Annotated[str, Key(), Ref("consortia")]
    """The consortium."""
    operation: Annotated[str, Key(), Ref("operations")]
    """The operation."""
    site: Annotated[str, Key(), Ref("sites")]
    """The site."""
    share: Annotated[float, Unit("1"), Ge(0), Le(1)]
    """Share of the units."""
    hours: Annotated[float, Unit("h"), Ge(0)]
    """Hours that this takes."""
    cost: Annotated[float, Unit("EUR"), Ge(0)]
    """What it costs here: hours, work beyond them, repairs and qualification."""


class Scarcity(Row):
    """What it would be worth if one more thing could be done somewhere: one missing ability, in a nation or anywhere."""

    table_name: ClassVar[str] = "scarcities"

    item: Annotated[str, Key(), Ref("items")]
    """The design."""
    process: Annotated[str, Key()]
    """The process."""
    nation: Annotated[str, Key()] = "any"
    """Where it is missing, or short."""
    hour: Annotated[float, Unit("EUR/h"), Ge(0)]
    """What one more spare hour of it would save the cheapest consortium."""
    operations: Annotated[int, Unit("1"), Ge(0)]
    """Operations of the design that no site is known to be able to do there."""


class Investment(Row):
    """One thing that a site could get, and the demand that this would open to it."""

    table_name: ClassVar[str] = "investments"

    site: Annotated[str, Key(), Ref("sites")]
    """The site."""
    investment: Annotated[str, Key()]
    """What it could get, such as EN 9100."""
    place: Annotated[int, Unit("1"), Ge(1)]
    """Place among the site's investments, the one that opens most first."""
    operations: Annotated[int, Unit("1"), Ge(0)]
    """Operations that it cannot do today and could do with this alone."""
    designs: str = ""
    """Designs that hold those operations, separated by semicolons."""
    hours: Annotated[float, Unit("h"), Ge(0)]
    """Hours of work that the demands ask of those operations."""
    days: Annotated[float | None, Unit("day"), Ge(0)] = None
    """How long it takes. Blank: nobody knows."""
    cost: Annotated[float | None, Unit("EUR"), Ge(0)] = None
    """What it costs. Blank: nobody knows."""
