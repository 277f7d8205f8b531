"""Who may read which technical document, for what, until when, and by which rule; everything else is refused."""

from outwork.clear.guard.decide import asked, may_read
from outwork.clear.guard.decision import Decision, Request, Rule
from outwork.clear.guard.deeds import settled, shared
from outwork.clear.guard.duties import Owed, owed
from outwork.clear.guard.heard import heard
from outwork.clear.guard.passage import Determine, Leave, Passage, of_table
from outwork.clear.guard.readers import Reader, readers
from outwork.clear.guard.register import Register

__all__ = [
    "Decision", "Determine", "Leave", "Owed", "Passage", "Reader", "Register", "Request", "Rule", "asked", "heard", "may_read",
    "of_table", "owed", "readers", "settled", "shared",
]  # fmt: skip
