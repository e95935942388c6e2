"""Votes on a disk that is full or fails, in a locked file (robustness 3, 4, 5)."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from okr_assistant.clock import SystemTokens
from okr_assistant.decision.model import Model
from okr_assistant.errors import StoreError
from okr_assistant.store import SqlStore, open_store
from okr_assistant.store.driver import Driver, best_driver
from okr_assistant.workshop.codes import SystemCodes
from okr_assistant.workshop.workshops import Workshops
from tests.still import StillClock
from tests.store.conftest import AFFECTED
from tests.store.files import another_process, database, limit_pages, problem
from tests.store.processes import run_script
from tests.store.room_steps import rows
from tests.workshop.meeting import ANSWERS, Meeting, meeting_in

BOTH = pytest.mark.parametrize("driver", [best_driver(), AFFECTED], ids=["wal", "rollback"])
KEYS = SystemTokens()


@pytest.fixture
def small_store(driver: Driver, tmp_path: Path) -> Iterator[SqlStore]:
    """A store that waits for nobody longer than half a second."""
    with closing(open_store(tmp_path, driver=driver, patience=0.5)) as store:
        yield store


@pytest.fixture
def meeting(small_store: SqlStore, model: Model) -> Meeting:
    made = meeting_in(Workshops(small_store, StillClock(), SystemTokens(), SystemCodes()), model)
    made.facilitation.open_round()
    return made


def reasons(meeting: Meeting, token: str) -> set[str]:
    """Of a sheet that was sent whole there is one reason; of half of it there would be two."""
    mine = meeting.voting.my_votes(meeting.me(token))
    assert len(mine) in {0, len(ANSWERS)}
    return {vote.reason for vote in mine}


def vote_until_refused(meeting: Meeting, token: str) -> tuple[str, int]:
    """Send sheets, of which each says in its reasons which one it is; return the key and number of the last."""
    for number in range(1, 1000):
        key = KEYS.token()
        try:
            meeting.vote(token, key=key, why=f"{number}")
        except StoreError:
            return key, number
    raise AssertionError("there was room")


@pytest.mark.robustness(3)
@BOTH
def test_a_vote_on_a_full_disk_is_refused_and_can_be_sent_again(meeting: Meeting, small_store: SqlStore) -> None:
    """Robustness 3: nothing of it is kept, and the same submission is saved as soon as there is room."""
    ann = meeting.join()
    with small_store.database.read() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    limit_pages(small_store, pages + 1)
    key, sent = vote_until_refused(meeting, ann)
    assert sent > 5, "there was some room"
    assert (reasons(meeting, ann), rows(small_store)["receipts"]) == ({f"{sent - 1}"}, sent - 1)
    assert problem(lambda: meeting.vote(ann, key=key, why=f"{sent}")) == "storage_full"
    limit_pages(small_store, None)
    assert meeting.vote(ann, key=key, why=f"{sent}") == "saved"
    assert (reasons(meeting, ann), rows(small_store)["receipts"]) == ({f"{sent}"}, sent)


@pytest.mark.robustness(5)
@BOTH
def test_a_vote_while_another_process_holds_the_lock_is_refused_in_time(
    meeting: Meeting, small_store: SqlStore
) -> None:
    """Robustness 5: reading goes on, nothing is lost, and the same submission is saved afterwards."""
    ann, key = meeting.join(), KEYS.token()
    meeting.vote(ann, why="before")
    with another_process(database(small_store).file) as let_go:
        start = time.monotonic()
        assert problem(lambda: meeting.vote(ann, key=key, why="after")) == "storage_busy"
        assert time.monotonic() - start < 2
        assert problem(lambda: meeting.facilitation.reveal()) == "storage_busy"
        assert reasons(meeting, ann) == {"before"}
        assert meeting.voting.pulse().done == 1
        let_go()
        assert meeting.vote(ann, key=key, why="after") == "saved"
    assert meeting.vote(ann, key=key, why="after") == "already_received"
    assert reasons(meeting, ann) == {"after"}


_FAILING = """
import resource, sys
from contextlib import closing
from pathlib import Path
from okr_assistant.clock import SystemClock, SystemTokens
from okr_assistant.errors import StoreError
from okr_assistant.store import open_store
from okr_assistant.store.driver import Driver, best_driver
from okr_assistant.workshop.codes import SystemCodes
from okr_assistant.workshop.workshops import Workshops
from tests.store.room_steps import rows
from tests.store.test_rooms_failing import reasons
from tests.workshop.meeting import meeting_in, newest_model

folder, version = Path(sys.argv[1]), tuple(map(int, sys.argv[2].split(".")))
store = open_store(folder, driver=Driver(best_driver().module, version))
meeting = meeting_in(Workshops(store, SystemClock(), SystemTokens(), SystemCodes()), newest_model())
ann = meeting.join()
meeting.facilitation.open_round()
assert meeting.vote(ann, why="0") == "saved"
with store.database.read() as connection:
    before = id(connection.connection.dbapi_connection)
largest = max(file.stat().st_size for file in folder.iterdir())
_, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
resource.setrlimit(resource.RLIMIT_FSIZE, (largest, hard))
failed = None
for number in range(1, 500):
    key = SystemTokens().token()
    try:
        meeting.vote(ann, key=key, why=str(number))
    except StoreError as error:
        failed = (error.problem, error.found)
        break
resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
assert failed and failed[0] == "storage_failed" and failed[1].startswith("SQLITE_IOERR"), failed
with store.database.read() as connection:
    assert before != id(connection.connection.dbapi_connection), "the connection was thrown away"
assert (reasons(meeting, ann), rows(store)["receipts"]) == ({str(number - 1)}, number)
assert meeting.vote(ann, key=key, why=str(number)) == "saved"
assert reasons(meeting, ann) == {str(number)}
store.close()
open_store(folder).close()
print("fine")
"""


@pytest.mark.robustness(4)
@pytest.mark.parametrize("version", ["3.53.0", "3.40.1"])
def test_a_vote_whose_commit_fails_is_rolled_back_and_can_be_sent_again(version: str, tmp_path: Path) -> None:
    """Robustness 4: the system refuses to write beyond a size, which SQLite calls an I/O error."""
    assert run_script(_FAILING, tmp_path, version) == "fine\n"
