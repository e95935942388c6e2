"""The command line as a process: what cannot be written or read half way, help, and its end."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import typer.main

from okr_assistant import load_model
from okr_assistant.cli import cli
from okr_assistant.paths import MODELS
from okr_assistant.sharing.coded_sheet import code_sheet
from okr_assistant.store import FILE_NAME
from tests.command_line import LEARN, lines_file, run, without_room
from tests.commands import every_command
from tests.serving import OKR_ASSISTANT, clean_environment
from tests.stores import put_empty_store

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
    "db upgrade": [],
    "db check": [],
    "db backup": ["{here}/new.db"],
    "db restore": ["{here}/kept.db"],
}
"""A call of each command that prints and ends. "here" is the test's folder; it reads ``LEARN`` or its ``SENT``."""

SENT = {"mcp": b'{"jsonrpc": "2.0", "id": 1, "method": "ping"}\n' * 50}
"""So many that the first is answered before the end is read, after which nothing is answered any more."""


# what cannot be written or read half way


def test_every_command_that_ends_has_a_call() -> None:
    assert {*CALLS, "serve", "db move"} == set(every_command()), "the calls of db move need a server"


@pytest.mark.parametrize(
    "call", [*([*name.split(), *rest] for name, rest in CALLS.items()), [], ["--help"], ["db"]], ids=str
)
def test_an_output_without_room_is_exit_code_2_and_one_line(
    call: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """`okr-assistant evaluate >/dev/full` once ended in a traceback, like every command that forgot to look."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(SENT.get("".join(call[:1]), LEARN))))
    monkeypatch.setenv("OKR_ASSISTANT_DATA", str(put_empty_store(tmp_path / "data")))
    shutil.copy(tmp_path / "data" / FILE_NAME, tmp_path / "kept.db")
    with without_room("stdout", monkeypatch), pytest.raises(SystemExit) as end:
        cli([part.format(here=tmp_path) for part in call])
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


def process(*arguments: str | Path, sent: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
    command = [*OKR_ASSISTANT, *map(str, arguments)]
    return subprocess.run(
        command, input=sent, env=clean_environment(environment), capture_output=True, timeout=60, check=False
    )


# the process


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
