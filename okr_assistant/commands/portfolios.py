"""The command about many pieces of work: `map`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from enum import Enum
from pathlib import Path
from typing import Annotated

import typer

from okr_assistant.commands import files
from okr_assistant.decision.registry import Models
from okr_assistant.errors import TextError, shown
from okr_assistant.export.map_formats import MAP_FORMATS, map_export
from okr_assistant.free_text import clean_title
from okr_assistant.paths import LOCALES, MODELS
from okr_assistant.portfolio.goal_map import goal_map
from okr_assistant.portfolio.importing import Imported, take
from okr_assistant.portfolio.items import Portfolio
from okr_assistant.portfolio.mapping import Mapping, for_table, proposed
from okr_assistant.portfolio.mapping_file import MAX_BYTES as MAX_MAPPING
from okr_assistant.portfolio.mapping_file import read_mapping
from okr_assistant.portfolio.portfolio_file import MAX_BYTES as MAX_PORTFOLIO
from okr_assistant.portfolio.portfolio_file import read_portfolio
from okr_assistant.portfolio.raw_table import MOST_BYTES
from okr_assistant.portfolio.reading import read_table
from okr_assistant.views.portfolio.lines import map_lines
from okr_assistant.words import Words, read_words

_LINE = 240
"""Signs of headings that are listed in one line."""

cli = typer.Typer()

Choice = Enum("Choice", {id_: id_ for id_ in MAP_FORMATS})  # type: ignore[misc] # one member for each format
File = Annotated[
    str, typer.Argument(help="Pieces of work as CSV or XLSX, or a portfolio as JSON; - for standard input.")
]


@cli.command("map")
def map_(
    file: File,
    *,
    mapping: Annotated[
        str | None, typer.Option("--mapping", help="A file that says what the columns of a table mean.")
    ] = None,
    sheet: Annotated[
        str, typer.Option("--sheet", help="A sheet of a spreadsheet.", show_default="the first")
    ] = "",
    compare: Annotated[
        str | None, typer.Option("--compare", help="The same pieces of work at an earlier time.")
    ] = None,
    to: Annotated[Choice | None, typer.Option("--to", help="What to write.", show_default="lines to read")] = None,
    output: files.Output = None,
    day: files.Day = None,
) -> None:
    """Place many pieces of work on the goal map: what belongs in OKRs, and what should have something else."""
    words, models = read_words(LOCALES), Models(MODELS)
    reader = _Reader(models, words, _mapping(mapping), sheet)
    now = reader.read(file)
    before = reader.read(compare) if compare else None
    made = map_export(
        goal_map(models.get(now.model), now),
        now.name,
        words,
        files.made_at(day),
        goal_map(models.get(before.model), before) if before else None,
    )
    if to is None:
        files.write(("\n".join(map_lines(made.report, words)) + "\n").encode(), output)
    else:
        files.write(MAP_FORMATS[to.value].write(made), output)
    if reader.wrong:
        raise typer.Exit(1)


def _mapping(argument: str | None) -> Mapping | None:
    if argument is None:
        return None
    with files.opened(argument) as stream:
        return read_mapping(files.read(stream, argument, MAX_MAPPING), files.name(argument))


class _Reader:
    """Reads portfolios; rows that are none are said on standard error, and ``wrong`` is true then."""

    def __init__(self, models: Models, words: Words, mapping: Mapping | None, sheet: str) -> None:
        self._models, self._words, self._mapping, self._sheet = models, words, mapping, sheet
        self.wrong = False

    def read(self, argument: str) -> Portfolio:
        """Read a portfolio, or a table as one on the newest model; what begins with a brace is JSON."""
        place = files.name(argument)
        with files.opened(argument) as stream:
            data = files.read(stream, argument, max(MOST_BYTES, MAX_PORTFOLIO))
        if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
            return read_portfolio(data, self._models, place)
        table, model = read_table(data, place, self._sheet), self._models.newest
        mapping, missing = for_table(self._mapping, table) if self._mapping else (proposed(table, model), ())
        imported = take(table, mapping, model)
        self.wrong = self.wrong or bool(imported.problems)
        left_out = [column.header for column in mapping.columns if not column.meaning]
        if left_out and not any(column.question for column in mapping.columns):
            headers = shown(", ".join(left_out), _LINE)
            typer.echo(f"{place}: {self._words('goal_map.command.left_out', headers=headers)}", err=True)
        for line in _said(imported, missing, self._words):
            typer.echo(f"{place}: {line}", err=True)
        return Portfolio(_title(argument), model.version, imported.items)


def _said(imported: Imported, missing: Iterable[str], words: Words) -> Iterator[str]:
    """What is wrong with rows, and what was left out of the others."""
    yield from map(words.error_line, imported.problems)
    yield from (words("goal_map.command.missing", header=shown(header)) for header in missing)
    for value in imported.unmapped:
        header, text = shown(value.header), shown(value.value)
        yield words.counted("goal_map.command.unmapped", value.rows, header=header, value=text)


def _title(argument: str) -> str:
    """What a table is called: its file, if that is a name that can be shown."""
    with suppress(TextError):
        return clean_title(Path(argument).stem) if argument != "-" else ""
    return ""
