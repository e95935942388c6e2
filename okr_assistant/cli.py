"""The command `okr-assistant`: the same decision as on the screen, for scripts and for serving it.

Exit codes: 0 fine, 1 found something wrong, 2 could not do it, with one clear line on standard error.
"""

from __future__ import annotations

import json
import sys
from typing import Annotated

import typer
from typer.exceptions import TyperException

from okr_assistant import cli_exports, cli_files, cli_models
from okr_assistant.cli_results import contract, print_result
from okr_assistant.decision.registry import Models
from okr_assistant.decision.sheet import read_sheet
from okr_assistant.errors import OkrAssistantError
from okr_assistant.export.document import differences, read_given
from okr_assistant.paths import LOCALES, MODELS
from okr_assistant.words import Words, read_words

cli = typer.Typer(
    no_args_is_help=True, add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False
)

Brief = Annotated[bool, typer.Option("--brief", help="Leave out what needs foresight or flips.")]

_ABOUT = "Invalid value for "


@cli.callback()
def _root() -> None:
    """Should this piece of work have OKRs, and if not, what should it have instead?"""


@cli.command()
def assess(
    sheet: Annotated[
        str, typer.Argument(help="A file with an answer sheet or a record as JSON; - for standard input.")
    ],
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print the whole contract as JSON.")] = False,
    brief: Brief = False,
) -> None:
    """Print what follows from one answer sheet, or from a record that was exported as JSON."""
    words = read_words(LOCALES)
    with cli_files.one_line_errors(words):
        models = Models(MODELS)
        with cli_files.opened(sheet) as stream:
            data = cli_files.read(stream, sheet)
        record, stored = read_given(data, models, cli_files.name(sheet))
        model = models.for_sheet(record.sheet)
        print_result(model, record.sheet, words, as_json=as_json, brief=brief)
        if stored:
            now = contract(model, record.sheet, brief=brief)
            cli_files.refuse_result(differences(stored, now), cli_files.name(sheet))


@cli.command()
def batch(
    sheets: Annotated[str, typer.Argument(help="A file with one sheet a line; - for standard input.")],
    *,
    brief: Brief = False,
) -> None:
    """Print one result a line, in the same order; a bad line gives its number and what is wrong."""
    words = read_words(LOCALES)
    wrong = False
    with cli_files.one_line_errors(words):
        models = Models(MODELS)
        with cli_files.opened(sheets) as stream:
            for number, line in enumerate(cli_files.lines(stream), start=1):
                place = f"{cli_files.name(sheets)}, line {number}"
                try:
                    given = read_sheet(line, place)
                    answer = contract(models.for_sheet(given, place), given, brief=brief)
                except OkrAssistantError as error:
                    wrong = True
                    answer = {"line": number, "error": words.error_line(error)}
                typer.echo(json.dumps(answer, ensure_ascii=False))
    if wrong:
        raise typer.Exit(1)


@cli.command()
def serve(
    host: Annotated[str, typer.Option(help="Address to listen on; 0.0.0.0 for the local network.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.", min=1, max=65535)] = 8501,
    *,
    watch: Annotated[bool, typer.Option("--watch", help="Reload when a file changes.")] = False,
) -> None:
    """Start the app and print its address."""
    # Streamlit takes a second to import; the other commands do without it.
    from okr_assistant.web.server import serve as run_server

    with cli_files.one_line_errors(read_words(LOCALES)):
        run_server(host, port, watch=watch)


cli.add_typer(cli_exports.cli)
cli.add_typer(cli_models.cli)


def main() -> None:
    """Run the command line."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:  # a shell can start a program without them
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    try:
        sys.exit(cli(standalone_mode=False, prog_name="okr-assistant") or 0)
    except TyperException as error:
        message = str(getattr(error, "format_message", error.__str__)())
        if message.startswith("Usage:"):  # called without anything: what there is
            typer.echo(message)
        else:
            typer.echo(_usage_line(message, read_words(LOCALES)), err=True)
        sys.exit(2)


def _usage_line(message: str, words: Words) -> str:
    """What is wrong with the call, in one line; on its own it would be three, with the usage above it."""
    line = " ".join(message.split())
    place, _, problem = line.removeprefix(_ABOUT).rpartition(": ") if line.startswith(_ABOUT) else ("", "", line)
    return words("cli.usage", place=place.strip("'") or "okr-assistant", problem=problem.rstrip("."))
