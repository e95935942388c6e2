"""What ``sharing/ports.py`` promises, method by method, on every engine."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import StatementError

from okr_assistant.decision.sheet import AnswerSheet
from okr_assistant.errors import StoreError
from okr_assistant.housekeeping import Store
from okr_assistant.sharing.ports import SavedResult
from okr_assistant.sharing.record import Record
from okr_assistant.sharing.snapshot import LEVELS, Level
from okr_assistant.store import open_store
from tests.still import NOON
from tests.store.samples import YEAR, a_link, a_record, a_remark, a_result, a_snapshot, browser, token

SECOND = timedelta(seconds=1)
TINY = timedelta(microseconds=1)
NO_LIMIT = {"most": 10**6, "since": NOON - YEAR, "most_since": 10**6}


def remark(store: Store, number: int, link: int = 1, **limits: object) -> bool:
    return store.add_remark(token(link), a_remark(number, NOON + number * SECOND), **(NO_LIMIT | limits))  # type: ignore[arg-type]


def keep(store: Store, number: int, *results: SavedResult, most: int = 10**6) -> bool:
    return store.keep(browser(number), results, most=most)


# links


@pytest.mark.parametrize("level", LEVELS)
def test_a_link_comes_back_as_it_was_by_token_and_by_owner(any_store: Store, level: Level) -> None:
    link = replace(a_link(), snapshot=a_snapshot(level))
    any_store.add_link(link)
    assert any_store.link(link.token_hash) == link
    assert any_store.link_of_owner(link.owner_hash) == link


def test_a_key_is_none_of_the_others(any_store: Store) -> None:
    link = a_link()
    any_store.add_link(link)
    assert any_store.link(link.owner_hash) is None
    assert any_store.link_of_owner(link.token_hash) is None
    assert any_store.link(b"") is None


def test_adding_the_same_link_again_changes_nothing_even_after_it_was_changed(any_store: Store) -> None:
    link = a_link()
    any_store.add_link(link)
    any_store.add_link(link)
    any_store.end_link(link.token_hash, NOON + SECOND)
    any_store.set_remarks_open(link.token_hash, is_open=False)
    any_store.add_link(link)
    assert any_store.link(link.token_hash) == replace(link, ended_at=NOON + SECOND, remarks_open=False)


def test_another_link_with_the_same_token_is_refused_and_the_first_stays(any_store: Store) -> None:
    link = a_link()
    any_store.add_link(link)
    with pytest.raises(StoreError) as refusal:
        any_store.add_link(replace(link, snapshot=a_snapshot("verdict")))
    assert refusal.value.problem == "kept_differently"
    assert any_store.link(link.token_hash) == link


def test_another_link_with_the_same_owner_is_refused_and_the_first_stays(any_store: Store) -> None:
    any_store.add_link(a_link(1))
    with pytest.raises(StoreError):
        any_store.add_link(replace(a_link(2), owner_hash=a_link(1).owner_hash))
    assert any_store.link_of_owner(a_link(1).owner_hash) == a_link(1)
    assert any_store.link(token(2)) is None


def test_the_first_end_stays(any_store: Store) -> None:
    any_store.add_link(a_link(1))
    any_store.add_link(a_link(2))
    any_store.end_link(token(1), NOON)
    any_store.end_link(token(1), NOON - YEAR)
    any_store.end_link(token(1), NOON + YEAR)
    assert any_store.link(token(1)) == replace(a_link(1), ended_at=NOON)
    assert any_store.link(token(2)) == a_link(2)


def test_what_is_not_there_can_be_ended_closed_and_deleted(any_store: Store) -> None:
    any_store.add_link(a_link(1))
    any_store.end_link(token(2), NOON)
    any_store.set_remarks_open(token(2), is_open=False)
    any_store.delete_remark(token(1), "none")
    any_store.delete_link(token(2))
    any_store.delete(browser(1), "none")
    any_store.visit(browser(1), NOON)
    assert any_store.delete_all(browser(1)) == 0
    assert any_store.link(token(1)) == a_link(1)


def test_remarks_are_closed_and_opened(any_store: Store) -> None:
    any_store.add_link(a_link())
    for is_open in (False, False, True):
        any_store.set_remarks_open(token(1), is_open=is_open)
        assert any_store.link(token(1)) == replace(a_link(), remarks_open=is_open)


def test_deleting_a_link_deletes_its_remarks_and_no_others(any_store: Store) -> None:
    for number in (1, 2):
        any_store.add_link(a_link(number))
        assert remark(any_store, number, link=number)
    any_store.delete_link(token(1))
    assert any_store.link(token(1)) is None
    any_store.add_link(a_link(1))
    assert any_store.remarks(token(1)) == ()
    assert len(any_store.remarks(token(2))) == 1


def test_links_whose_end_is_before_an_instant_are_deleted_with_their_remarks(any_store: Store) -> None:
    for number, lifetime in enumerate((timedelta(1), timedelta(2) - TINY, timedelta(2), YEAR, YEAR)):
        any_store.add_link(a_link(number, lifetime=lifetime))
        assert remark(any_store, 1, link=number)
    any_store.end_link(token(3), NOON)
    assert any_store.delete_links_expired_before(NOON + timedelta(2)) == 3
    assert [number for number in range(5) if any_store.link(token(number))] == [2, 4]
    assert [len(any_store.remarks(token(number))) for number in range(5)] == [0, 0, 1, 0, 1]
    assert any_store.delete_links_expired_before(NOON + timedelta(2)) == 0


# remarks


def test_remarks_come_back_as_they_were_oldest_first(any_store: Store) -> None:
    any_store.add_link(a_link())
    for number in (3, 1, 2):
        assert remark(any_store, number)
    assert any_store.remarks(token(1)) == tuple(a_remark(n, NOON + n * SECOND) for n in (1, 2, 3))


def test_a_remark_with_the_same_id_is_kept_once_even_when_there_is_no_room(any_store: Store) -> None:
    any_store.add_link(a_link())
    assert remark(any_store, 1, most=1)
    assert remark(any_store, 1, most=1)
    assert not remark(any_store, 2, most=1)
    assert any_store.remarks(token(1)) == (a_remark(1, NOON + SECOND),)


def test_the_same_id_on_two_links_is_two_remarks(any_store: Store) -> None:
    for number in (1, 2):
        any_store.add_link(a_link(number))
        assert remark(any_store, 1, link=number)
    any_store.delete_remark(token(1), a_remark(1).id)
    assert [len(any_store.remarks(token(number))) for number in (1, 2)] == [0, 1]


def test_a_link_takes_so_many_remarks_and_one_more_when_one_is_deleted(any_store: Store) -> None:
    any_store.add_link(a_link())
    assert [remark(any_store, number, most=3) for number in range(5)] == [True, True, True, False, False]
    any_store.delete_remark(token(1), a_remark(0).id)
    assert remark(any_store, 5, most=3)
    assert not remark(any_store, 6, most=3)


def test_it_takes_so_many_after_an_instant(any_store: Store) -> None:
    any_store.add_link(a_link())
    assert remark(any_store, 1)
    assert remark(any_store, 2)
    assert not remark(any_store, 3, since=NOON + SECOND - TINY, most_since=2)
    assert remark(any_store, 3, since=NOON + SECOND, most_since=2), "made after it, and not at it"


def test_a_remark_on_a_link_that_was_closed_or_ended_meanwhile_is_refused(any_store: Store) -> None:
    for number in (1, 2):
        any_store.add_link(a_link(number))
    any_store.set_remarks_open(token(1), is_open=False)
    any_store.end_link(token(2), NOON)
    for number in (1, 2):
        with pytest.raises(StoreError) as refusal:
            remark(any_store, 1, number)
        assert refusal.value.problem == "remarks_closed"
        assert any_store.remarks(token(number)) == ()


def test_a_remark_on_a_link_that_is_gone_is_refused(any_store: Store) -> None:
    with pytest.raises(StoreError) as refusal:
        remark(any_store, 1)
    assert refusal.value.problem == "link_is_gone"
    assert any_store.remarks(token(1)) == ()


# results


def test_a_result_comes_back_as_it_was_to_its_browser_alone(any_store: Store) -> None:
    keep(any_store, 1, a_result())
    assert any_store.results(browser(1)) == (a_result(),)
    assert any_store.results(browser(2)) == ()


def test_the_same_id_replaces_and_only_in_the_same_browser(any_store: Store) -> None:
    keep(any_store, 1, a_result(1, title="First"))
    keep(any_store, 2, a_result(1, title="Other"))
    changed = a_result(1, NOON + SECOND, title="Second")
    keep(any_store, 1, changed)
    keep(any_store, 1, changed)
    assert any_store.results(browser(1)) == (changed,)
    assert any_store.results(browser(2)) == (a_result(1, title="Other"),)


def test_several_are_kept_together_or_not_at_all(any_store: Store) -> None:
    assert keep(any_store, 1, a_result(1), a_result(2), most=3)
    assert not keep(any_store, 1, a_result(3), a_result(4), most=3)
    assert [result.id[-1] for result in any_store.results(browser(1))] == ["1", "2"]
    assert keep(any_store, 1, a_result(2), a_result(3), most=3), "one of them is there already"
    assert keep(any_store, 2, a_result(4), most=1), "every browser has its own limit"
    assert keep(any_store, 3, most=0)
    assert any_store.results(browser(3)) == ()


def test_when_one_of_several_cannot_be_kept_none_is(any_store: Store) -> None:
    with pytest.raises(StatementError):
        keep(any_store, 1, a_result(1), a_result(2, datetime(2026, 1, 1)))
    assert any_store.results(browser(1)) == ()


def test_two_who_keep_at_once_do_not_both_find_room_for_the_last(any_store: Store) -> None:
    with ThreadPoolExecutor(8) as pool:
        kept = list(pool.map(lambda n: keep(any_store, 1, a_result(2 * n), a_result(2 * n + 1), most=7), range(8)))
    assert kept.count(True) == 3
    assert len(any_store.results(browser(1))) == 6


def test_saving_replaces_and_does_not_bring_back(any_store: Store) -> None:
    keep(any_store, 1, a_result(1), a_result(2))
    keep(any_store, 2, a_result(1))
    changed = a_result(1, NOON + SECOND, title="Second")
    assert any_store.save(browser(1), changed)
    assert any_store.results(browser(1)) == (changed, a_result(2))
    assert any_store.results(browser(2)) == (a_result(1),)
    assert any_store.delete_results_not_visited_since(NOON + SECOND) == 1, "saving is a visit"
    any_store.delete(browser(1), changed.id)
    assert not any_store.save(browser(1), changed)
    assert any_store.results(browser(1)) == (a_result(2),)


def test_the_last_changed_comes_first(any_store: Store) -> None:
    for number, seconds in ((1, 2), (2, 3), (3, 1)):
        keep(any_store, 1, a_result(number, NOON + seconds * SECOND))
    assert [result.id[-1] for result in any_store.results(browser(1))] == ["2", "1", "3"]


def test_one_or_all_results_of_a_browser_are_deleted(any_store: Store) -> None:
    for number in (1, 2, 3):
        keep(any_store, 1, a_result(number))
        keep(any_store, 2, a_result(number))
    any_store.delete(browser(1), a_result(2).id)
    assert len(any_store.results(browser(1))) == 2
    assert any_store.delete_all(browser(1)) == 2
    assert any_store.results(browser(1)) == ()
    assert len(any_store.results(browser(2))) == 3


def test_all_results_of_a_browser_end_together_after_its_last_visit(any_store: Store) -> None:
    keep(any_store, 1, a_result(1, NOON - YEAR))
    keep(any_store, 1, a_result(2, NOON))
    keep(any_store, 1, a_result(3, NOON - YEAR))
    keep(any_store, 2, a_result(1, NOON - YEAR))
    assert any_store.delete_results_not_visited_since(NOON) == 1
    assert any_store.results(browser(2)) == ()
    any_store.visit(browser(1), NOON + YEAR)
    any_store.visit(browser(1), NOON - YEAR)
    assert any_store.delete_results_not_visited_since(NOON + YEAR) == 0
    assert any_store.delete_results_not_visited_since(NOON + YEAR + TINY) == 3
    assert any_store.results(browser(1)) == ()


# all


def test_the_secret_is_the_same_for_ever_and_of_one_installation(any_store: Store, tmp_path: Path) -> None:
    first = any_store.secret()
    assert len(first) == 32
    assert any_store.secret() == first
    (tmp_path / "other").mkdir()
    with closing(open_store(tmp_path / "other")) as other:
        assert other.secret() != first


def test_all_is_there_after_closing(any_store: Store) -> None:
    any_store.add_link(a_link())
    secret = any_store.secret()
    any_store.close()
    assert (any_store.link(token(1)), any_store.secret()) == (a_link(), secret)


@pytest.mark.robustness(22)
@pytest.mark.parametrize(
    "at",
    [
        datetime(1, 1, 1, tzinfo=UTC),
        datetime(1969, 12, 31, 23, 59, 59, 999999, tzinfo=UTC),
        datetime(2026, 10, 25, 2, 30, 0, 1, tzinfo=timezone(timedelta(hours=1))),
        datetime(2026, 10, 25, 2, 30, 0, 1, tzinfo=timezone(timedelta(hours=2)), fold=1),
        datetime(9999, 12, 31, 23, 59, 59, 999999, tzinfo=UTC),
    ],
)
def test_instants_are_kept_to_the_microsecond_in_utc(any_store: Store, at: datetime) -> None:
    link = replace(a_link(), made_at=at)
    any_store.add_link(link)
    kept = any_store.link(token(1))
    assert kept
    assert kept.made_at == at
    assert kept.made_at.utcoffset() == timedelta(0)


def test_a_time_without_a_zone_is_a_programming_error(any_store: Store) -> None:
    with pytest.raises(StatementError):
        any_store.add_link(replace(a_link(), made_at=datetime(2026, 1, 1)))
    assert any_store.link(token(1)) is None


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(question=st.text(), answer=st.text(alphabet=st.characters(codec=None)), name=st.text(min_size=1))
def test_any_ids_in_a_sheet_come_back(any_store: Store, question: str, answer: str, name: str) -> None:
    """Whether they are of a model is not asked when a sheet is read, so that a file can bring any."""
    record = Record(AnswerSheet({question: answer, "lone \ud800": "NUL \0"}))
    keep(any_store, 1, replace(a_result(), record=record))
    assert any_store.results(browser(1))[0].record == record


def test_an_entry_that_nobody_can_read_is_said_and_not_dropped(any_store: Store) -> None:
    keep(any_store, 1, replace(a_result(), record=replace(a_record(), notes="x" * 5000)))
    with pytest.raises(StoreError) as refusal:
        any_store.results(browser(1))
    assert refusal.value.problem == "unreadable_entry"
