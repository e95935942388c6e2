"""The command for assistant programs: `mcp`."""

from __future__ import annotations

import typer

from okr_assistant.errors import OkrAssistantError

cli = typer.Typer()

_EXTRA = {"mcp", "mcp_types"}


@cli.command()
def mcp() -> None:
    """Answer an assistant program over standard input and output (Model Context Protocol)."""
    # An extra, which takes a second to import; the other commands do without it.
    try:
        from okr_assistant.commands.mcp_server import serve
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] not in _EXTRA:
            raise
        raise OkrAssistantError("no_extra", place="mcp", found=error.name, allowed=".[mcp]") from error
    serve()
