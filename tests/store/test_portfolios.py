"""What ``portfolio/ports.py`` promises, method by method, on every engine."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import update

from okr_assistant.errors import StoreError
from okr_assistant.housekeeping import Store
from okr_assistant.portfolio.ports import KeptPortfolio
from okr_assistant.store.tables import portfolios
from tests.still import NOON
from tests.store.samples import YEAR, a_portfolio, browser

SECOND = timedelta(seconds=1)
TINY = timedelta(microseconds=1)


def keep(store: Store, kept: KeptPortfolio, of: int = 1, most: int = 9) -> bool:
    return store.keep_portfolio(browser(of), kept, most=most)


def test_a_portfolio_comes_back_as_it_was_and_only_to_its_browser(any_store: Store) -> None:
    assert keep(any_store, a_portfolio())
    assert any_store.portfolio(browser(1), "portfolio-0001") == a_portfolio()
    assert any_store.portfolios(browser(1)) == (a_portfolio().head,)
    assert any_store.portfolio(browser(2), "portfolio-0001") is None
    assert any_store.portfolios(browser(2)) == ()


def test_two_browsers_may_have_the_same_id(any_store: Store) -> None:
    assert keep(any_store, a_portfolio(), of=1)
    assert keep(any_store, replace(a_portfolio(), content=b"other"), of=2)
    assert any_store.portfolio(browser(1), "portfolio-0001") == a_portfolio()


def test_the_last_changed_is_listed_first(any_store: Store) -> None:
    for number, at in ((1, NOON), (2, NOON + 2 * SECOND), (3, NOON + SECOND)):
        keep(any_store, a_portfolio(number, at))
    assert [head.id[-1] for head in any_store.portfolios(browser(1))] == ["2", "3", "1"]


def test_no_more_are_kept_than_allowed_also_at_the_same_moment(any_store: Store) -> None:
    with ThreadPoolExecutor(8) as threads:
        kept = list(threads.map(lambda number: keep(any_store, a_portfolio(number), most=5), range(20)))
    assert (sum(kept), len(any_store.portfolios(browser(1)))) == (5, 5)


def test_saving_takes_its_place_when_nobody_changed_it_meanwhile(any_store: Store) -> None:
    keep(any_store, a_portfolio())
    newer = replace(a_portfolio(changed_at=NOON + SECOND), content=b"newer")
    assert any_store.save_portfolio(browser(1), newer, seen=NOON)
    assert any_store.portfolio(browser(1), newer.head.id) == newer


def test_of_two_tabs_that_saw_the_same_one_saves(any_store: Store) -> None:
    keep(any_store, a_portfolio())

    def save(second: int) -> bool:
        return any_store.save_portfolio(browser(1), a_portfolio(changed_at=NOON + second * SECOND), seen=NOON)

    with ThreadPoolExecutor(8) as threads:
        assert sum(threads.map(save, range(1, 9))) == 1


def test_what_is_gone_or_of_somebody_else_is_not_saved(any_store: Store) -> None:
    keep(any_store, a_portfolio())
    assert not any_store.save_portfolio(browser(2), a_portfolio(), seen=NOON)
    any_store.delete_portfolio(browser(1), a_portfolio().head.id)
    assert not any_store.save_portfolio(browser(1), a_portfolio(), seen=NOON)
    assert any_store.portfolios(browser(1)) == ()


def test_deleting_takes_what_was_frozen_from_it_along_and_nothing_else(any_store: Store) -> None:
    keep(any_store, a_portfolio(1))
    keep(any_store, a_portfolio(2, of="portfolio-0001", frozen="2026 Q3"))
    keep(any_store, a_portfolio(3))
    keep(any_store, a_portfolio(1), of=2)
    any_store.delete_portfolio(browser(1), "portfolio-0001")
    assert [head.id for head in any_store.portfolios(browser(1))] == ["portfolio-0003"]
    assert len(any_store.portfolios(browser(2))) == 1


def test_all_of_a_browser_end_after_its_latest_visit(any_store: Store) -> None:
    keep(any_store, a_portfolio(1, NOON - YEAR))
    keep(any_store, a_portfolio(2, NOON - YEAR))
    keep(any_store, a_portfolio(1, NOON - YEAR), of=2)
    any_store.visit_portfolios(browser(1), NOON)
    any_store.visit_portfolios(browser(1), NOON - SECOND)  # a clock that is set back
    assert any_store.delete_portfolios_not_visited_since(NOON) == 1
    assert len(any_store.portfolios(browser(1))) == 2
    assert any_store.delete_portfolios_not_visited_since(NOON + TINY) == 2


def test_what_cannot_be_read_is_said_to_be(any_store: Store) -> None:
    keep(any_store, a_portfolio())
    with any_store.database.write() as connection:  # type: ignore[attr-defined]
        connection.execute(update(portfolios).values(content=b"not compressed"))
    with pytest.raises(StoreError) as refused:
        any_store.portfolio(browser(1), a_portfolio().head.id)
    assert refused.value.problem == "unreadable_entry"
