"""Who makes what, where and when; how good that plan is, what holds it back and what would help."""

from outwork.plan.options import Options
from outwork.plan.result import Result
from outwork.plan.run import run

__all__ = ["Options", "Result", "run"]
