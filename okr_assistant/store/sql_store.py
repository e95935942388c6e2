"""The store over a database: links and remarks, results, portfolios, rooms, and this installation's secret."""

from __future__ import annotations

from functools import cached_property
from secrets import token_bytes

from sqlalchemy import select

from okr_assistant.clock import Clock
from okr_assistant.store.database import insert
from okr_assistant.store.sql_links import SqlLinks
from okr_assistant.store.sql_portfolios import SqlPortfolios
from okr_assistant.store.sql_results import SqlResults
from okr_assistant.store.sql_rooms import SqlRooms
from okr_assistant.store.tables import secrets

_SECRET = "installation"  # noqa: S105 - the name of the row
_SECRET_LENGTH = 32


class SqlStore(SqlLinks, SqlResults, SqlPortfolios, SqlRooms):
    """``housekeeping.Store`` in SQL, for every database that has our tables."""

    @property
    def clock(self) -> Clock:
        """The clock that all who have the store open go by."""
        return self.database.clock

    @property
    def place(self) -> str:
        """Where all of it is kept, for who runs the app."""
        return self.database.place

    @property
    def writers(self) -> int:
        """How many of this process can write at the same time, each something else."""
        return self.database.writers

    def secret(self) -> bytes:
        """Return 32 random bytes, the same ones for ever; made when they are first asked for."""
        return self._secret

    @cached_property
    def _secret(self) -> bytes:
        query = select(secrets.c.value).where(secrets.c.name == _SECRET)
        with self.database.read() as connection:
            found: bytes | None = connection.execute(query).scalar()
        if found is None:
            with self.database.write() as connection:
                row = {"name": _SECRET, "value": token_bytes(_SECRET_LENGTH)}
                # Another process may have been quicker; its secret is the one.
                connection.execute(insert(connection, secrets, row).on_conflict_do_nothing())
                found = connection.execute(query).scalar_one()
        return found

    def check(self) -> None:
        """Read something small."""
        with self.database.read() as connection:
            connection.execute(select(secrets.c.name).limit(1)).first()

    def close(self) -> None:
        """Let go of the database."""
        self.database.close()
