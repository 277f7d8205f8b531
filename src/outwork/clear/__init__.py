"""May it move, under which authorisation, who must be asked, and by when."""

from outwork.clear.options import Options
from outwork.clear.result import Result
from outwork.clear.run import run

__all__ = ["Options", "Result", "run"]
