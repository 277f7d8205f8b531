"""Rules as plain files: what they may say, and the strict reader of them. docs/reference/rules.md describes the format."""

from outwork.clear.rules.read import read
from outwork.clear.rules.rulebook import Rulebook

__all__ = ["Rulebook", "read"]
