"""A backup while many write (robustness 10)."""

from __future__ import annotations

import subprocess
import threading
from contextlib import closing
from pathlib import Path

import pytest

from okr_assistant.store.backup import back_up
from okr_assistant.store.report import check
from okr_assistant.store.restoring import restore
from tests.store.everything import settings
from tests.store.processes import start_script
from tests.store.samples import token
from tests.stores import open_at

_WRITERS = """
import sys, threading
from tests.store.samples import a_link, a_remark, token
from tests.still import NOON
from tests.stores import open_at

place, first = sys.argv[1], int(sys.argv[2])
store, stopped, one_line = open_at(place), threading.Event(), threading.Lock()

def write(number):
    while not stopped.is_set():
        store.add_link(a_link(number))
        assert store.add_remark(token(number), a_remark(), most=9, since=NOON, most_since=9)
        with one_line:
            print(number, flush=True)
        number += 50

threads = [threading.Thread(target=write, args=(first + thread,)) for thread in range(25)]
for thread in threads:
    thread.start()
sys.stdin.readline()
stopped.set()
for thread in threads:
    thread.join()
"""


class Writers:
    """25 threads in each of two processes; ``acknowledged`` are the numbers that were answered with "saved"."""

    def __init__(self, place: str) -> None:
        self.acknowledged: set[int] = set()
        self._more = threading.Condition()
        self._processes = [start_script(_WRITERS, place, first) for first in (0, 25)]
        self._readers = [threading.Thread(target=self._read, args=(process,)) for process in self._processes]
        for reader in self._readers:
            reader.start()

    def _read(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout
        for line in process.stdout:
            with self._more:
                self.acknowledged.add(int(line))
                self._more.notify_all()

    def wait_for_more(self, count: int) -> frozenset[int]:
        """Wait until so many more are acknowledged; return all that are."""
        with self._more:
            enough = len(self.acknowledged) + count
            assert self._more.wait_for(lambda: len(self.acknowledged) >= enough, timeout=60)
            return frozenset(self.acknowledged)

    def stop(self) -> None:
        for process in self._processes:
            assert process.stdin
            process.stdin.close()
        for reader in self._readers:
            reader.join()
        assert [process.wait(60) for process in self._processes] == [0, 0], "no writer was turned away"
        for process in self._processes:
            assert process.stdout
            process.stdout.close()


@pytest.mark.server
@pytest.mark.long
@pytest.mark.robustness(10)
def test_a_backup_while_50_write_has_all_that_was_acknowledged_before_and_nothing_half(
    place: str, elsewhere: str, tmp_path: Path
) -> None:
    writers = Writers(place)
    try:
        before = writers.wait_for_more(200)
        back_up(tmp_path / "b.db", *settings(place))
        writers.wait_for_more(100)
    finally:
        writers.stop()
    restore(tmp_path / "b.db", *settings(elsewhere))
    report = check(*settings(elsewhere))
    assert report.is_well
    assert len(before) <= report.rows["remarks"] <= report.rows["links"]
    assert report.rows["links"] < len(writers.acknowledged), "they wrote on while and after it was made"
    with closing(open_at(elsewhere)) as store:
        assert all(store.remarks(token(number)) for number in before)
