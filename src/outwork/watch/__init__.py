"""Sensors to tracks: one picture of what is flying, with honest uncertainty."""

from outwork.watch.options import Options
from outwork.watch.result import Result
from outwork.watch.run import run

__all__ = ["Options", "Result", "run"]
