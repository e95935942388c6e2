"""The command `lint`: its lines, its exit codes, and its report."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from okr_assistant.decision.strict_json import MAX_BYTES
from okr_assistant.drafting.lint import lint_key_result, lint_objective, lint_set
from okr_assistant.paths import LINT
from tests.command_line import run

CORPUS = LINT / "corpus.jsonl"
FINE = {"id": "a", "kind": "key_result", "text": "Reduce churn from 5% to 3% by the end of Q3"}
WEAK = {"id": 7, "kind": "key_result", "text": "Launch the “new” app"}


def sent(*lines: Any) -> bytes:
    return b"".join(json.dumps(line, ensure_ascii=False).encode() + b"\n" for line in lines)


def test_one_line_of_json_for_each_line_in_the_same_order(tmp_path: Path) -> None:
    objective = {"id": "b", "kind": "objective", "text": "Improve quality"}
    together = {"id": "c", "objective": "Improve quality", "key_results": ["Launch the app", "Write a manual"]}
    file = tmp_path / "drafts.jsonl"
    file.write_bytes(sent(FINE, WEAK, objective, together))
    expected = [
        ("a", lint_key_result(FINE["text"])),
        (7, lint_key_result(str(WEAK["text"]))),
        ("b", lint_objective(objective["text"])),
        ("c", lint_set(str(together["objective"]), list(together["key_results"]))),
    ]
    for result in (run("lint", file, "--json"), run("lint", "-", "--json", sent=file.read_bytes())):
        assert (result.exit_code, result.stderr) == (1, "")
        found = [json.loads(line) for line in result.stdout.splitlines()]
        assert found == [
            {"id": id_, "findings": [finding.to_json() for finding in findings]} for id_, findings in expected
        ]
        assert all(list(line) == ["id", "findings"] for line in found)


def test_nothing_found_is_exit_code_0() -> None:
    result = run("lint", "-", "--json", sent=sent(FINE))
    assert (result.exit_code, result.stdout) == (0, '{"id": "a", "findings": []}\n')
    result = run("lint", "-", sent=sent(FINE))
    assert (result.exit_code, result.stdout) == (0, f"a: “{FINE['text']}”\n  Nothing found.\n\n")


def test_an_empty_file_is_fine() -> None:
    assert (run("lint", "-", sent=b"").exit_code, run("lint", "-", sent=b"").stdout) == (0, "")


def test_without_json_it_is_for_reading() -> None:
    result = run("lint", "-", sent=sent(WEAK))
    assert (result.exit_code, result.stderr) == (1, "")
    lines = result.stdout.splitlines()
    assert lines[0] == "7: “Launch the “new” app”"
    for finding in lint_key_result(str(WEAK["text"])):
        start = lines.index(f"- {finding.rule.says} (key result): “{finding.saw}”")
        assert lines[start + 1] == f"  Why: {finding.rule.why}"
        assert lines[start + 2] == f"  Instead: {finding.rule.fix}"
        for source, line in zip(finding.rule.sources, lines[start + 3 :], strict=False):
            assert line.startswith(f"  Source: {source.author}, {source.title}")
            assert line.endswith(source.url)


def test_of_a_set_each_finding_says_where_it_is() -> None:
    line = {
        "id": 1,
        "objective": "Improve quality",
        "key_results": ["Launch the app", "Churn from 5% to 3% by May"],
    }
    result = run("lint", "-", sent=sent(line))
    assert "- True of any team (objective): “Improve quality”" in result.stdout
    assert "- Done or not done (key result 1): “Launch the app”" in result.stdout
    assert "key result 2" not in result.stdout
    alone = run("lint", "-", sent=sent(line | {"key_results": []}))
    assert "\n- Fewer than two key results\n" in alone.stdout


def test_control_signs_in_texts_reach_no_terminal() -> None:
    text = "Launch \x1b[31m the\nred \u202e app"
    result = run("lint", "-", sent=sent({"id": "\x1b]0;x\x07", "kind": "key_result", "text": text}))
    assert "\x1b" not in result.stdout
    assert "\u202e" not in result.stdout
    assert "\\u001b[31m" in result.stdout


def test_metric_sheets_and_hypotheses_are_read_too() -> None:
    lines = [
        {"id": 1, "kind": "metric", "text": "Crash rate"},
        {"id": 2, "kind": "hypothesis", "text": "We believe that parents order by voice."},
    ]
    found = [json.loads(line) for line in run("lint", "-", "--json", sent=sent(*lines)).stdout.splitlines()]
    assert [[finding["rule"] for finding in line["findings"]] for line in found] == [
        ["no_range", "no_action"],
        ["no_falsifier"],
    ]


def test_in_a_cycle_no_dates_are_asked_for() -> None:
    line = sent({"id": 1, "kind": "key_result", "text": "Churn from 5% to 3%"})
    assert run("lint", "-", "--json", sent=line).exit_code == 1
    assert run("lint", "-", "--json", "--in-cycle", sent=line).exit_code == 0


BAD_LINES: dict[bytes, str] = {
    b"": "not JSON",
    b"[1]": "a table with",
    b'{"kind": "key_result", "text": "x"}': "id: this key is missing",
    b'{"id": 1, "text": "x"}': "kind: this key is missing",
    b'{"id": 1, "kind": "key_result"}': "text: this key is missing",
    b'{"id": 1, "kind": "kr", "text": "x"}': "kind: found kr; allowed: key_result, objective, metric, hypothesis",
    b'{"id": 1, "kind": "key_result", "text": 5}': "text: found 5; allowed: text",
    b'{"id": null, "kind": "key_result", "text": "x"}': "id: found null",
    b'{"id": true, "kind": "key_result", "text": "x"}': "id: found true",
    b'{"id": 1, "objective": "x"}': "key_results: this key is missing",
    b'{"id": 1, "key_results": []}': "objective: this key is missing",
    b'{"id": 1, "objective": "x", "key_results": "y"}': "key_results: found y; allowed: a list of texts",
    b'{"id": 1, "objective": "x", "key_results": ["y", 2]}': "key_results.2: found 2; allowed: text",
    b'{"id": 1, "kind": "key_result", "text": "\\ud800"}': "text: has a character",
    b'{"id": 1, "id": 2, "kind": "key_result", "text": "x"}': "the key id is there twice",
    b'{"id": NaN, "kind": "key_result", "text": "x"}': "NaN",
    b"\xff": "not UTF-8",
    b'\xef\xbb\xbf{"id": 1, "kind": "key_result", "text": "x"}': "byte order mark",
    b'{"id": 1, "kind": "key_result", "text": "' + b"x" * MAX_BYTES + b'"}': "too large",
    b"[" * 5000: "nested too deeply",
}


@pytest.mark.parametrize("bad", BAD_LINES, ids=lambda bad: bad[:50])
def test_a_bad_line_is_named_and_loses_no_other(bad: bytes) -> None:
    result = run("lint", "-", "--json", sent=sent(FINE) + bad + b"\n" + sent(FINE))
    assert (result.exit_code, result.stderr) == (1, "")
    first, error, last = map(json.loads, result.stdout.splitlines())
    assert first == last == {"id": "a", "findings": []}
    assert (list(error), error["line"]) == (["line", "error"], 2)
    assert error["error"].startswith("standard input, line 2")
    assert BAD_LINES[bad] in error["error"]
    plain = run("lint", "-", sent=bad + b"\n")
    assert plain.exit_code == 1
    assert BAD_LINES[bad] in plain.stdout


def test_keys_of_others_are_left_alone() -> None:
    assert run("lint", "-", sent=sent(FINE | {"owner": "Ana", "labels": [1]})).exit_code == 0
    result = run("lint", CORPUS, "--json")
    assert result.exit_code == 1
    assert "error" not in {key for line in result.stdout.splitlines() for key in json.loads(line)}


@pytest.mark.parametrize(
    "arguments", [["lint"], ["lint", "not-there.jsonl"], ["lint", "."], ["lint", "-", "--no"]]
)
def test_what_it_cannot_do_is_exit_code_2_and_one_line(arguments: list[str]) -> None:
    result = run(*arguments, sent=b"")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.count("\n") == 1


def test_the_report_is_about_the_lines_that_ship_or_about_a_file() -> None:
    shipped = run("lint", "--report", "--json")
    assert (shipped.exit_code, shipped.stderr) == (0, "")
    assert list(json.loads(shipped.stdout)) == ["", "development", "held_out", "last", "other_words", "sheets"]
    assert run("lint", CORPUS, "--report", "--json").stdout == shipped.stdout
    mine = sent({"id": 1, "kind": "objective", "text": "Improve quality", "rules": ["vague"]})
    table = run("lint", "-", "--report", sent=mine)
    assert table.exit_code == 0
    assert "| `vague` | 1 | 0 | 1.00 | 1.00 |" in table.stdout.splitlines()
    assert "| `too_long` | 0 | 1 | - | - |" in table.stdout.splitlines()


def test_a_report_on_lines_without_labels_is_refused() -> None:
    result = run("lint", "-", "--report", sent=sent(FINE))
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == "standard input, line 1: rules: this key is missing; it must be there\n"
