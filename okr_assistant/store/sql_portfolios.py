"""Kept portfolios in SQL. Their files are kept compressed: ten thousand items are megabytes of JSON."""

from __future__ import annotations

import zlib
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, func, select, update

from okr_assistant.portfolio.ports import Head, KeptPortfolio
from okr_assistant.store.database import Database, insert, writing_alone
from okr_assistant.store.rows import readable
from okr_assistant.store.tables import portfolios
from okr_assistant.store.visits import note_visit

_HEAD = [portfolios.c[name] for name in Head.__slots__]


class SqlPortfolios:
    """``portfolio.ports.PortfolioStore``: what each method promises is said there."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def keep_portfolio(self, browser_hash: bytes, kept: KeptPortfolio, *, most: int) -> bool:
        """Keep a new one; False when the browser would then have more than ``most``."""
        count = select(func.count()).where(portfolios.c.browser_hash == browser_hash)
        with writing_alone(self.database, browser_hash) as connection:
            if connection.execute(count).scalar_one() >= most:
                return False
            whole = {"browser_hash": browser_hash, "visited_at": kept.head.changed_at} | _row(kept)
            connection.execute(insert(connection, portfolios, whole))
            note_visit(connection, portfolios, browser_hash, kept.head.changed_at)
        return True

    def save_portfolio(self, browser_hash: bytes, kept: KeptPortfolio, *, seen: datetime) -> bool:
        """Put it in the place of the one with its id, unless that is gone or was changed after ``seen``."""
        here = _here(browser_hash, kept.head.id) & (portfolios.c.changed_at == seen)
        with writing_alone(self.database, browser_hash) as connection:
            if connection.execute(update(portfolios).where(here).values(_row(kept))).rowcount == 0:
                return False
            note_visit(connection, portfolios, browser_hash, kept.head.changed_at)
        return True

    def portfolios(self, browser_hash: bytes) -> tuple[Head, ...]:
        """Return what is listed of all portfolios of a browser, the last changed first."""
        query = select(*_HEAD).where(portfolios.c.browser_hash == browser_hash)
        with self.database.read() as connection:
            found = connection.execute(query.order_by(portfolios.c.changed_at.desc(), portfolios.c.id))
            return tuple(Head(*row) for row in found)

    def portfolio(self, browser_hash: bytes, portfolio_id: str) -> KeptPortfolio | None:
        """Return one portfolio of this browser; None when it has none with this id."""
        with self.database.read() as connection:
            query = select(portfolios).where(_here(browser_hash, portfolio_id))
            rows = connection.execute(query).all()
        return portfolio_from_row(rows[0]) if rows else None

    def delete_portfolio(self, browser_hash: bytes, portfolio_id: str) -> None:
        """Delete one portfolio of this browser, with those frozen from it."""
        mine = portfolios.c.browser_hash == browser_hash
        it = (portfolios.c.id == portfolio_id) | (portfolios.c.of == portfolio_id)
        with writing_alone(self.database, browser_hash) as connection:
            connection.execute(delete(portfolios).where(mine & it))

    def visit_portfolios(self, browser_hash: bytes, at: datetime) -> None:
        """Note that a browser was here, from which its portfolios' end is counted."""
        with writing_alone(self.database, browser_hash) as connection:
            note_visit(connection, portfolios, browser_hash, at)

    def delete_portfolios_not_visited_since(self, instant: datetime) -> int:
        """Delete the portfolios of browsers last here before ``instant``; return how many."""
        with self.database.write() as connection:
            return connection.execute(delete(portfolios).where(portfolios.c.visited_at < instant)).rowcount


def _here(browser_hash: bytes, portfolio_id: str) -> Any:
    return (portfolios.c.browser_hash == browser_hash) & (portfolios.c.id == portfolio_id)


def _row(kept: KeptPortfolio) -> dict[str, Any]:
    return asdict(kept.head) | {"content": zlib.compress(kept.content)}


def portfolio_from_row(row: Row[Any]) -> KeptPortfolio:
    """Return the portfolio of a row; ``StoreError`` when it cannot be read."""
    head = Head(**{key: getattr(row, key) for key in Head.__slots__})
    with readable():
        try:
            return KeptPortfolio(head, zlib.decompress(row.content))
        except zlib.error as error:
            raise ValueError(error) from error
