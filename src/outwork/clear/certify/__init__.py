"""What an item must be shown to meet, what shows it, and what a new revision leaves standing."""

from outwork.clear.certify.checklist import Checklists
from outwork.clear.certify.options import Options
from outwork.clear.certify.read import read
from outwork.clear.certify.result import Result
from outwork.clear.certify.run import run

__all__ = ["Checklists", "Options", "Result", "read", "run"]
