"""The steps of a workshop: each takes a room and returns it as it is afterwards, or ``RoomError`` says why not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from okr_assistant.decision.model import Model
from okr_assistant.workshop.errors import RoomError
from okr_assistant.workshop.room import FIST, LONGEST_ROUND, MOST_ROUNDS, Outcome, Phase, Room, Round, RoundKind

_PLACE = "workshop"


def open_round(room: Room, questions: Sequence[str], closes_at: datetime | None, now: datetime) -> Room:
    """Begin to vote: the first time on all questions of the room, then on those that are chosen.

    What was agreed on these questions is taken back, or the new votes could change nothing.
    """
    known = room.setup.questions
    for question in questions:
        _check_question(room, question)
    asked = tuple(question for question in known if question in questions) if room.rounds else known
    if not asked:
        raise RoomError("no_questions", place=_PLACE)
    opened = _opened(room, "vote", asked, closes_at, now)
    return replace(opened, agreed={id_: choice for id_, choice in room.agreed.items() if id_ not in asked})


def open_check(room: Room, closes_at: datetime | None, now: datetime) -> Room:
    """Put what was agreed to the check, by fist of five; from now on the group's answers stand."""
    if not room.agreed:
        raise RoomError("nothing_agreed", place=_PLACE)
    return _opened(room, "check", (FIST,), closes_at, now)


def close(room: Room, now: datetime) -> Room:
    """End the voting; a round that is closed already stays as it is."""
    current = _in(room, now, "voting", "closed")
    return _with(room, replace(current, closed_at=current.closed_at or _end(current, now)))


def reopen(room: Room, closes_at: datetime | None, now: datetime) -> Room:
    """Vote on, after the round was closed and before it is revealed; or give it another end."""
    current = _in(room, now, "voting", "closed")
    _check_end(closes_at, now)
    return _with(room, replace(current, closed_at=None, closes_at=closes_at))


def reveal(room: Room, voters: Mapping[str, int], now: datetime) -> Room:
    """Show everybody's votes at once, which ends the voting; what is revealed already stays so.

    ``voters`` has how many voted in this round by question, where anybody did. In an anonymous room the votes of
    fewer than the smallest group never count: with the counts before and after, whoever knows who voted again
    would know what they chose. It is decided here, once: who leaves later does not undo the votes of others.
    """
    current = _in(room, now, "voting", "closed", "revealed")
    if current.revealed_at is not None:
        return room
    ended = replace(current, closed_at=current.closed_at or _end(current, now), revealed_at=now)
    if room.setup.named or current.kind == "check":
        return _with(room, ended)
    few = (question for question in current.questions if 0 < voters.get(question, 0) < room.setup.smallest_group)
    return _with(room, replace(ended, uncounted=tuple(few)))


def focus(room: Room, question: str, now: datetime) -> Room:
    """Talk about this question; empty for none."""
    _in(room, now, "revealed")
    if question:
        _check_question(room, question)
    talked = tuple(id_ for id_ in room.setup.questions if id_ in {*room.talked, question})
    return replace(room, focus=question, talked=talked)


def agree(
    room: Room,
    answers: Mapping[str, str | None],
    model: Model,
    now: datetime,
    *,
    seen: Mapping[str, str] | None = None,
) -> Room:
    """Take these as the group's answers; None takes one back. The check makes all of them stand.

    ``seen`` is what was agreed when whoever agrees looked last: an answer that somebody else has made another one
    since is not overwritten unseen. None for whoever did not look.
    """
    _in(room, now, "revealed")
    if room.answers_are_agreed:
        raise RoomError("answers_stand", place=_PLACE)
    for question, choice in answers.items():
        _check_question(room, question)
        allowed = model.questions_by_id[question].choices
        if choice is not None and choice not in allowed:
            raise RoomError("unknown_option", place=question, found=choice, allowed=allowed)
        if seen is not None and room.agreed.get(question) not in {seen.get(question), choice}:
            raise RoomError("agreed_meanwhile", place=_PLACE)
    agreed = {**room.agreed, **answers}
    kept = {question: choice for question in room.setup.questions if (choice := agreed.get(question)) is not None}
    return replace(room, agreed=kept)


def nudge(room: Room, now: datetime) -> Room:
    """Ask those who are not done to go on."""
    _in(room, now, "voting")
    return replace(room, nudged_at=now)


def finish(room: Room, outcome: Outcome, now: datetime) -> Room:
    """End the workshop with what came out of it."""
    _in(room, now, "revealed")
    if not room.agreed:
        raise RoomError("nothing_agreed", place=_PLACE)
    return replace(room, outcome=outcome, finished_at=now, focus="")


def correct(room: Room, outcome: Outcome, now: datetime) -> Room:
    """Put other words in the place of what came out, and note when; the votes and the answers stay."""
    _in(room, now, "finished")
    assert room.outcome is not None  # noqa: S101 - a finished room has one
    if outcome == replace(room.outcome, corrected_at=None):
        return room
    return replace(room, outcome=replace(outcome, corrected_at=now))


def _opened(
    room: Room, kind: RoundKind, questions: tuple[str, ...], closes_at: datetime | None, now: datetime
) -> Room:
    phase = room.phase(now)
    if phase not in {"lobby", "revealed"}:
        raise RoomError(f"is_{phase}", place=_PLACE)
    if len(room.rounds) >= MOST_ROUNDS:
        raise RoomError("too_many_rounds", place=_PLACE, allowed=str(MOST_ROUNDS))
    _check_end(closes_at, now)
    new = Round(len(room.rounds) + 1, kind, questions, now, closes_at)
    return replace(room, rounds=(*room.rounds, new), focus="", talked=(), nudged_at=None)


def _in(room: Room, now: datetime, *phases: Phase) -> Round:
    """Return the latest round, if the workshop is in one of these phases of a round."""
    phase = room.phase(now)
    if phase not in phases or room.round is None:
        raise RoomError(f"is_{phase}", place=_PLACE)
    return room.round


def _check_question(room: Room, question: str) -> None:
    if question not in room.setup.questions:
        raise RoomError("other_question", place=_PLACE, found=question, allowed=room.setup.questions)


def _end(current: Round, now: datetime) -> datetime:
    return min(now, current.closes_at) if current.closes_at else now


def _check_end(closes_at: datetime | None, now: datetime) -> None:
    if closes_at is not None and not now < closes_at <= now + LONGEST_ROUND:
        raise RoomError("bad_end", place=_PLACE, allowed=str(LONGEST_ROUND.days))


def _with(room: Room, current: Round) -> Room:
    return replace(room, rounds=(*room.rounds[:-1], current))
