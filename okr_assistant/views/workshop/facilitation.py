"""Where a workshop stands for whoever leads it: what the page is called, and what to do next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from okr_assistant.decision.model import Model
from okr_assistant.views.workshop.reveal import RevealView
from okr_assistant.words import Words
from okr_assistant.workshop.room import Phase, Room

Step: TypeAlias = Literal[
    "welcome",
    "vote",
    "vote_again",
    "fist",
    "closed",
    "too_few",
    "find_out",
    "discuss",
    "agree",
    "check",
    "decide",
    "done",
]
"""What whoever leads is busy with. The catalogue has a heading, a next thing to do and a script for each."""

Part: TypeAlias = Literal["join", "vote", "talk", "check", "decide"]

PARTS: dict[Part, tuple[Step, ...]] = {
    "join": ("welcome",),
    "vote": ("vote", "closed", "too_few"),
    "talk": ("discuss", "find_out", "vote_again", "agree"),
    "check": ("check", "fist"),
    "decide": ("decide", "done"),
}
"""The parts of a workshop, with the steps in them: in the trail above the page and in the script's plan."""


@dataclass(frozen=True, slots=True)
class StepView:
    """The heading of the page, and one sentence with what to do next.

    ``trail`` has the parts of a workshop, each with whether it is the present one. ``round`` says which round it
    is, and of what; it is empty before the first and after the end.
    """

    heading: str
    next: str
    trail: tuple[tuple[str, bool], ...]
    round: str


def step_of(room: Room, phase: Phase, view: RevealView | None) -> Step:
    """Return the step that a room is at; ``view`` is what was revealed, and None while nothing was."""
    if phase == "lobby":
        return "welcome"
    if phase == "finished":
        return "done"
    if phase == "closed":
        return "closed"
    assert room.round is not None  # noqa: S101 - every phase that is left has one
    check = room.round.kind == "check"
    if phase == "voting":
        return "fist" if check else "vote" if room.round.number == 1 else "vote_again"
    if check:
        return "decide"
    return _talking(room, view) if view else "too_few"


def _talking(room: Room, view: RevealView) -> Step:
    left = [question for question in view.questions if question.id not in room.agreed]
    if any(question.matters for question in left):
        return "discuss"
    if proposals(room, view):
        return "agree"
    if room.agreed:
        return "check"
    return "find_out" if view.find_out else "too_few"


def step_view(room: Room, step: Step, words: Words) -> StepView:
    """Return the words for a step."""
    return StepView(
        heading=words(f"facilitate.heading.{step}"),
        next=words("facilitate.next.decide_anonymous" if _may_speak(room, step) else f"facilitate.next.{step}"),
        trail=tuple((words(f"facilitate.trail.{part}"), step in steps) for part, steps in PARTS.items()),
        round=_round(room, words),
    )


def _may_speak(room: Room, step: Step) -> bool:
    """Doubts are heard in a room without names: whoever has one may say so, and nobody has to be found out."""
    return step == "decide" and not room.setup.named


def _round(room: Room, words: Words) -> str:
    if room.round is None or room.finished_at is not None:
        return ""
    if room.round.kind == "check":
        return words("facilitate.round.check")
    asked = words.counted("facilitate.questions", len(room.round.questions))
    return words("facilitate.round.vote", number=room.round.number, questions=asked)


def agreed_so_far(room: Room, view: RevealView, words: Words) -> str:
    """Return how many of the questions that are shown are agreed on, and how many of those that decide."""
    agreed = [question for question in view.questions if question.id in room.agreed]
    said = words.counted("facilitate.agreed_of", len(view.questions), done=len(agreed))
    deciding = sum(question.matters for question in view.questions)
    if not deciding:
        return said
    done = sum(question.matters for question in agreed)
    return f"{said} {words('facilitate.deciding_of', done=done, of=deciding)}"


def to_vote_again(room: Room, view: RevealView) -> frozenset[str]:
    """Return the questions to vote on again: those that were talked about, else those that decide.

    Not those that are agreed on: voting again would take that back.
    """
    deciding = [question.id for question in view.questions if question.matters]
    return frozenset(room.talked or deciding) - set(room.agreed)


def proposals(room: Room, view: RevealView) -> dict[str, str | None]:
    """Return the proposals that can be agreed on without talking.

    They are of questions that do not change the result, and to which most know an answer.
    """
    return {
        question.id: question.proposal
        for question in view.questions
        if question.proposal and not (question.matters or question.to_find_out) and question.id not in room.agreed
    }


def telling_questions(model: Model, count: int) -> tuple[str, ...]:
    """Return the questions whose answers can move the points most, in questionnaire order.

    What a question can move is the widest distance, for any approach, between the points of two of its answers.
    """

    def reach(question: str) -> int:
        return max(
            max(given) - min(given)
            for approach in model.approaches_by_id
            for given in [_points(model, question, approach)]
        )

    ids = list(model.questions_by_id)
    chosen = sorted(ids, key=lambda id_: (-reach(id_), ids.index(id_)))[:count]
    return tuple(id_ for id_ in ids if id_ in chosen)


def _points(model: Model, question: str, approach: str) -> list[int]:
    return [
        sum(
            points.points
            for points in model.questions_by_id[question].points_of(choice)
            if points.approach == approach
        )
        for choice in model.questions_by_id[question].choices
    ]
