"""The commands `assess`, `batch` and `check-model`."""

from __future__ import annotations

import json
import shutil
import tracemalloc
from pathlib import Path
from typing import Any

import pytest
from typer.testing import Result

import okr_assistant.cli as command_line
from okr_assistant.decision.assess import assess
from okr_assistant.decision.assessment import assessment
from okr_assistant.decision.model import Model
from okr_assistant.decision.sheet import AnswerSheet
from okr_assistant.decision.strict_json import MAX_BYTES
from okr_assistant.paths import MODELS
from tests.command_line import LEARN, lines_file, run
from tests.conftest import random_sheets

SUSTAIN = b'{"answers": {"work_kind": "sustain"}}'


def sheet_file(folder: Path, sheet: dict[str, Any]) -> Path:
    file = folder / "sheet.json"
    file.write_text(json.dumps(sheet), encoding="utf-8")
    return file


def results(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def copied_model(folder: Path, version: str = "2026.1") -> Path:
    copy = folder / version
    shutil.copytree(MODELS / "2026.1", copy)
    return copy


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text, old
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


# assess


def test_assess_prints_the_contract_of_the_library(model: Model, tmp_path: Path) -> None:
    for answers in random_sheets(model, 8):
        file = sheet_file(tmp_path, {"answers": answers, "title": "Größe"})
        expected = assessment(model, AnswerSheet(answers)).to_json()
        for result in (run("assess", file, "--json"), run("assess", "-", "--json", sent=file.read_bytes())):
            assert (result.exit_code, result.stderr) == (0, "")
            assert json.loads(result.stdout) == expected
            assert list(json.loads(result.stdout)) == list(expected), "the documented order of keys"


def test_assess_without_json_is_for_reading(model: Model) -> None:
    answers = {"work_kind": "sustain", "outcome_clarity": "only_output", "autonomy": "unsure"}
    sent = json.dumps({"answers": answers, "title": "Paying the wages"}).encode()
    result = run("assess", "-", sent=sent)
    assert (result.exit_code, result.stderr) == (0, "")
    lines = result.stdout.splitlines()
    assert lines[:2] == ["Paying the wages", "So far: use health metrics for this work, not OKRs"]
    assert lines[-1].startswith("Worked out with model 2026.1.")
    for entry in assess(model, AnswerSheet(answers)).ranking:
        heading = f"{model.approaches_by_id[entry.approach].name}: "
        assert sum(line.startswith(heading) for line in lines) == 1, heading
        for given in entry.contributions:
            assert any(given.because in line for line in lines), given.because
    assert f"  - {model.questions_by_id['autonomy'].text}" in lines, "what is to be found out"


def test_brief_is_taken_by_both_and_changes_nothing_that_it_shows(tmp_path: Path) -> None:
    full, brief = (
        json.loads(run("assess", "-", "--json", *more, sent=LEARN).stdout) for more in ([], ["--brief"])
    )
    assert brief.items() <= full.items()
    assert brief["approach"] == "discovery"
    file = lines_file(tmp_path, LEARN)
    assert run("batch", file, "--brief").exit_code == 0
    assert results(run("batch", file, "--brief")) == [brief]


def test_a_file_that_is_not_there_is_exit_code_2_and_one_line_with_its_name(tmp_path: Path) -> None:
    for command in ("assess", "batch"):
        for missing in (tmp_path / "missing.json", tmp_path):
            result = run(command, missing)
            assert (result.exit_code, result.stdout) == (2, "")
            assert result.stderr.startswith(f"{missing}: ")
            assert result.stderr.count("\n") == 1


def test_the_model_in_a_sheet_selects_the_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copied_model(tmp_path)
    newer = copied_model(tmp_path, "2026.2")
    edit(newer / "model.toml", 'version = "2026.1"', 'version = "2026.2"')
    monkeypatch.setattr(command_line, "MODELS", tmp_path)
    sheets = [{"answers": {}}, *({"answers": {}, "model": version} for version in ("2026.1", "2026.2"))]
    content = "\n".join(map(json.dumps, sheets)).encode()
    assert [entry["model"] for entry in results(run("batch", "-", sent=content))] == ["2026.2", "2026.1", "2026.2"]
    old = run("assess", "-", "--json", sent=json.dumps(sheets[1]).encode())
    assert json.loads(old.stdout)["model"] == "2026.1"


# batch


def test_batch_gives_one_result_a_line_in_the_same_order(model: Model, tmp_path: Path) -> None:
    sheets = list(random_sheets(model, 40, seed=2))
    file = lines_file(tmp_path, b"".join(json.dumps({"answers": sheet}).encode() + b"\n" for sheet in sheets))
    expected = [assessment(model, AnswerSheet(sheet)).to_json() for sheet in sheets]
    for result in (run("batch", file), run("batch", "-", sent=file.read_bytes())):
        assert (result.exit_code, result.stderr) == (0, "")
        assert results(result) == expected
    brief = [assess(model, AnswerSheet(sheet)).to_json() for sheet in sheets]
    assert results(run("batch", file, "--brief")) == brief


@pytest.mark.parametrize("empty", [b"", b" ", b"\t"])
def test_an_empty_line_is_an_error_with_its_number(empty: bytes, tmp_path: Path) -> None:
    result = run("batch", lines_file(tmp_path, b"\n".join([LEARN, empty, SUSTAIN])))
    assert result.exit_code == 1
    first, bad, last = results(result)
    assert (first["approach"], last["approach"]) == ("discovery", "health_metrics")
    assert set(bad) == {"line", "error"}
    assert bad["line"] == 2
    assert "sheets.jsonl, line 2" in bad["error"]


@pytest.mark.parametrize(
    "content",
    [
        LEARN + b"\n" + SUSTAIN + b"\n",
        LEARN + b"\n" + SUSTAIN,
        LEARN + b"\r\n" + SUSTAIN + b"\r\n",
        LEARN + b"\r\n" + SUSTAIN,
    ],
    ids=["LF", "no LF at the end", "CRLF", "no CRLF at the end"],
)
def test_lines_end_as_on_any_system_and_the_last_may_not_end(content: bytes, tmp_path: Path) -> None:
    result = run("batch", lines_file(tmp_path, content))
    assert result.exit_code == 0
    assert [entry["approach"] for entry in results(result)] == ["discovery", "health_metrics"]


def test_an_empty_file_has_no_results(tmp_path: Path) -> None:
    result = run("batch", lines_file(tmp_path, b""))
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "")


def peak(*arguments: str | Path) -> tuple[Result, int]:
    tracemalloc.start()
    try:
        result = run(*arguments)
        return result, tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_a_line_of_ten_megabytes_is_refused_without_being_held(tmp_path: Path) -> None:
    _, usual = peak("batch", lines_file(tmp_path, LEARN + b"\n" + SUSTAIN))
    result, with_long_line = peak("batch", lines_file(tmp_path, LEARN + b"\n" + b"x" * 10**7 + b"\n" + SUSTAIN))
    assert result.exit_code == 1
    first, bad, last = results(result)
    assert (first["approach"], last["approach"]) == ("discovery", "health_metrics")
    assert bad["line"] == 2
    assert "64 KiB" in bad["error"]
    assert with_long_line - usual < 2**20


def test_a_large_line_at_the_end_is_refused_too(tmp_path: Path) -> None:
    first, bad = results(run("batch", lines_file(tmp_path, LEARN + b"\n" + b"x" * 10**6)))
    assert first["approach"] == "discovery"
    assert (bad["line"], "64 KiB" in bad["error"]) == (2, True)


@pytest.mark.parametrize("end", [b"", b"\n", b"\r\n"])
def test_the_end_of_a_line_does_not_count_as_its_size(end: bytes, tmp_path: Path) -> None:
    fits = LEARN.ljust(MAX_BYTES)
    for line, exit_code in ((fits, 0), (fits + b" ", 1)):
        result = run("batch", lines_file(tmp_path, line + end))
        assert result.exit_code == exit_code
        assert len(results(result)) == 1


def test_what_follows_the_largest_size_is_not_dropped(tmp_path: Path) -> None:
    """Carriage returns at the limit once were cut off together with everything behind them."""
    result = run("batch", lines_file(tmp_path, LEARN.ljust(MAX_BYTES) + b"\r\r and something else\n"))
    (bad,) = results(result)
    assert (result.exit_code, bad.get("line")) == (1, 1)


# check-model


def test_a_model_that_is_fine_is_exit_code_0(model: Model) -> None:
    result = run("check-model", MODELS / "2026.1")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == f"Model 2026.1 is fine. SHA-256 {model.digest}.\n"


def test_every_problem_of_a_model_is_one_line_and_exit_code_1(tmp_path: Path) -> None:
    folder = copied_model(tmp_path)
    edit(folder / "model.toml", 'section = "work"', 'section = "wrok"')
    (folder / "approaches" / "okr.md").write_text("## What it is\n\nText.\n", encoding="utf-8")
    (folder / "approaches" / "other.md").write_text("Text.\n", encoding="utf-8")
    result = run("check-model", folder)
    assert (result.exit_code, result.stdout) == (1, "")
    lines = result.stderr.splitlines()
    assert len(lines) == 3
    for line, place in zip(lines, ("model.toml: questions.", "okr.md: ", "other.md: "), strict=True):
        assert place in line
        assert "allowed" in line


def test_a_text_that_is_missing_is_a_problem_of_the_model(tmp_path: Path) -> None:
    folder = copied_model(tmp_path)
    (folder / "approaches" / "okr.md").unlink()
    result = run("check-model", folder)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "okr.md: " in result.stderr
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize("key", ['digest = "abc"', "texts = {}"])
def test_a_key_that_the_program_fills_in_is_refused_in_the_file(key: str, tmp_path: Path) -> None:
    folder = copied_model(tmp_path)
    edit(folder / "model.toml", "format = 1\n", f"format = 1\n{key}\n")
    result = run("check-model", folder)
    assert result.exit_code == 1
    assert key.split()[0] in result.stderr


def test_a_folder_without_a_model_is_exit_code_2(tmp_path: Path) -> None:
    for folder in (tmp_path / "missing", tmp_path):
        result = run("check-model", folder)
        assert (result.exit_code, result.stdout) == (2, "")
        assert result.stderr.startswith(f"{folder / 'model.toml'}: ")
        assert result.stderr.count("\n") == 1
