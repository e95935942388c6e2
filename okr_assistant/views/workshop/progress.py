"""How far a room is: who has joined, who has finished. Never what anybody voted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from okr_assistant.views.workshop.vote_parts import names_by_seat
from okr_assistant.words import Words
from okr_assistant.workshop.room import Participant, Pulse, Room

LASTS = (0, 2, 3, 5, 8, 10, 15, 20, 30, 60, 24 * 60, 2 * 24 * 60, 3 * 24 * 60, 7 * 24 * 60, 14 * 24 * 60)
"""How long a round can be set to last, in minutes; 0 is until somebody closes it."""


_STATES = ("not_begun", "under_way", "finished")
"""Who is waited for comes first."""


@dataclass(frozen=True, slots=True)
class Group:
    """People in the same state, under a label; ``names`` have their seats where two look alike."""

    label: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Progress:
    """Where people are in the latest round, or that they have joined before the first.

    ``share`` is of those who have finished, from 0 to 1. ``groups`` has nobody's state without somebody in it.
    """

    sentence: str
    share: float
    all_done: bool
    groups: tuple[Group, ...]


def progress(room: Room, people: Iterable[Participant], words: Words) -> Progress:
    """Return who has joined, before the first round, and then who is how far in the latest one."""
    present = tuple(people)
    names = names_by_seat(present, words)
    voters = [person for person in present if not person.spectator]
    watching = [person for person in present if person.spectator]
    if room.round is None:
        sentence = words.counted("facilitate.joined", len(voters))
        groups = [Group("", _called(voters, names))]
    else:
        by_state = _by_state(room.round.number, voters)
        sentence = _sentence({state: len(found) for state, found in by_state.items()}, words)
        groups = [Group(words(f"facilitate.names.{state}"), _called(by_state[state], names)) for state in _STATES]
    if watching:
        sentence = f"{sentence} {words.counted('facilitate.watching', len(watching))}"
        groups.append(Group(words("facilitate.watching_names"), _called(watching, names)))
    done = len(_by_state(room.round.number, voters)["finished"]) if room.round else 0
    return Progress(
        sentence=sentence,
        share=done / len(voters) if voters else 0.0,
        all_done=bool(voters) and done == len(voters),
        groups=tuple(group for group in groups if group.names),
    )


def counted(pulse: Pulse, words: Words) -> str:
    """Return the progress in a line, for everybody to see: counts, and no names."""
    if not pulse.round:
        return words.counted("screen.joined", pulse.joined)
    return words.counted("screen.finished", pulse.done, of=pulse.joined)


def too_few(room: Room, pulse: Pulse, words: Words) -> str:
    """Say that so few have voted that nothing could be shown, and what to do; empty where they are enough."""
    if pulse.begun >= room.setup.smallest_group:
        return ""
    if not pulse.begun:
        return words("facilitate.nobody_voted")
    return words.counted("facilitate.few_voted", pulse.begun, fewest=room.setup.smallest_group)


def lasts_label(minutes: int, words: Words) -> str:
    """Return one of ``LASTS`` in words."""
    if not minutes:
        return words("facilitate.no_end")
    if minutes % (24 * 60) == 0:
        return words.counted("facilitate.days", minutes // (24 * 60))
    return words.counted("facilitate.minutes", minutes)


def _by_state(number: int, voters: Sequence[Participant]) -> dict[str, list[Participant]]:
    return {
        "finished": [person for person in voters if person.done == number],
        "under_way": [person for person in voters if person.begun == number and person.done != number],
        "not_begun": [person for person in voters if person.begun != number],
    }


def _sentence(counts: dict[str, int], words: Words) -> str:
    parts = [words.counted("facilitate.finished", counts["finished"], of=sum(counts.values()))]
    if counts["under_way"]:
        parts.append(words.counted("facilitate.under_way", counts["under_way"]))
    if counts["not_begun"]:
        parts.append(words.counted("facilitate.not_begun", counts["not_begun"]))
    return f"{', '.join(parts)}."


def _called(people: Iterable[Participant], names: Mapping[int, str]) -> tuple[str, ...]:
    return tuple(names[person.seat] for person in people)
