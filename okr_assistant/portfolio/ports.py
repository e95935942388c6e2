"""What portfolios need of a store. ``okr_assistant/store`` has the one implementation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

PORTFOLIOS_KEPT = timedelta(days=400)
"""After the browser was last here, as with results: a comparison with last year's map is what they are for."""


@dataclass(frozen=True, slots=True)
class Head:
    """What is listed of a kept portfolio. ``frozen`` is the name of the quarter it was frozen as, else empty.

    ``of`` is the id of the portfolio that it was frozen from, else empty. ``changed_at`` is its revision too.
    """

    id: str
    name: str
    items: int
    frozen: str
    of: str
    saved_at: datetime
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class KeptPortfolio:
    """A portfolio that somebody keeps; ``content`` is its file."""

    head: Head
    content: bytes


class PortfolioStore(Protocol):
    """Kept portfolios, each belonging to one browser, of whose id only the SHA-256 is kept.

    Every method that changes something has done so when it returns, or raises ``StoreError`` and has changed
    nothing.
    """

    def keep_portfolio(self, browser_hash: bytes, kept: KeptPortfolio, *, most: int) -> bool:
        """Keep a new one; False when the browser would then have more than ``most``. It is a visit."""

    def save_portfolio(self, browser_hash: bytes, kept: KeptPortfolio, *, seen: datetime) -> bool:
        """Put it in the place of the one with its id, unless that is gone or was changed after ``seen``.

        It is a visit. False when it was not saved.
        """

    def portfolios(self, browser_hash: bytes) -> tuple[Head, ...]:
        """Return what is listed of all portfolios of a browser, the last changed first."""

    def portfolio(self, browser_hash: bytes, portfolio_id: str) -> KeptPortfolio | None:
        """Return one portfolio of this browser; None when it has none with this id."""

    def delete_portfolio(self, browser_hash: bytes, portfolio_id: str) -> None:
        """Delete one portfolio of this browser, with those frozen from it; nothing happens when it has none."""

    def visit_portfolios(self, browser_hash: bytes, at: datetime) -> None:
        """Note that a browser was here, from which its portfolios' end is counted; the latest visit counts."""

    def delete_portfolios_not_visited_since(self, instant: datetime) -> int:
        """Delete the portfolios of browsers last here before ``instant``; return how many."""
