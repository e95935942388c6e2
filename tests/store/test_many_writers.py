"""Many threads and two processes at one file: limits hold, nothing acknowledged is lost, nobody starves."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from threading import Barrier

import pytest

from okr_assistant.housekeeping import Store
from okr_assistant.sharing.links import MOST_REMARKS
from okr_assistant.store import open_store
from tests.still import NOON
from tests.store.processes import at_once, run_script
from tests.store.samples import a_link, a_remark, token
from tests.stores import open_at

THREADS = 16


def remark(store: Store, number: int) -> bool:
    since = NOON - timedelta(days=1)
    return store.add_remark(token(1), a_remark(number), most=MOST_REMARKS, since=since, most_since=10**6)


def test_200_remarks_and_no_more_from_16_threads(any_store: Store) -> None:
    any_store.add_link(a_link())
    together = Barrier(THREADS)

    def write(thread: int) -> int:
        together.wait()
        return sum(remark(any_store, 100 * thread + number) for number in range(20))

    with ThreadPoolExecutor(THREADS) as pool:
        kept = sum(pool.map(write, range(THREADS)))
    assert kept == MOST_REMARKS == len(any_store.remarks(token(1)))


_PROCESS = """
import sys
from tests.stores import open_at
from tests.store.test_many_writers import remark

store = open_at(sys.argv[1])
print("ready", flush=True)
sys.stdin.readline()
print(sum(remark(store, int(sys.argv[2]) + number) for number in range(150)), store.secret().hex())
"""


@pytest.mark.server
def test_200_remarks_and_one_secret_from_two_processes(place: str) -> None:
    with closing(open_at(place)) as store:
        store.add_link(a_link())
        answers = [printed.split() for printed in at_once(_PROCESS, (place, 0), (place, 1000))]
        assert sum(int(kept) for kept, _ in answers) == MOST_REMARKS == len(store.remarks(token(1)))
        assert {secret for _, secret in answers} == {store.secret().hex()}


_STARTS = """
import os, sys
from pathlib import Path
from okr_assistant.store import open_store

for number in range(10):
    folder = Path(sys.argv[1]) / str(number)
    folder.mkdir()
    children = []
    for _ in range(4):
        if not (child := os.fork()):
            open_store(folder)
            os._exit(0)
        children.append(child)
    assert all(os.waitpid(child, 0)[1] == 0 for child in children), number
"""


@pytest.mark.server
def test_processes_that_start_at_once_all_start(tmp_path: Path) -> None:
    """The file is made, migrated and given its journal once, whoever is first."""
    run_script(_STARTS, tmp_path)


def test_threads_that_start_at_once_all_start(tmp_path: Path) -> None:
    with ThreadPoolExecutor(THREADS) as pool:
        for store in pool.map(open_store, [tmp_path] * THREADS):
            store.close()


def test_no_writer_starves(any_store: Store) -> None:
    """Not timed to the millisecond: without the queue the slowest of 100 took seconds in the rollback journal."""
    together = Barrier(100)

    def write(number: int) -> float:
        together.wait()
        start = time.monotonic()
        any_store.add_link(a_link(number))
        return time.monotonic() - start

    with ThreadPoolExecutor(100) as pool:
        slowest = max(pool.map(write, range(100)))
    assert slowest < 5
    assert all(any_store.link(token(number)) for number in range(100))
