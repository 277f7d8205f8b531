"""The one door to Numba: what is compiled here keeps its type, so that callers stay checked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeVar, cast

import numpy as np
from numba import njit

Function = TypeVar("Function", bound=Callable[..., object])

FIRST: Final = cast("int", np.int64(0))
"""Number 0 of a row, for kernels to hand on: a plain 0 is a type of its own to Numba, and would be compiled once more."""


def compiled(function: Function) -> Function:
    """Return `function` compiled on its first call and kept on disk.

    No fast mathematics: sums keep their order, so the same input gives the same bytes. Division by zero gives infinity, as
    in NumPy. The interpreter's lock is let go meanwhile, so that live sources go on reading.
    """
    return cast("Function", njit(cache=True, nogil=True, fastmath=False, error_model="numpy")(function))
