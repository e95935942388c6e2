"""The command `okr-assistant`: the same decision as on the screen, for scripts and for serving it.

Exit codes: 0 fine, 1 found something wrong, 2 could not do it, with one clear line on standard error.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.exceptions import TyperException

from okr_assistant import cli_files
from okr_assistant.clock import SystemClock
from okr_assistant.decision.assess import assess as assess_sheet
from okr_assistant.decision.assessment import assessment
from okr_assistant.decision.cases import MAX_BYTES as MAX_CASES
from okr_assistant.decision.cases import parse_cases
from okr_assistant.decision.loader import inspect_model, read_kept
from okr_assistant.decision.model import Model
from okr_assistant.decision.registry import Models
from okr_assistant.decision.sheet import AnswerSheet, check_sheet, read_sheet
from okr_assistant.errors import OkrAssistantError
from okr_assistant.paths import CASES, KEPT, LOCALES, MODELS
from okr_assistant.settings import read_settings
from okr_assistant.sharing.clean_up import clean_up as delete_what_ended
from okr_assistant.views.outlook import outlook_view
from okr_assistant.views.plain import result_lines
from okr_assistant.views.result import result_view
from okr_assistant.words import Words, read_words

cli = typer.Typer(
    no_args_is_help=True, add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False
)

Brief = Annotated[bool, typer.Option("--brief", help="Leave out what needs foresight or flips.")]


@cli.callback()
def _root() -> None:
    """Should this piece of work have OKRs, and if not, what should it have instead?"""


@cli.command()
def assess(
    sheet: Annotated[str, typer.Argument(help="A file with an answer sheet as JSON; - for standard input.")],
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print the whole contract as JSON.")] = False,
    brief: Brief = False,
) -> None:
    """Print what follows from one answer sheet."""
    words = read_words(LOCALES)
    with _one_line_errors(words):
        models = Models(MODELS)
        with cli_files.opened(sheet) as stream:
            given = read_sheet(cli_files.read(stream, sheet), cli_files.name(sheet))
        model = _model(models, given, cli_files.name(sheet))
        if as_json:
            typer.echo(_json(_contract(model, given, brief=brief)))
        else:
            typer.echo("\n".join(_lines(model, given, words, brief=brief)))


@cli.command()
def batch(
    sheets: Annotated[str, typer.Argument(help="A file with one sheet a line; - for standard input.")],
    *,
    brief: Brief = False,
) -> None:
    """Print one result a line, in the same order; a bad line gives its number and what is wrong."""
    words = read_words(LOCALES)
    wrong = False
    with _one_line_errors(words):
        models = Models(MODELS)
        with cli_files.opened(sheets) as stream:
            for number, line in enumerate(cli_files.lines(stream), start=1):
                place = f"{cli_files.name(sheets)}, line {number}"
                try:
                    given = read_sheet(line, place)
                    answer = _contract(_model(models, given, place), given, brief=brief)
                except OkrAssistantError as error:
                    wrong = True
                    answer = {"line": number, "error": words.error_line(error)}
                typer.echo(json.dumps(answer, ensure_ascii=False))
    if wrong:
        raise typer.Exit(1)


@cli.command("check-model")
def check_model(
    folder: Annotated[Path, typer.Argument(help="A folder with model.toml and approaches/*.md.")],
) -> None:
    """Check a model and name everything that is wrong with it, a line each."""
    words = read_words(LOCALES)
    model, problems = inspect_model(folder)
    for problem in problems:
        typer.echo(words.error_line(problem), err=True)
    if model is None or problems:
        raise typer.Exit(2 if model is None and problems[0].problem == "no_file" else 1)
    typer.echo(words("cli.model_fine", version=model.version, digest=model.digest))


@cli.command()
def evaluate(
    cases: Annotated[
        str,
        typer.Argument(help="A file with one case a line; - for standard input.", show_default="those that ship"),
    ] = str(CASES),
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
) -> None:
    """Report how far the newest model agrees with published cases; without a file, with those that ship."""
    # numpy takes a tenth of a second to import; most other commands do without it.
    from okr_assistant.decision.agreement import evaluate as agreement_with
    from okr_assistant.views.agreement import agreement_lines

    words = read_words(LOCALES)
    with _one_line_errors(words):
        model = Models(MODELS).newest
        with cli_files.opened(cases) as stream:
            read = parse_cases(stream.read(MAX_CASES + 1), cli_files.name(cases), model)
        kept = read_kept(KEPT, model, read) if Path(cases).resolve() == CASES else {}
        agreement = agreement_with(model, read)
    lines = [_json(agreement.to_json())] if as_json else agreement_lines(agreement, words, kept)
    typer.echo("\n".join(lines))


@cli.command()
def sweep(
    *,
    sample: Annotated[
        int | None, typer.Option(help="Count only so many sheets, from a fixed seed.", min=1)
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the report as JSON.")] = False,
) -> None:
    """Walk every complete sheet of the newest model: shares, what can be reached, what questions do."""
    # As above.
    from okr_assistant.decision.sweep import sweep as sweep_model
    from okr_assistant.views.sweep import sweep_lines

    words = read_words(LOCALES)
    with _one_line_errors(words):
        model = Models(MODELS).newest
        with _progress() as progress:
            found = sweep_model(model, sample=sample, progress=progress)
    lines = [_json(found.to_json())] if as_json else sweep_lines(found, model, words)
    typer.echo("\n".join(lines))


@cli.command("clean-up")
def clean_up() -> None:
    """Delete links that ended long ago, and results of browsers not seen for long; the app does so at start."""
    # SQLAlchemy takes a third of a second to import; most other commands do without it.
    from okr_assistant.store import open_store

    with _one_line_errors(words := read_words(LOCALES)), closing(open_store(read_settings().data)) as store:
        deleted = delete_what_ended(store, SystemClock())
    typer.echo(words("clean_up.deleted", links=deleted.links, results=deleted.results))


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

    with _one_line_errors(read_words(LOCALES)):
        run_server(host, port, watch=watch)


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
    place, _, problem = message.removeprefix("Invalid value for ").rpartition(": ")
    return words("cli.usage", place=place.strip("'") or "okr-assistant", problem=problem.rstrip("."))


def _model(models: Models, sheet: AnswerSheet, place: str) -> Model:
    """Return the model that the sheet is meant for; an error names the place when it does not fit."""
    model = models.newest if sheet.model is None else models.get(sheet.model, f"{place}: model")
    check_sheet(model, sheet.answers, f"{place}: answers")
    return model


def _contract(model: Model, sheet: AnswerSheet, *, brief: bool) -> dict[str, Any]:
    return assess_sheet(model, sheet).to_json() if brief else assessment(model, sheet).to_json()


def _lines(model: Model, sheet: AnswerSheet, words: Words, *, brief: bool) -> Iterator[str]:
    if brief:
        return result_lines(result_view(model, assess_sheet(model, sheet), words), None, sheet.title, words)
    found = assessment(model, sheet)
    view = result_view(model, found.result, words, settled=found.settled)
    return result_lines(view, outlook_view(found, words), sheet.title, words)


def _json(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)


@contextmanager
def _progress() -> Iterator[Callable[[int, int], None]]:
    """A bar on standard error, where somebody sits at a terminal; silence otherwise."""
    if not sys.stderr.isatty():
        yield lambda _done, _of: None
        return
    with typer.progressbar(length=100, file=sys.stderr) as bar:
        yield lambda done, of: bar.update(done * 100 // of - bar.pos)


@contextmanager
def _one_line_errors(words: Words) -> Iterator[None]:
    """Turn our own errors, and an output that cannot be written, into one line and exit code 2."""
    try:
        yield
    except BrokenPipeError:  # whoever read our output has left; nothing more can be said to them
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(1) from None
    except OSError as error:
        problem = OkrAssistantError("not_written", place="standard output", found=error.strerror)
        typer.echo(words.error_line(problem), err=True)
        raise typer.Exit(2) from error
    except OkrAssistantError as error:
        typer.echo(words.error_line(error), err=True)
        raise typer.Exit(2) from error
