"""What there is to say of all votes together: what people's own answers lead to, and the group's; what is open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from okr_assistant.decision.assess import read_answers
from okr_assistant.decision.model import Model
from okr_assistant.views.workshop.disagreement import disagree
from okr_assistant.views.workshop.vote_parts import outcome_text, share_of
from okr_assistant.words import Words
from okr_assistant.workshop.reveal import Outcomes, Reveal
from okr_assistant.workshop.room import Room
from okr_assistant.workshop.shape import camps_around_the_median, is_to_find_out


@dataclass(frozen=True, slots=True)
class OutcomeBar:
    """An outcome of people's own answers: its name, its approaches (for colours), and how many people have it.

    Several outcomes in one bar have no approaches.
    """

    approaches: tuple[str, ...]
    label: str
    people: int
    share: float


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


def group_text(model: Model, reveal: Reveal, room: Room, words: Words) -> str:
    """Say what the group's answers lead to, and what they are: agreed, or only what most or the middle say.

    Where votes have no most common or middle answer it says of how many questions, as they count as open in it.

    Empty once the agreed answers stand: what they lead to is then the group's result.
    """
    if room.answers_are_agreed:
        return ""
    if not reveal.answers:
        return words("reveal.group_nothing")
    outcome = outcome_text(model, reveal.outcome, words)
    proposed = [found for found in reveal.questions if found.agreed is None and found.proposal is not None]
    if not proposed:
        return words("reveal.group_agreed", outcome=outcome)
    said = [words("reveal.group_partly" if room.agreed else "reveal.group", outcome=outcome)]
    if between := sum(camps_around_the_median(found) is not None for found in proposed):
        said.append(words.counted("reveal.between_camps", between))
    asked = read_answers(model, reveal.answers).open
    if tied := sum(found.voted > 0 and found.question in asked for found in reveal.questions):
        said.append(words.counted("reveal.left_open", tied))
    return " ".join(said)


def partly_text(reveal: Reveal, words: Words) -> str:
    """Say how many left out questions that others answered: their outcome counts as one person's all the same."""
    given = Counter(seat for found in reveal.questions for seats in found.seats.values() for seat in seats)
    asked = sum(found.voted > 0 for found in reveal.questions)
    partly = sum(answers < asked for answers in given.values())
    return words.counted("reveal.partly", partly) if partly else ""


def possible_text(model: Model, reveal: Reveal, words: Words) -> str:
    """Say which approaches a mix of the votes can lead to."""
    if not reveal.people:
        return ""
    if len(reveal.possible) == len(model.approaches):
        return words("reveal.possible_all")
    key = "reveal.whatever" if len(reveal.possible) == 1 else "reveal.possible"
    return words(key, approaches=words.listed([model.approaches_by_id[id_].phrase for id_ in reveal.possible]))


def deciding_text(reveal: Reveal, words: Words) -> str:
    """Say how many disagreements decide, and how many do not on their own."""
    decide = sum(found.matters for found in reveal.questions)
    others = sum(disagree(found) and not found.matters for found in reveal.questions)
    if decide:
        rest = [words.counted("reveal.not_deciding", others)] if others else []
        return " ".join([words.counted("reveal.deciding", decide), *rest])
    if not reveal.people:
        return ""
    return words("reveal.deciding_none" if others else "reveal.deciding_nobody")


def still_open(model: Model, reveal: Reveal, room: Room) -> tuple[str, ...]:
    """Return the questions that the group has no answer to, not even a proposal.

    Not those that drop out with the answers it has, nor those that are to find out, which are named apart.
    """
    asked = read_answers(model, reveal.answers).open
    apart = {found.question for found in reveal.questions if is_to_find_out(found)}
    return tuple(
        model.questions_by_id[id_].text for id_ in room.setup.questions if id_ in asked and id_ not in apart
    )


def approaches_named(model: Model, reveal: Reveal) -> tuple[tuple[str, str], ...]:
    """Return name and one line for each approach that an outcome names, in the order of the model."""
    outcomes: list[Outcomes] = [outcome for outcome, _ in reveal.by_person]
    outcomes += [camp.outcome for found in reveal.questions if found.matters for camp in found.camps]
    if reveal.answers:
        outcomes.append(reveal.outcome)
    named = {id_ for outcome in outcomes if len(outcome) < len(model.approaches) for id_ in outcome}
    return tuple((each.name, each.summary) for each in model.approaches if each.id in named)


def outcome_bars(model: Model, reveal: Reveal, words: Words) -> Iterator[OutcomeBar]:
    """Yield what people's own answers lead to, the most frequent first."""
    for outcome, people in reveal.by_person:
        label = outcome_text(model, outcome, words)
        yield OutcomeBar(outcome, label[0].upper() + label[1:], people, share_of(people, reveal.by_person[0][1]))


def few_outcomes(outcomes: tuple[OutcomeBar, ...], most: int, words: Words) -> tuple[OutcomeBar, ...]:
    """Return at most so many bars; the last one has all the outcomes that are left."""
    if len(outcomes) <= most:
        return outcomes
    rest = outcomes[most - 1 :]
    people = sum(bar.people for bar in rest)
    label = words("reveal.other_outcomes", count=len(rest))
    return (*outcomes[: most - 1], OutcomeBar((), label, people, share_of(people, outcomes[0].people)))
