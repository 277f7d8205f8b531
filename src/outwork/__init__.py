"""Outwork plans how allied countries make, pay for, permit, improve and share their drone defence together."""

__version__ = "0.1.0"
