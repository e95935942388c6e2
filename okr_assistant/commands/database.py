"""The commands about what is kept: `db upgrade`, `check`, `backup`, `restore` and `move`.

The store is imported when one of them runs: SQLAlchemy takes a third of a second, which others do without.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from okr_assistant.errors import SettingsError, StoreError
from okr_assistant.paths import LOCALES
from okr_assistant.settings import Settings, read_settings, variable
from okr_assistant.words import Words, read_words

if TYPE_CHECKING:
    from okr_assistant.store.report import Report

cli = typer.Typer(no_args_is_help=True, help="Upgrade, check, back up, restore and move what is kept.")

Backup = Annotated[Path, typer.Argument(help="A file that `db backup` wrote.")]
Replace = Annotated[bool, typer.Option("--replace", help="Delete what is kept there now, in the same step.")]


@cli.command()
def upgrade() -> None:
    """Bring the database to this release's form, as every start of the app does."""
    from okr_assistant.store.restoring import bring_up, place

    settings = read_settings()
    before, now = bring_up(settings.data, settings.database_url)
    here = place(settings.data, settings.database_url)
    if before is None:
        typer.echo(read_words(LOCALES)("database.made", place=here, now=now))
    elif before == now:
        typer.echo(read_words(LOCALES)("database.is_newest", place=here, now=now))
    else:
        typer.echo(read_words(LOCALES)("database.upgraded", place=here, before=before, now=now))


@cli.command()
def check(
    file: Annotated[
        Path | None, typer.Argument(help="A backup to look at.", show_default="the database of the settings")
    ] = None,
) -> None:
    """Say what is kept where, and whether it is whole and can be read; nothing is made or changed."""
    from okr_assistant.store.report import check as look

    settings, words = read_settings(), read_words(LOCALES)
    try:
        report = look(settings.data, settings.database_url, file)
    except StoreError as error:
        if error.problem not in {"storage_damaged", "not_a_backup"}:
            raise
        typer.echo(words.error_line(error), err=True)
        raise typer.Exit(1) from error
    _say(report, words)
    if not report.is_well:
        raise typer.Exit(1)


@cli.command()
def backup(
    file: Annotated[Path, typer.Argument(help="Where to; it holds what people wrote, so keep it as closed.")],
    *,
    force: Annotated[bool, typer.Option("--force", help="Write over a file that is there.")] = False,
) -> None:
    """Write everything that is kept into one file, while the app runs."""
    from okr_assistant.store.backup import back_up

    settings, words = read_settings(), read_words(LOCALES)
    rows = back_up(file, settings.data, settings.database_url, force=force)
    typer.echo(words("database.backed_up", place=file.absolute(), rows=_listed(rows)))
    typer.echo(words("database.backup_is_private"))


@cli.command()
def restore(file: Backup, *, replace: Replace = False) -> None:
    """Put what is in a backup into the database of the settings, of either engine; stop the app before."""
    from okr_assistant.store.restoring import place
    from okr_assistant.store.restoring import restore as put

    settings, words = read_settings(), read_words(LOCALES)
    rows = put(file, settings.data, settings.database_url, replace=replace)
    here = place(settings.data, settings.database_url)
    typer.echo(words("database.restored", place=here, rows=_listed(rows)))


@cli.command()
def move(
    *,
    from_: Annotated[
        Path | None,
        typer.Option("--from", help="The folder with the SQLite file.", show_default="the one of the settings"),
    ] = None,
    replace: Replace = False,
) -> None:
    """Copy everything from the SQLite file to the PostgreSQL server of the settings; again, what changed since."""
    from okr_assistant.store.moving import move as copy
    from okr_assistant.store.restoring import place

    settings, words = read_settings(), read_words(LOCALES)
    url, folder = _server(settings), from_ or settings.data
    rows = copy(folder, url, replace=replace)
    places = {"source": place(folder, None), "target": place(None, url)}
    if rows is None:
        typer.echo(words("database.nothing_new", **places))
    else:
        typer.echo(words("database.moved", **places, rows=_listed(rows)))


def _server(settings: Settings) -> str:
    if settings.database_url is None:
        allowed = Settings.model_fields["database_url"].description or ""
        raise SettingsError("not_set", place=variable("database_url"), allowed=allowed)
    return settings.database_url


def _say(report: Report, words: Words) -> None:
    typer.echo(words("database.place", place=report.place))
    key = "database.engine_with_journal" if report.journal else "database.engine"
    typer.echo(words(key, engine=report.engine, version=report.version, journal=report.journal))
    typer.echo(words("database.form", revision=report.revision))
    if report.rows:
        typer.echo(words("database.rows", rows=_listed(report.rows)))
    for found in report.damage:
        typer.echo(words("database.damage", found=found))
    for table, count in report.unreadable.items():
        typer.echo(words("database.unreadable", table=table, count=count))
    if report.is_well:
        typer.echo(words("database.well"))


def _listed(rows: Mapping[str, int]) -> str:
    return ", ".join(f"{table} {count}" for table, count in rows.items())
