"""The commands that let a result travel: `export`, `link` and `open`; and `assess` with what was exported."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from okr_assistant.decision.assessment import assessment
from okr_assistant.decision.model import Model
from okr_assistant.decision.registry import Models
from okr_assistant.decision.sheet import AnswerSheet
from okr_assistant.export.formats import FORMATS, export
from okr_assistant.sharing.portable import open_portable, portable_payload
from okr_assistant.sharing.record import Decision, Record
from okr_assistant.words import Words
from tests.command_line import run
from tests.conftest import random_sheets
from tests.export.samples import GOOD, SAMPLES

DAY = datetime(2026, 3, 4, tzinfo=UTC)
RECORD = SAMPLES["good"]


def sent(record: Record) -> bytes:
    return json.dumps(record.to_json()).encode()


@pytest.mark.parametrize("id_", FORMATS)
def test_export_writes_what_the_library_writes(id_: str, model: Model, words: Words, tmp_path: Path) -> None:
    made = export(assessment(model, RECORD.sheet), RECORD, words, DAY)
    expected = FORMATS[id_].write(made)
    to_stdout = run("export", "-", "--format", id_, "--date", "2026-03-04", sent=sent(RECORD))
    assert (to_stdout.exit_code, to_stdout.stderr) == (0, "")
    assert to_stdout.stdout_bytes == expected
    file = tmp_path / "out"
    to_file = run("export", "-", "--format", id_, "--date", "2026-03-04", "-o", file, sent=sent(RECORD))
    assert (to_file.exit_code, to_file.stdout, to_file.stderr) == (0, "", "")
    assert file.read_bytes() == expected


def test_export_takes_a_bare_sheet_and_the_day_of_today() -> None:
    result = run("export", "-", "--format", "md", sent=b'{"answers": {"work_kind": "learn"}, "title": "Tests"}')
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith("# Tests\n")
    assert str(datetime.now(UTC).year) in result.stdout


def test_with_a_public_address_the_result_can_be_opened_again(
    models: Models, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OKR_ASSISTANT_PUBLIC_URL", "https://okr.example.org")
    result = run("export", "-", "--format", "ics", sent=sent(RECORD))
    lines = result.stdout_bytes.decode().split("\r\n")
    assert f"URL:https://okr.example.org/p/{portable_payload(models, RECORD)}" in lines
    monkeypatch.setenv("OKR_ASSISTANT_PUBLIC_URL", "no address")
    refused = run("export", "-", "--format", "md", sent=sent(RECORD))
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert refused.stderr.startswith("OKR_ASSISTANT_PUBLIC_URL: ")


@pytest.mark.parametrize(
    ("arguments", "place"),
    [
        (["-"], "okr-assistant: Missing option"),
        (["-", "--format", "doc"], "--format"),
        (["-", "--format", "md", "--date", "2026-02-30"], "--date"),
        (["-", "--format", "md", "-o", "/no/such/folder/file"], "/no/such/folder/file"),
        (["-", "--format", "position-png"], "answers"),
        (["missing.json", "--format", "md"], "missing.json"),
    ],
)
def test_what_cannot_be_exported_is_exit_code_2_and_one_line(arguments: list[str], place: str) -> None:
    result = run("export", *arguments, sent=b'{"answers": {}}')
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(place)
    assert result.stderr.count("\n") == 1


def exported(record: Record) -> bytes:
    result = run("export", "-", "--format", "json", sent=sent(record))
    assert result.exit_code == 0
    return result.stdout_bytes


def test_assess_takes_what_was_exported(model: Model) -> None:
    for answers in random_sheets(model, 3, seed=71):
        record = Record(AnswerSheet(answers, "T"), "N", Decision("x", review_on=date(2026, 5, 2)))
        result = run("assess", "-", "--json", sent=exported(record))
        assert (result.exit_code, result.stderr) == (0, "")
        assert json.loads(result.stdout) == assessment(model, record.sheet).to_json()
        reading = [run("assess", "-", sent=data) for data in (exported(record), sent(record))]
        assert reading[0].stdout == reading[1].stdout


@pytest.mark.parametrize("more", [[], ["--brief"], ["--json"]])
def test_a_result_that_differs_is_said_after_the_right_one(more: list[str], tmp_path: Path) -> None:
    whole = json.loads(exported(RECORD))
    right = run("assess", "-", *more, sent=json.dumps(whole).encode())
    whole["result"]["verdict"] = "not_okr"
    file = tmp_path / "record.json"
    file.write_text(json.dumps(whole), encoding="utf-8")
    result = run("assess", file, *more)
    assert (result.exit_code, result.stdout) == (1, right.stdout)
    assert result.stderr.startswith(f"{file}: result: ")
    assert "verdict" in result.stderr
    assert result.stderr.count("\n") == 1
    again = run("export", file, "--format", "json", "--date", "2026-03-04")
    assert again.exit_code == 1
    assert json.loads(again.stdout) == json.loads(exported(RECORD))


def test_link_prints_what_the_library_makes(models: Models) -> None:
    for more, with_text in ([], False), (["--with-text"], True):
        result = run("link", "-", *more, sent=sent(RECORD))
        assert (result.exit_code, result.stderr) == (0, "")
        assert result.stdout == portable_payload(models, RECORD, with_text=with_text) + "\n"
    assert open_portable(models, result.stdout.strip()).notes == RECORD.notes


def test_open_prints_what_assess_prints(model: Model) -> None:
    for answers in random_sheets(model, 4, seed=72):
        sheet = json.dumps({"answers": answers, "title": "Größe"}).encode()
        payload = run("link", "-", "--with-text", sent=sheet).stdout.strip()
        for more in ([], ["--json"]):
            opened, assessed = run("open", payload, *more), run("assess", "-", *more, sent=sheet)
            assert (opened.exit_code, opened.stderr) == (0, "")
            assert opened.stdout == assessed.stdout


@pytest.mark.parametrize("payload", ["abc", "000000000000", "", "é" * 12, "x" * 5000, "<script>"])
def test_a_damaged_payload_is_exit_code_2_and_one_line(payload: str) -> None:
    result = run("open", payload)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("link: ")
    assert result.stderr.count("\n") == 1
    assert len(result.stderr) < 400


def test_a_text_too_long_for_a_link_is_said() -> None:
    notes = "".join(chr(0x4E00 + number * 37 % 20_000) for number in range(2000))
    result = run("link", "-", "--with-text", sent=sent(Record(AnswerSheet(GOOD), notes)))
    assert (result.exit_code, result.stdout) == (2, "")
    assert "1900 characters" in result.stderr
    assert run("link", "-", sent=sent(Record(AnswerSheet(GOOD), notes))).exit_code == 0
