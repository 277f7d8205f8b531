"""Screening: whether a party, or somebody behind it, bears a name that stands on a list; and why that is thought."""

from outwork.clear.screen.options import Options
from outwork.clear.screen.result import Result, Standing, in_force, read_back
from outwork.clear.screen.run import one, run
from outwork.clear.screen.subjects import Subject

__all__ = ["Options", "Result", "Standing", "Subject", "in_force", "one", "read_back", "run"]
