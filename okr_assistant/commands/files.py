"""What the command line reads and writes: never more bytes than can be refused, and one line for what is wrong."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Annotated

import typer

from okr_assistant.clock import SystemClock
from okr_assistant.decision.strict_json import MAX_BYTES
from okr_assistant.errors import OkrAssistantError, ResultError, SheetError
from okr_assistant.export.document import MAX_BYTES as MAX_DOCUMENT

Sheet = Annotated[
    str, typer.Argument(help="A file with an answer sheet or a record as JSON; - for standard input.")
]

Output = Annotated[Path | None, typer.Option("--output", "-o", help="Where to.", show_default="standard output")]
Day = Annotated[
    datetime | None,
    typer.Option("--date", formats=["%Y-%m-%d"], help="The day it is made on.", show_default="today"),
]


def made_at(day: datetime | None) -> datetime:
    """The beginning of the day that was asked for, or now."""
    return day.replace(tzinfo=UTC) if day else SystemClock().now()


def opened(argument: str) -> AbstractContextManager[IO[bytes]]:
    """The file, or standard input, as bytes; ``SheetError`` when it cannot be opened."""
    if argument == "-":
        if sys.stdin is None:
            raise SheetError("no_file", place=name(argument), found="closed")
        return nullcontext(sys.stdin.buffer)
    with _named(argument):
        return Path(argument).open("rb")


def read(stream: IO[bytes], argument: str, most: int) -> bytes:
    """Read as much as may be there, and one byte more; ``SheetError`` when the file does not let us."""
    with _named(argument):
        return stream.read(most + 1)


def read_record(stream: IO[bytes], argument: str) -> bytes:
    """Read as much as a record may have, and one byte more."""
    return read(stream, argument, MAX_DOCUMENT)


def name(argument: str) -> str:
    """How a file is called in errors."""
    return "standard input" if argument == "-" else argument


def lines(stream: IO[bytes], argument: str) -> Iterator[bytes]:
    """The lines, never holding more of a long one than what is needed to refuse it; errors as in ``read``."""
    limit = MAX_BYTES + 2

    def next_part() -> bytes:
        with _named(argument):
            return stream.readline(limit)

    while line := next_part():
        rest = line
        while rest and not rest.endswith(b"\n"):
            rest = next_part()
        yield line.removesuffix(b"\n").removesuffix(b"\r")


def refuse_result(differences: tuple[str, ...], place: str) -> None:
    """Say on standard error that the result in a file is not what its answers give; then the exit code is 1."""
    if differences:
        raise ResultError("other_result", place=f"{place}: result", found=", ".join(differences))


def write(data: bytes, file: Path | None) -> None:
    """Write to the file, or to standard output; what was in the file is lost."""
    if file is None:
        typer.echo(data, nl=False)
        return
    try:
        file.write_bytes(data)
    except OSError as error:
        raise OkrAssistantError("not_written", place=str(file), found=error.strerror) from error


@contextmanager
def _named(argument: str) -> Iterator[None]:
    """An error of the system names the file, which the system itself does not do once the file is open."""
    try:
        yield
    except OSError as error:
        raise SheetError("no_file", place=name(argument), found=error.strerror) from error
