"""How good a plan could be at best: lower bounds that are proven apart from the solver."""

from outwork.plan.bound.carry import carried
from outwork.plan.bound.certificate import Certificate, certify

__all__ = ["Certificate", "carried", "certify"]
