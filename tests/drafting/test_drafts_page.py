"""The page about first drafts says what the forms ask, and where they come from."""

from __future__ import annotations

import re

import pytest

from okr_assistant.drafting.forms import DraftForm, forms
from okr_assistant.export.goal_draft_formats import GOAL_DRAFT_FORMATS
from okr_assistant.paths import ROOT

PAGE = (ROOT / "docs" / "drafts.md").read_text(encoding="utf-8")


def section(heading: str) -> str:
    found = re.search(rf"^### {re.escape(heading)}\n(.*?)(?=^##|\Z)", PAGE, re.MULTILINE | re.DOTALL)
    assert found, heading
    return found[1]


@pytest.mark.parametrize("form", forms(), ids=lambda form: form.id)
def test_every_form_is_there_with_its_fields_questions_and_sources(form: DraftForm) -> None:
    text = section(form.name)
    assert form.about in text
    assert all(f"`{variant}`" in text for variant in (form.approach, *form.variants) if variant)
    rows = re.findall(r"^\| (.*?) \| (.*?) \| (.*?) \| (yes|no)", text, re.MULTILINE)
    asked = [(field.name, field.label, "yes" if field.needed else "no") for field in form.every_field]
    assert [(name, label, needed) for name, label, _, needed in rows] == asked
    for (_, _, how, _), field in zip(rows, form.every_field, strict=True):
        assert all(part.name in how for part in field.columns)
        assert all(option.label in how for option in field.options)
    for question in form.questions:
        assert question.text in text
    for source in (*form.sources, *(source for question in form.questions for source in question.sources)):
        assert f"- {source.author}, [{source.title}]({source.url})" in text
        assert source.takeaway in text


def test_no_form_and_no_format_is_there_that_is_gone() -> None:
    assert re.findall(r"^### (.*)$", PAGE, re.MULTILINE) == [form.name for form in forms()]
    assert re.findall(r"^\| `(\w+)` \|", PAGE, re.MULTILINE) == list(GOAL_DRAFT_FORMATS)
