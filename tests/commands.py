"""The commands of the command line, each under the words that call it."""

from __future__ import annotations

from typing import Any

import typer.main

from okr_assistant.cli import cli


def every_command() -> dict[str, Any]:
    """``assess``, ...; and those of a group as ``db check``."""
    found: dict[str, Any] = {}
    waiting = list(typer.main.get_command(cli).commands.items())  # type: ignore[attr-defined]
    for name, command in waiting:
        if inner := getattr(command, "commands", None):
            waiting += [(f"{name} {called}", one) for called, one in inner.items()]
        else:
            found[name] = command
    return found
