"""Join codes: eight signs that a person reads from a wall and types into a phone."""

from __future__ import annotations

import secrets
import unicodedata
from typing import Protocol

SIGNS = "0123456789ACDEFGHJKMNPRTVWXY"
"""28 signs, of which no two look alike: of each group of look-alikes there is one."""

LENGTH = 8
_LOOK_ALIKES = str.maketrans("OQILZSBU", "0011258V")


class Codes(Protocol):
    """Makes join codes."""

    def code(self) -> str:
        """A new code of ``LENGTH`` ``SIGNS``; it may be one that another room has."""


class SystemCodes:
    """Codes from the operating system's source of randomness."""

    def code(self) -> str:
        """A new code of ``LENGTH`` ``SIGNS``."""
        return "".join(secrets.choice(SIGNS) for _ in range(LENGTH))


def read_code(typed: str) -> str | None:
    """Return the code that somebody typed, in any case or width, with look-alikes; None when it cannot be one."""
    plain = unicodedata.normalize("NFKC", typed[:64]).upper()
    code = "".join(sign for sign in plain if not _is_between(sign)).translate(_LOOK_ALIKES)
    return code if len(code) == LENGTH and set(code) <= set(SIGNS) else None


def shown_code(code: str) -> str:
    """Return the code as it is shown and read aloud, in two halves."""
    return f"{code[:4]}-{code[4:]}"


def _is_between(sign: str) -> bool:
    """Spaces and dashes of all lengths, which phones and chats put in the place of ours."""
    return sign.isspace() or unicodedata.category(sign) == "Pd"
