"""What cannot be used: the facts and sentences of the command line, whatever is sent, and nothing is changed."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from okr_assistant.cli import cli
from okr_assistant.errors import StoreError
from tests.adversarial.wrong_inputs import SHEETS, Wrong
from tests.web.api.program import PROBLEM, Program, problem_of

NOT_JSON = {"not_utf8", "byte_order_mark", "too_deep", "duplicate_key", "not_a_number", "not_json"}
OPERATIONS = {"assess": "POST", "batch": "POST", "links": "POST", "model": "GET", "openapi.json": "GET"}
STORED = {"kind": "stored", "sheet": {"answers": {"work_kind": "learn"}}}


@pytest.fixture(scope="module")
def program() -> Program:
    return Program()


@pytest.mark.parametrize("wrong", SHEETS, ids=lambda wrong: wrong.name)
def test_a_wrong_sheet_has_the_line_of_the_command_line(wrong: Wrong, program: Program) -> None:
    """Robustness tests 40 and 41: hostile text is cut and escaped there, and so it is here."""
    before = program.site.store.everything()
    printed = CliRunner().invoke(cli, ["assess", "-"], input=wrong.sent).stderr.removesuffix("\n")
    answer = program.sends("assess", wrong.sent)
    said = problem_of(answer, answer.status)
    assert said["detail"] == printed.replace("standard input", "sheet")
    expected = 413 if said["problem"] == "too_large" else 400 if said["problem"] in NOT_JSON else 422
    assert answer.status == expected
    assert b"<" not in answer.body.replace(b"<img src=x", b"")
    assert program.site.store.everything() == before


@pytest.mark.parametrize("wrong", SHEETS, ids=lambda wrong: wrong.name)
def test_a_wrong_sheet_in_a_link_is_refused_with_its_place(wrong: Wrong, program: Program) -> None:
    before = program.site.store.everything()
    answer = program.sends("links", b'{"kind": "stored", "sheet": ' + wrong.sent + b"}")
    said = problem_of(answer, answer.status)
    assert answer.status in (400, 413, 422)
    assert said["place"].startswith("link")
    assert program.site.store.everything() == before


def test_depth_digits_and_endless_lists_are_refused_before_they_cost_anything(program: Program) -> None:
    for body in (b"[" * 60_000, b'{"sheets": [' + b"9" * 5000 + b"]}", b'{"a":' * 10_000):
        for operation in ("assess", "batch", "links"):
            answer = program.sends(operation, body)
            assert problem_of(answer, 400)["problem"] in NOT_JSON


@pytest.mark.parametrize(
    "content_type", ["", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data"]
)
def test_only_json_is_read_so_that_no_page_of_another_site_can_post(content_type: str, program: Program) -> None:
    for operation in ("assess", "batch", "links"):
        said = problem_of(program.sends(operation, STORED, content_type), 415)
        assert said["place"] == "Content-Type"
    assert program.sends("assess", STORED["sheet"], "Application/JSON; charset=utf-8").status == 200


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"])
def test_other_methods_are_refused_and_the_right_ones_named(method: str, program: Program) -> None:
    """Also the question of a browser whether a page elsewhere may post: no header of ours says so."""
    for operation, right in OPERATIONS.items():
        allowed = "GET, HEAD" if right == "GET" else right
        if method in allowed:
            continue
        answer = program.ask(method, f"/api/v1/{operation}", {"origin": "https://else.example"}, b"")
        assert problem_of(answer, 405)["allowed"] == allowed
        assert answer.headers["allow"] == allowed
        assert not [name for name in answer.headers if name.startswith("access-control-")]


@pytest.mark.parametrize(
    "path", ["/api/", "/api/v1", "/api/v1/", "/api/v1/assess/", "/api/v2/assess", "/api/v1/<b>"]
)
def test_what_is_not_there_is_a_problem_and_no_page(path: str, program: Program) -> None:
    said = problem_of(program.get(path), 404)
    assert "/api/v1/assess" in said["allowed"]


@pytest.mark.parametrize(
    ("address", "place", "problem"),
    [
        ("assess?brief=1", "address: brief", "not_allowed"),
        ("assess?brief=true&brief=true", "address: brief", "repeated"),
        ("assess?bref=true", "address", "unknown_key"),
        ("links?brief=true", "address", "unknown_key"),
    ],
)
def test_what_is_in_the_address_is_read_as_strictly(
    address: str, place: str, problem: str, program: Program
) -> None:
    said = problem_of(program.sends(address, {"answers": {}}), 422)
    assert (said["place"], said["problem"]) == (place, problem)


def test_a_storage_that_does_not_work_is_said_and_worth_another_try() -> None:
    program = Program()
    program.site.store.fails = StoreError("storage_full", place="storage")
    answer = program.sends("links", STORED)
    said = problem_of(answer, 503)
    assert said["detail"] == "storage: not saved: storage is full; make room and try again"
    assert answer.headers["retry-after"] == "60"


def test_an_error_of_ours_says_nothing_of_itself(caplog: pytest.LogCaptureFixture) -> None:
    program = Program()
    program.site.store.fails = RuntimeError("SECRET at /somewhere")
    answer = program.sends("links", STORED)
    said = problem_of(answer, 500)
    assert (said["problem"], said["found"]) == ("unexpected", None)
    assert b"SECRET" not in answer.body
    assert "The API failed" in caplog.text


def test_a_wrong_host_is_refused_as_everywhere(program: Program) -> None:
    answer = program.get("/api/v1/model", {"host": "evil.example"})
    assert (answer.status, answer.headers["content-type"]) != (200, PROBLEM)
    assert answer.status == 403
