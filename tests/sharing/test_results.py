"""What a browser keeps: its own results, as a list and as a file, and nobody else's."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from okr_assistant.clock import SystemTokens
from okr_assistant.decision.registry import Models
from okr_assistant.decision.sheet import AnswerSheet
from okr_assistant.errors import OkrAssistantError, SheetError, StoreError, TextError
from okr_assistant.sharing import results as results_module
from okr_assistant.sharing.ports import SavedResult
from okr_assistant.sharing.record import Decision, Record
from okr_assistant.sharing.results import Results, ResultsError
from okr_assistant.store import open_store, sql_results
from okr_assistant.store.rows import result_to_row
from tests.still import StillClock

MINE, YOURS = SystemTokens().token(), SystemTokens().token()
RECORD = Record(
    AnswerSheet({"work_kind": "change", "autonomy": "unsure"}, "Faster checkout", "2026.1"),
    "Two\nlines",
    Decision("Milestones", "The board wants a date", "Anna", date(2027, 2, 1)),
)


@pytest.fixture
def clock() -> StillClock:
    return StillClock()


@pytest.fixture
def results(tmp_path: Path, clock: StillClock) -> Iterator[Results]:
    with closing(open_store(tmp_path)) as store:
        yield Results(store, clock, SystemTokens())


def titles(results: Results, browser: str = MINE) -> list[str]:
    return [saved.record.sheet.title for saved in results.all(browser)]


def named(title: str) -> Record:
    return replace(RECORD, sheet=replace(RECORD.sheet, title=title))


def test_a_kept_result_comes_back_whole_and_to_its_browser_alone(results: Results) -> None:
    results.keep(MINE, RECORD)
    assert [saved.record for saved in results.all(MINE)] == [RECORD]
    assert results.all(YOURS) == ()


@pytest.mark.robustness(17)
def test_a_double_click_keeps_one(results: Results, clock: StillClock) -> None:
    results.keep_once(MINE, named("Once"))
    results.keep_once(MINE, named("Once"))
    assert titles(results) == ["Once"]
    clock.move(timedelta(minutes=1))
    results.keep_once(MINE, named("Another"))
    clock.move(timedelta(minutes=1))
    results.keep_once(MINE, named("Once"))
    assert titles(results) == ["Once", "Another", "Once"], "kept again later, it is wanted"


def test_rename_and_delete_change_one(results: Results, clock: StillClock) -> None:
    results.keep(MINE, named("First"))
    clock.move(timedelta(minutes=1))
    results.keep(MINE, named("Second"))
    first = next(saved for saved in results.all(MINE) if saved.record.sheet.title == "First")
    clock.move(timedelta(minutes=1))
    results.rename(MINE, first, " Renamed ")
    assert titles(results) == ["Renamed", "Second"], "the last changed comes first"
    with pytest.raises(TextError):
        results.rename(MINE, first, "x" * 121)
    results.delete(YOURS, first.id)
    assert titles(results) == ["Renamed", "Second"], "somebody else's browser cannot delete it"
    results.delete(MINE, first.id)
    assert titles(results) == ["Second"]
    results.delete_all(MINE)
    assert titles(results) == []


def test_a_file_brings_everything_to_another_browser(results: Results, models: Models, clock: StillClock) -> None:
    for title in ("One", "Two", "Three"):
        clock.move(timedelta(minutes=1))
        results.keep(MINE, named(title))
    file = results.to_file(MINE)
    assert results.from_file(YOURS, file, models, "file") == 3
    assert [saved.record for saved in results.all(YOURS)] == [saved.record for saved in results.all(MINE)]
    assert titles(results, YOURS) == ["Three", "Two", "One"]
    clock.move(timedelta(seconds=1))
    results.keep(YOURS, named("Four"))
    assert titles(results, YOURS) == ["Four", "Three", "Two", "One"], "the last kept is listed first"


def test_a_file_is_kept_whole_or_not_at_all(
    results: Results, models: Models, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A store that failed at the tenth of fifty results had kept nine, and reading the file again doubled them."""
    results.keep(YOURS, named("One"), named("Two"), named("Three"))
    file = results.to_file(YOURS)
    rows = iter((result_to_row,))

    def second_fails(result: SavedResult) -> dict[str, Any]:
        for write in rows:
            return write(result)
        raise StoreError("storage_full", place="storage")

    monkeypatch.setattr(sql_results, "result_to_row", second_fails)
    with pytest.raises(StoreError):
        results.from_file(MINE, file, models, "file")
    assert results.all(MINE) == ()


def test_what_was_deleted_in_another_tab_is_not_brought_back_by_renaming(results: Results) -> None:
    results.keep(MINE, RECORD)
    (saved,) = results.all(MINE)
    results.delete(MINE, saved.id)
    with pytest.raises(ResultsError) as error:
        results.rename(MINE, saved, "Renamed")
    assert error.value.problem == "result_is_gone"
    assert results.all(MINE) == ()


def test_a_single_record_is_a_file_too(results: Results, models: Models) -> None:
    results.from_file(MINE, json.dumps(RECORD.to_json()).encode(), models, "file")
    assert [saved.record for saved in results.all(MINE)] == [RECORD]


def whole(**changes: object) -> bytes:
    return json.dumps({"format": 1, "results": [RECORD.to_json()]} | changes).encode()


BAD = {
    "another format": (whole(format=2), "file: format"),
    "true for a format": (whole(format=True), "file: format"),
    "an unknown key": (whole(more=1), "file"),
    "no list": (whole(results={}), "file: results"),
    "a bad one among good ones": (whole(results=[RECORD.to_json(), {"sheet": {}}]), "file: results, 2"),
    "an unknown option": (
        whole(results=[{"format": 1, "sheet": {"answers": {"work_kind": "magic"}}}]),
        "file: results, 1: answers.work_kind",
    ),
    "no JSON": (b"{", "file"),
    "a million brackets": (b"[" * 1_000_000, "file"),
}


@pytest.mark.robustness(40)
@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_names_the_place_and_changes_nothing(name: str, results: Results, models: Models) -> None:
    data, place = BAD[name]
    results.keep(MINE, RECORD)
    with pytest.raises(OkrAssistantError) as error:
        results.from_file(MINE, data, models, "file")
    assert error.value.place.startswith(place)
    assert len(results.all(MINE)) == 1


def test_too_many_are_refused_before_one_is_kept(
    results: Results, models: Models, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(results_module, "MOST", 3)
    results.keep(MINE, RECORD, RECORD)
    with pytest.raises(ResultsError):
        results.keep(MINE, RECORD, RECORD)
    assert len(results.all(MINE)) == 2


def test_a_visit_moves_the_end(results: Results, clock: StillClock) -> None:
    results.keep(MINE, RECORD)
    clock.move(timedelta(days=300))
    assert results.visit(MINE) == clock.now() + timedelta(days=400)
    results.store.delete_results_not_visited_since(clock.now() - timedelta(days=100))
    assert len(results.all(MINE)) == 1


def test_a_file_that_is_too_large_is_refused(results: Results, models: Models) -> None:
    with pytest.raises(SheetError, match="too_large"):
        results.from_file(MINE, b" " * (results_module.MAX_BYTES + 1), models, "file")
