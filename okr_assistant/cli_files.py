"""What the command line reads and writes: never more bytes than can be refused, and one line for what is wrong."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import IO

import typer

from okr_assistant.decision.strict_json import MAX_BYTES
from okr_assistant.errors import OkrAssistantError, ResultError, SheetError
from okr_assistant.export.document import MAX_BYTES as MAX_DOCUMENT
from okr_assistant.words import Words


def opened(argument: str) -> AbstractContextManager[IO[bytes]]:
    """The file, or standard input, as bytes; ``SheetError`` when it cannot be opened."""
    if argument == "-":
        if sys.stdin is None:
            raise SheetError("no_file", place=name(argument), found="closed")
        return nullcontext(sys.stdin.buffer)
    try:
        return Path(argument).open("rb")
    except OSError as error:
        raise SheetError("no_file", place=argument, found=error.strerror) from error


def read(stream: IO[bytes], argument: str) -> bytes:
    """Read as much as a record may have, and one byte more; ``SheetError`` when the file does not let us."""
    try:
        return stream.read(MAX_DOCUMENT + 1)
    except OSError as error:
        raise SheetError("no_file", place=name(argument), found=error.strerror) from error


def name(argument: str) -> str:
    """How a file is called in errors."""
    return "standard input" if argument == "-" else argument


def lines(stream: IO[bytes]) -> Iterator[bytes]:
    """The lines, never holding more of a long one than what is needed to refuse it."""
    limit = MAX_BYTES + 2
    while line := stream.readline(limit):
        rest = line
        while rest and not rest.endswith(b"\n"):
            rest = stream.readline(limit)
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
def one_line_errors(words: Words) -> Iterator[None]:
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
        raise typer.Exit(1 if isinstance(error, ResultError) else 2) from error
