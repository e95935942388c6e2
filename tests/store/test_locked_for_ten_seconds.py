"""Somebody else has it locked for ten seconds, with the patience that the app has (robustness 5)."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
import pytest

from okr_assistant.clock import SystemClock, SystemTokens
from okr_assistant.errors import StoreError
from okr_assistant.store import FILE_NAME
from okr_assistant.workshop.codes import SystemCodes
from okr_assistant.workshop.workshops import Workshops
from tests.store.files import another_process
from tests.store.test_rooms_failing import reasons
from tests.stores import open_at
from tests.workshop.meeting import meeting_in, newest_model

SECONDS = 10


@contextmanager
def locked(place: str) -> Iterator[Callable[[], None]]:
    """The file, or every room on the server, is locked until the function is called."""
    if place.startswith("postgresql://"):
        with psycopg.connect(place) as other:
            other.execute("SELECT id FROM rooms FOR UPDATE")
            yield other.rollback
    else:
        with another_process(Path(place) / FILE_NAME) as let_go:
            yield let_go


@pytest.mark.robustness(5)
@pytest.mark.server
@pytest.mark.long
def test_a_vote_is_busy_while_it_is_locked_and_saved_once_afterwards(engine: str, empty_place: str) -> None:
    with closing(open_at(empty_place, engine)) as store:
        meeting = meeting_in(Workshops(store, SystemClock(), SystemTokens(), SystemCodes()), newest_model())
        meeting.facilitation.open_round()
        ann, key = meeting.join(), SystemTokens().token()
        meeting.vote(ann, why="before")
        answers: list[tuple[str, bool]] = []
        with locked(empty_place) as let_go:
            timer = threading.Timer(SECONDS, let_go)
            timer.start()
            while not answers or answers[-1][0] == "storage_busy":
                try:
                    said: str = meeting.vote(ann, key=key, why="after")
                except StoreError as error:
                    said = error.problem
                    assert reasons(meeting, ann) == {"before"}, "nothing of it, and reading goes on"
                answers.append((said, timer.is_alive()))
            timer.join()
        assert answers[0] == ("storage_busy", True), "before the lock was let go"
        assert answers[-1][0] == "saved"
        assert meeting.vote(ann, key=key, why="after") == "already_received"
        assert reasons(meeting, ann) == {"after"}
