"""Two assessments of one piece of work: what moved because of the model, and what because of answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from okr_assistant.decision.assess import assess
from okr_assistant.decision.assessment import Assessment
from okr_assistant.decision.margin import Label, firmness
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


@dataclass(frozen=True, slots=True)
class _Side:
    """What is compared: a result on its model, and how firm it is."""

    model: Model
    result: Recommendation
    margin: Label

    def phrases(self, words: Words) -> str:
        return words.listed([self.model.approaches_by_id[id_].phrase for id_ in self.result.outcome])

    def verdict(self, words: Words) -> str:
        """The verdict alone; whether an open question can still change it is not what moved."""
        return verdict_sentence(self.model, self.result, words, settled=True)


def comparison_view(before: Assessment, after: Assessment, words: Words) -> ComparisonView:
    """Return what differs between two assessments, on the same model or on two."""
    old, new = before.model, after.model
    carried = dict(before.sheet.answers)
    was = between = _Side(old, before.result, before.firm.margin.label)
    now = _Side(new, after.result, after.firm.margin.label)
    by_model: tuple[Move, ...] = ()
    if old.digest != new.digest:
        carried = carry_over(new, before.sheet.answers)
        sheet = AnswerSheet(carried)
        between = _Side(new, assess(new, sheet), firmness(new, sheet).margin.label)
        by_model = (*_questions(old, new, was.result, between.result, words), *_moves(was, between, words))
    by_answers = (*_answers(new, carried, after.sheet.answers, words), *_moves(between, now, words))
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
            was, now = (answer_label(model, words, id_, answers.get(id_)) for answers in (before, after))
            yield Move(words("comparison.answer", question=question.text, before=was, after=now))


def _moves(was: _Side, now: _Side, words: Words) -> Iterator[Move]:
    """What follows: the recommendation and how firm it is, points with the reasons that changed, and the rules."""
    before, after = was.result, now.result
    sentences = was.verdict(words), now.verdict(words)
    if before.outcome != after.outcome:
        yield Move(words("comparison.outcome", before=was.phrases(words), after=now.phrases(words)))
    elif sentences[0] != sentences[1]:
        yield Move(words("comparison.verdict", before=sentences[0], after=sentences[1]))
    yield from _leader(was, now, words)
    if was.margin != now.margin:
        labels = {
            "before": words(f"comparison.label.{was.margin}"),
            "after": words(f"comparison.label.{now.margin}"),
        }
        yield Move(words("comparison.margin", **labels))
    variants = ({result.variant: result.variant} if result.variant else {} for result in (before, after))
    yield from _come_and_gone(words, "variant", *variants)
    yield from _points(was.model, now.model, before, after, words)
    fixes = ({fix.id: fix.fix for fix in result.conditions} for result in (before, after))
    yield from _come_and_gone(words, "fix", *fixes)
    topics = ({topic.id: topic.topic for topic in result.contested} for result in (before, after))
    yield from _come_and_gone(words, "contested", *topics)
    contradictions = ({found.id: found.text for found in result.contradictions} for result in (before, after))
    yield from _come_and_gone(words, "contradiction", *contradictions)
    if before.split != after.split:
        yield Move(words("comparison.split_new" if after.split else "comparison.split_gone"))


def _come_and_gone(words: Words, kind: str, was: Mapping[str, str], now: Mapping[str, str]) -> Iterator[Move]:
    """Say which texts of one kind, by id, are new, and which are gone."""
    yield from (Move(words(f"comparison.{kind}_new", text=now[id_])) for id_ in now if id_ not in was)
    yield from (Move(words(f"comparison.{kind}_gone", text=was[id_])) for id_ in was if id_ not in now)


def _leader(was: _Side, now: _Side, words: Words) -> Iterator[Move]:
    """The approach that would lead and is blocked; what blocks it is said with its points."""
    names = (
        {leader: side.model.approaches_by_id[leader].name} if (leader := side.result.blocked_leader) else {}
        for side in (was, now)
    )
    yield from _come_and_gone(words, "leader", *names)


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
            yield Move(words.counted("comparison.points", earlier.points, name=name, **points), reasons)
        yield from _blocks(name, earlier, entry, words)
    yield from (Move(words("comparison.approach_gone", name=old.approaches_by_id[id_].name)) for id_ in was)


def _blocks(name: str, before: Ranked, after: Ranked, words: Words) -> Iterator[Move]:
    """Every reason for a block that is new or gone; "also" and "one less" while it is blocked all along."""
    both = bool(before.blocked_by) and bool(after.blocked_by)
    was, now = ({block.id: block.because for block in entry.blocked_by} for entry in (before, after))
    for key, texts in (
        ("block_more" if both else "blocked", [now[id_] for id_ in now if id_ not in was]),
        ("block_less" if both else "unblocked", [was[id_] for id_ in was if id_ not in now]),
    ):
        yield from (Move(words(f"comparison.{key}", name=name, because=because)) for because in texts)


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
