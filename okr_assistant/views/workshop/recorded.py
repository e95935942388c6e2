"""A question of a workshop as it is kept: the votes of each round, what was agreed, and who chose otherwise."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from okr_assistant.decision.model import UNSURE, Model
from okr_assistant.views.workshop.check import CheckView
from okr_assistant.views.workshop.movement import MovementView, QuestionMovement
from okr_assistant.views.workshop.reveal import RevealedQuestion, RevealView
from okr_assistant.views.workshop.vote_parts import quoted_choice
from okr_assistant.words import Words
from okr_assistant.workshop.cast import cast
from okr_assistant.workshop.room import FIST, Room, Vote
from okr_assistant.workshop.standing import standing_votes


@dataclass(frozen=True, slots=True)
class RecordedChoice:
    """A choice with how many stood by it after each round in which the question was asked.

    ``share`` is the length of a bar for the last of them, 0 to 100. ``standing`` says in a word whether it is the
    proposal or was agreed; ``names`` are there in named rooms only.
    """

    choice: str
    label: str
    agreed: bool
    standing: str
    counts: tuple[str, ...]
    share: float
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReasonView:
    """Why somebody chose something, as they typed it: their choice, quoted, and ``name`` where votes have one.

    In a named room ``reason`` may be empty: of who shows few fingers the name is told in any case.
    """

    choice: str
    reason: str
    name: str


@dataclass(frozen=True, slots=True)
class RecordedQuestion:
    """A question with its votes, and what the group made of them.

    ``choices`` are those that somebody took in some round, and the one that was agreed on. ``rounds`` are the
    headings of their counts. ``said`` is what there is to say of the votes, in paragraphs.
    ``agreed`` says which answer was agreed on and how many chose something else; ``against`` are the reasons of
    those, ``reasons`` all others. ``earlier`` are those that were given in earlier rounds and do not stand any
    more: whoever gave them has moved, or has said it in other words.
    """

    id: str
    text: str
    rounds: tuple[str, ...]
    choices: tuple[RecordedChoice, ...]
    said: tuple[str, ...]
    matters: bool
    agreed: tuple[str, ...]
    against: tuple[ReasonView, ...]
    reasons: tuple[ReasonView, ...]
    earlier: tuple[ReasonView, ...]


@dataclass(frozen=True, slots=True)
class RecordedCheck:
    """A fist of five, as a question; ``against`` are the reasons of those who showed two fingers or fewer.

    There are no ``choices`` where too few voted to show any.
    """

    text: str
    rounds: tuple[str, ...]
    choices: tuple[RecordedChoice, ...]
    said: tuple[str, ...]
    against: tuple[ReasonView, ...]


def recorded(
    reveal: RevealView,
    movement: MovementView,
    earlier: Mapping[str, tuple[ReasonView, ...]],
    model: Model,
    words: Words,
) -> tuple[RecordedQuestion, ...]:
    """Return the questions that people voted on and that are shown, in the order of the reveal.

    ``earlier`` are the reasons by question that do not stand any more.
    """
    moved = {question.id: question for question in movement.questions}
    return tuple(
        _recorded(question, moved.get(question.id), earlier.get(question.id, ()), model, words)
        for question in reveal.questions
        if _has_votes(question)
    )


def earlier_reasons(
    room: Room, votes: Sequence[Vote], names: Mapping[int, str], model: Model, words: Words
) -> Mapping[str, tuple[ReasonView, ...]]:
    """Return the reasons by question that stand no more, by round and text, so that the order tells nothing."""
    standing = standing_votes(room, votes)
    given: dict[str, list[tuple[int, str, str, Vote]]] = defaultdict(list)
    for found in cast(room, votes, model):
        for vote in (vote for chose in found.votes.values() for vote in chose if found.question != FIST):
            if vote.reason and vote.round != standing[vote.question].said_in.get(vote.seat):
                given[vote.question].append((vote.round, names.get(vote.seat, ""), vote.reason, vote))
    return {question: tuple(_earlier(found, model, words)) for question, found in given.items()}


def recorded_check(check: CheckView, words: Words) -> RecordedCheck:
    """Return a check with the reasons of those who had to speak."""
    labels = {bar.fingers: bar.label for bar in check.bars}
    return RecordedCheck(
        text=check.title,
        rounds=(words("workshop_record.people"),) if check.bars else (),
        choices=tuple(
            RecordedChoice(bar.fingers, bar.label, False, "", (str(bar.people),), bar.share, bar.names)
            for bar in check.bars
        ),
        said=tuple(_paragraph(check.headline, check.speak)),
        against=tuple(ReasonView(labels[said.fingers], said.reason, said.name) for said in check.objections),
    )


def _has_votes(question: RevealedQuestion) -> bool:
    return any(bar.people for bar in question.bars)


def _earlier(given: Iterable[tuple[int, str, str, Vote]], model: Model, words: Words) -> Iterator[ReasonView]:
    for number, name, reason, vote in sorted(given, key=lambda each: (*each[:3], each[3].choice)):
        title = words("reveal.round", number=number)
        choice = quoted_choice(model, vote.question, vote.choice, words)
        yield ReasonView(words("workshop_record.in_round", round=title, said=choice), reason, name)


def _recorded(
    question: RevealedQuestion,
    moved: QuestionMovement | None,
    earlier: tuple[ReasonView, ...],
    model: Model,
    words: Words,
) -> RecordedQuestion:
    said = [
        (bar.choice, ReasonView(quoted_choice(model, question.id, bar.choice, words), reason, name))
        for bar in question.bars
        for reason, name in bar.reasons
    ]
    against = question.agreed is not None
    return RecordedQuestion(
        id=question.id,
        text=question.text,
        rounds=moved.rounds if moved else (words("workshop_record.people"),),
        choices=tuple(_choices(question, moved, words)),
        said=tuple(_said(question, moved, words)),
        matters=question.matters,
        agreed=tuple(_agreed(question, model, words)),
        against=tuple(reason for choice, reason in said if against and choice != question.agreed),
        reasons=tuple(reason for choice, reason in said if not against or choice == question.agreed),
        earlier=earlier,
    )


def _choices(question: RevealedQuestion, moved: QuestionMovement | None, words: Words) -> Iterator[RecordedChoice]:
    before = {choice.choice: choice.people[:-1] for choice in moved.choices} if moved else {}
    for bar in question.bars:
        counts = (*before.get(bar.choice, ()), bar.people)
        if not (any(counts) or bar.standing):
            continue
        yield RecordedChoice(
            choice=bar.choice,
            label=bar.label,
            agreed=bar.choice == question.agreed,
            standing=bar.standing,
            counts=tuple(words("workshop_record.hidden") if count is None else str(count) for count in counts),
            share=bar.share,
            names=bar.names,
        )


def _said(question: RevealedQuestion, moved: QuestionMovement | None, words: Words) -> Iterator[str]:
    yield from _paragraph(question.voted, question.statistic, question.spread)
    sides = words("workshop_record.sides", sides="; ".join(question.sides)) if question.sides else ""
    yield from _paragraph(question.consequence, sides, question.shift)
    if moved:
        earlier = zip(moved.rounds[:-1], moved.statistics[:-1], strict=True)
        yield from (words("workshop_record.in_round", round=title, said=said) for title, said in earlier)
        for step in (step for step in moved.steps if step.moves):
            yield words("workshop_record.in_round", round=step.title, said=" ".join(step.moves))


def _paragraph(*sentences: str) -> Iterator[str]:
    if any(sentences):
        yield " ".join(filter(None, sentences))


def _agreed(question: RevealedQuestion, model: Model, words: Words) -> Iterator[str]:
    """Who did not know has not dissented, and is counted apart; where that was agreed on, all others have."""
    agreed = question.agreed
    if agreed is None:
        yield words("workshop_record.none_agreed")
        return
    yield words("workshop_record.agreed", answer=quoted_choice(model, question.id, agreed, words))
    people = {bar.choice: bar.people for bar in question.bars if bar.people}
    voted, unsure = sum(people.values()), people.get(UNSURE, 0) if agreed != UNSURE else 0
    other = voted - people.get(agreed, 0) - unsure
    if people.keys() == {agreed}:
        yield words("workshop_record.no_dissent")
    if other:
        yield words.counted("workshop_record.dissent", other, of=voted)
    if unsure:
        yield words.counted("workshop_record.unsure", unsure, of=voted)
