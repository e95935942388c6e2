"""The pages that are written from data are as they would be written now."""

from __future__ import annotations

import pytest

from okr_assistant.decision.model import Model
from okr_assistant.words import Words
from tests.docs.problems import raised_by
from tests.docs.written import DOCS, pages
from tests.test_docs import words_in_code


def page(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", pages())
def test_a_written_page_is_in_step_with_its_data(name: str) -> None:
    assert page(name) == pages()[name](), f"docs/{name} is out of step: run `make docs`"


def test_every_question_answer_rule_and_approach_is_in_the_docs(model: Model) -> None:
    named = words_in_code(page(f"method-{model.version}.md"))
    entries = (*model.questions, *model.approaches, *model.rules, *(o for q in model.questions for o in q.options))
    assert {entry.id for entry in entries} - named == set()


def test_every_error_is_in_the_docs_once(words: Words) -> None:
    listed = [line.split("`")[1] for line in page("errors.md").splitlines() if line.startswith("| `")]
    assert sorted(listed) == sorted(raised_by(words))


def test_it_is_known_of_every_problem_which_error_carries_it(words: Words) -> None:
    assert {problem for problem, errors in raised_by(words).items() if not errors} == set()
