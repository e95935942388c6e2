"""The command `okr-assistant`: the same decision as on the screen, for scripts and for serving it.

Exit codes: 0 fine, 1 found something wrong, 2 could not do it, with one clear line on standard error.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from typer.core import TyperGroup
from typer.exceptions import TyperException

from okr_assistant import cli_files
from okr_assistant.decision.assess import assess as assess_sheet
from okr_assistant.decision.assessment import assessment
from okr_assistant.decision.cases import MAX_BYTES as MAX_CASES
from okr_assistant.decision.cases import parse_cases
from okr_assistant.decision.loader import inspect_model, read_kept
from okr_assistant.decision.model import Model
from okr_assistant.decision.registry import Models
from okr_assistant.decision.sheet import AnswerSheet, check_sheet, read_sheet
from okr_assistant.decision.strict_json import MAX_BYTES
from okr_assistant.errors import OkrAssistantError
from okr_assistant.paths import CASES, KEPT, LOCALES, MODELS
from okr_assistant.views.outlook import outlook_view
from okr_assistant.views.plain import result_lines
from okr_assistant.views.result import result_view
from okr_assistant.words import Words, read_words


class _OneLineErrors(TyperGroup):
    """All commands: what one of them, or its help, cannot do is one line on standard error and exit code 2."""

    def main(self, *args: Any, **more: Any) -> NoReturn:
        """Run one command and exit; nothing but programming errors is raised."""
        more |= {"prog_name": "okr-assistant", "standalone_mode": False}
        try:
            try:
                sys.exit(super().main(*args, **more) or 0)
            except TyperException as error:
                line = _usage(str(getattr(error, "format_message", error.__str__)()))
        except OSError as error:  # an input that fails is named, as an error of ours
            line = _error_line(OkrAssistantError("not_written", place="standard output", found=error.strerror))
        except OkrAssistantError as error:
            line = _error_line(error)
        with suppress(OSError):  # standard error may be full, too
            typer.echo(line, err=True)
        sys.exit(2)


def _usage(message: str) -> str:
    """What is wrong with the call, in one line; on its own it would be three, with the usage above it."""
    if message.startswith("Usage:"):  # called without anything: what there is
        typer.echo(message)
        sys.exit(2)
    place, _, problem = message.removeprefix("Invalid value for ").rpartition(": ")
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
    models = Models(MODELS)
    with cli_files.opened(sheet) as stream:
        given = read_sheet(cli_files.read(stream, sheet, MAX_BYTES), cli_files.name(sheet))
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
    models = Models(MODELS)
    with cli_files.opened(sheets) as stream:
        for number, line in enumerate(cli_files.lines(stream, sheets), start=1):
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
    model = Models(MODELS).newest
    with cli_files.opened(cases) as stream:
        read = parse_cases(cli_files.read(stream, cases, MAX_CASES), cli_files.name(cases), model)
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
    model = Models(MODELS).newest
    with _progress() as progress:
        found = sweep_model(model, sample=sample, progress=progress)
    lines = [_json(found.to_json())] if as_json else sweep_lines(found, model, words)
    typer.echo("\n".join(lines))


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


def main() -> None:
    """Run the command line."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:  # a shell can start a program without them
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    cli()


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
