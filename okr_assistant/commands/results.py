"""What the command line prints of a result: the same for a sheet, a record and a link."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import typer

from okr_assistant.decision.assess import assess
from okr_assistant.decision.assessment import assessment, contract
from okr_assistant.decision.model import Model
from okr_assistant.decision.sheet import AnswerSheet
from okr_assistant.views.outlook import outlook_view
from okr_assistant.views.plain import result_lines
from okr_assistant.views.result import result_view
from okr_assistant.words import Words


def print_result(model: Model, sheet: AnswerSheet, words: Words, *, as_json: bool, brief: bool = False) -> None:
    """Print what follows from the sheet, for programs or for reading."""
    if as_json:
        typer.echo(as_text(contract(model, sheet, brief=brief)))
    else:
        typer.echo("\n".join(explained(model, sheet, words, brief=brief)))


def as_text(value: dict[str, Any]) -> str:
    """Return a value as JSON for a terminal."""
    return json.dumps(value, ensure_ascii=False, indent=2)


def explained(model: Model, sheet: AnswerSheet, words: Words, *, brief: bool = False) -> Iterator[str]:
    """Return what follows from the sheet in lines for reading."""
    if brief:
        return result_lines(result_view(model, assess(model, sheet), words), None, sheet.title, words)
    found = assessment(model, sheet)
    view = result_view(model, found.result, words, settled=found.settled)
    return result_lines(view, outlook_view(found, words), sheet.title, words)
