"""The commands that report about a model: `evaluate` and `sweep`."""

from __future__ import annotations

import json
import os
import pty
import subprocess
from pathlib import Path

import pytest

from okr_assistant.decision.agreement import evaluate
from okr_assistant.decision.loader import read_cases, read_kept
from okr_assistant.decision.model import Model
from okr_assistant.decision.sweep import sweep
from okr_assistant.paths import CASES, KEPT
from okr_assistant.views.sweep import sweep_lines
from okr_assistant.words import Words
from tests.command_line import run
from tests.serving import OKR_ASSISTANT, clean_environment


def test_evaluate_takes_the_shipped_cases_or_a_file_or_standard_input(model: Model) -> None:
    expected = evaluate(model, read_cases(CASES, model)).to_json()
    for result in (
        run("evaluate", "--json"),
        run("evaluate", CASES, "--json"),
        run("evaluate", "-", "--json", sent=CASES.read_bytes()),
    ):
        assert (result.exit_code, result.stderr) == (0, "")
        assert json.loads(result.stdout) == expected


def test_evaluate_without_json_is_for_reading(model: Model) -> None:
    result = run("evaluate")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "Agreement with published cases" in result.stdout
    cases = read_cases(CASES, model)
    kept = read_kept(KEPT, model, cases)
    for found in evaluate(model, cases).disagreements:
        assert result.stdout.count(f"`{found.case.id}`") == 1
        assert f"\n  {kept[found.case.id]}\n" in result.stdout


def test_reasons_belong_to_the_cases_that_ship(model: Model) -> None:
    """Somebody else's case may have the same id."""
    result = run("evaluate", "-", sent=CASES.read_bytes())
    assert result.exit_code == 0
    for why in read_kept(KEPT, model, read_cases(CASES, model)).values():
        assert why not in result.stdout


@pytest.mark.parametrize("content", [b"{}", b"[1]", b"\xff", None])
def test_cases_that_cannot_be_read_are_exit_code_2_and_one_line(content: bytes | None, tmp_path: Path) -> None:
    file = tmp_path / "cases.jsonl"
    if content is not None:
        file.write_bytes(content)
    result = run("evaluate", file)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(str(file))
    assert result.stderr.count("\n") == 1


def test_sweep_of_a_sample_is_that_of_the_library(model: Model, words: Words) -> None:
    found = sweep(model, sample=5000)
    as_json = run("sweep", "--sample", "5000", "--json")
    assert (as_json.exit_code, as_json.stderr) == (0, ""), "no bar where nobody sits at a terminal"
    assert json.loads(as_json.stdout) == json.loads(json.dumps(found.to_json()))
    assert run("sweep", "--sample", "5000").stdout.splitlines() == list(sweep_lines(found, model, words))


def test_sweep_refuses_a_sample_of_nothing() -> None:
    assert run("sweep", "--sample", "0").exit_code == 2


@pytest.mark.server
def test_sweep_shows_how_far_it_is_on_a_terminal() -> None:
    ours, theirs = pty.openpty()
    command = [*OKR_ASSISTANT, "sweep", "--sample", "300000", "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=theirs, env=clean_environment()) as process:
        os.close(theirs)
        output, _ = process.communicate(timeout=60)
    assert json.loads(output)["counted"] == 300_000
    assert b"100%" in os.read(ours, 1 << 16)
    os.close(ours)
