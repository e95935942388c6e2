"""The short path: one question at a time, the most telling next, until nothing or little can change any more."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import floor

from okr_assistant.decision.foresight import TIE, Foresight
from okr_assistant.decision.model import Model
from okr_assistant.decision.recommendation import Recommendation
from okr_assistant.views.questionnaire import QuestionnaireView, QuestionView
from okr_assistant.words import Words

_ENOUGH = 0.95
"""The share of ways of answering the rest from which on we offer to stop."""


@dataclass(frozen=True, slots=True)
class ShortPathView:
    """Where a visitor stands. ``front`` is None when nothing needs to be asked any more.

    ``back`` and ``next`` are questions to put in front. ``enough`` offers to stop here; ``said`` tells why, or
    what can still come out.
    """

    front: QuestionView | None
    position: str
    back: str | None
    next: str | None
    next_label: str
    enough: bool
    said: str


def short_path_view(
    model: Model,
    view: QuestionnaireView,
    answers: Mapping[str, str],
    result: Recommendation,
    ahead: Foresight,
    in_front: str | None,
    words: Words,
) -> ShortPathView:
    """Return the step of the path with this question in front; all arguments must come from the same answers.

    The order of ``answers`` is the order in which they were given, and Back goes through it.
    """
    questions = {question.id: question for question in view.questions}
    front = _front(questions, ahead, in_front)
    given = [id_ for id_ in answers if id_ in questions]
    place = given.index(front.id) if front and front.id in given else len(given)
    enough = view.complete or is_enough(result, ahead)
    walked = given[place + 1 :] if view.complete or not enough else []  # going on means: with what is open
    later = [*walked, *_to_ask(view, ahead, front)]
    return ShortPathView(
        front=front,
        position=words("assess.position", section=front.section, number=place + 1) if front else "",
        back=given[place - 1] if place else None,
        next=later[0] if later else None,
        next_label=words(f"assess.{_next_step(view, front, enough)}"),
        enough=enough,
        said=still_possible(model, result, ahead, words) if given and not view.complete else "",
    )


def still_possible(model: Model, result: Recommendation, ahead: Foresight, words: Words) -> str:
    """Return what can still come out, how likely it is to stay, or that nothing can change any more."""
    names = words.listed([model.approaches_by_id[id_].phrase for id_ in ahead.possible])
    if ahead.settled:
        return words("outlook.settled", approach=names)
    likely = max((*ahead.possible, TIE), key=lambda id_: ahead.shares[id_])
    # rounded down, so that 99.9 of 100 does not read as certain
    share = floor(100 * ahead.shares[likely])
    if likely == TIE:
        return words("outlook.possible_tie", approaches=names, share=share)
    key = "outlook.enough" if is_enough(result, ahead) else "outlook.possible"
    return words(key, approaches=names, likely=model.approaches_by_id[likely].phrase, share=share)


def _front(questions: Mapping[str, QuestionView], ahead: Foresight, in_front: str | None) -> QuestionView | None:
    chosen = in_front if in_front in questions else ahead.next_question
    if chosen is None and all(question.answer for question in questions.values()):
        chosen = list(questions)[-1]  # complete, and opened anew: something to change
    return questions[chosen] if chosen else None


def _to_ask(view: QuestionnaireView, ahead: Foresight, front: QuestionView | None) -> Iterator[str]:
    """Yield what to ask after ``front``: the most telling question, else the open ones below it, else any."""
    here = front.id if front else None
    if ahead.next_question not in (None, here):
        yield ahead.next_question
    ids = [question.id for question in view.questions]
    start = ids.index(here) if here else 0
    yield from (
        id_ for id_ in ids[start:] + ids[:start] if id_ != here and view.questions[ids.index(id_)].answer is None
    )


def _next_step(view: QuestionnaireView, front: QuestionView | None, enough: bool) -> str:
    if front is not None and front.answer is None:
        return "skip"
    return "go_on" if enough and not view.complete else "next"


def is_enough(result: Recommendation, ahead: Foresight) -> bool:
    """Tell whether what leads now stays ahead in nearly all ways of answering the rest."""
    return result.approach is not None and ahead.shares[result.approach] >= _ENOUGH
