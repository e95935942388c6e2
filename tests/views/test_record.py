"""A decision record holds what the result and the outlook say, and what people decided, as they said it."""

from __future__ import annotations

from datetime import date

import pytest

from okr_assistant.decision.assessment import assessment
from okr_assistant.decision.model import Model
from okr_assistant.decision.sheet import AnswerSheet
from okr_assistant.sharing.record import Decision, Record
from okr_assistant.views.outlook import outlook_view
from okr_assistant.views.parts import Citation
from okr_assistant.views.record import RecordView, record_view
from okr_assistant.views.result import result_view
from okr_assistant.words import Words
from tests.export.samples import DECIDED, GOOD, SAMPLES, every_record, leaves

DAY = date(2026, 3, 4)


def view_of(model: Model, words: Words, record: Record, day: date = DAY) -> RecordView:
    return record_view(assessment(model, record.sheet), record, words, day)


def test_the_sentences_are_those_of_the_screen(model: Model, words: Words) -> None:
    for record in every_record(model):
        found = assessment(model, record.sheet)
        view = view_of(model, words, record)
        assert view.result == result_view(model, found.result, words, settled=found.settled)
        assert view.outlook == (outlook_view(found, words) if view.result.advice else None)
        assert (view.model, view.digest) == (model.version, model.digest)
        assert (view.title, view.notes) == (record.sheet.title, record.notes)


def test_the_points_of_answers_add_up(model: Model, words: Words) -> None:
    for record in every_record(model):
        view = view_of(model, words, record)
        assert [entry.approach for entry in view.approaches] == list(model.approaches_by_id)
        assert [entry.row for entry in view.answers] == list(view.result.answers)
        for place, approach in enumerate(view.approaches):
            assert sum(entry.points[place] or 0 for entry in view.answers) == approach.points


def test_every_citation_is_in_the_list_of_sources_and_no_other(model: Model, words: Words) -> None:
    def citations(value: object) -> set[Citation]:
        if isinstance(value, Citation):
            return {value}
        if isinstance(value, tuple):
            return set().union(*map(citations, value))
        names = getattr(type(value), "__slots__", ())
        return set().union(*(citations(getattr(value, name)) for name in names if name != "position"))

    for record in every_record(model):
        view = view_of(model, words, record)
        cited = citations((view.result, view.outlook))
        assert {(c.text, c.title, c.url) for c in cited} == {(s.cited, s.title, s.url) for s in view.sources}
        for source in view.sources:
            known = next(each for each in model.sources if each.url == source.url and each.title == source.title)
            assert (source.author, source.year) == (known.author, str(known.year or ""))


def test_what_was_decided_stays_as_it_was_said_beside_another_advice(model: Model, words: Words) -> None:
    decision = Decision("OKRs anyway", "The board\nwants them.", "Ada", date(2026, 5, 2))
    view = view_of(model, words, Record(AnswerSheet({"work_kind": "sustain"}), decision=decision))
    assert view.result.sentence == "So far: use health metrics for this work, not OKRs"
    assert view.decision
    assert (view.decision.decided, view.decision.because, view.decision.owner) == (
        "OKRs anyway", "The board\nwants them.", "Ada",
    )  # fmt: skip
    assert view.decision.review_on == "2 May 2026"
    assert "differs from the advice" in view.decision.note


def test_without_a_decision_there_is_none(model: Model, words: Words) -> None:
    assert view_of(model, words, Record(AnswerSheet(GOOD))).decision is None
    assert view_of(model, words, Record(AnswerSheet(GOOD), decision=Decision(owner="Ada"))).decision


def test_the_facts_count_what_is_asked(model: Model, words: Words) -> None:
    answers = {"outcome_clarity": "unknown", "measurability": "baseline", "autonomy": "unsure"}
    facts = dict(view_of(model, words, Record(AnswerSheet(answers))).facts)
    said = f"2 of {len(model.questions) - 2} questions, one with “I don't know”"
    assert facts == {"Date": "4 March 2026", "Answered": said, "Model": "2026.1"}


def test_a_record_without_a_title_has_a_heading(model: Model, words: Words) -> None:
    view = view_of(model, words, Record(AnswerSheet(GOOD)))
    assert (view.title, view.heading) == ("", words("record.untitled"))
    assert view_of(model, words, SAMPLES["good"]).heading == "Faster checkout"


@pytest.mark.parametrize(
    ("made_on", "review"),
    [
        (date(2026, 3, 4), date(2026, 6, 4)),
        (date(2026, 11, 30), date(2027, 2, 28)),
        (date(2027, 11, 30), date(2028, 2, 29)),
        (date(2026, 12, 31), date(2027, 3, 31)),
        (date(2026, 10, 1), date(2027, 1, 1)),
        (date(9999, 12, 1), date(9999, 3, 1)),
    ],
)
def test_the_review_is_three_months_later(made_on: date, review: date, model: Model, words: Words) -> None:
    assert view_of(model, words, Record(AnswerSheet(GOOD)), made_on).review_on == review
    assert view_of(model, words, Record(AnswerSheet(GOOD), decision=DECIDED), made_on).review_on == date(
        2026, 5, 2
    )


def test_every_month_has_a_name(words: Words) -> None:
    names = [words.date(date(2026, month, 9)) for month in range(1, 13)]
    assert names[0] == "9 January 2026"
    assert names[11] == "9 December 2026"
    assert len(set(names)) == 12


def test_it_is_plain_data(model: Model, words: Words) -> None:
    kinds = {type(value) for _, value in leaves(view_of(model, words, SAMPLES["good"]))}
    assert kinds <= {str, int, float, bool, date, type(None)}
