"""Points of several approaches side by side in one 64-bit number, so that one addition adds all of them."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from okr_assistant.decision.tables import Tables, mask_type

# Little-endian by name: a lane is then the same byte of the number on every machine.
_WORD = np.dtype("<u8")


class Lanes:
    """Where each approach has its lane. Lanes are 8 bits wide, or 16 when the sums of the model do not fit.

    A value that is packed may be negative: it borrows from the next lane, and the sum of all gives it back, as
    long as every lane of the sum lies in its range. ``bias`` sees to that, and keeps 0 free for "blocked".
    """

    def __init__(self, tables: Tables) -> None:
        self._approaches = len(tables.approaches)
        lowest = sum((table.min(axis=0).astype(int) for table in tables.points), start=np.zeros(1, int))
        highest = sum((table.max(axis=0).astype(int) for table in tables.points), start=np.zeros(1, int))
        self.bias = 1 - int(lowest.min())
        self._lane = np.dtype("<u1") if int(highest.max()) + self.bias < 1 << 8 else np.dtype("<u2")
        self._per_word = _WORD.itemsize // self._lane.itemsize
        self.words = -(-self._approaches // self._per_word)
        self.full = (1 << 8 * self._lane.itemsize) - 1
        self.mask = mask_type(self._approaches)

    def packed(self, values: NDArray[np.int64]) -> NDArray[np.uint64]:
        """Values of shape [approach, entry] as numbers of shape [word, entry]."""
        words = np.zeros((self.words, values.shape[1]), _WORD)
        for approach, row in enumerate(values):
            word, lane = divmod(approach, self._per_word)
            # two's complement: a negative value is the same modulo 2 to the power of 64
            words[word] += row.astype(_WORD) << _WORD.type(8 * self._lane.itemsize * lane)
        return words

    def planes(self, sums: NDArray[np.uint64]) -> NDArray[Any]:
        """The lanes of each number, one contiguous row a lane."""
        return np.ascontiguousarray(sums.view(self._lane).reshape(len(sums), self._per_word).T)

    def leaders(self, planes: list[NDArray[Any]]) -> NDArray[Any]:
        """Which planes share the highest value, as sets of approaches."""
        highest = planes[0].copy()
        for plane in planes[1:]:
            np.maximum(highest, plane, out=highest)
        found = np.zeros(highest.shape, self.mask)
        for bit, plane in enumerate(planes):
            found |= (plane == highest).astype(self.mask) << self.mask.type(bit)
        return found
