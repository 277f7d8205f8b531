"""A model as blocks of variables and rows over index arrays.

A block keeps the keys from which it came (positions of table rows, one array for each axis), so that a solution, a
price or a conflict can be told in the planner's words. Building is a matter of concatenating arrays; nothing here loops
over single variables.

    model = Model()
    make = model.variables("make", {"pair": pair, "bucket": bucket}, cost=unit_cost[pair])
    rows = model.rows("capacity", {"pool": pool, "bucket": bucket}, upper=hours)
    model.terms(rows, row_position, make, variable_position, hours_per_unit)
    problem = model.freeze()
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Self

import numpy as np
import scipy.sparse as sp
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]
Index = NDArray[np.int64]
Keys = Mapping[str, Index]


@dataclass(frozen=True)
class Block:
    """A run of variables or of rows with one meaning.

    Args: name; first, position of its first member in the whole model; size; keys, for each axis one array [size].
    """

    name: str
    first: int
    size: int
    keys: Keys

    @property
    def slice(self) -> slice:
        """Where its members stand in an array over the whole model."""
        return slice(self.first, self.first + self.size)


@dataclass(frozen=True, eq=False)
class Problem:
    """minimise cost @ x + constant, row_lower <= matrix @ x <= row_upper, lower <= x <= upper, x whole where `integer`.

    Arrays over variables [variable] and rows [row]; `matrix` is compressed by columns [row, variable].
    """

    cost: Array
    lower: Array
    upper: Array
    integer: NDArray[np.bool_]
    matrix: sp.csc_array
    row_lower: Array
    row_upper: Array
    variables: Mapping[str, Block]
    rows: Mapping[str, Block]
    constant: float = 0.0

    def __post_init__(self) -> None:
        """Refuse arrays that do not fit together, and numbers that mean nothing."""
        rows, columns = self.matrix.shape
        for name, size in (("cost", columns), ("lower", columns), ("upper", columns), ("row_lower", rows), ("row_upper", rows)):
            _refuse(name, getattr(self, name), size)
        if self.integer.shape != (columns,):
            raise ValueError(f"the problem's integer has {self.integer.size} places, not {columns}")
        for name, numbers in (("cost", self.cost), ("matrix", self.matrix.data), ("constant", np.asarray(self.constant))):
            if not np.isfinite(numbers).all():
                raise ValueError(f"the problem's {name} holds a number that is not finite; a block was built from a bad one")
        if (self.lower == np.inf).any() or (self.row_lower == np.inf).any():
            raise ValueError("a lower bound or limit of inf leaves no answer; write -inf for none")
        if (self.upper == -np.inf).any() or (self.row_upper == -np.inf).any():
            raise ValueError("an upper bound or limit of -inf leaves no answer; write inf for none")

    def bounded(self, lower: Array, upper: Array) -> Self:
        """Return the same problem with other bounds on its variables."""
        return replace(self, lower=lower, upper=upper)

    def priced(self, cost: Array) -> Self:
        """Return the same problem with another objective."""
        return replace(self, cost=cost)

    def relaxed(self) -> Self:
        """Return the same problem without the demand that variables be whole."""
        return replace(self, integer=np.zeros_like(self.integer))

    def limited(self, row_lower: Array, row_upper: Array) -> Self:
        """Return the same problem with other limits on its rows."""
        return replace(self, row_lower=row_lower, row_upper=row_upper)


class Model:
    """Collects blocks and terms; `freeze` makes the problem. The only mutable thing in the house of `solve`."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._variables: dict[str, Block] = {}
        self._rows: dict[str, Block] = {}
        self._bounds: dict[str, list[Array]] = {name: [] for name in ("cost", "lower", "upper", "row_lower", "row_upper")}
        self._integer: list[NDArray[np.bool_]] = []
        self._terms: list[tuple[Index, Index, Array]] = []
        self._counts = [0, 0]

    def variables(
        self,
        name: str,
        keys: Mapping[str, ArrayLike],
        *,
        cost: ArrayLike = 0.0,
        lower: ArrayLike = 0.0,
        upper: ArrayLike = np.inf,
        integer: ArrayLike = False,
    ) -> Block:
        """Add a block of variables; every argument is a number for all or an array [size]."""
        block = self._block(self._variables, name, keys, 0)
        for kind, numbers in (("cost", cost), ("lower", lower), ("upper", upper)):
            self._bounds[kind].append(_spread(numbers, block.size))
        self._integer.append(np.broadcast_to(np.asarray(integer, bool), block.size))
        return block

    def rows(self, name: str, keys: Mapping[str, ArrayLike], *, lower: ArrayLike = -np.inf, upper: ArrayLike = np.inf) -> Block:
        """Add a block of rows; limits are a number for all or an array [size]."""
        block = self._block(self._rows, name, keys, 1)
        for kind, numbers in (("row_lower", lower), ("row_upper", upper)):
            self._bounds[kind].append(_spread(numbers, block.size))
        return block

    def terms(self, rows: Block, row: ArrayLike, block: Block, variable: ArrayLike, coefficient: ArrayLike = 1.0) -> None:
        """Add coefficient * variable to rows; positions count within their blocks, repeated places add up."""
        row, variable = np.asarray(row, np.int64), np.asarray(variable, np.int64)
        row, variable, coefficient = np.broadcast_arrays(row, variable, np.asarray(coefficient, np.float64))
        self._terms.append((rows.first + row.ravel(), block.first + variable.ravel(), coefficient.ravel()))

    def freeze(self, constant: float = 0.0) -> Problem:
        """Return the finished problem."""
        columns, rows = self._counts
        row = np.concatenate([np.empty(0, np.int64), *(term[0] for term in self._terms)])
        column = np.concatenate([np.empty(0, np.int64), *(term[1] for term in self._terms)])
        coefficient = np.concatenate([np.empty(0), *(term[2] for term in self._terms)])
        matrix = sp.coo_array((coefficient, (row, column)), shape=(rows, columns)).tocsc()
        matrix.sum_duplicates()
        matrix.eliminate_zeros()
        joined = {kind: np.concatenate([np.empty(0), *arrays]) for kind, arrays in self._bounds.items()}
        return Problem(
            **joined,
            integer=np.concatenate([np.empty(0, bool), *self._integer]),
            matrix=matrix,
            variables=MappingProxyType(dict(self._variables)),
            rows=MappingProxyType(dict(self._rows)),
            constant=constant,
        )

    def _block(self, held: dict[str, Block], name: str, keys: Mapping[str, ArrayLike], axis: int) -> Block:
        if name in held:
            raise ValueError(f"there is a block {name} already")
        arrays = {key: np.asarray(values, np.int64) for key, values in keys.items()}
        sizes = {values.shape for values in arrays.values()}
        if len(sizes) != 1:
            raise ValueError(f"the keys of block {name} have unequal lengths: {sizes}")
        block = Block(name, self._counts[axis], sizes.pop()[0], MappingProxyType(arrays))
        self._counts[axis] += block.size
        held[name] = block
        return block


UNLIMITED = 1e20
"""Where the solver's numbers end: it takes any bound from here on for none."""


def _refuse(name: str, numbers: Array, size: int) -> None:
    """Refuse an array of another size, NaN, and finite numbers that the solver would take for infinite."""
    if numbers.shape != (size,):
        raise ValueError(f"the problem's {name} has {numbers.size} numbers, not {size}")
    if np.isnan(numbers).any():
        raise ValueError(f"the problem's {name} holds NaN; a block was built from a number that is missing")
    if (np.isfinite(numbers) & (np.abs(numbers) >= UNLIMITED)).any():
        raise ValueError(f"the problem's {name} holds a number of {UNLIMITED:.0e} or more; write inf for no limit")


def _spread(numbers: ArrayLike, size: int) -> Array:
    """Return one number for all, or an array, as an array [size]."""
    return np.broadcast_to(np.asarray(numbers, np.float64), size)
