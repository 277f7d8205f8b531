"""What is logged of a decision, of a grant that is taken back, and of documents that came back."""

from __future__ import annotations

from datetime import datetime
from typing import Final, Literal

import polars as pl

from outwork.clear.guard.decide import may_read
from outwork.clear.guard.decision import Request
from outwork.clear.guard.passage import Determine
from outwork.clear.guard.register import Register
from outwork.model.chain import Deed, Entry
from outwork.model.errors import Unwritable
from outwork.model.programme import Programme

COLUMNS: Final = {"revoke": ("revoked", "revoked_by"), "return": ("returned", "returned_by")}


def shared(programme: Programme, request: Request, determine: Determine, now: datetime, by: str) -> Deed:
    """Decide whether a person may read a document, and return what is to be logged of it.

    Args: now, moment in UTC, on whose day the request is judged; by, person who answers for it.
    """
    register = Register.of(programme)
    decision = may_read(register, request, determine)
    return Deed(
        Entry(
            now.isoformat(),
            "share",
            request.person,
            request.document,
            register.document(request.document).sha256,
            request.purpose,
            decision.allowed,
            str(decision.rule),
            decision.why,
            decision.granting,
            "" if decision.expires is None else decision.expires.isoformat(),
            by,
        )
    )


def settled(programme: Programme, name: str, how: Literal["revoke", "return"], now: datetime, by: str) -> Deed:
    """Return the entry of a grant that is taken back, or whose documents came back, and the table of grants as it is then.

    UnknownName where there is no such grant, Unwritable where that was done before.
    """
    grant = Register.of(programme).grant(name)
    day, person = COLUMNS[how]
    before = getattr(grant, day)
    if before is not None:
        raise Unwritable(f"grant {name} was {day} on {before} by {getattr(grant, person)}; nothing was changed")
    own = pl.col("granting") == name
    grants = programme["grants"].with_columns(
        pl.when(own).then(pl.lit(now.date())).otherwise(pl.col(day)).alias(day),
        pl.when(own).then(pl.lit(by)).otherwise(pl.col(person)).alias(person),
    )
    what = grant.document or f"{grant.item} to {grant.level}"
    entry = Entry(now.isoformat(), how, grant.person, what, "", grant.purpose, False, day, f"grant {name} {day}", name, "", by)
    return Deed(entry, {"grants": grants})
