"""The forms as data: there is one for every approach and variant, and what they name exists."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import pytest

from okr_assistant.decision.model import UNSURE, Model
from okr_assistant.drafting.beside import _READERS
from okr_assistant.drafting.forms import KINDS, Condition, DraftForm, Field, form_for, forms
from tests.drafting.drafts import EVERY, NAMES

FORMS = list(forms())
BAD_TONE = re.compile(r"\b(invalid|sorry|please|oops)\b|!", re.IGNORECASE)


def every_field(form: DraftForm) -> Iterator[Field]:
    for field in form.every_field:
        yield field
        yield from field.columns


def conditions(form: DraftForm) -> Iterator[Condition]:
    for field in every_field(form):
        yield field.ask_if
        yield from (hint.when for hint in field.hint_if)


def texts(form: DraftForm) -> Iterator[str]:
    yield from (form.name, form.about)
    for field in every_field(form):
        yield from (field.name, field.label, field.hint, field.weak, field.strong)
        yield from (hint.hint for hint in field.hint_if)
    yield from (question.text for question in form.questions)


def test_every_approach_and_every_variant_of_the_model_has_its_form(model: Model) -> None:
    wanted = {(id_, "") for id_ in model.approaches_by_id} | {(rule.approach, rule.id) for rule in model.variants}
    assert {(form.approach, variant) for form, variant in EVERY} == wanted
    for approach, variant in wanted:
        found = form_for(approach, variant)
        assert found
        assert found.approach == approach


def test_there_is_no_form_for_what_is_not_there() -> None:
    assert form_for("okr", "service_level") is None
    assert form_for("kpis") is None


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)
def test_questions_and_options_that_a_form_names_are_in_the_model(form: DraftForm, model: Model) -> None:
    named: list[Mapping[str, tuple[str, ...]]] = list(conditions(form))
    assert set(form.said) | {id_ for each in named for id_ in each} <= set(model.questions_by_id)
    for each in named:
        for question, options in each.items():
            assert set(options) <= {*model.questions_by_id[question].choices, UNSURE}


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)
def test_a_form_is_complete(form: DraftForm) -> None:
    ids = [field.id for field in form.every_field]
    assert len(set(ids)) == len(ids)
    assert form.sources
    assert form.questions
    assert all(question.sources for question in form.questions)
    assert any(field.weak and field.strong for field in form.every_field)
    for field in every_field(form):
        assert field.kind in KINDS
        assert (field.kind == "choice") == bool(field.options)
        assert set(field.only) <= set(form.variants)
        assert not field.lint or field.lint in _READERS
    for field in form.every_field:
        rows = field.kind == "rows"
        assert (field.kind in {"rows", "lines"}) == (field.most > 0)
        assert field.least <= field.most
        assert rows == bool(field.columns) == bool(field.one) == bool(field.sentence)
        named = re.findall(r"\{(\w+)\}", "".join(field.sentence))
        assert named == [column.id for column in field.columns], "each piece of the sentence has one column"


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)
def test_a_form_speaks_calmly(form: DraftForm) -> None:
    for text in texts(form):
        assert not BAD_TONE.search(text), text


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)
def test_you_said_is_only_written_where_an_answer_says_so(form: DraftForm) -> None:
    for field in every_field(form):
        assert field.ask_if or "you said" not in field.hint.casefold(), field.id


@pytest.mark.parametrize(("form", "variant"), EVERY, ids=NAMES)
def test_every_variant_asks_for_something_that_must_be_there(form: DraftForm, variant: str) -> None:
    assert [field for field in form.fields(variant) if field.needed and not field.ask_if]


def test_a_variant_of_the_same_form_asks_for_more() -> None:
    plan = form_for("milestones")
    assert plan is not None
    more = {field.id for field in plan.fields("critical_project")} - {field.id for field in plan.fields("")}
    assert more == {"gives_way", "in_danger"}


def test_what_is_said_beside_a_field_follows_from_the_answers() -> None:
    okr = form_for("okr")
    assert okr is not None
    fields = {field.id: field for field in okr.every_field}
    assert not fields["first_measure"].is_asked({})
    assert not fields["first_measure"].is_asked({"measurability": "baseline"})
    assert fields["first_measure"].is_asked({"measurability": "instrument"})
    assert fields["look"].hint_for({}) == fields["look"].hint
    assert "You said" in fields["first_measure"].hint_for({"measurability": "instrument"})
    assert fields["first_measure"].hint_for({}) == "", "nobody said so"
    assert "end of the cycle" in fields["look"].hint_for({"review_rhythm": "at_end"})
