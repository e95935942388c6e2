"""All that is kept, as one store; and its end: everything that is kept has one."""

from __future__ import annotations

import logging
from dataclasses import asdict, dataclass
from typing import Protocol

from okr_assistant import audit
from okr_assistant.clock import Clock
from okr_assistant.errors import StoreError
from okr_assistant.portfolio.ports import PORTFOLIOS_KEPT, PortfolioStore
from okr_assistant.sharing.ports import LINKS_KEPT, RESULTS_KEPT, LinkStore, ResultStore, SecretStore
from okr_assistant.workshop.ports import RoomStore
from okr_assistant.workshop.room import KEPT as ROOMS_KEPT

_log = logging.getLogger(__name__)


class Store(LinkStore, ResultStore, PortfolioStore, SecretStore, RoomStore, Protocol):
    """Everything that is kept. Any thread may use it, and several processes may have the same one open."""

    @property
    def clock(self) -> Clock:
        """The clock that all who have the store open go by: the database server's, or this machine's."""

    @property
    def place(self) -> str:
        """Where all of it is kept, for who runs the app: a file, or a database without a password."""

    @property
    def writers(self) -> int:
        """How many of this process can write at the same time, each something else."""

    def check(self) -> None:
        """Read something small; ``StoreError`` when nothing can be read now."""

    def close(self) -> None:
        """Let go of what the store holds open; it is not used afterwards."""


@dataclass(frozen=True, slots=True)
class Deleted:
    """How many links, saved results, portfolios and rooms."""

    links: int
    results: int
    portfolios: int
    rooms: int


def clean_up(store: Store, clock: Clock) -> Deleted:
    """Delete what has been over for long enough; ``StoreError`` leaves the rest for the next time."""
    now = clock.now()
    return Deleted(
        store.delete_links_expired_before(now - LINKS_KEPT),
        store.delete_results_not_visited_since(now - RESULTS_KEPT),
        store.delete_portfolios_not_visited_since(now - PORTFOLIOS_KEPT),
        store.delete_rooms_not_used_since(now - ROOMS_KEPT),
    )


def clean_up_if_possible(store: Store, clock: Clock) -> None:
    """Like ``clean_up``; a full disk or a busy database is no reason not to show what is there."""
    try:
        deleted = asdict(clean_up(store, clock))
    except StoreError as error:
        _log.warning("not cleaned up: %s", error)
    else:
        if any(deleted.values()):
            audit.note("deleted what had ended", **deleted)
