"""Links and their remarks in SQL."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, delete, func, or_, select, update

from okr_assistant.errors import StoreError
from okr_assistant.sharing.ports import Remark, StoredLink
from okr_assistant.store.database import Database, insert, inserts
from okr_assistant.store.faults import STORAGE
from okr_assistant.store.rows import link_from_row, link_to_row, remark_from_row, remark_to_row
from okr_assistant.store.tables import links, remarks

_STANDING = select(links.c.ended_at, links.c.remarks_open).with_for_update()


class SqlLinks:
    """``sharing.ports.LinkStore``: what each method promises is said there."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def add_link(self, link: StoredLink) -> None:
        """Keep a new link; adding the same one again changes nothing."""
        with self.database.write() as connection:
            if inserts(connection, links, link_to_row(link), unless=links.c.token_hash):
                return
            kept = _link(connection, links.c.token_hash == link.token_hash)
            # It may have been changed since, which is no reason to refuse a repetition.
            if kept is None or link != replace(kept, ended_at=link.ended_at, remarks_open=link.remarks_open):
                raise StoreError("kept_differently", place=STORAGE)

    def link(self, token_hash: bytes) -> StoredLink | None:
        """Return the link with this token, whether valid or not."""
        with self.database.read() as connection:
            return _link(connection, links.c.token_hash == token_hash)

    def link_of_owner(self, owner_hash: bytes) -> StoredLink | None:
        """Return the link with this owner's key, whether valid or not."""
        with self.database.read() as connection:
            return _link(connection, links.c.owner_hash == owner_hash)

    def end_link(self, token_hash: bytes, at: datetime) -> None:
        """Mark the link as ended, for ever; the first time stays."""
        with self.database.write() as connection:
            live = (links.c.token_hash == token_hash) & links.c.ended_at.is_(None)
            connection.execute(update(links).where(live).values(ended_at=at))

    def set_remarks_open(self, token_hash: bytes, *, is_open: bool) -> None:
        """Take remarks on this link, or no longer."""
        with self.database.write() as connection:
            connection.execute(update(links).where(links.c.token_hash == token_hash).values(remarks_open=is_open))

    def add_remark(
        self, token_hash: bytes, remark: Remark, *, most: int, since: datetime, most_since: int
    ) -> bool:
        """Keep a remark, unless the link has ``most`` already, or ``most_since`` made after ``since``."""
        on_link = remarks.c.token_hash == token_hash
        with self.database.write() as connection:
            # One remark at a time on a link, or two would both find room for the last one. SQLite has one writer
            # anyway and leaves the lock out.
            locked = connection.execute(_STANDING.where(links.c.token_hash == token_hash)).first()
            if locked is None:
                raise StoreError("link_is_gone", place=STORAGE)
            # Asked now: its owner may have closed or ended it since the caller looked.
            if locked.ended_at is not None or not locked.remarks_open:
                raise StoreError("remarks_closed", place=STORAGE)
            if connection.execute(select(remarks.c.id).where(on_link, remarks.c.id == remark.id)).first():
                return True
            recent = func.count().filter(remarks.c.made_at > since)
            all_, of_late = connection.execute(select(func.count(), recent).where(on_link)).one()
            if all_ >= most or of_late >= most_since:
                return False
            connection.execute(insert(connection, remarks, remark_to_row(token_hash, remark)))
        return True

    def remarks(self, token_hash: bytes) -> tuple[Remark, ...]:
        """Return all remarks on a link, oldest first."""
        query = select(remarks).where(remarks.c.token_hash == token_hash)
        with self.database.read() as connection:
            found = connection.execute(query.order_by(remarks.c.made_at, remarks.c.id))
            return tuple(remark_from_row(row) for row in found)

    def delete_remark(self, token_hash: bytes, remark_id: str) -> None:
        """Delete one remark; nothing happens when it is not there."""
        with self.database.write() as connection:
            here = (remarks.c.token_hash == token_hash) & (remarks.c.id == remark_id)
            connection.execute(delete(remarks).where(here))

    def delete_link(self, token_hash: bytes) -> None:
        """Delete a link with its remarks."""
        with self.database.write() as connection:
            connection.execute(delete(links).where(links.c.token_hash == token_hash))

    def delete_links_expired_before(self, instant: datetime) -> int:
        """Delete links that expired or ended before ``instant``, with their remarks; return how many."""
        with self.database.write() as connection:
            over = or_(links.c.expires_at < instant, links.c.ended_at < instant)
            return connection.execute(delete(links).where(over)).rowcount


def _link(connection: Connection, which: ColumnElement[bool]) -> StoredLink | None:
    row = connection.execute(select(links).where(which)).first()
    return None if row is None else link_from_row(row)
