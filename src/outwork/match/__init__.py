"""Who could make it, with whom, and what is missing."""

from outwork.match.options import Options
from outwork.match.result import Result
from outwork.match.run import run
from outwork.match.terms.vocabulary import Vocabulary

__all__ = ["Options", "Result", "Vocabulary", "run"]
