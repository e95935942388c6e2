"""The settings an operator gives by environment variables, read once at start.

Host and port are options of ``okr-assistant serve``, not settings. Every setting is described in
``docs/settings.md``; a test compares.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import BeforeValidator, Field, HttpUrl, TypeAdapter, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from okr_assistant.errors import SettingsError

PREFIX = "OKR_ASSISTANT_"


def _public_address(text: str) -> str:
    url = TypeAdapter(HttpUrl).validate_python(text)
    if url.path not in (None, "/") or url.query or url.fragment or url.username or url.password:
        raise ValueError(text)
    return str(url).rstrip("/")


def _folder(text: str) -> Path:
    try:
        return Path(text).expanduser()
    except RuntimeError as error:  # ~ of a user that there is none of
        raise ValueError(text) from error


def _database_url(text: str) -> str:
    url = urlsplit(text)
    # An @ in a password has to be written as %40: where it is not, programs differ about where the password ends.
    plain = url.netloc.count("@") <= 1
    if url.scheme not in {"postgresql", "postgres"} or not plain or not url.path.strip("/") or url.port == 0:
        raise ValueError(text)
    return text


class Settings(BaseSettings):
    """Every setting with its default; ``description`` is what is allowed, shown when a value is refused."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_ignore_empty=True, extra="forbid", frozen=True)

    public_url: Annotated[str, BeforeValidator(_public_address)] | None = Field(
        default=None, description="an address without a path, such as https://okr.example.org"
    )
    data: Annotated[Path, BeforeValidator(_folder)] | None = Field(
        default=None, description="a folder that is there, such as /var/lib/okr-assistant"
    )
    # Without `repr`, which also says that the value is not to be quoted: there may be a password in it.
    database_url: Annotated[str, BeforeValidator(_database_url)] | None = Field(
        default=None,
        repr=False,
        description="postgresql://USER:PASSWORD@HOST/DATABASE, with %40, %2F, %23 for @, /, # in the password",
    )
    log: Literal["text", "json"] = Field(default="text", description="text or json")
    log_requests: bool = Field(default=False, description="true or false")
    full_tracebacks: bool = Field(default=False, description="true or false")


def read_settings() -> Settings:
    """The settings of this process, from its environment.

    Raises ``SettingsError`` for a value that cannot be used and for a variable with our prefix that is no
    setting: a typing error must not silently leave a setting at its default.
    """
    known = [variable(field) for field in Settings.model_fields]
    for name in sorted(os.environ):
        if name.upper().startswith(PREFIX) and name.upper() not in known:
            raise SettingsError("unknown_key", place="environment", found=name, allowed=known)
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        field = str(first["loc"][0])
        known_field = Settings.model_fields[field]
        found = first["input"] if known_field.repr else "another value"
        allowed = known_field.description or ""
        raise SettingsError("not_allowed", place=variable(field), found=found, allowed=allowed) from None


def variable(field: str) -> str:
    """The environment variable of a setting."""
    return PREFIX + field.upper()
