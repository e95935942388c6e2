"""Many questions in one transaction: what a page asks is of one state, and it is begun and ended once."""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager

from sqlalchemy import Connection

from okr_assistant.store.faults import STORAGE, refusals


class SharedRead(ABC):
    """The reading half of a ``Database``: a thread can keep one transaction for all that it reads in a block."""

    def __init__(self) -> None:
        self._here = _Here()

    @abstractmethod
    def _begin_read(self) -> AbstractContextManager[Connection]:
        """A transaction of its own that sees one state; ``StoreError`` when it cannot be read."""

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """The transaction that this thread keeps, or one of its own; it sees one state."""
        if self._here.end is None:
            with self._begin_read() as connection:
                yield connection
            return
        if self._here.kept is None:
            self._here.kept = self._here.end.enter_context(self._begin_read())
        with refusals(STORAGE):
            yield self._here.kept

    @contextmanager
    def one_state(self) -> Iterator[None]:
        """Keep one transaction for all that this thread reads in the block; it must not write in it."""
        if self._here.end is not None:  # in a block already, whose state it is
            yield
            return
        with ExitStack() as end:
            self._here.end = end
            try:
                yield
            finally:
                self._here.end = self._here.kept = None


class _Here(threading.local):
    end: ExitStack | None = None
    """Of the block that this thread is in."""
    kept: Connection | None = None
