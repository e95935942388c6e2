"""Running commands, and files for them."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from okr_assistant.cli import cli

LEARN = b'{"answers": {"work_kind": "learn"}}'


def run(*arguments: str | Path, sent: bytes | None = None) -> Result:
    return CliRunner().invoke(cli, [str(part) for part in arguments], input=sent)


def lines_file(folder: Path, content: bytes) -> Path:
    file = folder / "sheets.jsonl"
    file.write_bytes(content)
    return file


@contextmanager
def without_room(stream: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    # closing fails too: the file still holds what it could not write
    with suppress(OSError), Path("/dev/full").open("w", encoding="utf-8") as full:
        monkeypatch.setattr(sys, stream, full)
        yield
