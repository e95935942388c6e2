"""The workshop record as JSON: everything of it that may be shown, without a loss, under the ids of the model.

``docs/workshop-record.md`` says what is in it. Under ``record`` stands what the group agreed on as every result is
exported; on its own, that part can be opened again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from okr_assistant.decision.assessment import Assessment
from okr_assistant.export.document import as_json, document_data
from okr_assistant.sharing.record import Record
from okr_assistant.workshop.cast import Cast, cast
from okr_assistant.workshop.reveal import QuestionReveal, Reveal
from okr_assistant.workshop.room import Participant, Room, Round, Vote

FORMAT = 1


def workshop_document(
    room: Room,
    people: Sequence[Participant],
    votes: Sequence[Vote],
    found: Assessment,
    record: Record,
    reveal: Reveal,
) -> bytes:
    """Return the record as JSON; in an anonymous room the same bytes whoever is who."""
    names = {person.seat: person.name for person in people}
    casts = cast(room, [vote for vote in votes if vote.seat in names], found.model)
    whole = {
        "format": FORMAT,
        "workshop": _workshop(room, people, votes),
        "rounds": [_round(round_, casts, names if room.setup.named else None) for round_ in room.rounds],
        "questions": [_question(question) for question in reveal.questions],
        "too_few": list(reveal.too_few),
        "by_person": [{"outcome": list(outcome), "people": count} for outcome, count in reveal.by_person],
        "possible": list(reveal.possible),
        "record": document_data(found, record),
    }
    return as_json(whole)


def _workshop(room: Room, people: Sequence[Participant], votes: Sequence[Vote]) -> dict[str, Any]:
    setup, answered = room.setup, {vote.seat for vote in votes}
    known = {
        "title": setup.title,
        "about": setup.about,
        "decider": setup.decider,
        "named": setup.named,
        "smallest_group": setup.smallest_group,
        "questions": list(setup.questions),
        "model": setup.model,
        "digest": setup.digest,
        "made_at": _time(room.made_at),
        "finished_at": _time(room.finished_at),
        "corrected_at": _time(room.outcome.corrected_at if room.outcome else None),
        "answered": len(answered),
        "watched": sum(person.spectator for person in people),
    }
    if not setup.named:
        return known
    seats = [{"seat": person.seat, "name": person.name, "watched": person.spectator} for person in people]
    return known | {"people": seats}


def _round(round_: Round, casts: Sequence[Cast], names: Mapping[int, str] | None) -> dict[str, Any]:
    return {
        "number": round_.number,
        "kind": round_.kind,
        "questions": list(round_.questions),
        "opened_at": _time(round_.opened_at),
        "closed_at": _time(round_.closed_at),
        "revealed_at": _time(round_.revealed_at),
        "votes": [_cast(each, names) for each in casts if each.round == round_.number],
    }


def _cast(found: Cast, names: Mapping[int, str] | None) -> dict[str, Any]:
    """What was cast on one question: counts and reasons, and in a named room who chose what as well."""
    given = [vote for votes in found.votes.values() for vote in votes]
    known: dict[str, Any] = {
        "question": found.question,
        "counts": {choice: len(votes) for choice, votes in found.votes.items()},
    }
    if names is None:
        reasons = [{"choice": vote.choice, "reason": vote.reason} for vote in given if vote.reason]
        order = list(found.votes)
        return known | {"reasons": sorted(reasons, key=lambda r: (order.index(r["choice"]), r["reason"]))}
    by_seat = sorted(given, key=lambda vote: vote.seat)
    return known | {
        "people": [
            {"seat": vote.seat, "name": names[vote.seat], "choice": vote.choice, "reason": vote.reason}
            for vote in by_seat
        ]
    }


def _question(found: QuestionReveal) -> dict[str, Any]:
    shift = found.shift
    return {
        "question": found.question,
        "voted": found.voted,
        "counts": {choice: len(seats) for choice, seats in found.seats.items()},
        "rounds": list(found.rounds),
        "again": found.again,
        "statistic": found.statistic,
        "proposal": found.proposal,
        "agreed": found.agreed,
        "lowest": found.lowest,
        "highest": found.highest,
        "span": found.span,
        "camps": [
            {"option": camp.option, "people": len(camp.seats), "outcome": list(camp.outcome)}
            for camp in found.camps
        ],
        "matters": found.matters,
        "shift": shift and {"option": shift.option, "people": shift.people, "outcome": list(shift.outcome)},
        "moves": [{"from": move.from_, "to": move.to, "people": move.people} for move in found.moves],
    }


def _time(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat(timespec="seconds")
