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
    again_text,
    consequence_text,
    moves_texts,
    shift_text,
    sides_texts,
    spread_text,
    statistic_text,
    voted_text,
)
from okr_assistant.views.workshop.picture import (
    OutcomeBar,
    approaches_named,
    deciding_text,
    group_text,
    headline,
    outcome_bars,
    partly_text,
    possible_text,
    still_open,
)
from okr_assistant.views.workshop.vote_parts import share_of, shown_names, with_reasons
from okr_assistant.words import Words
from okr_assistant.workshop.reveal import QuestionReveal, Reveal
from okr_assistant.workshop.room import Participant, Room, Vote
from okr_assistant.workshop.shape import camps_around_the_median, is_to_find_out
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
    apart; ``consequence`` whether this disagreement changes the result, and ``sides`` between what, each as
    choices and the outcome that they lead to; ``shift`` says who would have to move; ``again`` how many voted
    again, and what counts of the others; ``moves`` how people moved since the vote before. ``proposal`` and
    ``agreed`` are ids of choices; ``to_find_out`` says that most do not know.
    """

    id: str
    text: str
    bars: tuple[VoteBar, ...]
    voted: str
    statistic: str
    spread: str
    consequence: str
    sides: tuple[str, ...]
    shift: str
    again: str
    moves: tuple[str, ...]
    matters: bool
    to_find_out: bool
    proposal: str | None
    agreed: str | None


@dataclass(frozen=True, slots=True)
class RevealView:
    """The whole reveal. ``headline`` says what people's own answers lead to, ``group`` what the group's do; it is

    empty once the agreed answers stand. ``partly`` says how many left out questions, if any did. ``approaches``
    has name and one line for each that is named here. ``deciding`` says how many disagreements decide, and how
    many do not. ``still_open`` are texts of questions
    that the group has no answer to.
    """

    headline: str
    partly: str
    group: str
    possible: str
    by_person: tuple[OutcomeBar, ...]
    approaches: tuple[tuple[str, str], ...]
    deciding: str
    still_open: tuple[str, ...]
    questions: tuple[RevealedQuestion, ...]
    too_few: tuple[str, ...]
    """A sentence for each question of which nothing is shown."""

    @property
    def find_out(self) -> tuple[str, ...]:
        """The questions to which most do not know the answer, and the group has agreed on none."""
        return tuple(each.text for each in self.questions if each.to_find_out and each.agreed is None)


def reveal_view(
    reveal: Reveal, room: Room, people: Iterable[Participant], votes: Iterable[Vote], model: Model, words: Words
) -> RevealView:
    """Return the reveal in words; ``reveal`` must come from the same room, votes and model."""
    standing = standing_votes(room, votes)
    names = shown_names(room, people, words)
    asked = read_answers(model, reveal.answers).asked
    return RevealView(
        headline=_too_few(room, reveal, standing, words) or headline(model, reveal, words),
        partly=partly_text(reveal, words),
        group=group_text(model, reveal, room, words),
        possible=possible_text(model, reveal, words),
        by_person=tuple(outcome_bars(model, reveal, words)),
        approaches=approaches_named(model, reveal),
        deciding=deciding_text(reveal, words),
        still_open=still_open(model, reveal, room),
        questions=tuple(
            _question(
                model,
                found,
                tuple(_bars(model, found, standing[found.question], names, words)),
                asked,
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
        consequence=consequence_text(found, asked, words),
        sides=sides_texts(model, found, words),
        shift=shift_text(model, found, words),
        again=again_text(found, words),
        moves=moves_texts(model, found, words),
        matters=found.matters,
        to_find_out=is_to_find_out(found),
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
    kind = "between_camps" if camps_around_the_median(found) else found.statistic
    statistic = words(f"reveal.standing.{kind}") if choice == found.proposal else ""
    if choice != found.agreed:
        return statistic
    return words("reveal.standing.both", statistic=statistic) if statistic else words("reveal.standing.agreed")
