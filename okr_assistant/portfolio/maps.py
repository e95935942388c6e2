"""My goal maps: the portfolios that a browser keeps here, and the quarters that it froze, without an account."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from okr_assistant.clock import Clock, Tokens, hashed, is_token
from okr_assistant.decision.registry import Models
from okr_assistant.errors import PortfolioError
from okr_assistant.free_text import clean_title
from okr_assistant.portfolio.items import Portfolio
from okr_assistant.portfolio.portfolio_file import read_portfolio, write_portfolio
from okr_assistant.portfolio.ports import PORTFOLIOS_KEPT, Head, KeptPortfolio, PortfolioStore

_TICK = timedelta(microseconds=1)
MOST = 60
"""Portfolios of one browser, frozen ones included: five teams over three years."""


@dataclass(frozen=True, slots=True)
class Maps:
    """All that a browser can do with the portfolios it keeps; ``browser`` is the random id of its cookie."""

    store: PortfolioStore
    clock: Clock
    tokens: Tokens

    def keep(self, browser: str, portfolio: Portfolio) -> Head:
        """Keep a new portfolio; ``PortfolioError`` when there would be too many."""
        return self._keep(browser, portfolio, frozen="", of="")

    def save(self, browser: str, seen: Head, portfolio: Portfolio) -> Head:
        """Put a portfolio in the place of the one that ``seen`` is the head of.

        ``PortfolioError`` when that is gone, was changed meanwhile (in another tab), or is frozen; then nothing is
        saved, and what is to be saved is still the caller's.
        """
        if seen.frozen:
            raise PortfolioError("is_frozen", place=seen.name)
        now = max(self.clock.now(), seen.changed_at + _TICK)  # it is the revision too
        head = replace(seen, name=portfolio.name, items=len(portfolio.items), changed_at=now)
        kept = KeptPortfolio(head, write_portfolio(portfolio))
        if not self.store.save_portfolio(hashed(browser), kept, seen=seen.changed_at):
            raise PortfolioError("changed_elsewhere", place=seen.name)
        return head

    def freeze(self, browser: str, head: Head, portfolio: Portfolio, name: str) -> Head:
        """Keep a portfolio as it is now, for ever, as the quarter of this name.

        ``TextError`` when it is no name, ``PortfolioError`` when it is empty or there already, or too many.
        """
        name = clean_title(name, "quarter")
        if not name:
            raise PortfolioError("unnamed_quarter", place="quarter")
        if any(known.frozen == name for known in self.frozen(browser, head)):
            raise PortfolioError("repeated_quarter", place="quarter", found=name)
        return self._keep(browser, portfolio, frozen=name, of=head.id)

    def all(self, browser: str) -> tuple[Head, ...]:
        """Return the portfolios that can be changed, the last changed first."""
        return tuple(head for head in self.store.portfolios(hashed(browser)) if not head.frozen)

    def frozen(self, browser: str, head: Head) -> tuple[Head, ...]:
        """Return the quarters that were frozen from a portfolio, the last one first."""
        return tuple(known for known in self.store.portfolios(hashed(browser)) if known.of == head.id)

    def open(self, browser: str, portfolio_id: str, models: Models) -> tuple[Head, Portfolio]:
        """Return a portfolio of this browser, as it was kept; ``PortfolioError`` when it is gone."""
        kept = self.store.portfolio(hashed(browser), portfolio_id) if is_token(portfolio_id) else None
        if kept is None:
            raise PortfolioError("portfolio_is_gone", place="goal maps")
        return kept.head, read_portfolio(kept.content, models, kept.head.name)

    def delete(self, browser: str, portfolio_id: str) -> None:
        """Delete one, with the quarters that were frozen from it."""
        if is_token(portfolio_id):
            self.store.delete_portfolio(hashed(browser), portfolio_id)

    def visit(self, browser: str) -> datetime:
        """Note that the browser is here; return when its portfolios end if it does not come again."""
        now = self.clock.now()
        self.store.visit_portfolios(hashed(browser), now)
        return now + PORTFOLIOS_KEPT

    def _keep(self, browser: str, portfolio: Portfolio, *, frozen: str, of: str) -> Head:
        now = self.clock.now()
        head = Head(self.tokens.token(), portfolio.name, len(portfolio.items), frozen, of, now, now)
        kept = KeptPortfolio(head, write_portfolio(portfolio))
        if not self.store.keep_portfolio(hashed(browser), kept, most=MOST):
            raise PortfolioError("too_many_portfolios", place="goal maps", allowed=str(MOST))
        return head
