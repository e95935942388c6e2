"""Two assessments of one piece of work: what moved because of the model, and what because of answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from okr_assistant.decision.assess import assess
from okr_assistant.decision.assessment import Assessment
from okr_assistant.decision.model import Model
from okr_assistant.decision.recommendation import Ranked, Recommendation
from okr_assistant.decision.sheet import AnswerSheet, carry_over
from okr_assistant.views.parts import answer_label, plain, signed
from okr_assistant.views.verdict import verdict_sentence
from okr_assistant.words import Words


@dataclass(frozen=True, slots=True)
class Move:
    """Something that is different now, in a sentence; ``because`` are the single reasons it is made of."""

    text: str
    because: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ComparisonView:
    """``before`` and ``after`` are the verdicts. What both causes moved is told apart exactly: the old answers

    are taken to the new model first, which is the model's part, and changed there, which is the answers' part.
    """

    before: str
    after: str
    summary: str
    same: bool
    by_model: tuple[Move, ...]
    by_answers: tuple[Move, ...]


def comparison_view(before: Assessment, after: Assessment, words: Words) -> ComparisonView:
    """Return what differs between two assessments, on the same model or on two."""
    old, new = before.model, after.model
    carried = dict(before.sheet.answers)
    between = before.result
    by_model: tuple[Move, ...] = ()
    if old.digest != new.digest:
        carried = carry_over(new, before.sheet.answers)
        between = assess(new, AnswerSheet(carried))
        by_model = (
            *_questions(old, new, before.result, between, words),
            *_moves(old, new, before.result, between, words),
        )
    by_answers = (
        *_answers(new, carried, after.sheet.answers, words),
        *_moves(new, new, between, after.result, words),
    )
    same = before.result.outcome == after.result.outcome and before.result.verdict == after.result.verdict
    return ComparisonView(
        before=verdict_sentence(old, before.result, words, settled=before.settled),
        after=verdict_sentence(new, after.result, words, settled=after.settled),
        summary=words("comparison.same" if same else "comparison.moved"),
        same=same,
        by_model=by_model,
        by_answers=by_answers,
    )


def _questions(
    old: Model, new: Model, before: Recommendation, after: Recommendation, words: Words
) -> Iterator[Move]:
    """Questions and answers that only one of the models has."""
    for id_, answer in before.answers.items():
        said = {"question": old.questions_by_id[id_].text, "answer": answer_label(old, words, id_, answer)}
        if id_ not in new.questions_by_id:
            yield Move(words("comparison.question_gone", **said))
        elif id_ not in after.answers:
            yield Move(words("comparison.answer_gone", **said))
    for id_ in after.open:
        if id_ not in old.questions_by_id:
            yield Move(words("comparison.question_new", question=new.questions_by_id[id_].text))


def _answers(model: Model, before: Mapping[str, str], after: Mapping[str, str], words: Words) -> Iterator[Move]:
    for id_, question in model.questions_by_id.items():
        if before.get(id_) != after.get(id_):
            was, now = (
                answer_label(model, words, id_, answers[id_]) if id_ in answers else words("answer.open")
                for answers in (before, after)
            )
            yield Move(words("comparison.answer", question=question.text, before=was, after=now))


def _moves(old: Model, new: Model, before: Recommendation, after: Recommendation, words: Words) -> Iterator[Move]:
    """What follows: the recommendation, points with the reasons that changed, blocks, and what to fix first."""
    if before.outcome != after.outcome:
        names = {
            key: words.listed([model.approaches_by_id[id_].phrase for id_ in result.outcome])
            for key, model, result in (("before", old, before), ("after", new, after))
        }
        yield Move(words("comparison.outcome", **names))
    yield from _points(old, new, before, after, words)
    was = {fix.id: fix.fix for fix in before.conditions}
    now = {fix.id: fix.fix for fix in after.conditions}
    yield from (Move(words("comparison.fix_new", fix=now[id_])) for id_ in now if id_ not in was)
    yield from (Move(words("comparison.fix_gone", fix=was[id_])) for id_ in was if id_ not in now)
    topics = {topic.id for topic in before.contested}
    left = {topic.id for topic in after.contested}
    yield from (
        Move(words("comparison.contested_new", topic=t.topic)) for t in after.contested if t.id not in topics
    )
    yield from (
        Move(words("comparison.contested_gone", topic=t.topic)) for t in before.contested if t.id not in left
    )


def _points(old: Model, new: Model, before: Recommendation, after: Recommendation, words: Words) -> Iterator[Move]:
    was = {entry.approach: entry for entry in before.ranking}
    for entry in after.ranking:
        name = new.approaches_by_id[entry.approach].name
        if entry.approach not in was:
            yield Move(words("comparison.approach_new", name=name))
            continue
        earlier = was.pop(entry.approach)
        reasons = tuple(_reasons(old, new, earlier, entry, words))
        if earlier.points != entry.points or reasons:
            points = {"before": plain(earlier.points), "after": plain(entry.points)}
            yield Move(words("comparison.points", name=name, **points), reasons)
        if bool(earlier.blocked_by) != bool(entry.blocked_by):
            block = (entry.blocked_by or earlier.blocked_by)[0].because
            key = "comparison.blocked" if entry.blocked_by else "comparison.unblocked"
            yield Move(words(key, name=name, because=block))
    yield from (Move(words("comparison.approach_gone", name=old.approaches_by_id[id_].name)) for id_ in was)


def _reasons(old: Model, new: Model, before: Ranked, after: Ranked, words: Words) -> Iterator[str]:
    """The contributions of which only one side has the points."""
    was = {(part.question, part.option): part.points for part in before.contributions}
    now = {(part.question, part.option): part.points for part in after.contributions}
    for question, option in dict.fromkeys((*was, *now)):
        points = was.get((question, option), 0), now.get((question, option), 0)
        if points[0] != points[1]:
            model = new if (question, option) in now else old
            yield words(
                "comparison.reason",
                question=model.questions_by_id[question].text,
                answer=answer_label(model, words, question, option),
                before=signed(points[0]),
                after=signed(points[1]),
            )
