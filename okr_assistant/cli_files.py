"""What the command line reads: files and standard input, as bytes, never more than can be refused."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import IO

from okr_assistant.decision.strict_json import MAX_BYTES
from okr_assistant.errors import SheetError


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
    """Read as much as a sheet may have, and one byte more; ``SheetError`` when the file does not let us."""
    try:
        return stream.read(MAX_BYTES + 1)
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
