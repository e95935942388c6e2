"""The commands about models: checking one, comparing it with published cases, walking all its answer sheets."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from okr_assistant.commands import files
from okr_assistant.commands.results import as_text
from okr_assistant.decision.cases import MAX_BYTES as MAX_CASES
from okr_assistant.decision.cases import parse_cases
from okr_assistant.decision.loader import inspect_model, read_kept
from okr_assistant.decision.registry import Models
from okr_assistant.paths import CASES, KEPT, LOCALES, MODELS
from okr_assistant.words import read_words

cli = typer.Typer()


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
    with files.opened(cases) as stream:
        read = parse_cases(files.read(stream, cases, MAX_CASES), files.name(cases), model)
    kept = read_kept(KEPT, model, read) if Path(cases).resolve() == CASES else {}
    agreement = agreement_with(model, read)
    lines = [as_text(agreement.to_json())] if as_json else agreement_lines(agreement, words, kept)
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
    lines = [as_text(found.to_json())] if as_json else sweep_lines(found, model, words)
    typer.echo("\n".join(lines))


@contextmanager
def _progress() -> Iterator[Callable[[int, int], None]]:
    """A bar on standard error, where somebody sits at a terminal; silence otherwise."""
    if not sys.stderr.isatty():
        yield lambda _done, _of: None
        return
    with typer.progressbar(length=100, file=sys.stderr) as bar:
        yield lambda done, of: bar.update(done * 100 // of - bar.pos)
