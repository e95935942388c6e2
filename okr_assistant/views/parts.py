"""The parts that several views share: cited sources and points with a sign."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from okr_assistant.decision.model import UNSURE, Model
from okr_assistant.words import Words

MINUS = "\N{MINUS SIGN}"


@dataclass(frozen=True, slots=True)
class Citation:
    """A source as a reader sees it: who and when, its title, and where to read it."""

    text: str
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class ChoiceView:
    """An answer that somebody could give; ``hint`` may be empty."""

    id: str
    label: str
    hint: str


def citations(model: Model, sources: Iterable[str]) -> tuple[Citation, ...]:
    """Return the sources with these ids, in the given order."""
    found = (model.sources_by_id[id_] for id_ in sources)
    return tuple(Citation(model.cited[source.id], source.title, source.url) for source in found)


def signed(points: int) -> str:
    """``+3``, ``−2`` or ``0``."""
    return f"+{points}" if points > 0 else plain(points)


def sources_listed(model: Model) -> tuple[tuple[Citation, str], ...]:
    """Return every source with what we take from it."""
    every = citations(model, model.sources_by_id)
    return tuple(zip(every, (source.takeaway for source in model.sources), strict=True))


def plain(points: int) -> str:
    """A whole number with a real minus sign."""
    return f"{MINUS}{-points}" if points < 0 else str(points)


def cited(author: str, year: int | None, title: str, url: str) -> Citation:
    """Return a source of no model as the sources of models are cited: author, and year where it is known."""
    return Citation(f"{author} {year}" if year else author, title, url)


def answer_label(model: Model, words: Words, question: str, answer: str | None) -> str:
    """Return the answer in words, which the catalogue has where it is no option: ``unsure``, and None for open."""
    if answer is None:
        return words("answer.open")
    if answer == UNSURE:
        return words("answer.unsure")
    option = model.questions_by_id[question].option(answer)
    assert option is not None  # noqa: S101 - answers were checked against the model
    return option.label
