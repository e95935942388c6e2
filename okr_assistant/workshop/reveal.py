"""The reveal: what a group answered, and which of its disagreements matters.

The words, exactly:

- A person's *standing vote* on a question is their latest vote on it that counts, in a round that was revealed.
  Who does not vote again stays where they were. In an anonymous room, what fewer than the smallest group voted on
  a question in a round never counts (``Round.uncounted``): who knows who voted again could tell what they chose.
- The *proposal* of a group on a question: for ordered questions the median of the votes, and none when the two in
  the middle differ (two options are never averaged into a third one); for nominal ones the most frequent, and none
  when two are equally frequent. ``unsure`` is counted and shown, and never part of either.
- The *group's answers*: what was agreed, else the proposal, else nothing.
- A *camp* is an option (never ``unsure``) that at least two people chose; one is enough in groups under six.
- A question *matters* when, all others at the group's answers, two of its camps lead to different outcomes.
- Of a question on which some, but fewer than the smallest group, have a standing vote only their number is shown.

Independence before talking, then the reveal: Kahneman, Sibony and Sunstein, *Noise* (2021).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from okr_assistant.decision.mixes import possible_of_mixes
from okr_assistant.decision.model import Model, Question
from okr_assistant.workshop.outcomes import outcomes_of, outcomes_with_each
from okr_assistant.workshop.proposals import fewest_moves, proposal, spread
from okr_assistant.workshop.room import Room, Vote
from okr_assistant.workshop.standing import Standing, standing_votes

Statistic: TypeAlias = Literal["median", "most_frequent"]
Outcomes: TypeAlias = tuple[str, ...]
"""The outcome of a sheet: one approach, or several that tie, in model order."""

CAMPS_OF_ONE_BELOW = 6


@dataclass(frozen=True, slots=True)
class Camp:
    """People who chose the same option, by seat; and the outcome if the group answered with it."""

    option: str
    seats: tuple[int, ...]
    outcome: Outcomes


@dataclass(frozen=True, slots=True)
class Shift:
    """The fewest people who would have to move to ``option`` for the group's result to become ``outcome``."""

    option: str
    people: int
    outcome: Outcomes


@dataclass(frozen=True, slots=True)
class Move:
    """How many went from one choice to another between the last but one and the last vote on a question."""

    from_: str
    to: str
    people: int


@dataclass(frozen=True, slots=True)
class QuestionReveal:
    """One question. ``seats`` has every choice of the question, in order, ``unsure`` last, with who chose it.

    ``again`` counts those who voted in the latest of the ``rounds`` in which it was asked (their numbers).
    ``lowest``, ``highest`` and ``span`` (steps between them) are of the options voted for on an ordered question,
    and None on a nominal one or without votes for an option. ``shift`` is there when some option leads to another
    outcome than the proposal (without one, than all other camps; and without these, than leaving it open), also
    when something else was agreed. ``shifts`` has it, and without a proposal all others that as few people would
    bring about: of answers that are level none is before the other. ``moves`` are the most frequent first, and
    none when they are not ``moves_shown``: too few had a vote before. ``too_few`` is how many voted in the last of
    the rounds, if they were too few for their votes to count, else 0.
    """

    question: str
    seats: Mapping[str, tuple[int, ...]]
    rounds: tuple[int, ...]
    again: int
    statistic: Statistic
    proposal: str | None
    agreed: str | None
    lowest: str | None
    highest: str | None
    span: int | None
    camps: tuple[Camp, ...]
    matters: bool
    shifts: tuple[Shift, ...]
    moves: tuple[Move, ...]
    moves_shown: bool
    too_few: int

    @property
    def voted(self) -> int:
        """How many people have a standing vote on this question."""
        return sum(map(len, self.seats.values()))

    @property
    def shift(self) -> Shift | None:
        """The first of the shifts, in the order of the options."""
        return self.shifts[0] if self.shifts else None


@dataclass(frozen=True, slots=True)
class Reveal:
    """What the votes say. ``questions`` are in the order in which to talk about them: those that matter first.

    ``too_few`` are the questions of which nothing is shown. ``people`` have a standing vote on what is shown.
    ``by_person`` counts the outcomes of each person's own answers, the most frequent first. ``answers`` are the
    group's, ``outcome`` is what they lead to, and ``possible`` are all approaches that any mix of the votes given
    can lead to, in model order.
    """

    questions: tuple[QuestionReveal, ...]
    too_few: tuple[str, ...]
    people: int
    by_person: tuple[tuple[Outcomes, int], ...]
    answers: Mapping[str, str]
    outcome: Outcomes
    possible: tuple[str, ...]


def reveal(room: Room, votes: Iterable[Vote], model: Model, *, up_to: int | None = None) -> Reveal:
    """Say what the votes of the revealed rounds say; ``up_to`` leaves out the rounds after that one.

    ``model`` is the room's. What was agreed counts whenever it was agreed.
    """
    standing = standing_votes(room, votes, up_to)
    shown = {id_: found for id_, found in standing.items() if found.is_shown}
    sheets = _sheets(shown)
    seats = {id_: _seats(model.questions_by_id[id_], found) for id_, found in shown.items()}
    group = _Group(room, model, {id_: proposal(model.questions_by_id[id_], _sizes(seats[id_])) for id_ in shown})
    camps_from = 1 if len(sheets) < CAMPS_OF_ONE_BELOW else 2
    questions = [group.question(id_, found, seats[id_], camps_from) for id_, found in shown.items()]
    return Reveal(
        questions=tuple(sorted(questions, key=group.rank)),
        too_few=tuple(id_ for id_ in standing if id_ not in shown),
        people=len(sheets),
        by_person=_by_person(model, sheets.values()),
        answers=group.answers,
        outcome=group.outcome,
        possible=possible_of_mixes(model, {id_: [c for c in chose if chose[c]] for id_, chose in seats.items()}),
    )


class _Group:
    """The group's answers, and what each question does to what they lead to."""

    def __init__(self, room: Room, model: Model, proposals: Mapping[str, str | None]) -> None:
        self._room, self._model, self._proposals = room, model, proposals
        answers = {id_: room.agreed.get(id_) or proposals.get(id_) for id_ in room.setup.questions}
        self.answers = {id_: choice for id_, choice in answers.items() if choice}
        self._leads = outcomes_with_each(model, self.answers)
        first = room.setup.questions[0]
        self.outcome = self._leads[first, answers[first]]

    def question(
        self, id_: str, standing: Standing, seats: Mapping[str, tuple[int, ...]], camps_from: int
    ) -> QuestionReveal:
        """Return what there is to say of one question."""
        question = self._model.questions_by_id[id_]
        lowest, highest, span = spread(question, _sizes(seats))
        camps = tuple(
            Camp(option.id, seats[option.id], self._leads[id_, option.id])
            for option in question.options
            if len(seats[option.id]) >= camps_from
        )
        return QuestionReveal(
            question=id_,
            seats=seats,
            rounds=standing.rounds,
            again=standing.again,
            statistic="median" if question.scale == "ordered" else "most_frequent",
            proposal=self._proposals[id_],
            agreed=self._room.agreed.get(id_),
            lowest=lowest,
            highest=highest,
            span=span,
            camps=camps,
            matters=len({camp.outcome for camp in camps}) > 1,
            shifts=self._shifts(question, _sizes(seats), camps),
            moves=_moves(question, standing),
            moves_shown=standing.moves_shown,
            too_few=standing.too_few,
        )

    def rank(self, found: QuestionReveal) -> tuple[float, ...]:
        """Where a question belongs in the order in which to talk: what decides, then what divides."""
        elsewhere = sum(len(camp.seats) for camp in found.camps if camp.outcome != self.outcome)
        most = max(map(len, found.seats.values()))
        apart = (found.voted - most) / found.voted if found.voted else 0
        decides = (not found.matters, -elsewhere if found.matters else 0)
        return (not found.voted, *decides, -apart, -(found.span or 0))

    def _shifts(self, question: Question, sizes: Mapping[str, int], camps: tuple[Camp, ...]) -> tuple[Shift, ...]:
        shifts = [
            Shift(option.id, people, self._leads[question.id, option.id])
            for option in question.options
            if self._leads_elsewhere(question.id, option.id, camps)
            and (people := fewest_moves(question, sizes, option.id)) is not None
        ]
        fewest = min((shift.people for shift in shifts), default=0)
        first = tuple(shift for shift in shifts if shift.people == fewest)
        return first if self._proposals[question.id] is None else first[:1]

    def _leads_elsewhere(self, id_: str, option: str, camps: tuple[Camp, ...]) -> bool:
        """Than the proposal does; without one, than all other camps; without these, than leaving it open."""
        others = [camp.outcome for camp in camps if camp.option != option] if self._proposals[id_] is None else []
        return self._leads[id_, option] not in (others or [self._leads[id_, self._proposals[id_]]])


def _seats(question: Question, standing: Standing) -> dict[str, tuple[int, ...]]:
    found: dict[str, list[int]] = {choice: [] for choice in question.choices}
    for seat in sorted(standing.now):
        found[standing.now[seat].choice].append(seat)
    return {choice: tuple(seats) for choice, seats in found.items()}


def _sizes(seats: Mapping[str, tuple[int, ...]]) -> dict[str, int]:
    return {choice: len(chose) for choice, chose in seats.items()}


def _sheets(shown: Mapping[str, Standing]) -> dict[int, dict[str, str]]:
    """Return each person's own answers, by seat."""
    sheets: dict[int, dict[str, str]] = {}
    for id_, standing in shown.items():
        for seat, vote in standing.now.items():
            sheets.setdefault(seat, {})[id_] = vote.choice
    return sheets


def _by_person(model: Model, sheets: Iterable[Mapping[str, str]]) -> tuple[tuple[Outcomes, int], ...]:
    places = {id_: place for place, id_ in enumerate(model.approaches_by_id)}
    counted = Counter(outcomes_of(model, sheets))
    return tuple(sorted(counted.items(), key=lambda of: (-of[1], [places[id_] for id_ in of[0]])))


def _moves(question: Question, standing: Standing) -> tuple[Move, ...]:
    if not standing.moves_shown:
        return ()
    pairs = ((vote.choice, standing.now[seat].choice) for seat, vote in standing.before.items())
    counted = Counter((from_, to) for from_, to in pairs if from_ != to)
    place = question.choices.index
    moves = sorted(counted.items(), key=lambda move: (-move[1], place(move[0][0]), place(move[0][1])))
    return tuple(Move(from_, to, people) for (from_, to), people in moves)
