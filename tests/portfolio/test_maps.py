"""What a browser can do with the goal maps it keeps."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from okr_assistant.decision.registry import Models
from okr_assistant.errors import PortfolioError, TextError
from okr_assistant.portfolio.items import Portfolio, WorkItem
from okr_assistant.portfolio.maps import MOST, Maps
from okr_assistant.portfolio.ports import PORTFOLIOS_KEPT
from okr_assistant.store import SqlStore
from tests.still import NOON, CountedTokens, StillClock

BROWSER = "A" * 22
SECOND = timedelta(seconds=1)


@pytest.fixture
def clock() -> StillClock:
    return StillClock()


@pytest.fixture
def maps(store: SqlStore, clock: StillClock) -> Maps:
    return Maps(store, clock, CountedTokens())


def a_map(name: str = "Mine", *titles: str) -> Portfolio:
    items = (WorkItem(f"{number}", title) for number, title in enumerate(titles or ("Payroll",)))
    return Portfolio(name, "2026.1", tuple(items))


class Asked:
    """A store that notes what it is asked for, and has nothing."""

    def __init__(self) -> None:
        self.for_: list[str] = []

    def portfolio(self, _browser: bytes, portfolio_id: str) -> None:
        self.for_.append(portfolio_id)

    def delete_portfolio(self, _browser: bytes, portfolio_id: str) -> None:
        self.for_.append(portfolio_id)


def refusal(act: object) -> str:
    with pytest.raises(PortfolioError) as refused:
        act()  # type: ignore[operator]
    return refused.value.problem


def test_what_is_kept_opens_as_it_was(maps: Maps, models: Models) -> None:
    head = maps.keep(BROWSER, a_map())
    assert maps.all(BROWSER) == (head,)
    assert maps.open(BROWSER, head.id, models) == (head, a_map())
    assert (head.name, head.items) == ("Mine", 1)


def test_two_saves_in_the_same_moment_are_two_revisions(maps: Maps, models: Models) -> None:
    first = maps.keep(BROWSER, a_map())
    second = maps.save(BROWSER, first, a_map("Mine", "A", "B"))
    third = maps.save(BROWSER, second, a_map("Renamed", "C"))
    assert first.changed_at < second.changed_at < third.changed_at
    assert maps.open(BROWSER, first.id, models) == (third, a_map("Renamed", "C"))


def test_who_saw_an_older_state_saves_nothing(maps: Maps, models: Models) -> None:
    seen = maps.keep(BROWSER, a_map())
    now = maps.save(BROWSER, seen, a_map("Mine", "A"))
    assert refusal(lambda: maps.save(BROWSER, seen, a_map("Mine", "B"))) == "changed_elsewhere"
    assert maps.open(BROWSER, seen.id, models) == (now, a_map("Mine", "A"))


def test_what_is_deleted_is_gone_with_its_quarters_and_is_not_saved_again(maps: Maps, models: Models) -> None:
    head = maps.keep(BROWSER, a_map())
    frozen = maps.freeze(BROWSER, head, a_map(), "2026 Q3")
    maps.delete(BROWSER, head.id)
    assert refusal(lambda: maps.open(BROWSER, frozen.id, models)) == "portfolio_is_gone"
    assert refusal(lambda: maps.save(BROWSER, head, a_map())) == "changed_elsewhere"


def test_a_frozen_quarter_stays_as_it_is_and_is_not_among_the_others(
    maps: Maps, models: Models, clock: StillClock
) -> None:
    head = maps.keep(BROWSER, a_map())
    first = maps.freeze(BROWSER, head, a_map(), " 2026 Q3 ")
    clock.move(SECOND)
    second = maps.freeze(BROWSER, head, a_map("Mine", "Other"), "2026 Q4")
    maps.save(BROWSER, head, a_map("Mine", "Later"))
    assert maps.frozen(BROWSER, head) == (second, first)
    assert [known.id for known in maps.all(BROWSER)] == [head.id]
    assert maps.open(BROWSER, first.id, models) == (first, a_map())
    assert first.frozen == "2026 Q3"
    assert refusal(lambda: maps.save(BROWSER, first, a_map())) == "is_frozen"


@pytest.mark.parametrize(
    ("name", "problem"), [("", "unnamed_quarter"), ("  ", "unnamed_quarter"), ("Q", "repeated_quarter")]
)
def test_a_quarter_needs_a_name_of_its_own(maps: Maps, name: str, problem: str) -> None:
    head = maps.keep(BROWSER, a_map())
    maps.freeze(BROWSER, head, a_map(), "Q")
    assert refusal(lambda: maps.freeze(BROWSER, head, a_map(), name)) == problem
    with pytest.raises(TextError):
        maps.freeze(BROWSER, head, a_map(), "x" * 121)
    assert len(maps.frozen(BROWSER, head)) == 1


def test_there_is_an_end_to_how_many(maps: Maps) -> None:
    head = maps.keep(BROWSER, a_map())
    for number in range(1, MOST):
        maps.freeze(BROWSER, head, a_map(), f"Q{number}")
    assert refusal(lambda: maps.keep(BROWSER, a_map())) == "too_many_portfolios"
    assert refusal(lambda: maps.freeze(BROWSER, head, a_map(), "One more")) == "too_many_portfolios"


def test_others_see_and_change_nothing(maps: Maps, models: Models) -> None:
    head = maps.keep(BROWSER, a_map())
    other = "B" * 22
    assert maps.all(other) == ()
    assert refusal(lambda: maps.open(other, head.id, models)) == "portfolio_is_gone"
    assert refusal(lambda: maps.save(other, head, a_map("Stolen"))) == "changed_elsewhere"
    maps.delete(other, head.id)
    assert maps.open(BROWSER, head.id, models) == (head, a_map())


@pytest.mark.parametrize("no_id", ["", "\0", "x" * 1_000_000, "é" * 22])
def test_what_is_no_id_never_reaches_the_store(no_id: str, maps: Maps, models: Models) -> None:
    asked = Asked()
    nowhere = replace(maps, store=asked)  # type: ignore[type-var]
    assert refusal(lambda: nowhere.open(BROWSER, no_id, models)) == "portfolio_is_gone"
    nowhere.delete(BROWSER, no_id)
    assert asked.for_ == []


def test_a_visit_says_when_all_will_be_deleted(maps: Maps) -> None:
    maps.keep(BROWSER, a_map())
    assert maps.visit(BROWSER) == NOON + PORTFOLIOS_KEPT


def test_a_clock_that_is_set_back_loses_no_change(maps: Maps, models: Models, clock: StillClock) -> None:
    head = maps.keep(BROWSER, a_map())
    clock.move(-SECOND)
    saved = maps.save(BROWSER, head, a_map("Mine", "Later"))
    assert saved.changed_at > head.changed_at
    assert maps.open(BROWSER, head.id, models)[1] == a_map("Mine", "Later")
    assert replace(saved, changed_at=head.changed_at, items=head.items) == head
