"""Everything has an end: at start, and by the command."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from okr_assistant.clock import SystemClock
from okr_assistant.errors import StoreError
from okr_assistant.housekeeping import Deleted, Store, clean_up, clean_up_if_possible
from okr_assistant.portfolio.ports import PORTFOLIOS_KEPT
from okr_assistant.sharing.ports import LINKS_KEPT, RESULTS_KEPT
from okr_assistant.store import open_store
from okr_assistant.workshop.room import KEPT as ROOMS_KEPT
from tests.command_line import run
from tests.still import NOON, StillClock
from tests.store.samples import a_link, a_portfolio, a_result, a_room, browser, keys, token

DAY = timedelta(days=1)
TINY = timedelta(microseconds=1)


def test_everything_goes_when_its_time_is_over(any_store: Store) -> None:
    """Links 30 days after their end, results and goal maps 400 after the last visit, rooms 90 after their use."""
    assert (LINKS_KEPT, RESULTS_KEPT, PORTFOLIOS_KEPT, ROOMS_KEPT) == (30 * DAY, 400 * DAY, 400 * DAY, 90 * DAY)
    clock = StillClock()
    any_store.add_link(a_link(1, lifetime=DAY))
    any_store.add_link(a_link(2))
    any_store.end_link(token(2), NOON + 2 * DAY)
    any_store.keep(browser(1), [a_result(1)], most=9)
    any_store.keep(browser(2), [a_result(1)], most=9)
    any_store.visit(browser(2), NOON + DAY)
    assert all(any_store.keep_portfolio(browser(number), a_portfolio(), most=9) for number in (1, 2))
    any_store.visit_portfolios(browser(2), NOON + DAY)
    assert all(any_store.add_room(a_room(number), keys(number), browser(1)) for number in (1, 2))
    with any_store.change_room(a_room(2).id) as change:
        change.used(NOON + DAY)
    clock.move(31 * DAY)
    assert clean_up(any_store, clock) == Deleted(links=0, results=0, portfolios=0, rooms=0)
    clock.move(TINY)
    assert clean_up(any_store, clock) == Deleted(links=1, results=0, portfolios=0, rooms=0)
    clock.move(DAY)
    assert clean_up(any_store, clock) == Deleted(links=1, results=0, portfolios=0, rooms=0)
    clock.time = NOON + 90 * DAY
    assert clean_up(any_store, clock) == Deleted(links=0, results=0, portfolios=0, rooms=0)
    clock.move(TINY)
    assert clean_up(any_store, clock) == Deleted(links=0, results=0, portfolios=0, rooms=1)
    assert (any_store.room(a_room(1).id), any_store.room(a_room(2).id)) == (None, a_room(2))
    clock.time = NOON + 400 * DAY + TINY
    assert clean_up(any_store, clock) == Deleted(links=0, results=1, portfolios=1, rooms=1)
    assert (any_store.results(browser(1)), len(any_store.results(browser(2)))) == ((), 1)
    assert (any_store.portfolios(browser(1)), len(any_store.portfolios(browser(2)))) == ((), 1)


def test_a_start_goes_on_when_nothing_can_be_deleted(
    any_store: Store, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def busy(*_arguments: object) -> int:
        raise StoreError("storage_busy", place="storage")

    monkeypatch.setattr(type(any_store), "delete_links_expired_before", busy)
    clean_up_if_possible(any_store, StillClock())
    assert "storage_busy" in caplog.text


def test_the_command_deletes_and_says_how_many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OKR_ASSISTANT_DATA", str(tmp_path))
    now = SystemClock().now()
    with closing(open_store(tmp_path)) as store:
        store.add_link(a_link(1, made_at=now - 32 * DAY, lifetime=DAY))
        store.add_link(a_link(2, made_at=now - 31 * DAY, lifetime=DAY + timedelta(hours=1)))
        for number in range(2):
            store.keep(browser(number), [a_result(changed_at=now - 401 * DAY)], most=9)
        for number in range(5):
            assert store.add_room(a_room(number, made_at=now - (number + 88) * DAY), keys(number), None)
        result = run("clean-up")
        assert (result.exit_code, result.stderr) == (0, "")
        assert (
            result.stdout == "Deleted because of their age: links 1, saved results 2, goal maps 0, workshops 3.\n"
        )
        assert store.link(token(1)) is None
        assert store.link(token(2))


def test_the_command_names_the_folder_that_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OKR_ASSISTANT_DATA", str(tmp_path / "none"))
    result = run("clean-up")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(f"{tmp_path / 'none'}: there is no such folder")
    assert "OKR_ASSISTANT_DATA" in result.stderr
    assert result.stderr.count("\n") == 1
