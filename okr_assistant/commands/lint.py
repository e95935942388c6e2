"""The command about drafts: `lint`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Annotated, Any

import typer

from okr_assistant.commands import files
from okr_assistant.commands.results import as_text
from okr_assistant.drafting.accuracy import accuracy, read_labelled
from okr_assistant.drafting.lines import Draft, read_draft
from okr_assistant.drafting.lint import Findings
from okr_assistant.errors import OkrAssistantError
from okr_assistant.paths import LINT, LOCALES
from okr_assistant.views.lint import accuracy_lines, draft_lines
from okr_assistant.words import Words, read_words

cli = typer.Typer()


@cli.command()
def lint(
    file: Annotated[
        str | None, typer.Argument(help="A file with one draft a line as JSON; - for standard input.")
    ] = None,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print one line of JSON for each draft.")] = False,
    in_cycle: Annotated[
        bool, typer.Option("--in-cycle", help="The end of a cycle is the deadline: ask for no dates.")
    ] = False,
    report: Annotated[
        bool,
        typer.Option(
            "--report", help="Print how often the linter is right on labelled drafts; those that ship, or FILE."
        ),
    ] = False,
) -> None:
    """Say what could be better in drafts of key results, objectives, OKRs, metric sheets and hypotheses."""
    words = read_words(LOCALES)
    if report:
        _report(file or str(LINT / "corpus.jsonl"), words, as_json=as_json)
        return
    if file is None:
        raise typer.BadParameter(words("lint.no_draft"), param_hint="FILE")
    found = False
    for number, place, line in _lines(file):
        try:
            draft = read_draft(line, place)
            findings = draft.lint(in_cycle=in_cycle)
        except OkrAssistantError as error:
            found = True
            problem = {"line": number, "error": words.error_line(error)}
            typer.echo(json.dumps(problem, ensure_ascii=False) if as_json else problem["error"])
            continue
        found = found or bool(findings)
        _print(draft, findings, words, as_json=as_json)
    if found:
        raise typer.Exit(1)


def _lines(file: str) -> Iterator[tuple[int, str, bytes]]:
    """Every line with its number, from 1, and its place."""
    with files.opened(file) as stream:
        for number, line in enumerate(files.lines(stream, file), start=1):
            yield number, f"{files.name(file)}, line {number}", line


def _print(draft: Draft, findings: Findings, words: Words, *, as_json: bool) -> None:
    if as_json:
        answer: dict[str, Any] = {"id": draft.id, "findings": [finding.to_json() for finding in findings]}
        typer.echo(json.dumps(answer, ensure_ascii=False))
    else:
        typer.echo("\n".join((*draft_lines(draft, findings, words), "")))


def _report(file: str, words: Words, *, as_json: bool) -> None:
    found = accuracy(read_labelled((line for _, _, line in _lines(file)), files.name(file)))
    if as_json:
        typer.echo(as_text({part: [row.to_json() for row in rows] for part, rows in found.items()}))
    else:
        typer.echo("\n".join(accuracy_lines(found, words)).rstrip())
