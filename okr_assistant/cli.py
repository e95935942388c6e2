"""The command `okr-assistant`: the same decision as on the screen, for scripts and for serving it.

Exit codes: 0 fine, 1 found something wrong, 2 could not do it, with one clear line on standard error.
"""

from __future__ import annotations

import json
import sys
from contextlib import closing, suppress
from dataclasses import asdict
from importlib.metadata import version
from typing import Annotated, Any, NoReturn

import typer
from typer.core import TyperGroup
from typer.exceptions import TyperException

from okr_assistant.commands import database, draft, exports, files, lint, mcp, models, portfolios
from okr_assistant.commands.results import print_result
from okr_assistant.decision.assessment import contract
from okr_assistant.decision.registry import Models
from okr_assistant.decision.sheet import read_sheet
from okr_assistant.errors import OkrAssistantError, ResultError
from okr_assistant.export.document import differences, read_given
from okr_assistant.housekeeping import clean_up as delete_what_ended
from okr_assistant.paths import LOCALES, MODELS
from okr_assistant.settings import read_settings
from okr_assistant.words import read_words


class _OneLineErrors(TyperGroup):
    """All commands: what one of them, or its help, cannot do is one line on standard error and exit code 2."""

    def main(self, *args: Any, **more: Any) -> NoReturn:
        """Run one command and exit; nothing but programming errors is raised."""
        more |= {"prog_name": "okr-assistant", "standalone_mode": False}
        code = 2
        try:
            try:
                sys.exit(super().main(*args, **more) or 0)
            except TyperException as error:
                line = _usage(str(getattr(error, "format_message", error.__str__)()))
        except OSError as error:  # an input that fails is named, as an error of ours
            line = _error_line(OkrAssistantError("not_written", place="standard output", found=error.strerror))
        except OkrAssistantError as error:
            line, code = _error_line(error), 1 if isinstance(error, ResultError) else code
        with suppress(OSError):  # standard error may be full, too
            typer.echo(line, err=True)
        sys.exit(code)


def _usage(message: str) -> str:
    """What is wrong with the call, in one line; on its own it would be three, with the usage above it."""
    if message.startswith("Usage:"):  # called without anything: what there is
        typer.echo(message)
        sys.exit(2)
    message = " ".join(message.split())
    about = message.startswith(_ABOUT)
    place, _, problem = message.removeprefix(_ABOUT).rpartition(": ") if about else ("", "", message)
    place = place.strip("'") or "okr-assistant"
    return read_words(LOCALES)("cli.usage", place=place, problem=problem.rstrip("."))


def _error_line(error: OkrAssistantError) -> str:
    return read_words(LOCALES).error_line(error)


cli = typer.Typer(
    cls=_OneLineErrors,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

Brief = Annotated[bool, typer.Option("--brief", help="Leave out what needs foresight or flips.")]

_ABOUT = "Invalid value for "


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"okr-assistant {version('okr-assistant')}, model {Models(MODELS).newest.version}")
        raise typer.Exit


@cli.callback()
def _root(
    _version_: Annotated[
        bool, typer.Option("--version", help="Say which release this is.", callback=_version, is_eager=True)
    ] = False,
) -> None:
    """Should this piece of work have OKRs, and if not, what should it have instead?"""


@cli.command()
def assess(
    sheet: files.Sheet,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print the whole contract as JSON.")] = False,
    brief: Brief = False,
) -> None:
    """Print what follows from one answer sheet, or from a record that was exported as JSON."""
    models = Models(MODELS)
    with files.opened(sheet) as stream:
        record, stored = read_given(files.read_record(stream, sheet), models, files.name(sheet))
    model = models.for_sheet(record.sheet)
    print_result(model, record.sheet, read_words(LOCALES), as_json=as_json, brief=brief)
    if stored:
        now = contract(model, record.sheet, brief=brief)
        files.refuse_result(differences(stored, now), files.name(sheet))


@cli.command()
def batch(
    sheets: Annotated[str, typer.Argument(help="A file with one sheet a line; - for standard input.")],
    *,
    brief: Brief = False,
) -> None:
    """Print one result a line, in the same order; a bad line gives its number and what is wrong."""
    words = read_words(LOCALES)
    wrong = False
    models = Models(MODELS)
    with files.opened(sheets) as stream:
        for number, line in enumerate(files.lines(stream, sheets), start=1):
            place = f"{files.name(sheets)}, line {number}"
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

    run_server(host, port, watch=watch)


@cli.command("clean-up")
def clean_up() -> None:
    """Delete links that ended long ago, and results and workshops not used for long; the app does so at start."""
    # SQLAlchemy takes a third of a second to import; most other commands do without it.
    from okr_assistant.store import open_store

    settings = read_settings()
    with closing(open_store(settings.data, settings.database_url)) as store:
        deleted = delete_what_ended(store, store.clock)
    typer.echo(read_words(LOCALES)("clean_up.deleted", **asdict(deleted)))


cli.add_typer(exports.cli)
cli.add_typer(models.cli)
cli.add_typer(lint.cli)
cli.add_typer(portfolios.cli)
cli.add_typer(draft.cli)
cli.add_typer(mcp.cli)
cli.add_typer(database.cli, name="db")


def main() -> None:
    """Run the command line."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:  # a shell can start a program without them
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    cli()
