"""The command that writes a saved first draft as a file to hand on: `draft`."""

from __future__ import annotations

from enum import Enum
from typing import Annotated

import typer

from okr_assistant.commands import files
from okr_assistant.drafting.goal_draft import MAX_BYTES, read_goal_draft
from okr_assistant.export.goal_draft_formats import GOAL_DRAFT_FORMATS, goal_draft_export
from okr_assistant.paths import LOCALES
from okr_assistant.words import read_words

cli = typer.Typer()

Kind = Enum("Kind", {id_: id_ for id_ in GOAL_DRAFT_FORMATS})  # type: ignore[misc] # one member for each format


@cli.command()
def draft(
    file: Annotated[str, typer.Argument(help="A first draft as JSON; - for standard input.")],
    *,
    to: Annotated[Kind, typer.Option("--format", help="What to write.")],
    output: files.Output = None,
    day: files.Day = None,
) -> None:
    """Write a first draft, as the page saves it, as a document, a table or a spreadsheet."""
    with files.opened(file) as stream:
        found = read_goal_draft(files.read(stream, file, MAX_BYTES), files.name(file))
    made = goal_draft_export(found, read_words(LOCALES), files.made_at(day))
    files.write(GOAL_DRAFT_FORMATS[to.value].write(made), output)
