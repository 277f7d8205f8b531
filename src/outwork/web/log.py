"""The log of the service: lines of JSON on standard error, for people and for whatever gathers them.

Nobody's words are in it: no address, query, body or value of a local variable, because these name people and things.
"""

from __future__ import annotations

import logging
import sys
from typing import Any, Final

import structlog


class Lines:
    """Writes each line to standard error, wherever that leads by then."""

    def msg(self, line: str) -> None:
        """Write a line."""
        sys.stderr.write(f"{line}\n")

    info = warning = error = msg


LOG: Final[Any] = structlog.wrap_logger(
    Lines(),
    processors=[
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        structlog.processors.JSONRenderer(ensure_ascii=False),
    ],
    wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
)
