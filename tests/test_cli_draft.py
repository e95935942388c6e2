"""The command `draft`: the files of the page, from a saved draft."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from okr_assistant.export.goal_draft_formats import GOAL_DRAFT_FORMATS, goal_draft_export
from okr_assistant.words import Words
from tests.command_line import run
from tests.drafting.drafts import EVERY, full

DRAFT = full(*EVERY[0])
SENT = json.dumps(DRAFT.to_json()).encode()


@pytest.mark.parametrize("id_", GOAL_DRAFT_FORMATS)
def test_it_writes_what_the_library_writes(id_: str, words: Words, tmp_path: Path) -> None:
    made = goal_draft_export(DRAFT, words, datetime(2026, 3, 4, tzinfo=UTC))
    expected = GOAL_DRAFT_FORMATS[id_].write(made)
    to_stdout = run("draft", "-", "--format", id_, "--date", "2026-03-04", sent=SENT)
    assert (to_stdout.exit_code, to_stdout.stderr) == (0, "")
    assert to_stdout.stdout_bytes == expected
    file = tmp_path / "out"
    to_file = run("draft", "-", "--format", id_, "--date", "2026-03-04", "-o", file, sent=SENT)
    assert (to_file.exit_code, to_file.stdout, to_file.stderr) == (0, "", "")
    assert file.read_bytes() == expected


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        (b"{}", "standard input: format: found null; allowed: 1"),
        (b"not JSON", "standard input, column 1: not JSON"),
        (SENT.replace(b'"Text of look"', b'"a\\u202eb"'), "standard input: look: has a character that hides"),
        (SENT.replace(b'"objective"', b'"\\u202e=1+1"'), "unknown key \\u202e=1+1"),
        (b" " * (256 * 1024 + 1), "standard input: too large; allowed: at most 256 KiB"),
    ],
)
def test_what_cannot_be_read_is_one_line(sent: bytes, said: str) -> None:
    result = run("draft", "-", "--format", "md", sent=sent)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr
    assert result.stderr.count("\n") == 1
