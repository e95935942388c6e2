"""What the command line reads: files and standard input, as bytes, never more than can be refused."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
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
    with _named(argument):
        return Path(argument).open("rb")


def read(stream: IO[bytes], argument: str, most: int) -> bytes:
    """Read as much as may be there, and one byte more; ``SheetError`` when the file does not let us."""
    with _named(argument):
        return stream.read(most + 1)


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


@contextmanager
def _named(argument: str) -> Iterator[None]:
    """An error of the system names the file, which the system itself does not do once the file is open."""
    try:
        yield
    except OSError as error:
        raise SheetError("no_file", place=name(argument), found=error.strerror) from error
