"""Finds the rows of a growing column by the numbers that stand there, without a walk through all of it."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
LATE = 20  # sorted anew when one in so many rows came in since
FEW = 4  # where more than one in so many numbers is asked for, a walk is as quick


class Index:
    """The rows of one column by number, from 0; the last rows that came in are walked, not looked up."""

    def __init__(self) -> None:
        nothing = np.zeros(1, np.int64)
        self._sorted: tuple[Array, Array] = (nothing[:0], nothing)

    def rows(self, column: Array, numbers: Array) -> Array:
        """The rows in which one of some different numbers stands; those of one number are in their order."""
        order, starts = self._upto(column)
        known = numbers[numbers < len(starts) - 1]
        if len(known) * FEW > len(starts):
            return _walked(column, numbers)
        rows = order[spans(starts[known], starts[known + 1])]
        if len(order) > len(column):  # another reader saw more than this one may
            return rows[rows < len(column)]
        return np.concatenate([rows, len(order) + _walked(column[len(order) :], numbers)])

    def _upto(self, column: Array) -> tuple[Array, Array]:
        """The rows in the order of their numbers, and where each number begins among them."""
        if (len(column) - len(self._sorted[0])) * LATE > len(column):
            order = np.argsort(column, kind="stable").astype(np.int32)
            starts = np.concatenate([[0], np.cumsum(np.bincount(column))])
            self._sorted = (order, starts)  # at once, so that nobody sees one without the other
        return self._sorted


def spans(starts: Array, ends: Array) -> Array:
    """All numbers from each start to before its end: (2, 7), (4, 9) give 2, 3, 7, 8."""
    sizes = ends - starts
    before = np.cumsum(sizes) - sizes
    return np.asarray(np.repeat(starts - before, sizes) + np.arange(sizes.sum()))


def _walked(column: Array, numbers: Array) -> Array:
    if not len(column) or not len(numbers):
        return np.empty(0, np.int64)
    wanted = np.zeros(int(max(column.max(), numbers.max())) + 1, bool)
    wanted[numbers] = True
    return np.flatnonzero(wanted[column])
