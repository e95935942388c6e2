"""What the result shows: the verdict in a sentence, the ranking with all reasons, and what to do next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from okr_assistant.decision.assess import says_anything
from okr_assistant.decision.model import OKR, UNSURE, Approach, Model
from okr_assistant.decision.recommendation import Contribution, Ranked, Recommendation
from okr_assistant.decision.texts import ApproachText
from okr_assistant.views.parts import Citation, answer_label, citations, plain, signed
from okr_assistant.views.position import PositionView, position_view
from okr_assistant.views.verdict import verdict_sentence
from okr_assistant.words import Words

Standing: TypeAlias = Literal["recommended", "tied", "blocked", "other"]
AnswerKind: TypeAlias = Literal["answered", "unsure", "open", "ignored"]


@dataclass(frozen=True, slots=True)
class Reason:
    """One contribution in words: the points, why, and the answer and the sources they come from."""

    points: str
    because: str
    question_id: str
    question: str
    answer: str
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence with its sources, and the reason behind it where there is one."""

    text: str
    because: str
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class RankedView:
    """One approach of the ranking. ``reasons`` add up to ``points``; ``total`` says so in words."""

    approach: str
    name: str
    points: int
    points_text: str
    standing: Standing
    standing_text: str
    heading: str
    total: str
    reasons: tuple[Reason, ...]
    blocks: tuple[Statement, ...]
    matters_most: bool


@dataclass(frozen=True, slots=True)
class ContestedView:
    """A topic with both positions."""

    topic: str
    for_: Statement
    against: Statement


@dataclass(frozen=True, slots=True)
class Advice:
    """What to do with a recommended (or tied) approach, in the words of its Markdown file."""

    approach: str
    name: str
    variant: str | None
    summary: str
    artefact: str
    text: ApproachText


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """A question with its answer; ``state`` is said in words where the answer does not count."""

    question_id: str
    question: str
    answer: str
    state: str
    kind: AnswerKind


@dataclass(frozen=True, slots=True)
class ResultView:
    """Everything on the Result page, in reading order."""

    sentence: str
    form: str
    still_open: str
    split: str
    contradictions: tuple[Statement, ...]
    obstacles: tuple[Statement, ...]
    ranking: tuple[RankedView, ...]
    conditions: tuple[Statement, ...]
    contested: tuple[ContestedView, ...]
    find_out: tuple[str, ...]
    position: PositionView
    advice: tuple[Advice, ...]
    answers: tuple[AnswerRow, ...]
    model: str


def result_view(model: Model, result: Recommendation, words: Words, *, settled: bool = False) -> ResultView:
    """Return what there is to show about ``result``, which must come from ``model``.

    ``settled``: no way of answering the open questions can change the recommended approach.
    """
    return ResultView(
        sentence=verdict_sentence(model, result, words, settled=settled),
        form=words("result.form", variant=result.variant) if result.variant else "",
        still_open=_still_open(result, words, settled=settled),
        split=words("result.split") if result.split else "",
        contradictions=tuple(
            Statement(found.text, "", citations(model, found.sources)) for found in result.contradictions
        ),
        obstacles=_obstacles(model, result),
        ranking=tuple(_ranked(model, result, entry, words) for entry in result.ranking),
        conditions=fix_first(model, result),
        contested=_contested(model, result),
        find_out=tuple(model.questions_by_id[id_].text for id_ in result.unsure),
        position=position_view(model, result, words),
        advice=tuple(_advice(model, result, id_) for id_ in result.outcome) if says_anything(result) else (),
        answers=_answers(model, result, words),
        model=words("result.model", version=result.model),
    )


def fix_first(model: Model, result: Recommendation) -> tuple[Statement, ...]:
    """Return what has to be fixed before OKRs fit."""
    return tuple(
        Statement(found.fix, found.because, citations(model, found.sources)) for found in result.conditions
    )


def _still_open(result: Recommendation, words: Words, *, settled: bool) -> str:
    if not result.open:
        return ""
    return words.counted("result.open_settled" if settled else "result.still_open", len(result.open))


def _obstacles(model: Model, result: Recommendation) -> tuple[Statement, ...]:
    """What stands in the way of the approach that would lead."""
    if result.blocked_leader is None:
        return ()
    blocks = result.ranked(result.blocked_leader).blocked_by
    return tuple(Statement(block.because, "", citations(model, block.sources)) for block in blocks)


def _ranked(model: Model, result: Recommendation, entry: Ranked, words: Words) -> RankedView:
    approach = model.approaches_by_id[entry.approach]
    standing = _standing(result, entry)
    standing_text = words(f"result.standing.{standing}")
    heading = words.counted("result.points", entry.points, points=plain(entry.points), name=approach.name)
    return RankedView(
        approach=entry.approach,
        name=approach.name,
        points=entry.points,
        points_text=plain(entry.points),
        standing=standing,
        standing_text=standing_text,
        heading=heading if standing == "other" else f"{heading} · {standing_text}",
        total=_total(entry, words),
        reasons=tuple(_reason(model, given, words) for given in entry.contributions),
        blocks=tuple(Statement(block.because, "", citations(model, block.sources)) for block in entry.blocked_by),
        matters_most=entry.approach in result.outcome or entry.approach == OKR,
    )


def _standing(result: Recommendation, entry: Ranked) -> Standing:
    if entry.blocked_by:
        return "blocked"
    if entry.approach == result.approach:
        return "recommended"
    return "tied" if entry.approach in result.tied else "other"


def _total(entry: Ranked, words: Words) -> str:
    if not entry.contributions:
        return words("result.no_contributions")
    terms = " ".join(signed(given.points) for given in entry.contributions)
    return words("result.total", terms=terms, total=plain(entry.points))


def _reason(model: Model, given: Contribution, words: Words) -> Reason:
    return Reason(
        points=signed(given.points),
        because=given.because,
        question_id=given.question,
        question=model.questions_by_id[given.question].text,
        answer=answer_label(model, words, given.question, given.option),
        citations=citations(model, given.sources),
    )


def _contested(model: Model, result: Recommendation) -> tuple[ContestedView, ...]:
    holding = {topic.id for topic in result.contested}
    return tuple(
        ContestedView(
            topic=rule.topic,
            for_=Statement(rule.for_.text, "", citations(model, rule.for_.sources)),
            against=Statement(rule.against.text, "", citations(model, rule.against.sources)),
        )
        for rule in model.contested
        if rule.id in holding
    )


def _advice(model: Model, result: Recommendation, approach_id: str) -> Advice:
    approach: Approach = model.approaches_by_id[approach_id]
    return Advice(
        approach=approach_id,
        name=approach.name,
        variant=result.variant if approach_id == result.approach else None,
        summary=approach.summary,
        artefact=approach.artefact,
        text=model.texts[approach_id],
    )


def _answers(model: Model, result: Recommendation, words: Words) -> tuple[AnswerRow, ...]:
    rows = []
    for question in model.questions:
        answer = result.answers.get(question.id)
        if answer is None and question.id not in result.open:
            continue  # hidden and never answered
        kind: AnswerKind = "unsure" if answer == UNSURE else "open" if answer is None else "answered"
        if question.id in result.ignored:
            kind = "ignored"
        label = answer_label(model, words, question.id, answer)
        rows.append(AnswerRow(question.id, question.text, label, words(f"answer.state.{kind}"), kind))
    return tuple(rows)
