"""A store with rows in every table, and what is in a store, value by value."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

from okr_assistant.store import FILE_NAME, SqlStore
from okr_assistant.store.tables import metadata
from tests.still import NOON
from tests.store.samples import (
    TEXT,
    a_link,
    a_portfolio,
    a_remark,
    a_result,
    a_room,
    a_vote,
    an_old_room,
    browser,
    keys,
    token,
)
from tests.stores import open_at

Rows = dict[str, list[tuple[Any, ...]]]


def settings(place: str) -> tuple[Path | None, str | None]:
    """The folder and the address that an operator would set for this place."""
    return (None, place) if place.startswith("postgresql://") else (Path(place), None)


def named_place(place: str) -> str:
    """How this place is called in what is said about it."""
    without_options = place.partition("?")[0].rpartition("@")[2]
    return f"postgresql://{without_options}" if "://" in place else str(Path(place) / FILE_NAME)


def keep_everything(store: SqlStore) -> None:
    """Keep something in every table; among it an ended link, an empty value, text of many scripts, and bytes."""
    store.secret()
    store.add_link(a_link(1))
    store.add_link(a_link(2))
    store.end_link(token(2), NOON + timedelta(microseconds=1))
    store.add_remark(token(1), a_remark(), most=9, since=NOON, most_since=9)
    store.keep(browser(1), [a_result(1), a_result(2)], most=9)
    store.keep_portfolio(browser(1), a_portfolio(), most=9)
    store.add_wrong_code(NOON)
    store.add_room(a_room(1), keys(1), browser(1))
    with store.change_room(a_room(1).id) as change:
        change.let_in(browser(2), by_co_key=True)
        for number in (1, 2):
            change.add(browser(number), TEXT, NOON, spectator=number == 2)
        change.put_votes([a_vote(1), a_vote(2, choice="unsure")])
        change.add_receipt(1, "key", b"\x00\xff")
    store.add_room(an_old_room(2), keys(2), None)


def full(place: str) -> Rows:
    """Keep everything at this place; return the rows."""
    with closing(open_at(place)) as store:
        keep_everything(store)
        return rows(store)


def rows(store: SqlStore) -> Rows:
    """Every row of every table, in one order."""
    with store.database.read() as connection:
        return {
            table.name: sorted((tuple(row) for row in connection.execute(table.select())), key=repr)
            for table in metadata.sorted_tables
        }


def rows_at(place: str | Path) -> Rows:
    """Likewise, of the store at this place."""
    with closing(open_at(place)) as store:
        return rows(store)
