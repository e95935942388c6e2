"""Saved results in SQL."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select, update

from okr_assistant.sharing.ports import SavedResult
from okr_assistant.store.database import Database, insert, writing_alone
from okr_assistant.store.rows import result_from_row, result_to_row
from okr_assistant.store.tables import results
from okr_assistant.store.visits import note_visit


class SqlResults:
    """``sharing.ports.ResultStore``: what each method promises is said there."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def keep(self, browser_hash: bytes, new: Sequence[SavedResult], *, most: int) -> bool:
        """Keep all of these; False, and none is kept, when the browser would then have more than ``most``."""
        ids = {result.id for result in new}
        with writing_alone(self.database, browser_hash) as connection:
            others = select(results.c.id).where(results.c.browser_hash == browser_hash)
            if len(ids.union(connection.execute(others).scalars())) > most:
                return False
            for result in new:
                row = result_to_row(result)
                whole = {"browser_hash": browser_hash, "visited_at": result.changed_at} | row
                same = [results.c.browser_hash, results.c.id]
                made = insert(connection, results, whole)
                connection.execute(made.on_conflict_do_update(index_elements=same, set_=row))
            if new:
                note_visit(connection, results, browser_hash, max(result.changed_at for result in new))
        return True

    def save(self, browser_hash: bytes, result: SavedResult) -> bool:
        """Put a result in the place of the one with its id; False when this browser has none (any more)."""
        here = (results.c.browser_hash == browser_hash) & (results.c.id == result.id)
        with writing_alone(self.database, browser_hash) as connection:
            if connection.execute(update(results).where(here).values(result_to_row(result))).rowcount == 0:
                return False
            note_visit(connection, results, browser_hash, result.changed_at)
        return True

    def results(self, browser_hash: bytes) -> tuple[SavedResult, ...]:
        """Return all results of a browser, the last changed first."""
        query = select(results).where(results.c.browser_hash == browser_hash)
        with self.database.read() as connection:
            found = connection.execute(query.order_by(results.c.changed_at.desc(), results.c.id))
            return tuple(result_from_row(row) for row in found)

    def delete(self, browser_hash: bytes, result_id: str) -> None:
        """Delete one result of this browser; nothing happens when it has none with this id."""
        with writing_alone(self.database, browser_hash) as connection:
            here = (results.c.browser_hash == browser_hash) & (results.c.id == result_id)
            connection.execute(delete(results).where(here))

    def delete_all(self, browser_hash: bytes) -> int:
        """Delete all results of a browser; return how many."""
        with writing_alone(self.database, browser_hash) as connection:
            return connection.execute(delete(results).where(results.c.browser_hash == browser_hash)).rowcount

    def visit(self, browser_hash: bytes, at: datetime) -> None:
        """Note that a browser was here, from which its results' end is counted."""
        with writing_alone(self.database, browser_hash) as connection:
            note_visit(connection, results, browser_hash, at)

    def delete_results_not_visited_since(self, instant: datetime) -> int:
        """Delete the results of browsers last here before ``instant``; return how many."""
        with self.database.write() as connection:
            return connection.execute(delete(results).where(results.c.visited_at < instant)).rowcount
