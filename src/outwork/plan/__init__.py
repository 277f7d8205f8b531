"""Who makes what, where and when; how good that plan is, what holds it back and what would help."""

from outwork.plan.objectives import run
from outwork.plan.options import Options
from outwork.plan.result import Result

__all__ = ["Options", "Result", "run"]
