"""The API, sent nearly right JSON: a result, or a problem in its one form."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fuzz.conftest import bounded, fuzz
from tests.fuzz.damage import damaged_bytes, damaged_json
from tests.web.api.program import Program, problem_of

SHEET = {"answers": {"work_kind": "change", "autonomy": "team"}, "title": "T", "model": "2026.1"}
BODIES = {
    "assess": [SHEET],
    "batch": [{"sheets": [SHEET, {"answers": {}}]}],
    "links": [{"kind": "portable", "sheet": SHEET}, {"kind": "stored", "sheet": SHEET}],
}


@pytest.fixture(scope="module")
def program() -> Program:
    return Program()


@pytest.mark.parametrize("operation", BODIES)
def test_what_is_damaged_here_is_right_before(operation: str, program: Program) -> None:
    assert all(program.sends(operation, body).status in {200, 201} for body in BODIES[operation])


@pytest.mark.robustness(40, 44)
@pytest.mark.parametrize("operation", BODIES)
def test_any_body_gives_a_result_or_a_problem(operation: str, program: Program) -> None:
    samples = [json.dumps(body).encode() for body in BODIES[operation]]

    @fuzz(100)
    @given(damaged_json(samples) | damaged_bytes(samples) | st.binary(max_size=60))
    def run(body: bytes) -> None:
        with bounded():
            answer = program.sends(operation, body)
        if answer.status not in {200, 201}:
            assert answer.status in {400, 413, 422}
            assert problem_of(answer, answer.status)["detail"]

    run()
