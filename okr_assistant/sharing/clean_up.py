"""Everything that is kept has an end; here it comes."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import timedelta

from okr_assistant.clock import Clock
from okr_assistant.errors import StoreError
from okr_assistant.sharing.ports import Store

LINKS_KEPT = timedelta(days=30)
"""After a link's end: a clock that is days ahead deletes none that still runs.

Those that are opened meanwhile end all the same, and stay so (``links.py``).
"""

RESULTS_KEPT = timedelta(days=400)
"""After the browser was last here: somebody who comes once a year finds them."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Deleted:
    """How many links and how many saved results."""

    links: int
    results: int


def clean_up(store: Store, clock: Clock) -> Deleted:
    """Delete what has been over for long enough; ``StoreError`` leaves the rest for the next time."""
    now = clock.now()
    return Deleted(
        store.delete_links_expired_before(now - LINKS_KEPT),
        store.delete_results_not_visited_since(now - RESULTS_KEPT),
    )


def clean_up_at_start(store: Store, clock: Clock) -> None:
    """Like ``clean_up``; a full disk or a busy database is no reason not to show what is there."""
    try:
        clean_up(store, clock)
    except StoreError as error:
        _log.warning("not cleaned up: %s", error)
