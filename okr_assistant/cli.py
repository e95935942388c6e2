"""The command `okr-assistant`."""

from __future__ import annotations

from typing import Annotated

import typer

from okr_assistant.errors import OkrAssistantError

cli = typer.Typer(no_args_is_help=True, add_completion=False)


@cli.callback()
def _root() -> None:
    """Should this piece of work have OKRs, and if not, what should it have instead?"""


@cli.command()
def serve(
    host: Annotated[str, typer.Option(help="Address to listen on; 0.0.0.0 for the local network.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.", min=1, max=65535)] = 8501,
    watch: Annotated[bool, typer.Option("--watch", help="Reload when a file changes.")] = False,
) -> None:
    """Start the app and print its address."""
    from okr_assistant.web.server import serve as run_server

    try:
        run_server(host, port, watch=watch)
    except OkrAssistantError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from error


def main() -> None:
    """Run the command line."""
    cli()
