"""The one door to Numba: what is compiled here keeps its type, so that callers stay checked."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Final, TypeVar, cast

import numpy as np
from numba import njit
from numba.core import config
from numba.extending import register_jitable

Function = TypeVar("Function", bound=Callable[..., object])

FIRST: Final = cast("int", np.int64(0))
"""Number 0 of a row, for kernels to hand on: a plain 0 is a type of its own to Numba, and would be compiled once more."""
RULES: Final[dict[str, Any]] = {"nogil": True, "fastmath": False, "error_model": "numpy"}
"""No fast mathematics: sums keep their order, so the same input gives the same bytes. Division by zero gives infinity, as in
NumPy. The interpreter's lock is let go meanwhile, so that live sources go on reading."""


def compiled(function: Function) -> Function:
    """Return `function` compiled on its first call and kept on disk: a door from the interpreter into kernels."""
    before = config.CACHE_DIR  # type: ignore[attr-defined]  # made at run time
    config.CACHE_DIR = before or kept()  # type: ignore[attr-defined]
    try:
        return cast("Function", njit(cache=True, **RULES)(function))
    finally:
        config.CACHE_DIR = before  # type: ignore[attr-defined]


def making(function: Function) -> Function:
    """Return `function` as it is, known to Numba as a part of kernels, compiled within those that call it.

    It has no door of its own, and none is compiled. What the interpreter calls is plain Python; a test compiles it by
    `compiled`.
    """
    return register_jitable(no_cfunc_wrapper=True, _nrt=True, **RULES)(function)


def called(function: Function) -> Function:
    """Return `function` as a part of kernels that makes no arrays.

    Numba then does not count who refers to the arrays that it is given: an atomic operation for each of them at every call.
    """
    return register_jitable(no_cfunc_wrapper=True, _nrt=False, **RULES)(function)


def inlined(function: Function) -> Function:
    """Return `function` as a part of kernels that makes no arrays and is written into them wherever it is called.

    For what runs for every track, so that its arrays, each of them up to ten numbers, need not be handed over.
    """
    return register_jitable(no_cfunc_wrapper=True, _nrt=False, forceinline=True, **RULES)(function)


@cache
def kept() -> str:
    """Return the folder in which compiled kernels are kept, named by all that they rest on; "" for Numba's own choice.

    Numba looks whether a kernel's own file has changed, and not those of the kernels that it calls: a folder for each state of
    the sources keeps it from going on with what was compiled of an older one.
    """
    sources = Path(__file__).parent
    home = sources / "__pycache__"
    if not os.access(home if home.exists() else sources, os.W_OK):
        return ""
    parts = [sources / "kernel.py", sources / "sensors.py", *sorted((sources / "track").rglob("*.py"))]
    digest = sha256(b"".join(each.read_bytes() for each in parts))
    return str(home / f"kernels-{digest.hexdigest()[:16]}")
