"""Saved results in SQL."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, func, select, update

from okr_assistant.sharing.ports import SavedResult
from okr_assistant.store.database import Database, insert
from okr_assistant.store.rows import result_from_row, result_to_row
from okr_assistant.store.tables import results


class SqlResults:
    """``sharing.ports.ResultStore``: what each method promises is said there."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def save(self, browser_hash: bytes, result: SavedResult) -> None:
        """Keep a result, in place of the one with the same id of the same browser."""
        of_browser = results.c.browser_hash == browser_hash
        row = result_to_row(result)
        with self.database.write() as connection:
            before = connection.execute(select(func.max(results.c.visited_at)).where(of_browser)).scalar()
            visited_at = max(before or result.changed_at, result.changed_at)
            whole = {"browser_hash": browser_hash, "visited_at": visited_at} | row
            new = insert(connection, results, whole)
            same = [results.c.browser_hash, results.c.id]
            connection.execute(new.on_conflict_do_update(index_elements=same, set_=row))
            connection.execute(update(results).where(of_browser).values(visited_at=visited_at))

    def results(self, browser_hash: bytes) -> tuple[SavedResult, ...]:
        """Return all results of a browser, the last changed first."""
        query = select(results).where(results.c.browser_hash == browser_hash)
        with self.database.read() as connection:
            found = connection.execute(query.order_by(results.c.changed_at.desc(), results.c.id))
            return tuple(result_from_row(row) for row in found)

    def delete(self, browser_hash: bytes, result_id: str) -> None:
        """Delete one result of this browser; nothing happens when it has none with this id."""
        with self.database.write() as connection:
            here = (results.c.browser_hash == browser_hash) & (results.c.id == result_id)
            connection.execute(delete(results).where(here))

    def delete_all(self, browser_hash: bytes) -> int:
        """Delete all results of a browser; return how many."""
        with self.database.write() as connection:
            return connection.execute(delete(results).where(results.c.browser_hash == browser_hash)).rowcount

    def visit(self, browser_hash: bytes, at: datetime) -> None:
        """Note that a browser was here, from which its results' end is counted."""
        with self.database.write() as connection:
            # A clock that is set back does not bring the end nearer.
            earlier = (results.c.browser_hash == browser_hash) & (results.c.visited_at < at)
            connection.execute(update(results).where(earlier).values(visited_at=at))

    def delete_results_not_visited_since(self, instant: datetime) -> int:
        """Delete the results of browsers last here before ``instant``; return how many."""
        with self.database.write() as connection:
            return connection.execute(delete(results).where(results.c.visited_at < instant)).rowcount
