"""Wrong inputs get one clear line that names the place and what is allowed, and change nothing."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from typer.testing import CliRunner

from okr_assistant.cli import cli
from okr_assistant.store import SqlStore
from tests.adversarial.wrong_inputs import ADDRESSES, RECORDS, SHEETS, Wrong
from tests.pages.app import OurApp, draft_of, problem_lines


def by_name(wrong: Wrong) -> str:
    return wrong.name


def clear(line: str, wrong: Wrong) -> None:
    """One line, printable, of bearable length, with place and allowed values."""
    assert "\n" not in line
    assert line.isprintable()
    assert len(line) < 700
    assert wrong.place in line
    assert wrong.allowed in line
    assert "None" not in line
    assert "Traceback" not in line


def test_there_are_more_than_thirty() -> None:
    assert len(SHEETS) >= 30
    assert len({wrong.sent for wrong in SHEETS}) == len(SHEETS)


@pytest.mark.robustness(40)
@pytest.mark.parametrize("wrong", SHEETS, ids=by_name)
def test_on_the_command_line(wrong: Wrong) -> None:
    result = CliRunner().invoke(cli, ["assess", "-", "--json"], input=wrong.sent)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.endswith("\n")
    clear(result.stderr.removesuffix("\n"), wrong)


@pytest.mark.robustness(40, 41)
@pytest.mark.parametrize("command", [["assess", "-"], ["export", "-", "--format", "md"], ["link", "-"]], ids=str)
@pytest.mark.parametrize("wrong", [*RECORDS, *SHEETS], ids=by_name)
def test_as_a_record_on_the_command_line(wrong: Wrong, command: list[str]) -> None:
    result = CliRunner().invoke(cli, command, input=wrong.sent)
    assert (result.exit_code, result.stdout) == (2, "")
    clear(result.stderr.removesuffix("\n"), wrong)


@pytest.mark.robustness(40)
@pytest.mark.parametrize("wrong", SHEETS, ids=by_name)
def test_in_a_batch_a_bad_line_leaves_the_others_alone(wrong: Wrong, tmp_path: Path) -> None:
    if b"\n" in wrong.sent:
        pytest.fail("a line cannot hold a line break")
    good = b'{"answers": {"work_kind": "learn"}}'
    file = tmp_path / "sheets.jsonl"
    file.write_bytes(b"\n".join([good, wrong.sent, good]))
    result = CliRunner().invoke(cli, ["batch", str(file)])
    assert result.exit_code == 1
    first, bad, last = map(json.loads, result.stdout.splitlines())
    assert first == last
    assert first["approach"] == "discovery"
    assert bad["line"] == 2
    place = wrong.place.replace("standard input", "sheets.jsonl, line 2")
    clear(bad["error"], wrong._replace(place=place))


@pytest.mark.robustness(40, 41)
@pytest.mark.parametrize("wrong", ADDRESSES, ids=by_name)
def test_in_an_address(wrong: Wrong, store: SqlStore) -> None:
    """The line is on the page, and the draft that was there before is still there."""
    app = OurApp(store)
    app.open("assess", work_kind="learn", t="Before")
    before = draft_of(app)
    assert (dict(before.answers), before.title) == ({"work_kind": "learn"}, "Before")

    app.open("assess", **parse_qs(wrong.sent.decode("ascii"), keep_blank_values=True))

    after = draft_of(app)
    assert (dict(after.answers), after.title) == (dict(before.answers), before.title)
    lines = problem_lines(app)
    assert len(lines) == 1
    clear(lines[0], wrong)
    assert not app.at.exception
