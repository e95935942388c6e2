"""The model for programs: all that is needed to ask and to read results, and kept until it changes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from okr_assistant.decision.model import Model
from okr_assistant.words import Words
from tests.second_model import NEW, OLD, OTHER_OPTION, two_models
from tests.web.api.program import Program, problem_of
from tests.web.site import a_site


@pytest.fixture(scope="module")
def program() -> Program:
    return Program()


def got(program: Program, address: str = "/api/v1/model") -> dict[str, Any]:
    answer = program.get(address)
    assert answer.status == 200, answer.text
    found: dict[str, Any] = json.loads(answer.body)
    return found


def test_every_question_with_its_options_is_there(program: Program, model: Model, words: Words) -> None:
    found = got(program)
    assert (found["version"], found["digest"]) == (model.version, model.digest)
    assert [question["id"] for question in found["questions"]] == list(model.questions_by_id)
    for given, question in zip(found["questions"], model.questions, strict=True):
        assert given["text"] == question.text
        options = [(option.id, option.label, option.hint, option.changeable) for option in question.options]
        assert [tuple(option.values()) for option in given["options"]] == options
        assert given["section"] in {section["id"] for section in found["sections"]}
    assert found["unsure"] == {"id": "unsure", "label": words("answer.unsure")}


def test_the_condition_of_a_question_is_as_in_the_model_s_file(program: Program) -> None:
    conditions = {question["id"]: question["ask_if"] for question in got(program)["questions"]}
    assert conditions["measurability"] == {
        "not": {"question": "outcome_clarity", "in": ["only_output", "unknown"]}
    }
    assert conditions["work_kind"] is None


def test_every_id_of_a_result_is_explained(program: Program) -> None:
    found = got(program)
    sources = {source["id"] for source in found["sources"]}
    approaches = {approach["id"] for approach in found["approaches"]}
    answers = {question["id"]: question["options"][0]["id"] for question in found["questions"]}
    result = program.gets("assess", {"answers": answers})
    for entry in result["ranking"]:
        assert entry["approach"] in approaches
        for given in entry["contributions"]:
            assert set(given["sources"]) <= sources


def test_points_are_not_part_of_it(program: Program) -> None:
    """A program that added them up itself would decide for itself."""
    assert '"points"' not in program.get("/api/v1/model").text


def test_it_is_kept_until_the_model_changes(program: Program, model: Model) -> None:
    answer = program.get("/api/v1/model")
    tag = answer.headers["etag"]
    assert tag == f'W/"{model.digest}"'
    assert answer.headers["cache-control"] == "no-cache"
    for asked in (tag, f'"{model.digest}"', f'"other", {tag}', "*"):
        again = program.get("/api/v1/model", {"if-none-match": asked})
        assert (again.status, again.body, again.headers["etag"]) == (304, b"", tag)
    for asked in ("", '"other"', model.digest):
        assert program.get("/api/v1/model", {"if-none-match": asked}).status == 200


def test_the_newest_is_given_and_older_ones_on_request(tmp_path: Path) -> None:
    program = Program(a_site(two_models(tmp_path, OTHER_OPTION)))
    assert got(program)["version"] == NEW
    old, new = (got(program, f"/api/v1/model?version={version}") for version in (OLD, NEW))
    assert (old["version"], new["version"]) == (OLD, NEW)
    assert old["digest"] != new["digest"]
    assert "instrumented" in json.dumps(new)
    assert "instrumented" not in json.dumps(old)


@pytest.mark.parametrize("version", ["", "1999.1", "../2026.1", "2026.1%00", "%3Cb%3E"])
def test_a_model_that_is_not_here_is_404_and_those_that_are_are_named(version: str, program: Program) -> None:
    said = problem_of(program.get(f"/api/v1/model?version={version}"), 404)
    assert (said["problem"], said["allowed"]) == ("unknown_model", "2026.1")
