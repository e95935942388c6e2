"""The catalogue: every word of the interface that a person sees, by key and language.

One folder a language, ``data/locales/<language>/``, with the words of a group of pages in each file; tables become
the first parts of a key (``assess.next``), and each is in one file only. Placeholders are those of ``str.format``.
A sentence with a count has the forms ``one`` and ``other``. The words of models are in the models.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from okr_assistant.errors import OkrAssistantError


class Words:
    """The words of one language. Asking for a key that does not exist is a programming error: ``KeyError``."""

    def __init__(self, language: str, entries: Mapping[str, str]) -> None:
        self.language = language
        self.entries = dict(entries)

    def __call__(self, key: str, /, **values: object) -> str:
        """Return the entry with its placeholders filled in."""
        return self.entries[key].format(**values)

    def counted(self, key: str, count: int, /, **values: object) -> str:
        """Return the form of the entry that fits ``count``, which is also its placeholder ``{count}``."""
        return self(f"{key}.{'one' if count == 1 else 'other'}", count=count, **values)

    def listed(self, items: list[str]) -> str:
        """Return the items as the language joins them: *A, B and C*."""
        *first, last = items
        return self("list.and", first=", ".join(first), last=last) if first else last

    def error_line(self, error: OkrAssistantError) -> str:
        """Return one clear line: where, what was found, and what is allowed."""
        return self("error.line", place=error.place, problem=self._problem(error))

    def error_sentence(self, error: OkrAssistantError) -> str:
        """Return the same without the place, as a sentence that stands beside it."""
        problem = self._problem(error)
        return f"{problem[0].upper()}{problem[1:]}."

    def _problem(self, error: OkrAssistantError) -> str:
        return self(f"error.{error.problem}", found=error.found, allowed=error.allowed)


@cache
def read_words(folder: Path, language: str = "en") -> Words:
    """Read the interface's words of one language from the files in ``folder/<language>/``, once in a process."""
    entries: dict[str, str] = {}
    for file in sorted((folder / language).glob("*.toml")):
        raw = tomllib.loads(file.read_text("utf-8"))
        if twice := raw.keys() & {key.partition(".")[0] for key in entries}:
            raise ValueError(f"{file.name}: also in another file: {', '.join(sorted(twice))}")
        entries |= _flat(raw)
    return Words(language, entries)


def _flat(table: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{prefix}{key}.")
        elif isinstance(value, str):
            yield f"{prefix}{key}", value
        else:
            raise TypeError(f"{prefix}{key} is not text")
