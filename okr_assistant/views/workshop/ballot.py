"""What a participant is asked in a round, with their own answers and nothing of anybody else's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from okr_assistant.decision.assess import read_answers
from okr_assistant.decision.model import Model
from okr_assistant.views.parts import ChoiceView
from okr_assistant.views.workshop.texts import choice_text, question_text
from okr_assistant.words import Words
from okr_assistant.workshop.room import FINGERS, FIST, Round, Vote

_FINGER_HINTS = ("none", "one", "two", "three", "four", "five")


@dataclass(frozen=True, slots=True)
class BallotQuestion:
    """A question as one participant has it.

    ``chosen`` and ``reason`` are theirs in this round, ``answer`` is the chosen one in words; ``before`` is what
    they chose the time before, in words. Each is empty where there is none. ``ignored`` says whether their other
    answers hide the question: it is asked like every other, and does not count for their own result.
    """

    id: str
    text: str
    why_we_ask: str
    choices: tuple[ChoiceView, ...]
    chosen: str
    reason: str
    answer: str
    before: str
    ignored: bool


@dataclass(frozen=True, slots=True)
class Ballot:
    """All questions of a round, in order; ``check`` when it is a fist of five."""

    round: int
    check: bool
    questions: tuple[BallotQuestion, ...]

    def question(self, id_: str) -> BallotQuestion | None:
        """Return a question of the round; None for anything else."""
        return next((question for question in self.questions if question.id == id_), None)

    def number(self, id_: str) -> int:
        """The place of a question among them, from 1."""
        return [question.id for question in self.questions].index(id_) + 1

    def before(self, id_: str) -> str:
        """The question before this one; empty for the first."""
        number = self.number(id_)
        return self.questions[number - 2].id if number > 1 else ""

    def next_open(self, after: str) -> str:
        """The next question without an answer behind this one, from the top again at the end; empty without one.

        This one is no next one. Whatever is no question here stands before the first.
        """
        ids = [question.id for question in self.questions]
        start = ids.index(after) + 1 if after in ids else 0
        open_ = {question.id for question in self.questions if not question.chosen} - {after}
        return next((id_ for id_ in (*ids[start:], *ids[:start]) if id_ in open_), "")

    def with_typed(self, typed: Mapping[str, tuple[str, str]]) -> Ballot:
        """Return it with choices and reasons as somebody typed them, by question, in the place of what is kept."""
        changed = (
            replace(question, chosen=typed[question.id][0], reason=typed[question.id][1])
            if question.id in typed
            else question
            for question in self.questions
        )
        return replace(self, questions=tuple(changed))


def ballot(current: Round, votes: Iterable[Vote], model: Model, words: Words) -> Ballot:
    """Return what somebody with these votes, of this round and earlier ones, has to answer in this round."""
    own = {vote.question: vote for vote in votes if vote.round == current.number}
    earlier = {vote.question: vote.choice for vote in votes if vote.round < current.number}
    answers = earlier | {id_: vote.choice for id_, vote in own.items()}
    counted = {FIST, *read_answers(model, answers).asked}
    return Ballot(
        round=current.number,
        check=current.kind == "check",
        questions=tuple(
            _question(model, words, id_, own.get(id_), earlier.get(id_), ignored=id_ not in counted)
            for id_ in current.questions
        ),
    )


def _question(
    model: Model, words: Words, id_: str, vote: Vote | None, before: str | None, *, ignored: bool
) -> BallotQuestion:
    return BallotQuestion(
        id=id_,
        text=question_text(model, words, id_),
        why_we_ask=words("vote.fist_why") if id_ == FIST else model.questions_by_id[id_].why_we_ask,
        choices=_fingers(model, words) if id_ == FIST else _choices(model, words, id_),
        chosen=vote.choice if vote else "",
        reason=vote.reason if vote else "",
        answer=choice_text(model, words, id_, vote.choice) if vote else "",
        before=choice_text(model, words, id_, before) if before else "",
        ignored=ignored,
    )


@dataclass(frozen=True, slots=True)
class DraftView:
    """What somebody sent and was not kept: question and choice in words, the reason as typed.

    ``answer`` is empty where none was chosen, or what was sent is none.
    """

    question: str
    answer: str
    reason: str


def draft_views(typed: Mapping[str, tuple[str, str]], model: Model, words: Words) -> tuple[DraftView, ...]:
    """Return choices and reasons as they were typed, by question; what is no question of ours is left out."""
    choices = {id_: question.choices for id_, question in model.questions_by_id.items()} | {FIST: FINGERS}
    return tuple(
        DraftView(
            question=question_text(model, words, id_),
            answer=choice_text(model, words, id_, choice) if choice in choices[id_] else "",
            reason=reason,
        )
        for id_, (choice, reason) in typed.items()
        if id_ in choices
    )


def _choices(model: Model, words: Words, id_: str) -> tuple[ChoiceView, ...]:
    question = model.questions_by_id[id_]
    hints = [*(option.hint for option in question.options), words("answer.unsure_hint")]
    labels = [choice_text(model, words, id_, choice) for choice in question.choices]
    return tuple(map(ChoiceView, question.choices, labels, hints))


def _fingers(model: Model, words: Words) -> tuple[ChoiceView, ...]:
    labels = [choice_text(model, words, FIST, fingers) for fingers in FINGERS]
    hints = [words(f"vote.finger_hint.{name}") for name in _FINGER_HINTS]
    return tuple(map(ChoiceView, FINGERS, labels, hints))
