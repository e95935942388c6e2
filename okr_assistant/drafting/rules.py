"""The rules about drafts with their words and sources, from ``data/lint/rules.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from okr_assistant.paths import LINT

KINDS = ("key_result", "objective", "set", "metric", "hypothesis")
"""What a rule can be about."""


@dataclass(frozen=True, slots=True)
class Source:
    """Who says so, where, and in our words what."""

    id: str
    author: str
    title: str
    url: str
    takeaway: str
    year: int | None = None

    def to_json(self) -> dict[str, Any]:
        """Author, title, year (null if unknown) and address."""
        return {"author": self.author, "title": self.title, "year": self.year, "url": self.url}


@dataclass(frozen=True, slots=True)
class Rule:
    """What is looked for, why it matters, how to mend it, and who says so."""

    id: str
    about: str
    says: str
    why: str
    fix: str
    quiet: str
    weak: str | tuple[str, ...]
    strong: str | tuple[str, ...]
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Published:
    """An example that a source calls good; ``true`` are the findings that are right about it all the same."""

    source: Source
    objective: str = ""
    key_results: tuple[str, ...] = ()
    true: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Rules:
    """All rules by id, in the order in which findings are given, and the published examples."""

    by_id: Mapping[str, Rule]
    published: tuple[Published, ...]

    def about(self, kind: str) -> tuple[Rule, ...]:
        """Return the rules about one kind of text."""
        return tuple(rule for rule in self.by_id.values() if rule.about == kind)


def read_rules(folder: Path) -> Rules:
    """Read ``folder/rules.toml``; a key that is missing or unknown is a programming error."""
    raw = tomllib.loads((folder / "rules.toml").read_text("utf-8"))
    sources = {entry["id"]: Source(**entry) for entry in raw["sources"]}
    by_id = {entry["id"]: _rule(entry, sources) for entry in raw["rules"]}
    return Rules(MappingProxyType(by_id), tuple(_published(entry, sources) for entry in raw["published"]))


@lru_cache(maxsize=1)
def rules() -> Rules:
    """Return the rules that ship."""
    return read_rules(LINT)


def _rule(entry: dict[str, Any], sources: Mapping[str, Source]) -> Rule:
    examples = {key: tuple(text) if isinstance(text := entry[key], list) else text for key in ("weak", "strong")}
    return Rule(**entry | examples | {"sources": tuple(sources[id_] for id_ in entry["sources"])})


def _published(entry: dict[str, Any], sources: Mapping[str, Source]) -> Published:
    alone = [entry["key_result"]] if "key_result" in entry else []
    return Published(
        sources[entry["source"]],
        entry.get("objective", ""),
        tuple(alone + entry.get("key_results", [])),
        frozenset(entry.get("true", [])),
    )
