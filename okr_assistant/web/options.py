"""Streamlit's options: those of our file, and what an address to listen on adds to them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from streamlit import config

from okr_assistant.paths import STREAMLIT_CONFIG


def file_options(path: Path = STREAMLIT_CONFIG) -> dict[str, Any]:
    """The options of our Streamlit file in the form Streamlit wants: ``{"server.headless": True, ...}``."""
    return _flat(tomllib.loads(path.read_text(encoding="utf-8")))


def public_options(public_url: str | None) -> dict[str, Any]:
    """The public host, where there is one, as Streamlit's own check of a websocket's origin wants it."""
    return {"browser.serverAddress": urlsplit(public_url).hostname} if public_url else {}


def run_options(host: str, port: int, public_url: str | None, *, watch: bool) -> dict[str, Any]:
    """All options for serving at ``host`` and ``port``, with a welcome of our own in place of Streamlit's."""
    options = file_options() | public_options(public_url)
    options |= {"server.address": host, "server.port": port, "logger.hideWelcomeMessage": True}
    if watch:
        options |= {"server.fileWatcherType": "auto", "server.runOnSave": True}
    return options


def set_at_once(options: Mapping[str, Any]) -> None:
    """Set ``options`` above every file and variable, before anything of Streamlit asks for one.

    ``App.run`` sets the same ones; where they differ from what was there, Streamlit logs that it has to be
    started again.
    """
    config.get_config_options(force_reparse=True, options_from_flags=dict(options))


def set_where_unset(options: Mapping[str, Any]) -> None:
    """Make ``options`` the defaults: files, variables and flags that the operator gave Streamlit stay above.

    For ``uvicorn app:app``, which reads Streamlit's files only from the folder it is started in.
    """
    for key, value in options.items():
        if not config.is_manually_set(key):
            config.set_option(key, value)


def set_public(public_url: str | None) -> None:
    """Tell Streamlit the public host, above whatever else says one: our setting is the place for it."""
    for key, value in public_options(public_url).items():
        config.set_option(key, value)


def listening_at() -> tuple[str, int]:
    """Host and port that Streamlit was told to listen on; under uvicorn's own command, the defaults."""
    return str(config.get_option("server.address")), int(config.get_option("server.port"))


def own_scheme() -> str:
    """How this server itself is spoken to, whatever stands before it."""
    return "https" if config.get_option("server.sslCertFile") else "http"


def is_https(public_url: str | None) -> bool:
    """Tell whether people come by https, so that cookies are for that alone."""
    return public_url.startswith("https:") if public_url else own_scheme() == "https"


def _flat(table: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for key, value in table.items():
        flat |= _flat(value, f"{prefix}{key}.") if isinstance(value, Mapping) else {prefix + key: value}
    return flat
