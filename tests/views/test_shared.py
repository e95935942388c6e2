"""The shared page says what the result says, and at the level *verdict* nothing that tells an answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from okr_assistant.decision.assessment import Assessment, assessment
from okr_assistant.decision.model import Model
from okr_assistant.decision.recommendation import Verdict
from okr_assistant.decision.sheet import AnswerSheet
from okr_assistant.sharing.record import Decision, Record
from okr_assistant.sharing.snapshot import freeze, thaw
from okr_assistant.views.model_text import Run, blocks
from okr_assistant.views.outlook import outlook_view
from okr_assistant.views.result import result_view
from okr_assistant.views.shared import SharedView, verdict_view, whole_view
from okr_assistant.words import Words
from tests.conftest import random_sheets

DAY = date(2026, 10, 5)


def found_for(model: Model, answers: dict[str, str]) -> Assessment:
    return assessment(model, AnswerSheet(answers, "Checkout", model.version))


def verdict_of(model: Model, words: Words, found: Assessment) -> SharedView:
    snapshot = freeze(found, Record(found.sheet, "notes"), "verdict", DAY)
    return verdict_view(model, thaw(snapshot.to_json()), words)


def test_it_is_made_of_the_views_that_the_screen_has(model: Model, words: Words) -> None:
    for answers in random_sheets(model, 40, seed=31):
        found = found_for(model, answers)
        view = whole_view(found, words, notes="n", made_on=DAY)
        result = result_view(model, found.result, words, settled=found.settled)
        assert view.detail
        assert view.detail.result == result
        assert (view.sentence, view.form, view.model) == (result.sentence, result.form, result.model)
        assert [advice.approach for advice in view.advice] == [advice.approach for advice in result.advice]
        assert view.detail.outlook == (outlook_view(found, words) if result.advice else None)
        assert view.margin == (view.detail.outlook.margin if view.detail.outlook else "")
        assert (view.title, view.detail.notes, view.made_on) == ("Checkout", "n", "Shared on 5 October 2026.")


def test_bars_are_as_long_as_their_points_and_begin_at_zero(model: Model, words: Words) -> None:
    for answers in random_sheets(model, 60, seed=32):
        detail = whole_view(found_for(model, answers), words).detail
        assert detail
        unit = {round(bar.width / abs(bar.entry.points), 1) for bar in detail.bars if bar.entry.points}
        assert max(unit, default=0) - min(unit, default=0) < 0.11
        for bar in detail.bars:
            assert bar.start >= 0
            assert bar.start + bar.width <= 100.01
            begin = bar.start if bar.entry.points >= 0 else bar.start + bar.width
            assert begin == pytest.approx(detail.zero, abs=0.02)


def test_the_verdict_alone_is_the_same_verdict(model: Model, words: Words) -> None:
    """In the same words, but for what would tell how many things are to fix."""
    seen: set[Verdict] = set()
    for answers in random_sheets(model, 60, seed=33):
        found = found_for(model, answers)
        alone, whole = verdict_of(model, words, found), whole_view(found, words)
        seen.add(found.result.verdict)
        assert alone.form == whole.form
        assert alone.advice == whole.advice
        assert bool(alone.margin) == bool(whole.margin)
        assert whole.margin[:13] == alone.margin[:13]
        if found.result.verdict == "okr_with_conditions":
            assert "with something to fix or to know first" in alone.sentence
        elif not whole.advice:
            assert "too little is known for any advice" in alone.sentence
        else:
            assert alone.sentence == whole.sentence
        assert alone.detail is None
    assert len(seen) == 4


def test_the_verdict_alone_is_the_same_for_all_sheets_with_this_verdict(model: Model, words: Words) -> None:
    """Whatever differs between two views at this level is named in the snapshot; no answer can be read from it."""
    by_facts: dict[str, SharedView] = {}
    for answers in random_sheets(model, 200, seed=34):
        found = found_for(model, answers)
        facts = freeze(found, Record(found.sheet), "verdict", DAY).to_json()["alone"]
        view = verdict_of(model, words, found)
        assert by_facts.setdefault(str(facts), view) == view


def test_texts_are_shown_only_where_they_are_given(model: Model, words: Words) -> None:
    found = found_for(model, {"work_kind": "change"})
    plain = whole_view(found, words)
    assert plain.level == "reasons"
    assert plain.detail
    assert (plain.detail.notes, plain.detail.decision, plain.made_on) == ("", Decision(), "")
    decided = whole_view(found, words, decision=Decision("Go", "because", "Dana", date(2027, 1, 4)))
    assert decided.level == "notes"
    assert decided.detail
    assert decided.detail.review_on == "4 January 2027"


def test_a_snapshot_of_an_earlier_release_says_there_is_advice(model: Model, words: Words) -> None:
    found = found_for(model, {"work_kind": "sustain"})
    raw = freeze(found, Record(found.sheet), "verdict", DAY).to_json()
    del raw["alone"]["known"]
    assert verdict_view(model, thaw(raw), words) == verdict_of(model, words, found)
    assert replace(thaw(raw).alone).known


def test_the_markdown_of_a_model_becomes_runs_of_text() -> None:
    first, *items, last = blocks("Do *this* **now**:\n\n- one\n- two <b>x</b>\n\n<script>x</script>")
    assert first.runs[1] == Run("this", emph=True)
    assert first.runs[3] == Run("now", strong=True)
    assert [item.item for item in items] == [True, True]
    assert "<b>" in "".join(run.text for run in items[1].runs)
    assert last.runs[0].text == "<script>x</script>"


def test_all_texts_of_the_model_are_read(model: Model) -> None:
    for text in model.texts.values():
        assert blocks(text.monday)
        assert "".join(run.text for block in blocks(text.monday) for run in block.runs).strip()
