"""What sharing needs of a store. ``okr_assistant/store`` has the one implementation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from okr_assistant.sharing.record import Record
from okr_assistant.sharing.snapshot import Snapshot

LINKS_KEPT = timedelta(days=30)
"""After a link's end: a clock that is days ahead deletes none that still runs.

Those that are opened meanwhile end all the same, and stay so (``links.py``).
"""

RESULTS_KEPT = timedelta(days=400)
"""After the browser was last here: somebody who comes once a year finds them."""


@dataclass(frozen=True, slots=True)
class StoredLink:
    """A link as it is stored. Of its token and of its owner's key only the SHA-256 is kept."""

    token_hash: bytes
    owner_hash: bytes
    snapshot: Snapshot
    made_at: datetime
    expires_at: datetime
    ended_at: datetime | None = None
    remarks_open: bool = True


@dataclass(frozen=True, slots=True)
class Remark:
    """ "I would answer this differently": a question, the other answer, and why; ``name`` as given, or empty."""

    id: str
    made_at: datetime
    question: str
    option: str
    reason: str
    name: str


@dataclass(frozen=True, slots=True)
class SavedResult:
    """A result that somebody keeps, under a random id of their browser."""

    id: str
    record: Record
    saved_at: datetime
    changed_at: datetime


class LinkStore(Protocol):
    """Stored links and their remarks. Whether a link is still valid is judged by ``links.py``, not here.

    Every method that changes something has done so when it returns, or raises ``StoreError`` and has changed
    nothing.
    """

    def add_link(self, link: StoredLink) -> None:
        """Keep a new link; adding the same one again changes nothing; another one with its token is refused."""

    def link(self, token_hash: bytes) -> StoredLink | None:
        """Return the link with this token, whether valid or not."""

    def link_of_owner(self, owner_hash: bytes) -> StoredLink | None:
        """Return the link with this owner's key, whether valid or not."""

    def end_link(self, token_hash: bytes, at: datetime) -> None:
        """Mark the link as ended, for ever; the first time stays."""

    def set_remarks_open(self, token_hash: bytes, *, is_open: bool) -> None:
        """Take remarks on this link, or no longer."""

    def add_remark(
        self, token_hash: bytes, remark: Remark, *, most: int, since: datetime, most_since: int
    ) -> bool:
        """Keep a remark, unless the link has ``most`` already, or ``most_since`` made after ``since``.

        False when it was not kept for that reason. A remark with the same id is kept once. ``StoreError`` when
        there is no such link (any more), or it takes no remarks (any more).
        """

    def remarks(self, token_hash: bytes) -> tuple[Remark, ...]:
        """Return all remarks on a link, oldest first."""

    def delete_remark(self, token_hash: bytes, remark_id: str) -> None:
        """Delete one remark; nothing happens when it is not there."""

    def delete_link(self, token_hash: bytes) -> None:
        """Delete a link with its remarks."""

    def delete_links_expired_before(self, instant: datetime) -> int:
        """Delete links that expired or ended before ``instant``, with their remarks; return how many."""


class ResultStore(Protocol):
    """Saved results, each belonging to one browser, of whose id only the SHA-256 is kept."""

    def keep(self, browser_hash: bytes, results: Sequence[SavedResult], *, most: int) -> bool:
        """Keep all of these; False, and none is kept, when the browser would then have more than ``most``.

        One with the id of another of this browser takes its place. Whoever keeps something is here: it is a visit
        of the browser at the time that the last of them changed.
        """

    def save(self, browser_hash: bytes, result: SavedResult) -> bool:
        """Put a result in the place of the one with its id; False when this browser has none (any more).

        It is a visit too.
        """

    def results(self, browser_hash: bytes) -> tuple[SavedResult, ...]:
        """Return all results of a browser, the last changed first."""

    def delete(self, browser_hash: bytes, result_id: str) -> None:
        """Delete one result of this browser; nothing happens when it has none with this id."""

    def delete_all(self, browser_hash: bytes) -> int:
        """Delete all results of a browser; return how many."""

    def visit(self, browser_hash: bytes, at: datetime) -> None:
        """Note that a browser was here, from which its results' end is counted; the latest visit counts.

        Of a browser without results nothing is kept.
        """

    def delete_results_not_visited_since(self, instant: datetime) -> int:
        """Delete the results of browsers last here before ``instant``; return how many."""


class SecretStore(Protocol):
    """The secret of this installation, shared by all its processes."""

    def secret(self) -> bytes:
        """Return 32 random bytes, the same ones for ever; made when they are first asked for."""
