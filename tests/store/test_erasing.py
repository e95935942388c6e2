"""What was deleted is in no file of the data folder, not in the write-ahead log either."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from okr_assistant.clock import hashed
from okr_assistant.decision.model import Model
from okr_assistant.housekeeping import Store, clean_up
from okr_assistant.store import SqlStore
from okr_assistant.workshop.voting import Choice, Voting
from okr_assistant.workshop.workshops import Workshops
from tests.still import NOON, CountedCodes, CountedTokens, StillClock
from tests.store.files import database, plain
from tests.store.processes import run_script
from tests.store.samples import a_link, a_record, a_remark, a_result, browser, token

NAME, REASON = "MARKED-NAME", "MARKED-REASON " * 30
"""The reason is long enough that some of them fill pages of their own."""

YEARS = timedelta(days=1000)


MARKS = {"MARKED-NAME", "MARKED-REASON"}

FIND = """
import sys
from pathlib import Path
whole = b"".join(file.read_bytes() for file in Path(sys.argv[1]).iterdir())
print(*(mark for mark in sys.argv[2:] if mark.encode() in whole))
"""
"""In a process of its own: closing a database's file drops the locks that SQLite has on it in this one."""


def found_in(folder: Path) -> set[str]:
    """Which marks there are in the files of the folder."""
    return set(run_script(FIND, folder, *MARKS).split())


class Marked:
    """A room with somebody in it whose name and reasons can be found."""

    def __init__(self, store: Store, model: Model) -> None:
        self.clock, tokens = StillClock(), CountedTokens()
        self.workshops = Workshops(store, self.clock, tokens, CountedCodes())
        new = self.workshops.make(model, title="Checkout", browser=tokens.token())
        self.facilitation = self.workshops.facilitation_by_key(new.facilitator_key)
        self.voting: Voting = self.workshops.voting(new.id)
        self.facilitation.open_round()
        self.seats = [tokens.token() for _ in range(3)]
        questions = list(model.questions_by_id.values())
        for place, seat in enumerate(self.seats):
            self.voting.join(seat, NAME if place == 0 else "Kim")
            for question in questions:
                reason = REASON.strip() if place == 0 else "because"
                said = Choice(question.id, question.choices[0], reason)
                self.voting.vote(seat, 1, [said], tokens.token(), model)


@pytest.fixture
def marked(file_store: Store, model: Model, tmp_path: Path) -> Marked:
    made = Marked(file_store, model)
    assert found_in(tmp_path) == MARKS
    return made


def test_who_leaves_is_in_no_file(marked: Marked, tmp_path: Path) -> None:
    marked.voting.leave(marked.seats[0])
    assert found_in(tmp_path) == set()
    assert len(marked.voting.people()) == 2


def test_a_deleted_room_is_in_no_file(marked: Marked, tmp_path: Path) -> None:
    marked.facilitation.delete()
    assert found_in(tmp_path) == set()


def test_a_room_that_has_ended_is_in_no_file(marked: Marked, file_store: Store, tmp_path: Path) -> None:
    marked.clock.move(YEARS)
    assert clean_up(file_store, marked.clock).rooms == 1
    assert found_in(tmp_path) == set()


def _fill(store: Store) -> None:
    store.add_link(a_link(1))
    remark = replace(a_remark(1), reason=REASON, name=NAME)
    assert store.add_remark(token(1), remark, most=9, since=NOON, most_since=9)
    store.keep(browser(1), [replace(a_result(1), record=replace(a_record(NAME), notes=REASON))], most=9)


def _without_remark(store: Store) -> None:
    store.delete_remark(token(1), a_remark(1).id)
    store.delete_all(browser(1))


def _without_link(store: Store) -> None:
    store.delete_link(token(1))
    store.delete(browser(1), a_result(1).id)


def _cleaned_up(store: Store) -> None:
    clean_up(store, StillClock(NOON + YEARS))


@pytest.mark.parametrize("delete", [_without_remark, _without_link, _cleaned_up])
def test_deleted_remarks_links_and_results_are_in_no_file(
    delete: Callable[[Store], None], file_store: Store, tmp_path: Path
) -> None:
    _fill(file_store)
    assert found_in(tmp_path) == MARKS
    delete(file_store)
    assert found_in(tmp_path) == set()


def test_somebody_who_reads_for_long_stops_no_deletion_and_the_next_write_erases(
    store: SqlStore, model: Model
) -> None:
    marked, folder = Marked(store, model), database(store).file.parent
    with plain(folder) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM votes").fetchone()
        marked.voting.leave(marked.seats[0])
        assert len(marked.voting.people()) == 2
        assert found_in(folder), "whoever still reads sees it as it was"
        reader.execute("ROLLBACK")
    store.visit(browser(9), NOON)
    assert found_in(folder) == set()


def test_what_was_not_deleted_in_the_end_erases_nothing(store: SqlStore, model: Model) -> None:
    marked = Marked(store, model)
    file = database(store).file
    log = file.with_name(f"{file.name}-wal")
    with pytest.raises(ZeroDivisionError):
        _begin_to_remove(store, marked)
    store.visit(browser(9), NOON)
    assert log.stat().st_size > 0
    assert len(marked.voting.people()) == 3


def _begin_to_remove(store: SqlStore, marked: Marked) -> None:
    with store.change_room(marked.voting.room_id) as change:
        participant = change.participant(hashed(marked.seats[0]))
        assert participant
        change.remove(participant.seat)
        raise ZeroDivisionError
