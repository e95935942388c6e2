"""The server for assistant programs, asked by the official client over real standard input and output."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import pytest
from anyio.from_thread import start_blocking_portal
from mcp import Client, MCPError, StdioServerParameters
from mcp.types import CallToolResult, TextContent
from openapi_schema_validator import OAS31Validator
from typer.testing import CliRunner

from okr_assistant.cli import cli
from okr_assistant.decision.assess import assess
from okr_assistant.decision.assessment import assessment
from okr_assistant.decision.foresight import foresee
from okr_assistant.decision.model import Model
from okr_assistant.decision.sheet import AnswerSheet
from tests.adversarial.wrong_inputs import SHEETS, Wrong
from tests.conftest import random_sheets
from tests.serving import CHECKOUT, OKR_ASSISTANT, clean_environment

pytestmark = pytest.mark.server

SERVER = StdioServerParameters(
    command=OKR_ASSISTANT[0], args=[*OKR_ASSISTANT[1:], "mcp"], env=clean_environment(), cwd=CHECKOUT
)
Call = Callable[..., CallToolResult]


@pytest.fixture(scope="module")
def client() -> Iterator[Callable[..., Any]]:
    """Calls a method of a client that is connected to a process of its own."""
    with start_blocking_portal() as portal:
        opened = Client(SERVER)
        with portal.wrap_async_context_manager(opened):
            yield lambda method, *args: portal.call(getattr(opened, method), *args)


@pytest.fixture(scope="module")
def call(client: Callable[..., Any]) -> Call:
    """Calls a tool with arguments by name."""

    def called(tool: str, **arguments: Any) -> CallToolResult:
        result = client("call_tool", tool, arguments)
        assert isinstance(result, CallToolResult)
        return result

    return called


def text(result: CallToolResult) -> str:
    (content,) = result.content
    assert isinstance(content, TextContent)
    return content.text


def found(result: CallToolResult) -> Any:
    assert not result.is_error, text(result)
    return result.structured_content


def test_the_tools_are_described_so_that_right_calls_fit_and_wrong_ones_do_not(client: Callable[..., Any]) -> None:
    tools = {tool.name: tool for tool in client("list_tools").tools}
    assert list(tools) == ["next_question", "assess", "explain", "lint"]
    for name in ("next_question", "assess", "explain"):
        schema = OAS31Validator(tools[name].input_schema)
        assert schema.is_valid({"sheet": {"answers": {"work_kind": "learn"}, "title": "x"}})
        for wrong in ({}, {"sheet": {"answers": {"work_kind": "x"}}}, {"sheet": {"answers": {}}, "more": 1}):
            assert not schema.is_valid(wrong), name
    schema = OAS31Validator(tools["lint"].input_schema)
    assert schema.is_valid({"draft": {"kind": "key_result", "text": "x"}, "in_cycle": True})
    assert not schema.is_valid({"draft": {"text": "x"}})
    assert all(tool.description for tool in tools.values())


def test_assess_gives_the_contract_of_the_library(call: Call, model: Model) -> None:
    for answers in random_sheets(model, 15, seed=8):
        result = call("assess", sheet={"answers": answers, "title": "Größe"})
        assert found(result) == assessment(model, AnswerSheet(answers)).to_json()
        assert json.loads(text(result)) == found(result), "for programs that read text only"
        brief = call("assess", sheet={"answers": answers}, brief=True)
        assert found(brief) == assess(model, AnswerSheet(answers)).to_json()


def test_explain_says_what_the_command_line_prints(call: Call) -> None:
    sheet = {"answers": {"work_kind": "sustain", "autonomy": "unsure"}}
    printed = CliRunner().invoke(cli, ["assess", "-"], input=json.dumps(sheet)).stdout
    assert text(call("explain", sheet=sheet)) == printed.removesuffix("\n")


def test_asking_the_next_question_again_and_again_ends_in_a_settled_result(call: Call, model: Model) -> None:
    answers: dict[str, str] = {}
    for _ in model.questions:
        asked = found(call("next_question", sheet={"answers": answers}))
        ahead = foresee(model, AnswerSheet(answers))
        assert (asked["settled"], asked["possible"]) == (ahead.settled, list(ahead.possible))
        if asked["question"] is None:
            break
        assert asked["question"]["id"] == ahead.next_question
        assert asked["open"] == len(assess(model, AnswerSheet(answers)).open)
        answers[asked["question"]["id"]] = asked["question"]["options"][0]["id"]
    assert asked["question"] is None
    assert asked["settled"]
    assert 0 < len(answers) < len(model.questions)


def test_lint_finds_what_the_command_line_finds(call: Call) -> None:
    for draft in (
        {"kind": "key_result", "text": "Launch the new website by May"},
        {"objective": "Calls get solved", "key_results": ["Solve 80 % of calls at once"]},
    ):
        for flags in ((), ("--in-cycle",)):
            line = json.dumps({"id": 1} | draft)
            printed = CliRunner().invoke(cli, ["lint", "-", "--json", *flags], input=line).stdout
            result = found(call("lint", draft=draft, in_cycle=bool(flags)))
            assert result["findings"] == json.loads(printed)["findings"]
            assert result["findings"]


OTHERS_PARSE = {"duplicate key", "duplicate question", "byte order mark", "not UTF-8", "UTF-16"}
"""What the protocol's own reader makes of these is not ours to say."""


def is_a_value(wrong: Wrong) -> bool:
    try:
        json.loads(wrong.sent)
    except (ValueError, RecursionError):
        return False
    return wrong.name not in OTHERS_PARSE and b"\\ud800" not in wrong.sent


VALUES = [wrong for wrong in SHEETS if is_a_value(wrong) and "of 5,000" not in wrong.name]


@pytest.mark.parametrize("wrong", VALUES, ids=lambda wrong: wrong.name)
def test_a_wrong_sheet_is_an_answer_with_the_facts_and_the_allowed_values(wrong: Wrong, call: Call) -> None:
    result = call("assess", sheet=json.loads(wrong.sent))
    assert result.is_error
    said = result.structured_content
    assert set(said) == {"problem", "place", "found", "allowed", "detail"}
    assert text(result) == said["detail"]
    assert said["detail"].isprintable()
    assert wrong.allowed in said["detail"]


@pytest.mark.parametrize(
    ("tool", "arguments", "place"),
    [
        ("assess", {}, "assess: sheet"),
        ("assess", {"sheet": {"answers": {}}, "more": 1}, "assess"),
        ("assess", {"sheet": {"answers": {}}, "brief": "yes"}, "assess: brief"),
        ("explain", {"sheet": None}, "sheet"),
        ("lint", {"draft": 3}, "lint: draft"),
        ("lint", {"draft": {"kind": "wish", "text": "x"}}, "lint: draft: kind"),
        ("lint", {"draft": {"kind": "metric", "text": "x", "owner": "y"}}, "lint: draft"),
        ("lint", {"draft": {"kind": "metric", "text": "x" * 70_000}}, "lint"),
    ],
)
def test_wrong_arguments_are_answers_that_name_the_place(
    tool: str, arguments: dict[str, Any], place: str, call: Call
) -> None:
    result = call(tool, **arguments)
    assert result.is_error
    assert result.structured_content["place"] == place


def test_an_unknown_tool_is_an_error_of_the_protocol(call: Call) -> None:
    with pytest.raises(MCPError, match="tool: found paint; allowed: next_question, assess, explain, lint"):
        call("paint")


def test_what_is_no_message_is_passed_over_and_the_next_one_answered() -> None:
    sent = b"\xff\xfe\n" + b"[" * 100_000 + b'\n{}\n\n{"jsonrpc": "2.0", "id": 7, "method": "ping"}\n'
    command = [*OKR_ASSISTANT, "mcp"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin
        assert process.stdout
        process.stdin.write(sent)
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["id"] == 7
        process.stdin.close()
        assert process.stdout.read() == b""
        assert process.wait(30) == 0


def test_a_program_that_goes_away_ends_it_quietly() -> None:
    command = [*OKR_ASSISTANT, "mcp"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, **pipes) as process:  # type: ignore[call-overload]
        process.stdout.close()
        with suppress(BrokenPipeError):
            process.stdin.write(b'{"jsonrpc": "2.0", "id": 7, "method": "ping"}\n' * 50)
            process.stdin.flush()
        assert process.wait(30) == 0
        assert process.stderr.read() == b""


def test_without_the_extra_one_line_says_how_to_install_it() -> None:
    code = "import sys; sys.modules['mcp'] = None; from okr_assistant.cli import main; main()"
    done = subprocess.run([sys.executable, "-c", code, "mcp"], capture_output=True, timeout=60, check=False)
    assert (done.returncode, done.stdout) == (2, b"")
    remedy = "which is not installed; install it with: pip install '.[mcp]' in the checkout"
    assert done.stderr.decode() == f"mcp: this needs the package mcp, {remedy}\n"


def test_no_other_command_imports_it() -> None:
    code = "import sys, okr_assistant.cli; print('mcp' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "False\n", "")
