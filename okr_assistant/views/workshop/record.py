"""What is left after a workshop: what was decided, what the group agreed on, and how far apart it was.

What the votes say is said as at the reveal; here it gets its order, with the answer that was agreed on beside it.
In an anonymous room nothing depends on who is who: there are no names, and what people typed is in
alphabetical order.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from okr_assistant.decision.assess import says_anything
from okr_assistant.decision.assessment import Assessment
from okr_assistant.decision.model import Model
from okr_assistant.views.parts import answer_label
from okr_assistant.views.record import DecisionView
from okr_assistant.views.result import Statement, result_view
from okr_assistant.views.workshop.check import check_view
from okr_assistant.views.workshop.movement import MovementView, RoundView, movement_view
from okr_assistant.views.workshop.picture import OutcomeBar
from okr_assistant.views.workshop.recorded import (
    RecordedCheck,
    RecordedQuestion,
    earlier_reasons,
    recorded,
    recorded_check,
)
from okr_assistant.views.workshop.reveal import RevealView, reveal_view
from okr_assistant.views.workshop.vote_parts import names_by_seat, shown_names
from okr_assistant.words import Words
from okr_assistant.workshop.reveal import Reveal
from okr_assistant.workshop.room import Participant, Room, Vote


@dataclass(frozen=True, slots=True)
class AgreedAnswer:
    """A question of the workshop with the group's answer; ``answer`` says so where none was agreed on."""

    question: str
    answer: str
    given: bool


@dataclass(frozen=True, slots=True)
class WorkshopRecordView:
    """A whole record, in reading order. ``title``, ``about`` and the names in ``people`` are what people typed.

    ``people`` are the decider and, in named rooms, who answered and who watched, each group with its label.
    ``summary`` says how firm it is what the agreed answers lead to, ``conditions`` what has to be fixed before it.
    ``before`` says what each person's own answers led to; ``rounds`` the same after each round, where there were
    several. ``too_few`` has a sentence for each question of which nothing is shown, ``rules`` say why. ``address``
    opens the agreed answers again; it is empty where there is none.
    """

    title: str
    about: str
    finished_on: date
    facts: tuple[tuple[str, str], ...]
    people: tuple[tuple[str, tuple[str, ...]], ...]
    decision: DecisionView
    outcome: tuple[str, ...]
    sentence: str
    summary: tuple[str, ...]
    conditions: tuple[Statement, ...]
    answers: tuple[AgreedAnswer, ...]
    before: tuple[str, ...]
    by_person: tuple[OutcomeBar, ...]
    rounds: tuple[RoundView, ...]
    questions: tuple[RecordedQuestion, ...]
    checks: tuple[RecordedCheck, ...]
    too_few: tuple[str, ...]
    rules: tuple[str, ...]
    model: str
    digest: str
    address: str


def workshop_record_view(
    room: Room,
    people: Sequence[Participant],
    votes: Sequence[Vote],
    reveal: Reveal,
    found: Assessment,
    words: Words,
    *,
    address: str = "",
) -> WorkshopRecordView:
    """Return the record of a finished workshop: ``reveal`` of these votes, ``found`` of the agreed answers."""
    finished = room.finished_at
    assert finished is not None  # noqa: S101 - a finished workshop has one
    model, answered = found.model, {vote.seat for vote in votes}
    shown = reveal_view(reveal, room, people, votes, model, words)
    moved = movement_view(room, votes, model, words)
    result = result_view(model, found.result, words, settled=found.settled)
    return WorkshopRecordView(
        title=room.setup.title,
        about=room.setup.about,
        finished_on=finished.date(),
        facts=tuple(_facts(room, people, answered, finished.date(), words)),
        people=tuple(_people(room, people, answered, words)),
        decision=_decision(room, words),
        outcome=found.result.outcome if says_anything(found.result) else (),
        sentence=result.sentence,
        summary=(*filter(None, (_margin(found, words), result.form, result.split)), *_open(room, found, words)),
        conditions=result.conditions,
        answers=tuple(_answers(room, reveal, model, words)),
        before=tuple(filter(None, (f"{shown.headline}.", shown.possible, shown.deciding))),
        by_person=shown.by_person,
        rounds=moved.rounds if len(moved.rounds) > 1 else (),
        questions=_questions(room, people, votes, shown, moved, model, words),
        checks=tuple(recorded_check(check, words) for check in check_view(room, people, votes, words)),
        too_few=shown.too_few,
        rules=_rules(room, words),
        model=result.model,
        digest=model.digest,
        address=address,
    )


def _questions(
    room: Room,
    people: Sequence[Participant],
    votes: Sequence[Vote],
    shown: RevealView,
    moved: MovementView,
    model: Model,
    words: Words,
) -> tuple[RecordedQuestion, ...]:
    earlier = earlier_reasons(room, votes, shown_names(room, people, words), model, words)
    return recorded(shown, moved, earlier, model, words)


def _facts(
    room: Room, people: Sequence[Participant], answered: Collection[int], day: date, words: Words
) -> Iterator[tuple[str, str]]:
    watched = sum(person.spectator for person in people)
    yield words("workshop_record.date"), words.date(day)
    yield words("workshop_record.answered"), words.counted("workshop_record.count", len(answered))
    if watched:
        yield words("workshop_record.watched"), words.counted("workshop_record.count", watched)
    yield words("workshop_record.voted"), words.counted("workshop_record.rounds", len(room.votes_shown))
    of = len(room.setup.questions)
    agreed = words.counted("workshop_record.agreed_of", of, agreed=len(room.agreed))
    yield words("workshop_record.agreed_on"), agreed
    yield words("record.model"), room.setup.model


def _people(
    room: Room, people: Sequence[Participant], answered: Collection[int], words: Words
) -> Iterator[tuple[str, tuple[str, ...]]]:
    if room.setup.decider:
        yield words("workshop_record.decider"), (room.setup.decider,)
    if not room.setup.named:
        return
    groups = (
        (words("workshop_record.who_answered"), [person for person in people if person.seat in answered]),
        (words("workshop_record.who_watched"), [person for person in people if person.spectator]),
    )
    names = names_by_seat(people, words)
    yield from ((label, tuple(names[person.seat] for person in group)) for label, group in groups if group)


def _decision(room: Room, words: Words) -> DecisionView:
    outcome = room.outcome
    assert outcome is not None  # noqa: S101 - a finished workshop has one
    note = words("workshop_record.decision_note")
    if outcome.corrected_at:
        day = words.date(outcome.corrected_at.date())
        note = f"{note} {words('workshop_record.corrected', date=day)}"
    return DecisionView(
        note=note,
        decided=outcome.decided,
        because=outcome.because,
        owner=outcome.owner,
        review_on=words.date(outcome.review_on) if outcome.review_on else "",
    )


def _margin(found: Assessment, words: Words) -> str:
    """How firm the advice is, in a sentence for those who have never seen a margin."""
    if not says_anything(found.result):
        return ""
    margin = found.firm.margin
    said = words(f"workshop_record.firm.{'alone' if margin.points is None else margin.label}")
    return said if found.final else words("outlook.so_far", margin=said)


def _open(room: Room, found: Assessment, words: Words) -> Iterator[str]:
    """How many questions have no answer: of the workshop's, and of those that it never asked."""
    if not found.result.open:
        return
    of_room = sum(id_ in room.setup.questions for id_ in found.result.open)
    if of_room:
        yield words.counted("workshop_record.open", of_room)
    if not_asked := len(found.result.open) - of_room:
        yield words.counted("workshop_record.not_asked", not_asked)
    if found.settled:
        yield words("workshop_record.open_settled")


def _answers(room: Room, reveal: Reveal, model: Model, words: Words) -> Iterator[AgreedAnswer]:
    voted = {found.question for found in reveal.questions if found.voted} | set(reveal.too_few)
    for question in room.setup.questions:
        choice = room.agreed.get(question)
        without = words("workshop_record.not_agreed" if question in voted else "workshop_record.not_voted")
        answer = answer_label(model, words, question, choice) if choice else without
        yield AgreedAnswer(model.questions_by_id[question].text, answer, given=choice is not None)


def _rules(room: Room, words: Words) -> tuple[str, ...]:
    return (
        words("workshop_record.smallest_group", count=room.setup.smallest_group),
        words("workshop_record.rule_named" if room.setup.named else "workshop_record.rule_anonymous"),
    )
