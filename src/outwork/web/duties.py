"""Which long work a role may ask for, and whose jobs it sees."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from outwork.model.asker import Asker, Role
from outwork.store.service.jobs import Job

PLANNERS: Final = frozenset({Role.OFFICE, Role.MINISTRY})
DUTIES: Final = MappingProxyType(
    {
        "plan": PLANNERS,
        "match": PLANNERS | {Role.INNOVATOR},
        "clear": frozenset({Role.OFFICE, Role.LICENSING}),
    }
)
"""By verb, the roles that may ask for it. The whole programme is worked on; what each then sees of the answer is theirs."""


def may_ask(asker: Asker, verb: str) -> bool:
    """Return whether somebody may ask for a verb."""
    return asker.role in DUTIES.get(verb, ())


def sees(asker: Asker, job: Job) -> bool:
    """Return whether somebody sees a job: the programme office and auditors all, others their own."""
    return job.account == asker.account or asker.role in {Role.OFFICE, Role.AUDITOR}


def may_stop(asker: Asker, job: Job) -> bool:
    """Return whether somebody may end a job early: who asked for it, and the programme office."""
    return job.open and (job.account == asker.account or asker.role is Role.OFFICE)
