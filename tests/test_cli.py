"""The command line: what it prints, in which order, with which exit code, and that it stays one line a thing."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import sys
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
import typer.main
from typer.testing import CliRunner, Result

import okr_assistant.cli as command_line
from okr_assistant import load_model
from okr_assistant.cli import cli
from okr_assistant.decision.assess import assess
from okr_assistant.decision.assessment import assessment
from okr_assistant.decision.model import Model
from okr_assistant.decision.sheet import AnswerSheet
from okr_assistant.decision.strict_json import MAX_BYTES
from okr_assistant.paths import MODELS
from okr_assistant.sharing.coded_sheet import code_sheet
from tests.conftest import random_sheets
from tests.serving import OKR_ASSISTANT, clean_environment

LEARN = b'{"answers": {"work_kind": "learn"}}'
SUSTAIN = b'{"answers": {"work_kind": "sustain"}}'


def run(*arguments: str | Path, sent: bytes | None = None) -> Result:
    return CliRunner().invoke(cli, [str(part) for part in arguments], input=sent)


def sheet_file(folder: Path, sheet: dict[str, Any]) -> Path:
    file = folder / "sheet.json"
    file.write_text(json.dumps(sheet), encoding="utf-8")
    return file


def results(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def lines_file(folder: Path, content: bytes) -> Path:
    file = folder / "sheets.jsonl"
    file.write_bytes(content)
    return file


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


# what cannot be written or read half way

CALLS: dict[str, list[str]] = {
    "assess": ["-"],
    "batch": ["-"],
    "check-model": [str(MODELS / "2026.1")],
    "evaluate": [],
    "sweep": ["--sample", "10"],
    "export": ["-", "--format", "md"],
    "link": ["-"],
    "open": [code_sheet(load_model(), {"work_kind": "learn"})],
    "lint": ["--report"],
    "draft": [str(Path(__file__).parent / "data" / "draft.json"), "--format", "md"],
    "map": [str(Path(__file__).parent / "data" / "portfolio-0.1.0.json")],
    "clean-up": [],
    "mcp": [],
}
"""A call of each command that prints and ends; standard input is ``LEARN``, or what is in ``SENT``."""

SENT = {"mcp": b'{"jsonrpc": "2.0", "id": 1, "method": "ping"}\n' * 50}
"""So many that the first is answered before the end is read, after which nothing is answered any more."""


@contextmanager
def without_room(stream: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    # closing fails too: the file still holds what it could not write
    with suppress(OSError), Path("/dev/full").open("w", encoding="utf-8") as full:
        monkeypatch.setattr(sys, stream, full)
        yield


def test_every_command_that_ends_has_a_call() -> None:
    assert {*CALLS, "serve"} == set(typer.main.get_command(cli).commands)  # type: ignore[attr-defined]


@pytest.mark.parametrize("call", [*([name, *rest] for name, rest in CALLS.items()), [], ["--help"]], ids=str)
def test_an_output_without_room_is_exit_code_2_and_one_line(
    call: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`okr-assistant evaluate >/dev/full` once ended in a traceback, like every command that forgot to look."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(SENT.get("".join(call[:1]), LEARN))))
    with without_room("stdout", monkeypatch), pytest.raises(SystemExit) as end:
        cli(call)
    line = capsys.readouterr().err
    assert (end.value.code, line.count("\n")) == (2, 1)
    assert line.startswith("standard output: cannot be written")


def test_without_room_for_an_error_the_exit_code_still_tells(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with without_room("stderr", monkeypatch), pytest.raises(SystemExit) as end:
        cli(["assess", str(tmp_path / "missing.json")])
    assert end.value.code == 2


@pytest.mark.parametrize("command", ["assess", "batch", "evaluate"])
def test_an_input_that_fails_while_it_is_read_is_named(command: str) -> None:
    """Its error once was taken for one of standard output."""
    result = run(command, "/proc/self/mem")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("/proc/self/mem: cannot be read")
    assert result.stderr.count("\n") == 1


# help


def test_help_lists_every_command_with_what_it_does() -> None:
    commands = typer.main.get_command(cli).commands  # type: ignore[attr-defined]
    assert {"assess", "batch", "check-model", "serve"} <= set(commands)
    listed = run("--help")
    assert listed.exit_code == 0
    for name, command in commands.items():
        lines = [line.split() for line in listed.stdout.splitlines() if line.split()[:1] == [name]]
        assert len(lines) == 1, name
        assert lines[0][1:4] == command.help.split()[:3]
        own = run(name, "--help")
        assert own.exit_code == 0
        assert " ".join(command.help.split()) in " ".join(own.stdout.split())


# the process


def process(*arguments: str | Path, sent: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
    command = [*OKR_ASSISTANT, *map(str, arguments)]
    return subprocess.run(
        command, input=sent, env=clean_environment(environment), capture_output=True, timeout=60, check=False
    )


@pytest.mark.server
@pytest.mark.parametrize(
    "system",
    [
        {"LANG": "C", "LC_ALL": "C", "PYTHONIOENCODING": ""},
        {"LANG": "C", "LC_ALL": "C", "PYTHONIOENCODING": "", "PYTHONUTF8": "0"},
        {"PYTHONIOENCODING": "latin-1"},
    ],
    ids=["C", "C without Python's UTF-8 mode", "Latin-1"],
)
def test_output_is_utf8_wherever_it_runs(system: dict[str, str]) -> None:
    good = process("assess", "-", sent='{"answers": {}, "title": "Größe"}'.encode(), **system)
    assert (good.returncode, good.stderr) == (0, b"")
    assert good.stdout.decode("utf-8").startswith("Größe\n")
    wrong = process("assess", "-", sent='{"answers": {"work_kind": "Größe"}}'.encode(), **system)
    assert (wrong.returncode, wrong.stdout) == (2, b"")
    assert "unknown answer Größe;" in wrong.stderr.decode("utf-8")


def test_exit_codes_reach_the_shell(tmp_path: Path) -> None:
    assert process("assess", "-", sent=LEARN).returncode == 0
    assert process("batch", "-", sent=LEARN + b"\n{}").returncode == 1
    assert process("assess", tmp_path / "missing.json").returncode == 2


@pytest.mark.server
@pytest.mark.parametrize("source", ["a file", "standard input"])
def test_a_reader_that_leaves_early_ends_a_batch_quietly(source: str, tmp_path: Path) -> None:
    """`batch FILE | head -1` once said that there was no such file (Broken pipe)."""
    file = lines_file(tmp_path, (LEARN + b"\n") * 500)
    with file.open("rb") as stdin, (tmp_path / "stderr").open("w+b") as stderr:
        argument = str(file) if source == "a file" else "-"
        command = [*OKR_ASSISTANT, "batch", argument]
        with subprocess.Popen(
            command, stdin=stdin, stdout=subprocess.PIPE, stderr=stderr, env=clean_environment()
        ) as batch:
            assert batch.stdout
            assert json.loads(batch.stdout.readline())["approach"] == "discovery"
            batch.stdout.close()
            assert batch.wait(60) == 1
        stderr.seek(0)
        assert stderr.read() == b""


def test_only_serve_imports_streamlit() -> None:
    code = "import sys, okr_assistant.cli; print(sorted({'altair', 'pandas', 'streamlit'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "[]\n", "")
