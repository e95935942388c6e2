"""The commands that let a result travel: `export`, `link` and `open`."""

from __future__ import annotations

from enum import Enum
from typing import Annotated

import typer

from okr_assistant.commands import files
from okr_assistant.commands.results import print_result
from okr_assistant.decision.assessment import assessment
from okr_assistant.decision.registry import Models
from okr_assistant.export.document import differences, read_given
from okr_assistant.export.formats import FORMATS
from okr_assistant.export.formats import export as export_of
from okr_assistant.paths import LOCALES, MODELS
from okr_assistant.sharing.portable import open_portable, portable_payload
from okr_assistant.sharing.record import Record
from okr_assistant.words import read_words

cli = typer.Typer()

Choice = Enum("Choice", {id_: id_ for id_ in FORMATS})  # type: ignore[misc] # one member for each format


@cli.command()
def export(
    sheet: files.Sheet,
    *,
    to: Annotated[Choice, typer.Option("--format", help="What to write.")],
    file: files.Output = None,
    day: files.Day = None,
) -> None:
    """Write a result as a document, a table, a picture or a calendar entry."""
    words = read_words(LOCALES)
    models = Models(MODELS)
    with files.opened(sheet) as stream:
        record, stored = read_given(files.read_record(stream, sheet), models, files.name(sheet))
    found = assessment(models.for_sheet(record.sheet), record.sheet)
    made = export_of(found, record, words, files.made_at(day), address=_address(models, record))
    files.write(FORMATS[to.value].write(made), file)
    files.refuse_result(differences(stored, found.to_json()), files.name(sheet))


@cli.command()
def link(
    sheet: files.Sheet,
    *,
    with_text: Annotated[bool, typer.Option("--with-text", help="Carry title and notes too.")] = False,
) -> None:
    """Print the payload of a link that holds the answers, for /p/PAYLOAD of any deployment and for `open`."""
    models = Models(MODELS)
    with files.opened(sheet) as stream:
        record, _ = read_given(files.read_record(stream, sheet), models, files.name(sheet))
    typer.echo(portable_payload(models, record, with_text=with_text))


@cli.command("open")
def open_link(
    payload: Annotated[str, typer.Argument(help="What stands behind /p/ in the address.")],
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print the whole contract as JSON.")] = False,
) -> None:
    """Print what follows from the answers in a link, as `assess` does."""
    words = read_words(LOCALES)
    models = Models(MODELS)
    sheet = open_portable(models, payload).sheet
    print_result(models.for_sheet(sheet), sheet, words, as_json=as_json)


def _address(models: Models, record: Record) -> str:
    """Where the result can be opened, if this installation has a public address."""
    # pydantic-settings takes a while to import; the other commands do without it
    from okr_assistant.settings import read_settings

    public = read_settings().public_url
    return f"{public}/p/{portable_payload(models, record)}" if public else ""
