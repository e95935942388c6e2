"""A model in another language decides the same, and is the same to links and programs."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from okr_assistant.decision.assessment import assessment
from okr_assistant.decision.loader import read_translation
from okr_assistant.decision.model import Model
from okr_assistant.decision.sheet import AnswerSheet
from okr_assistant.decision.translation import texts_of, translated
from okr_assistant.errors import LanguageError, ModelFileError
from okr_assistant.sharing.coded_sheet import code_sheet
from okr_assistant.sharing.record import Record
from okr_assistant.sharing.snapshot import freeze
from okr_assistant.views.shared import verdict_view
from okr_assistant.words import Words
from tests.conftest import random_sheets

KEY = "questions.work_kind.options.change.label"


@pytest.fixture(scope="module")
def other(model: Model) -> Model:
    """Every text of the model, backwards."""
    return translated(model, {path: text[::-1].strip() for path, text in texts_of(model).items()}, {}, "x.toml")


def test_only_texts_differ(model: Model, other: Model) -> None:
    found = texts_of(other)
    assert list(found) == list(texts_of(model))
    back = translated(other, texts_of(model), {}, "x.toml")
    assert back.model_dump() == model.model_dump()
    assert all(found[path] == text[::-1].strip() for path, text in texts_of(model).items())


def test_every_text_that_people_read_can_be_translated(model: Model, other: Model) -> None:
    left = set(_strings(model.model_dump(exclude={"sources", "texts"}))) & set(
        _strings(other.model_dump(exclude={"sources", "texts"}))
    )
    assert {text for text in left if " " in text} == set()


def _strings(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple) else ()
    return [text for each in inner for text in _strings(each)]


def test_results_and_links_are_the_same_for_every_sheet(model: Model, other: Model) -> None:
    for answers in random_sheets(model, 40, seed=85):
        sheet = AnswerSheet(answers, "Checkout", model.version)
        assert assessment(other, sheet).to_json() == assessment(model, sheet).to_json()
        assert code_sheet(other, answers) == code_sheet(model, answers)


def test_the_result_is_told_in_the_language_of_its_model(model: Model, other: Model) -> None:
    for answers in random_sheets(model, 10, seed=86):
        here, there = (assessment(each, AnswerSheet(answers)).result for each in (model, other))
        reasons = [given.because for entry in here.ranking for given in entry.contributions]
        translations = [given.because for entry in there.ranking for given in entry.contributions]
        assert translations == [text[::-1].strip() for text in reasons]
        assert [entry.points for entry in here.ranking] == [entry.points for entry in there.ranking]


def test_a_snapshot_is_the_same_whatever_language_it_was_shared_in(
    model: Model, other: Model, words: Words
) -> None:
    rule = model.variants[0]
    sheets = (AnswerSheet(answers) for answers in random_sheets(model, 400, seed=87))
    sheet = next(sheet for sheet in sheets if assessment(model, sheet).result.variant == rule.name)
    frozen = [
        freeze(assessment(each, sheet), Record(sheet), "verdict", date(2026, 3, 3)) for each in (model, other)
    ]
    assert frozen[0] == frozen[1]
    assert rule.name[::-1].strip() in verdict_view(other, frozen[0], words).form


def test_what_is_not_translated_stays_as_it_is(model: Model) -> None:
    one = translated(model, {KEY: "Etwas ändern"}, {}, "de.toml")
    assert texts_of(one) == texts_of(model) | {KEY: "Etwas ändern"}
    assert one.as_released is model


@pytest.mark.parametrize(
    ("texts", "problem", "place"),
    [
        ({"questions.no_such.text": "Was?"}, "unknown_key", "de.toml: questions.no_such.text"),
        ({"sources.doerr-2018.title": "Titel"}, "unknown_key", "de.toml: sources.doerr-2018.title"),
        ({KEY: 7}, "not_allowed", f"de.toml: {KEY}"),
        ({KEY: ""}, "not_allowed", f"de.toml: {KEY}"),
        ({KEY: "two\nlines"}, "not_allowed", f"de.toml: {KEY}"),
        ({KEY.replace("label", "hint"): "x" * 301}, "not_allowed", f"de.toml: {KEY.replace('label', 'hint')}"),
    ],
)
def test_what_is_no_text_of_the_model_is_named(
    model: Model, texts: dict[str, object], problem: str, place: str
) -> None:
    with pytest.raises(LanguageError) as caught:
        translated(model, texts, {}, "de.toml")
    assert (caught.value.problem, caught.value.place) == (problem, place)


def test_a_folder_needs_no_translation(model: Model, tmp_path: Path) -> None:
    assert read_translation(model, tmp_path).model_dump() == model.model_dump()


def test_words_about_one_approach_alone_are_taken(model: Model, tmp_path: Path) -> None:
    folder = tmp_path / model.version / "approaches"
    folder.mkdir(parents=True)
    released = Path("data/models") / model.version / "approaches" / "okr.md"
    (folder / "okr.md").write_text(released.read_text("utf-8").replace("## Rhythm\n", "## Rhythm\nJede Woche.\n"))
    found = read_translation(model, tmp_path)
    assert found.texts["okr"].rhythm.startswith("Jede Woche.")
    assert found.texts["flow"] == model.texts["flow"]


@pytest.mark.parametrize(
    ("name", "text", "problem"),
    [("okr.md", "## Was es ist\nText", "bad_headings"), ("okrs.md", "", "unknown_file")],
)
def test_a_file_of_an_approach_that_cannot_be_used_is_named(
    model: Model, tmp_path: Path, name: str, text: str, problem: str
) -> None:
    folder = tmp_path / model.version / "approaches"
    folder.mkdir(parents=True)
    (folder / name).write_text(text)
    with pytest.raises(ModelFileError) as caught:
        read_translation(model, tmp_path)
    assert caught.value.problem == problem
    assert name in caught.value.place
