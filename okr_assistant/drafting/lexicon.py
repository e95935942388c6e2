"""The words that the linter knows, from ``data/lint/words.toml``: verbs in all their forms, nouns, names, units."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from okr_assistant.paths import LINT

_VOWELS = "aeiou"
_DOUBLED = frozenset("bdgmnprt")
_SHORTEST_WITH_A_SLIP = 6


def folded(word: str) -> str:
    """The word as it is looked up: no capitals, no hyphens, z as s, so that spellings of one word are one."""
    return word.lower().replace("-", "").replace("z", "s")


@dataclass(frozen=True, slots=True)
class Verb:
    """What a form of a verb says: its base form, its kinds and whether it is the base form, ``s``, ``ed``, ``ing``."""

    base: str
    kinds: frozenset[str]
    form: str


class Lexicon:
    """The word lists; a list is asked for by its name in the file, ``table.key``."""

    def __init__(self, raw: Mapping[str, Mapping[str, str]]) -> None:
        self._raw = raw

    @lru_cache(maxsize=None)  # noqa: B019 # one lexicon a process
    def words(self, name: str) -> frozenset[str]:
        """The single words of a list, folded."""
        return frozenset(folded(word) for word in self._entries(name) if "_" not in word)

    @lru_cache(maxsize=None)  # noqa: B019
    def phrases(self, name: str) -> frozenset[tuple[str, ...]]:
        """The expressions of several words of a list, folded."""
        return frozenset(tuple(map(folded, word.split("_"))) for word in self._entries(name) if "_" in word)

    def _entries(self, name: str) -> list[str]:
        table, key = name.split(".")
        return self._raw[table][key].split()

    @cached_property
    def verbs(self) -> Mapping[str, Verb]:
        """Every form of every verb."""
        kinds: dict[str, set[str]] = {}
        for kind, listed in self._raw["verb"].items():
            for base in listed.split():
                kinds.setdefault(folded(base), set()).add(kind)
        irregular = {folded(form): folded(base) for form, base in self._raw["irregular"].items()}
        found = {}
        for base, of in kinds.items():
            for form, name in () if "_" in base else _forms(base):
                found.setdefault(form, Verb(base, frozenset(of), name))
        for form, base in irregular.items():
            if base in kinds and (form not in found or found[form].base != form):
                found[form] = Verb(base, frozenset(kinds[base]), "ed")
        return found

    @cached_property
    def phrase_verbs(self) -> Mapping[str, Mapping[str, Verb]]:
        """Verbs of two words, by the base form of the first and then by the second: ``roll``, ``out``."""
        found: dict[str, dict[str, Verb]] = {}
        for kind, listed in self._raw["verb"].items():
            for first, _, second in (entry.partition("_") for entry in listed.split() if "_" in entry):
                found.setdefault(folded(first), {})[folded(second)] = Verb(f"{first} {second}", frozenset({kind}), "base")
        return found

    def verb(self, word: str) -> Verb | None:
        """What the word says as a verb, if it is one."""
        return self.verbs.get(folded(word))

    def verb_with_a_slip(self, word: str) -> Verb | None:
        """The verb that was meant, when the word is one slip of the keyboard away from exactly its letters."""
        low = folded(word)
        if len(low) < _SHORTEST_WITH_A_SLIP - 1 or low in self.all_nouns:
            return None
        return next((self.verbs[known] for known in self._base_forms if _one_slip(low, known)), None)

    @cached_property
    def _base_forms(self) -> list[str]:
        return sorted(form for form, verb in self.verbs.items() if verb.form == "base")

    @cached_property
    def all_nouns(self) -> frozenset[str]:
        """Every noun of every list."""
        tables = ("metric", "noun", "objective")
        return frozenset().union(*(self.words(f"{table}.{key}") for table in tables for key in self._raw[table]))

    @cached_property
    def metrics(self) -> Mapping[str, frozenset[str]]:
        """Metric nouns with the classes they are in: volume, speed, cost, quality, other."""
        found: dict[str, set[str]] = {}
        for key in ("volume", "speed", "cost", "quality", "other"):
            for word in self.words(f"metric.{key}"):
                found.setdefault(word, set()).add(key)
        return {word: frozenset(of) for word, of in found.items()}


def _forms(base: str) -> Iterator[tuple[str, str]]:
    """The regular forms of a verb; of ``set_up`` those of its first word are left to the reader."""
    yield base, "base"
    stem = base[:-1]
    if base.endswith("e"):
        yield from ((f"{base}s", "s"), (f"{base}d", "ed"), (f"{stem}ing", "ing"))
    elif base.endswith("y") and base[-2:-1] not in _VOWELS:
        yield from ((f"{stem}ies", "s"), (f"{stem}ied", "ed"), (f"{base}ing", "ing"))
    else:
        yield f"{base}es" if re.search(r"(?:s|x|ch|sh|o)$", base) else f"{base}s", "s"
        for end in (base, base + base[-1]) if _doubles(base) else (base,):
            yield from ((f"{end}ed", "ed"), (f"{end}ing", "ing"))


def _doubles(base: str) -> bool:
    return len(base) > 2 and base[-1] in _DOUBLED | {"l"} and base[-2] in _VOWELS and base[-3] not in _VOWELS


def _one_slip(typed: str, meant: str) -> bool:
    """Whether one letter is missing, too many, wrong, or swapped with its neighbour; the first one is right."""
    if typed[0] != meant[0] or abs(len(typed) - len(meant)) > 1 or len(meant) < _SHORTEST_WITH_A_SLIP:
        return False
    same = next((i for i, (a, b) in enumerate(zip(typed, meant, strict=False)) if a != b), min(len(typed), len(meant)))
    rest, right = typed[same:], meant[same:]
    return (
        rest[1:] == right[1:]
        or rest[1:] == right
        or rest == right[1:]
        or (rest[:2] == right[1::-1] and rest[2:] == right[2:])
    )


def read_lexicon(folder: Path) -> Lexicon:
    """Read the word lists from ``folder/words.toml``."""
    return Lexicon(tomllib.loads((folder / "words.toml").read_text("utf-8")))


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The word lists that ship."""
    return read_lexicon(LINT)


def either(words: Iterable[str]) -> str:
    """A pattern for any of the words."""
    return "(?:" + "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) + ")"
