"""Killed after any statement of a restore or a move: as before, or complete; and repeated, complete."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.postgres import PostgresServer, a_database
from tests.store.everything import full
from tests.store.processes import run_script
from tests.stores import put_empty_store

_KILLED = """
import os, random, signal, sys
from contextlib import closing
from pathlib import Path
from okr_assistant.store.moving import move
from okr_assistant.store.restoring import restore
from tests.store.everything import rows_at, settings
from tests.store.killing import killed_after
from tests.stores import open_at

does, source, place = sys.argv[1], Path(sys.argv[2]), sys.argv[3]
wanted = rows_at(source)

def act():
    if does == "move":
        move(source, place)
    else:
        restore(source / "okr-assistant.db", *settings(place))

dice = random.Random(1)
statements, killed, status = 0, 0, signal.SIGKILL
while status:
    statements += dice.randint(1, 9)
    if not (child := os.fork()):
        killed_after(statements)
        act()
        os._exit(0)
    _, status = os.waitpid(child, 0)
    assert status in (0, signal.SIGKILL), status
    killed += status != 0
    if status:
        found = rows_at(place)
        assert not any(found.values()), statements

assert rows_at(place) == wanted
print(killed)
"""


@pytest.mark.server
@pytest.mark.long
def test_a_restore_that_is_killed_changed_nothing_and_can_be_repeated(place: str, tmp_path: Path) -> None:
    source = put_empty_store(tmp_path / "source")
    full(str(source))
    assert int(run_script(_KILLED, "restore", source, place)) > 5, "statements were counted"


@pytest.mark.server
@pytest.mark.long
def test_a_move_that_is_killed_changed_nothing_and_can_be_repeated(
    postgres: PostgresServer, tmp_path: Path
) -> None:
    source = put_empty_store(tmp_path / "source")
    full(str(source))
    with a_database(postgres) as url:
        assert int(run_script(_KILLED, "move", source, url)) > 5, "statements were counted"
