"""Many threads and two processes at one file: limits hold, nothing acknowledged is lost, nobody starves."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest

from okr_assistant.decision.assessment import assessment
from okr_assistant.decision.model import Model
from okr_assistant.housekeeping import Store
from okr_assistant.sharing.links import MOST_REMARKS, LinkError, Links
from okr_assistant.sharing.ports import StoredLink
from okr_assistant.store import open_store
from tests.still import NOON, CountedTokens, StillClock
from tests.store.processes import at_once, run_script
from tests.store.samples import YEAR, a_link, a_record, a_remark, token
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


def revoke(owner: Links, link: StoredLink) -> None:
    owner.revoke(link)


def take_no_more(owner: Links, link: StoredLink) -> None:
    owner.store.set_remarks_open(link.token_hash, is_open=False)


@pytest.mark.parametrize("close", [revoke, take_no_more])
def test_a_remark_that_is_sent_while_the_owner_closes_the_link_is_not_kept(
    close: Callable[[Links, StoredLink], None],
    engine: str,
    empty_place: str,
    model: Model,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The link was open when its remark was looked at: what counts is what it is when the remark is written."""
    with closing(open_at(empty_place, engine)) as store, closing(open_at(empty_place, engine)) as owners:
        links, owner = (Links(opened, StillClock(), CountedTokens()) for opened in (store, owners))
        new = owner.make(assessment(model, a_record().sheet), a_record(), "notes", YEAR)
        link, add = owner.owned(new.owner_key), store.add_remark
        assert link

        def add_later(*args: Any, **limits: Any) -> bool:
            close(owner, link)
            return add(*args, **limits)

        links.remark(new.token, model, "work_kind", "learn", "in time", "")
        monkeypatch.setattr(store, "add_remark", add_later)
        with pytest.raises(LinkError) as refusal:
            links.remark(new.token, model, "work_kind", "learn", "too late", "")
        assert refusal.value.problem == "remarks_closed"
        assert [kept.reason for kept in owners.remarks(link.token_hash)] == ["in time"]


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
