"""What the API says of sheets is what the library and the command line say."""

from __future__ import annotations

import json
from typing import Any

import pytest
from typer.testing import CliRunner

from okr_assistant.cli import cli
from okr_assistant.decision.assess import assess
from okr_assistant.decision.assessment import assessment
from okr_assistant.decision.model import Model
from okr_assistant.decision.sheet import AnswerSheet
from okr_assistant.web.routes.api.operations import MOST_SHEETS
from tests.conftest import random_sheets
from tests.web.api.program import Program, problem_of

LEARN = {"answers": {"work_kind": "learn"}}
WRONG: tuple[Any, ...] = (
    3,
    None,
    [],
    {},
    {"answers": {"work_kind": "paint"}},
    {"answers": {"colour": "red"}},
    {"answers": {}, "model": "1999.1"},
    {"answers": {}, "title": "x" * 121},
    {"answers": {}, "note": "x"},
    {"answers": {"<script>alert(1)</script>\u202e": "x"}},
)


@pytest.fixture(scope="module")
def program() -> Program:
    return Program()


def test_a_result_is_that_of_the_library(model: Model, program: Program) -> None:
    for answers in random_sheets(model, 40, seed=5):
        sent = {"answers": answers, "title": "Größe"}
        expected = assessment(model, AnswerSheet(answers)).to_json()
        found = program.gets("assess", sent)
        assert found == expected
        assert list(found) == list(expected), "the documented order of keys"
        brief = program.gets("assess?brief=true", sent)
        assert brief == assess(model, AnswerSheet(answers)).to_json()
        assert brief.items() < found.items()


def test_a_result_is_that_of_the_command_line(program: Program) -> None:
    sent = json.dumps(LEARN).encode()
    printed = CliRunner().invoke(cli, ["assess", "-", "--json"], input=sent).stdout
    assert json.loads(printed) == program.gets("assess", sent)


def test_a_batch_is_that_of_the_command_line(model: Model, program: Program) -> None:
    """Also where sheets are wrong: the same sentences, but for the place, and the same results around them."""
    good = [{"answers": answers} for answers in random_sheets(model, 3 * len(WRONG), seed=6)]
    sheets = [sheet for at, wrong in enumerate(WRONG) for sheet in (*good[3 * at : 3 * at + 3], wrong)]
    lines = "\n".join(json.dumps(sheet) for sheet in sheets)
    printed = CliRunner().invoke(cli, ["batch", "-"], input=lines.encode()).stdout.splitlines()
    found = program.gets("batch", {"sheets": sheets})["results"]
    assert len(found) == len(sheets)
    for number, (mine, theirs) in enumerate(zip(found, map(json.loads, printed), strict=True), start=1):
        if "error" in theirs:
            expected = theirs["error"].replace(f"standard input, line {number}", f"batch: sheets.{number}")
            assert mine["error"]["detail"] == expected
            assert set(mine) == {"error"}
            assert mine["error"]["place"].startswith(f"batch: sheets.{number}")
            assert mine["error"]["detail"].isprintable()
        else:
            assert mine == theirs
    assert sum("error" in result for result in found) == len(WRONG)


def test_a_brief_batch_is_brief(model: Model, program: Program) -> None:
    (found,) = program.gets("batch?brief=true", {"sheets": [LEARN]})["results"]
    assert found == assess(model, AnswerSheet(LEARN["answers"])).to_json()


def test_a_batch_can_be_empty_or_as_large_as_is_allowed(program: Program) -> None:
    assert program.gets("batch", {"sheets": []}) == {"results": []}
    assert len(program.gets("batch?brief=true", {"sheets": [LEARN] * MOST_SHEETS})["results"]) == MOST_SHEETS
    said = problem_of(program.sends("batch", {"sheets": [LEARN] * (MOST_SHEETS + 1)}), 422)
    assert (said["problem"], said["place"]) == ("too_many", "batch: sheets")


@pytest.mark.parametrize(
    ("body", "place", "problem"),
    [
        ([LEARN], "batch", "wrong_type"),
        ({}, "batch: sheets", "missing_key"),
        ({"sheets": LEARN}, "batch: sheets", "wrong_type"),
        ({"sheets": [], "brief": True}, "batch", "unknown_key"),
    ],
)
def test_what_is_no_batch_is_refused_whole(body: Any, place: str, problem: str, program: Program) -> None:
    said = problem_of(program.sends("batch", body), 422)
    assert (said["place"], said["problem"]) == (place, problem)


def test_the_model_of_a_sheet_is_used_and_an_unknown_one_refused(model: Model, program: Program) -> None:
    assert program.gets("assess", LEARN | {"model": model.version})["model"] == model.version
    said = problem_of(program.sends("assess", LEARN | {"model": "1999.1"}), 422)
    assert (said["place"], said["found"], said["allowed"]) == ("sheet: model", "1999.1", model.version)


def test_results_are_kept_by_nobody_and_set_no_cookie(program: Program) -> None:
    answer = program.sends("assess", LEARN)
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-content-type-options"] == "nosniff"
    for name in answer.headers:
        assert not name.startswith(("access-control-", "set-cookie")), name
