"""The words that the linter knows, from ``data/lint/words.toml``: verbs in all forms, nouns, names, units."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from okr_assistant.paths import LINT

_VOWELS = "aeiou"
_DOUBLED = frozenset("bdglmnprt")
_SHORTEST_WITH_A_SLIP = 6
_LONG = 8
_CLASSES = ("volume", "speed", "cost", "quality", "other")


def folded(word: str) -> str:
    """The word as it is looked up: no capitals, no hyphens, z as s, so that spellings of one word are one."""
    return word.lower().replace("-", "").replace("z", "s")


@dataclass(frozen=True, slots=True)
class Verb:
    """A form of a verb: of which base form, of which kinds, and whether ``base``, ``s``, ``ed`` or ``ing``."""

    base: str
    kinds: frozenset[str]
    form: str


class Lexicon:
    """The word lists; a list is asked for by its name in the file, ``table.key``."""

    def __init__(self, raw: Mapping[str, Mapping[str, str]]) -> None:
        self._raw = raw
        entries = {f"{table}.{key}": text.split() for table, keys in raw.items() for key, text in keys.items()}
        self._words = {
            name: frozenset(folded(word) for word in listed if "_" not in word) for name, listed in entries.items()
        }
        self._phrases = {
            name: frozenset(tuple(map(folded, word.split("_"))) for word in listed if "_" in word)
            for name, listed in entries.items()
        }

    def terms(self, name: str) -> frozenset[str]:
        """The single words of a list, folded."""
        return self._words[name]

    def phrases(self, name: str) -> frozenset[tuple[str, ...]]:
        """The expressions of several words of a list, folded."""
        return self._phrases[name]

    @cached_property
    def verbs(self) -> Mapping[str, Verb]:
        """Every form of every verb of one word."""
        kinds: dict[str, set[str]] = {}
        for kind in self._raw["verb"]:
            for base in self.terms(f"verb.{kind}"):
                kinds.setdefault(base, set()).add(kind)
        found: dict[str, Verb] = {}
        for base, of in sorted(kinds.items()):
            for form, name in _forms(base):
                found.setdefault(form, Verb(base, frozenset(of), name))
        for form, base in self._raw["irregular"].items():
            if folded(base) in kinds and folded(form) not in kinds:
                found[folded(form)] = Verb(folded(base), frozenset(kinds[folded(base)]), "ed")
        return found

    @cached_property
    def _phrase_verbs(self) -> Mapping[tuple[str, str], Verb]:
        """Verbs of two words, ``roll out``, by every form of the first, and the second."""
        found = {}
        for kind in self._raw["verb"]:
            for first, second in sorted(self.phrases(f"verb.{kind}")):
                for form, _ in (*_forms(first), *self._irregular(first)):
                    found[form, second] = Verb(f"{first} {second}", frozenset({kind}), "base")
        return found

    def _irregular(self, base: str) -> Iterator[tuple[str, str]]:
        return ((folded(form), "ed") for form, of in self._raw["irregular"].items() if folded(of) == base)

    def verb(self, word: str) -> Verb | None:
        """What a folded word says as a verb, if it is one."""
        return self.verbs.get(word)

    def phrase_verb(self, first: str, second: str) -> Verb | None:
        """What two words say as one verb, if they are one."""
        return self._phrase_verbs.get((first, second))

    def verb_with_a_slip(self, word: str) -> Verb | None:
        """The verb that was meant, when a word is one slip of a key away from its base form."""
        if len(word) < _SHORTEST_WITH_A_SLIP - 1 or word in self.all_nouns | self.terms("verb_use.no_slip"):
            return None
        return next((self.verbs[known] for known in self._base_forms if _one_slip(word, known)), None)

    @cached_property
    def _base_forms(self) -> list[str]:
        return sorted(form for form, verb in self.verbs.items() if verb.form == "base")

    @cached_property
    def all_nouns(self) -> frozenset[str]:
        """Every noun of every list."""
        names = [f"{table}.{key}" for table in ("metric", "noun", "objective") for key in self._raw[table]]
        return frozenset().union(*map(self.terms, (*names, "gate.gates", "gate.agreements")))

    @cached_property
    def metrics(self) -> Mapping[str, frozenset[str]]:
        """Nouns that are counted or measured, with what they say: volume, speed, cost, quality, other."""
        found: dict[str, set[str]] = {}
        for class_ in _CLASSES:
            for word in self.terms(f"metric.{class_}"):
                found.setdefault(word, set()).add(class_)
        return {word: frozenset(of) for word, of in found.items()}


def _forms(base: str) -> Iterator[tuple[str, str]]:
    """The regular forms of a verb."""
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
    return len(base) > 2 and base[-1] in _DOUBLED and base[-2] in _VOWELS and base[-3] not in _VOWELS


def _one_slip(typed: str, meant: str) -> bool:
    """Whether one letter is missing, too many or swapped with its neighbour, or in a long word wrong.

    The first letter is right. In short words a wrong letter makes another word: *project*, *protect*.
    """
    if typed[:1] != meant[0] or abs(len(typed) - len(meant)) > 1 or len(meant) < _SHORTEST_WITH_A_SLIP:
        return False
    same = next((at for at, (one, other) in enumerate(zip(typed, meant, strict=False)) if one != other), None)
    if same is None:
        return True
    rest, right = typed[same:], meant[same:]
    swapped = rest[:2] == right[1::-1] and rest[2:] == right[2:]
    wrong = rest[1:] == right[1:] and len(meant) >= _LONG
    return swapped or wrong or rest[1:] == right or rest == right[1:]


def read_lexicon(folder: Path) -> Lexicon:
    """Read the word lists from ``folder/words.toml``."""
    return Lexicon(tomllib.loads((folder / "words.toml").read_text("utf-8")))


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """Return the word lists that ship."""
    return read_lexicon(LINT)
