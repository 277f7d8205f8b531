"""Words for processes: a taxonomy with names in many languages, and the reading of free text by it."""

from outwork.match.words.gazetteer import Machine
from outwork.match.words.read import read
from outwork.match.words.recogniser import Recognised, Recogniser
from outwork.match.words.taxonomy import Process, Taxonomy

__all__ = ["Machine", "Process", "Recognised", "Recogniser", "Taxonomy", "read"]
