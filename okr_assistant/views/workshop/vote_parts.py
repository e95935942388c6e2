"""The parts that all views of votes share: choices and outcomes inside sentences, moves, and who gave a reason."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from okr_assistant.decision.model import Model
from okr_assistant.views.parts import answer_label
from okr_assistant.words import Words
from okr_assistant.workshop.reveal import Move, Outcomes
from okr_assistant.workshop.room import Participant, Room, Vote

_LOOK_ALIKES = str.maketrans(
    "аеорсухіјѕһԁԛԝвнкмт" + "αορνικτυχεηβμζ",  # Cyrillic and Greek, capitals folded
    "aeopcyxijshdqwbhkmt" + "aopniktyxehbmz",
)
"""Letters that look like Latin ones, small or capital; too many here only show a seat more."""

_NAMED_IN_A_TIE = 3


def outcome_text(model: Model, outcome: Outcomes, words: Words) -> str:
    """Return an outcome as it is called inside a sentence; many that tie are only counted."""
    if len(outcome) == len(model.approaches):
        return words("reveal.nothing")
    if len(outcome) > _NAMED_IN_A_TIE:
        return words("reveal.tie_many", count=len(outcome))
    names = words.listed([model.approaches_by_id[id_].phrase for id_ in outcome])
    return names if len(outcome) == 1 else words("reveal.tie", approaches=names)


def quoted_choice(model: Model, question: str, choice: str, words: Words) -> str:
    """Return a choice as it is quoted inside a sentence."""
    return words("reveal.choice", choice=answer_label(model, words, question, choice))


def move_texts(model: Model, question: str, moves: Iterable[Move], words: Words) -> tuple[str, ...]:
    """Say how many moved from where to where."""
    return tuple(
        words.counted(
            "reveal.move",
            move.people,
            from_=quoted_choice(model, question, move.from_, words),
            to=quoted_choice(model, question, move.to, words),
        )
        for move in moves
    )


def few(lines: Sequence[str], most: int, others: Callable[[int], str]) -> tuple[str, ...]:
    """Return the first lines, and in one more what ``others`` says of how many are left, if any are."""
    left = len(lines) - most
    return (*lines[:most], others(left)) if left > 0 else tuple(lines)


def few_moves(moves: Sequence[str], most: int, words: Words) -> tuple[str, ...]:
    """Return the first moves, and how many others there are."""
    return few(moves, most, lambda left: words.counted("reveal.more_moves", left))


def names_by_seat(people: Iterable[Participant], words: Words) -> Mapping[int, str]:
    """Return what people are called; where two of them look alike, with their seats."""
    present = tuple(people)
    with_seat = {person.seat: words("reveal.person", name=person.name, seat=person.seat) for person in present}
    # A name may also be typed so that it looks like somebody else's with a seat.
    looks = Counter([*(_look(person.name) for person in present), *map(_look, with_seat.values())])
    return {
        person.seat: with_seat[person.seat] if looks[_look(person.name)] > 1 else person.name for person in present
    }


def shown_names(room: Room, people: Iterable[Participant], words: Words) -> Mapping[int, str]:
    """Return what people are called beside their votes; in a room without names, nobody is."""
    return names_by_seat(people, words) if room.setup.named else {}


def _look(name: str) -> str:
    """What names that look alike have in common."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold()).translate(_LOOK_ALIKES)


def with_reasons(votes: Iterable[Vote], names: Mapping[int, str]) -> tuple[tuple[str, str], ...]:
    """Return the reasons given with these votes, each with a name, in an order that tells nothing more."""
    given = ((names.get(vote.seat, ""), vote.reason) for vote in votes if vote.reason)
    return tuple((reason, name) for name, reason in sorted(given))


def share_of(people: int, whole: int) -> float:
    """Return the length of a bar for so many of the ``whole``, 0 to 100."""
    return 100 * people / whole if whole else 0.0
