"""What the room sees when votes are revealed: one question after the other, those that matter first.

Used by the projector, the facilitator, the participants' pages and the record, which show the same.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from okr_assistant.decision.assess import read_answers
from okr_assistant.decision.model import Model
from okr_assistant.views.parts import answer_label
from okr_assistant.views.workshop.disagreement import (
    consequence_text,
    disagree,
    moves_texts,
    shift_text,
    spread_text,
    statistic_text,
    voted_text,
)
from okr_assistant.views.workshop.vote_parts import outcome_text, share_of, shown_names, with_reasons
from okr_assistant.words import Words
from okr_assistant.workshop.reveal import QuestionReveal, Reveal
from okr_assistant.workshop.room import Participant, Room, Vote
from okr_assistant.workshop.standing import Standing, standing_votes


@dataclass(frozen=True, slots=True)
class VoteBar:
    """A choice with how many chose it; ``share`` is of the largest, for the length of a bar, 0 to 100.

    ``names`` are of those who chose it, in named rooms only, and ``reasons`` theirs, each reason with its name or
    an empty one after it; both are texts that people typed. ``standing`` says in a word whether it is the proposal
    or was agreed.
    """

    choice: str
    label: str
    people: int
    share: float
    names: tuple[str, ...]
    reasons: tuple[tuple[str, str], ...]
    standing: str


@dataclass(frozen=True, slots=True)
class RevealedQuestion:
    """A question with its votes. Every text is a whole sentence of the catalogue, or empty.

    ``statistic`` names the statistic and its value (or why there is none); ``spread`` says how far people are
    apart; ``consequence`` whether this disagreement changes the result, and between what; ``shift`` who would have
    to move; ``moves`` how people moved since the vote before. ``proposal`` and ``agreed`` are ids of choices.
    """

    id: str
    text: str
    bars: tuple[VoteBar, ...]
    voted: str
    statistic: str
    spread: str
    consequence: str
    shift: str
    moves: tuple[str, ...]
    matters: bool
    proposal: str | None
    agreed: str | None


@dataclass(frozen=True, slots=True)
class OutcomeBar:
    """An outcome of people's own answers: its name, its approaches (for colours), and how many people have it."""

    approaches: tuple[str, ...]
    label: str
    people: int
    share: float


@dataclass(frozen=True, slots=True)
class RevealView:
    """The whole reveal. ``headline`` says what people's own answers lead to, ``group`` what the group's do."""

    headline: str
    group: str
    possible: str
    by_person: tuple[OutcomeBar, ...]
    deciding: str
    """How many disagreements decide, and how many do not."""
    questions: tuple[RevealedQuestion, ...]
    too_few: tuple[str, ...]
    """A sentence for each question of which nothing is shown."""


def reveal_view(
    reveal: Reveal, room: Room, people: Iterable[Participant], votes: Iterable[Vote], model: Model, words: Words
) -> RevealView:
    """Return the reveal in words; ``reveal`` must come from the same room, votes and model."""
    standing = standing_votes(room, votes)
    names = shown_names(room, people, words)
    group = read_answers(model, reveal.answers)
    return RevealView(
        headline=_too_few(room, reveal, standing, words) or headline(model, reveal, words),
        group=" ".join(_group(model, reveal, len({*group.open} & {*room.setup.questions}), words)),
        possible=_possible(model, reveal, words),
        by_person=tuple(_outcomes(model, reveal, words)),
        deciding=_deciding(reveal, words),
        questions=tuple(
            _question(
                model,
                found,
                tuple(_bars(model, found, standing[found.question], names, words)),
                group.asked,
                words,
            )
            for found in reveal.questions
        ),
        too_few=tuple(
            words.counted(
                "reveal.too_few",
                standing[id_].voted,
                question=model.questions_by_id[id_].text,
                fewest=room.setup.smallest_group,
            )
            for id_ in reveal.too_few
        ),
    )


def _too_few(room: Room, reveal: Reveal, standing: Mapping[str, Standing], words: Words) -> str:
    """Say how many voted, where they were too few to show anything; empty where something is shown."""
    if reveal.people or not reveal.too_few:
        return ""
    voted = max(standing[id_].voted for id_ in reveal.too_few)
    return words.counted("reveal.headline_too_few", voted, fewest=room.setup.smallest_group)


def headline(model: Model, reveal: Reveal, words: Words) -> str:
    """What the most of people's own answers lead to, and what as many others do."""
    if not reveal.people:
        return words("reveal.headline_nobody")
    most = reveal.by_person[0][1]
    first, *others = (outcome_text(model, outcome, words) for outcome, count in reveal.by_person if count == most)
    if most == reveal.people:
        return words("reveal.headline_all", of=most, outcome=first)
    parts = [words("reveal.headline_part", count=most, outcome=outcome) for outcome in others]
    return words.listed([words("reveal.headline", count=most, of=reveal.people, outcome=first), *parts])


def _group(model: Model, reveal: Reveal, open_: int, words: Words) -> Iterator[str]:
    if not reveal.answers:
        yield words("reveal.group_nothing")
        return
    yield words("reveal.group", outcome=outcome_text(model, reveal.outcome, words))
    if open_:
        yield words.counted("reveal.open", open_)


def _possible(model: Model, reveal: Reveal, words: Words) -> str:
    if not reveal.people:
        return ""
    key = "reveal.whatever" if len(reveal.possible) == 1 else "reveal.possible"
    return words(key, approaches=words.listed([model.approaches_by_id[id_].phrase for id_ in reveal.possible]))


def _outcomes(model: Model, reveal: Reveal, words: Words) -> Iterator[OutcomeBar]:
    for outcome, people in reveal.by_person:
        label = outcome_text(model, outcome, words)
        yield OutcomeBar(outcome, label[0].upper() + label[1:], people, share_of(people, reveal.by_person[0][1]))


def _deciding(reveal: Reveal, words: Words) -> str:
    decide = sum(found.matters for found in reveal.questions)
    others = sum(disagree(found) and not found.matters for found in reveal.questions)
    if not decide:
        return words("reveal.deciding_none" if others else "reveal.same") if reveal.people else ""
    rest = [words.counted("reveal.not_deciding", others)] if others else []
    return " ".join([words.counted("reveal.deciding", decide), *rest])


def _question(
    model: Model, found: QuestionReveal, bars: tuple[VoteBar, ...], asked: Collection[str], words: Words
) -> RevealedQuestion:
    return RevealedQuestion(
        id=found.question,
        text=model.questions_by_id[found.question].text,
        bars=bars,
        voted=voted_text(found, words),
        statistic=statistic_text(model, found, words),
        spread=spread_text(model, found, words),
        consequence=consequence_text(model, found, asked, words),
        shift=shift_text(model, found, words),
        moves=moves_texts(model, found, words),
        matters=found.matters,
        proposal=found.proposal,
        agreed=found.agreed,
    )


def _bars(
    model: Model, found: QuestionReveal, standing: Standing, names: Mapping[int, str], words: Words
) -> Iterator[VoteBar]:
    most = max(map(len, found.seats.values()))
    for choice, seats in found.seats.items():
        votes = [standing.now[seat] for seat in seats]
        yield VoteBar(
            choice=choice,
            label=answer_label(model, words, found.question, choice),
            people=len(seats),
            share=share_of(len(seats), most),
            names=tuple(sorted(names[seat] for seat in seats if seat in names)),
            reasons=with_reasons(votes, names),
            standing=_standing(found, choice, words),
        )


def _standing(found: QuestionReveal, choice: str, words: Words) -> str:
    statistic = words(f"reveal.standing.{found.statistic}") if choice == found.proposal else ""
    if choice != found.agreed:
        return statistic
    return words("reveal.standing.both", statistic=statistic) if statistic else words("reveal.standing.agreed")
