"""The errors of the package: a small tree that carries facts.

An error says *where* (``place``), *what kind of problem* (``problem``, an id), *what was found* and *what is
allowed*. The sentence a person reads is made from these facts by ``words.error_line``, the one home of such
sentences; ``str(error)`` is the same facts in one line for developers.
"""

from __future__ import annotations

from collections.abc import Iterable

_FOUND_LIMIT = 60
_PLACE_LIMIT = 240

NOTHING = object()
"""Stands for "there is nothing to quote"; None is JSON's null, which can be found."""


def shown(value: object, limit: int = _FOUND_LIMIT) -> str:
    """``value`` as one printable piece on one line of at most ``limit`` characters, whatever it holds."""
    text = value if isinstance(value, str) else _in_json_words(value)
    safe = "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in text[: limit + 1])
    return safe if len(safe) <= limit else safe[: limit - 1] + "…"


def _in_json_words(value: object) -> str:
    names: dict[type, str] = {bool: "true" if value else "false", type(None): "null"}
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) >= 10**_FOUND_LIMIT:
        return "a very long number"
    if isinstance(value, dict | list | tuple):
        return "a table" if isinstance(value, dict) else "a list"
    return names.get(type(value), "") or str(value)


class OkrAssistantError(Exception):
    """Anything this package refuses to do; ``problem`` is an id that the catalogue has a sentence for."""

    def __init__(
        self, problem: str, *, place: str, found: object = NOTHING, allowed: str | Iterable[str] = ()
    ) -> None:
        self.problem = problem
        self.place = shown(place, _PLACE_LIMIT)
        self.found = None if found is NOTHING else shown(found)
        self.allowed = allowed if isinstance(allowed, str) else ", ".join(allowed)
        super().__init__(problem, place, found, allowed)

    def __str__(self) -> str:
        parts = [f"{self.place}: {self.problem}"]
        if self.found is not None:
            parts.append(f"found {self.found!r}")
        if self.allowed:
            parts.append(f"allowed: {self.allowed}")
        return "; ".join(parts)


class ModelFileError(OkrAssistantError):
    """A model file that cannot be used; ``place`` is file and key."""


class LanguageError(OkrAssistantError):
    """A translation that cannot be used; ``place`` is file and key."""


class UnknownModelError(OkrAssistantError):
    """A model version that this installation does not have."""


class SheetError(OkrAssistantError):
    """An answer sheet that cannot be read or does not fit its model."""


class DraftError(OkrAssistantError):
    """A draft of a goal that cannot be read, or labels that do not fit it."""


class PortfolioError(OkrAssistantError):
    """A table, a mapping or a portfolio that cannot be read, or an item in it that cannot be kept."""


class ResultError(OkrAssistantError):
    """A file whose result is not what its answers give; they were used, and this is said about it."""


class PayloadError(OkrAssistantError):
    """A coded sheet in an address that is damaged or belongs to another model."""


class TextError(OkrAssistantError):
    """Free text that cannot be kept: too long, or with characters that hide or reorder other text."""


class StoreError(OkrAssistantError):
    """Something could not be kept or read: storage is full, busy, missing or not ours. Nothing was changed."""


class SettingsError(OkrAssistantError):
    """A setting that cannot be used."""
