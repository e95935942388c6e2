"""The check in words: how far people stand behind what was agreed, and who is asked to speak."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from okr_assistant.views.workshop.vote_parts import share_of, shown_names
from okr_assistant.words import Words
from okr_assistant.workshop.check import Check, checks
from okr_assistant.workshop.room import Participant, Room, Vote


@dataclass(frozen=True, slots=True)
class FingersBar:
    """How many showed so many fingers; ``share`` is of all who voted, 0 to 100; ``names`` in named rooms only."""

    fingers: str
    label: str
    people: int
    share: float
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Objection:
    """Why somebody shows two fingers or fewer. ``name`` is empty in anonymous rooms, ``reason`` may be."""

    fingers: str
    reason: str
    name: str


@dataclass(frozen=True, slots=True)
class CheckView:
    """One fist of five. Every text is a whole sentence.

    ``headline`` says how many stand behind what was agreed, or that too few voted to show anything; ``speak``
    how many are asked to speak, or may. In anonymous rooms there are only ``objections`` with a reason.
    """

    title: str
    headline: str
    speak: str
    bars: tuple[FingersBar, ...]
    objections: tuple[Objection, ...]


def check_view(
    room: Room, people: Iterable[Participant], votes: Iterable[Vote], words: Words
) -> tuple[CheckView, ...]:
    """Return every check that was revealed, the first one first."""
    names = shown_names(room, people, words)
    return tuple(_check(room, found, names, words) for found in checks(room, votes))


def _check(room: Room, found: Check, names: Mapping[int, str], words: Words) -> CheckView:
    behind = found.voted - len(found.must_speak)
    return CheckView(
        title=words("reveal.check.title", number=found.round),
        headline=_too_few(room, found, words) or words("reveal.check.behind", count=behind, of=found.voted),
        speak=_speak(room, found, words),
        bars=tuple(_bars(found, names, words)),
        objections=tuple(_objections(found.must_speak, names)),
    )


def _too_few(room: Room, found: Check, words: Words) -> str:
    if not found.voted:
        return words("reveal.check.nobody")
    return words("reveal.check.too_few", fewest=room.setup.smallest_group) if found.too_few else ""


def _speak(room: Room, found: Check, words: Words) -> str:
    if not found.voted or found.too_few:
        return ""
    if not found.must_speak:
        return words("reveal.check.nobody_speaks")
    if room.setup.named:
        return words.counted("reveal.check.speak_named", len(found.must_speak))
    return words.counted("reveal.check.speak_anonymous", len(found.must_speak))


def _bars(found: Check, names: Mapping[int, str], words: Words) -> Iterator[FingersBar]:
    for fingers, votes in found.fingers.items():
        yield FingersBar(
            fingers=fingers,
            label=words.counted("reveal.check.fingers", int(fingers)),
            people=len(votes),
            share=share_of(len(votes), found.voted),
            names=tuple(sorted(names[vote.seat] for vote in votes if vote.seat in names)),
        )


def _objections(votes: Iterable[Vote], names: Mapping[int, str]) -> list[Objection]:
    """The fewest fingers first, and then by name and text, so that the order tells nothing more."""
    given = [Objection(vote.choice, vote.reason, names.get(vote.seat, "")) for vote in votes]
    told = [objection for objection in given if objection.reason or objection.name]
    return sorted(told, key=lambda objection: (objection.fingers, objection.name, objection.reason))
