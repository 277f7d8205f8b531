"""A programme that many work on at once: accounts, edits, jobs and approvals, each write audited in its own transaction."""

from outwork.store.service.desk import Desk
from outwork.store.service.snapshot import Snapshot
from outwork.store.service.writing import NeedsApproval, Other, Seen, Stale, Writing, stamp, subject

__all__ = ["Desk", "NeedsApproval", "Other", "Seen", "Snapshot", "Stale", "Writing", "stamp", "subject"]
