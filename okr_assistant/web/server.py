"""Building the app that the launcher serves, and serving it: ``okr-assistant serve``."""

from __future__ import annotations

import errno
import importlib
import runpy
import socket
from collections.abc import AsyncGenerator, Callable, Generator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager, suppress
from functools import partial
from typing import Any, NoReturn, TypedDict

import click
import streamlit as st
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from okr_assistant.clock import SystemTokens
from okr_assistant.errors import OkrAssistantError, SettingsError
from okr_assistant.paths import LAUNCHER, LOCALES
from okr_assistant.settings import Settings, read_settings
from okr_assistant.web import context, hosts, logs, middleware, options, plain_pages
from okr_assistant.web.browser import BrowserCookie, SecureCookies
from okr_assistant.web.daily import cleaned_up
from okr_assistant.web.elsewhere import UploadsElsewhere
from okr_assistant.web.errors import on_script_error
from okr_assistant.web.in_language import InLanguage
from okr_assistant.web.open_pages import MostWebsockets
from okr_assistant.web.protocol import limit_headers
from okr_assistant.web.request_log import RequestLog
from okr_assistant.web.routes import all_routes
from okr_assistant.web.uploads import UploadLimits
from okr_assistant.words import read_words

DEFAULT_HOST = "127.0.0.1"
DEFAULT_PORT = 8501
_A_HOST = "an address of this machine"

# Imported while the server starts; the first visitor would otherwise wait half a second for them.
_SLOW_IMPORTS = ("pandas", "altair", "streamlit.elements.vega_charts")


class AppParts(TypedDict):
    """What ``st.App`` is given besides its script."""

    routes: list[BaseRoute]
    middleware: list[Middleware]
    exception_handlers: dict[Any, Callable[[Request, Exception], Response]]
    lifespan: Any
    on_script_error: Callable[[Exception], bool]


@contextmanager
def one_line_and_exit() -> Generator[None, None, None]:
    """Where the app cannot start: one line on standard error and exit code 2.

    For the launcher, which uvicorn or Streamlit imports: an exception there would be printed as a traceback, with
    paths of this machine and whatever the error quotes.
    """
    try:
        yield
    except OkrAssistantError as error:
        _end(error)
    except Exception as error:
        if read_settings().full_tracebacks:
            raise
        _end(OkrAssistantError("start_failed", place=logs.where(error)))


def _end(error: OkrAssistantError) -> NoReturn:
    click.echo(read_words(LOCALES).error_line(error), err=True)
    raise SystemExit(2) from None


def app_parts(settings: Settings) -> AppParts:
    """Routes, middleware and lifespan of the app; from here on the log holds nothing private."""
    logs.set_up(settings)
    options.set_where_unset(options.file_options())
    options.set_public(settings.public_url)
    headers, https = middleware.security_headers(settings.public_url), options.is_https(settings.public_url)
    return AppParts(
        routes=all_routes(settings.public_url),
        # From the outside in: whatever answers, the headers are on it.
        middleware=[
            *([Middleware(RequestLog)] if settings.log_requests else []),
            Middleware(middleware.SecurityHeaders, headers=headers),
            Middleware(middleware.AllowedHosts, names=partial(_names, settings), public_url=settings.public_url),
            Middleware(MostWebsockets),
            Middleware(UploadLimits),
            Middleware(middleware.ClosedPaths),
            Middleware(UploadsElsewhere),
            *([Middleware(SecureCookies)] if https else []),
            Middleware(BrowserCookie, tokens=SystemTokens(), secure=https),
            Middleware(InLanguage),
            Middleware(middleware.Compression),
        ],
        # What fails outside of every route fails outside of the middleware, too.
        exception_handlers={Exception: partial(_failed, headers)},
        lifespan=_lifespan,
        on_script_error=partial(on_script_error, hide=not settings.full_tracebacks),
    )


def serve(host: str = DEFAULT_HOST, port: int = DEFAULT_PORT, *, watch: bool = False) -> None:
    """Run the app of the launcher until it is stopped; ``watch`` reloads when a file changes.

    Raises ``SettingsError`` when a setting is wrong or nothing can listen at this host and port.
    """
    settings = read_settings()
    options.set_at_once(options.run_options(host, port, settings.public_url, watch=watch))
    run(runpy.run_path(str(LAUNCHER))["app"], settings, watch=watch)


def run(app: st.App, settings: Settings, *, watch: bool = False) -> None:
    """Run ``app`` where Streamlit's options say, and print where that is."""
    host, port = options.listening_at()
    _refuse_unusable_address(host, port)
    limit_headers()
    # `_lifespan` prints them once the app can answer.
    words = read_words(LOCALES)
    lines = hosts.address_lines(host, port, settings.public_url, words)
    with suppress(context.NotConnectedError):  # of which every page tells
        lines.append(words("serve.kept", place=context.services().store.place))
    app.state["address_lines"] = lines
    app.run(config=options.run_options(host, port, settings.public_url, watch=watch))


def _failed(headers: Mapping[str, str], _request: Request, _error: Exception) -> Response:
    answer = plain_pages.notice_page(plain_pages.TROUBLE)
    middleware.complete(answer.headers, answer.status_code, headers)
    return answer


def _names(settings: Settings) -> frozenset[str]:
    return hosts.own_names(options.listening_at()[0], settings.public_url)


@asynccontextmanager
async def _lifespan(app: st.App) -> AsyncGenerator[dict[str, Any] | None, None]:
    for module in _SLOW_IMPORTS:
        importlib.import_module(module)
    # The model is loaded here too, so that a broken one stops the start and no visitor waits for it.
    for line in app.state.get("address_lines", ()):
        click.echo(line)
    try:
        async with AsyncExitStack() as running:
            with suppress(context.NotConnectedError):  # of which every page tells
                known = context.services()
                await running.enter_async_context(cleaned_up(known.store, known.clock))
            yield None
    finally:
        context.let_go()


def _refuse_unusable_address(host: str, port: int) -> None:
    """Find out before Streamlit does, whose answer is a log line and exit code 1."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except UnicodeError as error:  # a name that is no host name
        found = "a name that is none"
        raise SettingsError("not_allowed", place="--host", found=found, allowed=_A_HOST) from error
    except OSError as error:
        raise _unusable_address(error, host, port) from error


def _unusable_address(error: OSError, host: str, port: int) -> SettingsError:
    if error.errno == errno.EADDRINUSE:
        found = f"{port}, which another program uses"
        return SettingsError("not_allowed", place="--port", found=found, allowed="a free port")
    if error.errno == errno.EACCES:
        return SettingsError("not_allowed", place="--port", found=port, allowed="1024 to 65535")
    return SettingsError("not_allowed", place="--host", found=host, allowed=_A_HOST)
