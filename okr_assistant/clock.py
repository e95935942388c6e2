"""Time and chance, handed in wherever they are needed, so that tests can hold them still."""

from __future__ import annotations

import hashlib
import re
import secrets
from datetime import UTC, datetime
from typing import Protocol

_SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
TOKEN_LENGTH = 22
"""Of letters and digits: a little over 128 bits."""

_TOKEN = re.compile(rf"[0-9A-Za-z]{{{TOKEN_LENGTH}}}", re.ASCII)


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> datetime:
        """The time, aware and in UTC."""


class Tokens(Protocol):
    """Makes what nobody can guess."""

    def token(self) -> str:
        """A new token of ``TOKEN_LENGTH`` letters and digits."""


class SystemClock:
    """The clock of this machine."""

    def now(self) -> datetime:
        """The time, aware and in UTC."""
        return datetime.now(UTC)


class SystemTokens:
    """Tokens from the operating system's source of randomness."""

    def token(self) -> str:
        """A new token of ``TOKEN_LENGTH`` letters and digits."""
        return "".join(secrets.choice(_SIGNS) for _ in range(TOKEN_LENGTH))


def is_token(text: str) -> bool:
    """Tell whether the text has the shape of a token; nothing else is ever looked up."""
    return _TOKEN.fullmatch(text) is not None


def hashed(token: str) -> bytes:
    """Return what is stored of a token."""
    return hashlib.sha256(token.encode()).digest()
