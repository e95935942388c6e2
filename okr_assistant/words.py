"""The catalogue: every word of the interface that a person sees, by key and language.

One folder a language, ``data/locales/<language>/``, with the words of a group of pages in each file; tables become
the first parts of a key (``assess.next``), and each is in one file only. Placeholders are those of ``str.format``.
A sentence with a count has the forms ``one`` and ``other``. The words of models are in the models, and their
translations beside these files.

English is complete. An entry that another language does not have is the English one.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any

from okr_assistant.errors import LanguageError, OkrAssistantError

ENGLISH = "en"

_LIMITS = {
    "characters": re.compile(r"(\d+) characters"),
    "signs": re.compile(r"1 to (\d+) of 0-9, A-Z, a-z"),
    "one_value": re.compile("()one value"),
}
"""What errors say is allowed, where people read it on a page; the number in it is kept."""
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


class Words:
    """The words of one language. Asking for a key that does not exist is a programming error: ``KeyError``.

    ``missing`` are the keys that this language has no entry for, which are answered in English.
    """

    def __init__(self, language: str, entries: Mapping[str, str], missing: frozenset[str] = frozenset()) -> None:
        self.language = language
        self.entries = dict(entries)
        self.missing = missing

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

    def number(self, value: float, places: int = 0) -> str:
        """Return a number as the language writes it, with this many decimal places: *1,234.5*."""
        signs = {",": self("language.group"), ".": self("language.decimal")}
        return "".join(signs.get(sign, sign) for sign in f"{value:,.{places}f}")

    def percent(self, share: float, places: int = 0) -> str:
        """Return a share, 0 to 1, in per cent: *12%*."""
        return self("language.percent", number=self.number(100 * share, places))

    def date(self, day: date) -> str:
        """Return the day as people write it, *3 March 2026*."""
        month = self(f"date.month.{_MONTHS[day.month - 1]}")
        return self("date.long", day=day.day, month=month, year=day.year)

    def covers(self, *tables: str) -> bool:
        """Tell whether all of these tables are in this language, without an entry in English among them."""
        return not any(key.startswith(tuple(f"{table}." for table in tables)) for key in self.missing)

    def error_line(self, error: OkrAssistantError) -> str:
        """Return one clear line: where, what was found, and what is allowed, both as programs call it."""
        return self("error.line", place=error.place, problem=self._problem(error, error.allowed))

    def address_line(self, error: OkrAssistantError) -> str:
        """Return the same of a part of an address for a page, where the part has a word and the limit too."""
        part, dot, of = error.place.partition(".")
        known = f"error_on_page.part.{part}" in self.entries
        place = f"{self(f'error_on_page.part.{part}')}{dot and ', '}{of}" if known else error.place
        return self("error.line", place=place, problem=self._problem(error, self._limit(error.allowed)))

    def error_sentence(self, error: OkrAssistantError) -> str:
        """Return it without the place, as a sentence that stands beside the field on a page."""
        problem = self._problem(error, self._limit(error.allowed))
        return f"{problem[0].upper()}{problem[1:]}."

    def _problem(self, error: OkrAssistantError, allowed: str) -> str:
        return self(f"error.{error.problem}", found=error.found, allowed=allowed)

    def _limit(self, allowed: str) -> str:
        for name, pattern in _LIMITS.items():
            if found := pattern.fullmatch(allowed):
                return self(f"error_on_page.limit.{name}", allowed=found[1])
        return allowed


@cache
def read_words(folder: Path, language: str = ENGLISH) -> Words:
    """Read the interface's words of one language from the files in ``folder/<language>/``, once in a process.

    ``LanguageError`` names file and key of an entry that English has not, or has with other placeholders.
    """
    if language == ENGLISH:
        return Words(ENGLISH, _read(folder / ENGLISH))
    english = read_words(folder)
    return Words(
        language,
        english.entries | (own := _read(folder / language, english.entries)),
        frozenset(english.entries.keys() - own.keys()),
    )


def languages(folder: Path) -> tuple[str, ...]:
    """Return all languages there are words of, English first."""
    found = (path.parent.name for path in folder.glob("*/language.toml"))
    return tuple(sorted(found, key=lambda language: (language != ENGLISH, language)))


def _read(folder: Path, english: Mapping[str, str] | None = None) -> dict[str, str]:
    entries: dict[str, str] = {}
    for file in sorted(folder.glob("*.toml")):
        raw = tomllib.loads(file.read_text("utf-8"))
        if twice := raw.keys() & {key.partition(".")[0] for key in entries}:
            raise ValueError(f"{file.name}: also in another file: {', '.join(sorted(twice))}")
        found = dict(_flat(raw))
        if english is not None:
            _check(f"{folder.name}/{file.name}", found, english)
        entries |= found
    return entries


def _check(file: str, found: Mapping[str, str], english: Mapping[str, str]) -> None:
    for key, text in found.items():
        place = f"{file}: {key}"
        if key not in english:
            raise LanguageError("unknown_key", place=place, found=key, allowed="the keys of the English file")
        if placeholders(text) != placeholders(english[key]):
            allowed = placeholders(english[key]) or "no placeholders"
            raise LanguageError(
                "other_placeholders", place=place, found=", ".join(placeholders(text)), allowed=allowed
            )


def placeholders(text: str) -> tuple[str, ...]:
    """Return what is filled in in a text, each once, sorted; what cannot be filled in is one as it stands."""
    try:
        return tuple(sorted({name for _, name, _, _ in Formatter().parse(text) if name is not None}))
    except ValueError:  # a brace alone
        return (text,)


def _flat(table: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{prefix}{key}.")
        elif isinstance(value, str):
            yield f"{prefix}{key}", value
        else:
            raise TypeError(f"{prefix}{key} is not text")
