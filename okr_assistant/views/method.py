"""The whole model, readable: every question, number, rule and source, generated from the model itself."""

from __future__ import annotations

from dataclasses import dataclass

from okr_assistant.decision.model import UNSURE, Model, Points, Question
from okr_assistant.decision.rules import Blocker, Condition, Contested, Contradiction, Rule, Variant
from okr_assistant.decision.texts import ApproachText
from okr_assistant.decision.when import All, AnsweredWith, AnyOf, Not
from okr_assistant.views.parts import Citation, answer_label, citations, signed, sources_listed
from okr_assistant.words import Words


@dataclass(frozen=True, slots=True)
class PointsRow:
    """What one answer says about one approach."""

    approach: str
    points: str
    because: str
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class OptionPart:
    """One possible answer with everything the model holds about it."""

    id: str
    label: str
    hint: str
    how: str
    axis: str
    points: tuple[PointsRow, ...]


@dataclass(frozen=True, slots=True)
class QuestionPart:
    """One question with its answers."""

    id: str
    section: str
    text: str
    why_we_ask: str
    citations: tuple[Citation, ...]
    asked_when: str
    options: tuple[OptionPart, ...]


@dataclass(frozen=True, slots=True)
class RulePart:
    """One rule: what it does, when it holds, and why. ``lines`` are the further sentences of its kind."""

    id: str
    heading: str
    when: str
    because: str
    citations: tuple[Citation, ...]
    lines: tuple[tuple[str, tuple[Citation, ...]], ...]


@dataclass(frozen=True, slots=True)
class RuleGroup:
    """All rules of one kind."""

    kind: str
    title: str
    meaning: str
    rules: tuple[RulePart, ...]


@dataclass(frozen=True, slots=True)
class ApproachPart:
    """One approach with its Markdown."""

    id: str
    name: str
    summary: str
    artefact: str
    text: ApproachText


@dataclass(frozen=True, slots=True)
class MethodView:
    """Everything on the Method page that comes from the model."""

    version: str
    digest: str
    counts: str
    questions: tuple[QuestionPart, ...]
    rules: tuple[RuleGroup, ...]
    approaches: tuple[ApproachPart, ...]
    sources: tuple[tuple[Citation, str], ...]


def method_view(model: Model, words: Words) -> MethodView:
    """Return the model as a reader sees it."""
    numbers = sum(len(q.points_of(answer)) for q in model.questions for answer in q.choices)
    return MethodView(
        version=model.version,
        digest=model.digest,
        counts=words(
            "method.counts",
            questions=len(model.questions),
            numbers=numbers,
            rules=len(model.rules),
            sources=len(model.sources),
        ),
        questions=tuple(_question(model, question, words) for question in model.questions),
        rules=_rules(model, words),
        approaches=tuple(
            ApproachPart(entry.id, entry.name, entry.summary, entry.artefact, model.texts[entry.id])
            for entry in model.approaches
        ),
        sources=sources_listed(model),
    )


def _question(model: Model, question: Question, words: Words) -> QuestionPart:
    options = [
        OptionPart(
            id=option.id,
            label=option.label,
            hint=option.hint,
            how=words("method.how_to", how=option.how) if option.how else "",
            axis=""
            if option.axis is None
            else words("method.axis", axis=words(f"position.axis.{question.axis}"), value=option.axis),
            points=_points(model, option.points),
        )
        for option in question.options
    ]
    if question.unsure.points:
        label, hint = words("answer.unsure"), words("answer.unsure_hint")
        options.append(OptionPart(UNSURE, label, hint, "", "", _points(model, question.unsure.points)))
    return QuestionPart(
        id=question.id,
        section=next(section.title for section in model.sections if section.id == question.section),
        text=question.text,
        why_we_ask=question.why_we_ask,
        citations=citations(model, question.sources),
        asked_when=""
        if question.ask_if is None
        else words("method.asked_when", condition=in_words(model, question.ask_if, words)),
        options=tuple(options),
    )


def _points(model: Model, points: tuple[Points, ...]) -> tuple[PointsRow, ...]:
    return tuple(
        PointsRow(
            approach=model.approaches_by_id[entry.approach].name,
            points=signed(entry.points),
            because=entry.because,
            citations=citations(model, entry.sources),
        )
        for entry in points
    )


def _rules(model: Model, words: Words) -> tuple[RuleGroup, ...]:
    kinds = ("blocker", "condition", "contested", "variant", "contradiction")
    return tuple(
        RuleGroup(
            kind=kind,
            title=words(f"method.rules.{kind}.title"),
            meaning=words(f"method.rules.{kind}.meaning"),
            rules=tuple(_rule(model, rule, words) for rule in model.rules if rule.kind == kind),
        )
        for kind in kinds
    )


def _rule(model: Model, rule: Rule, words: Words) -> RulePart:
    lines: tuple[tuple[str, tuple[Citation, ...]], ...] = ()
    match rule:
        case Blocker(approach=approach):
            heading = words("method.rule.blocker", name=model.approaches_by_id[approach].name)
        case Condition(approach=approach, fix=fix):
            heading = words("method.rule.condition", name=model.approaches_by_id[approach].name, fix=fix)
        case Variant(approach=approach, name=name):
            heading = words("method.rule.variant", name=model.approaches_by_id[approach].name, variant=name)
        case Contested(topic=topic, for_=for_, against=against):
            heading = topic
            lines = (
                (words("method.rule.for", text=for_.text), citations(model, for_.sources)),
                (words("method.rule.against", text=against.text), citations(model, against.sources)),
            )
        case Contradiction(text=text):
            heading = text
    return RulePart(
        id=rule.id,
        heading=heading,
        when=words("method.rule.when", condition=in_words(model, rule.when, words)),
        because=rule.because,
        citations=citations(model, rule.sources),
        lines=lines,
    )


def in_words(model: Model, when: AnsweredWith | All | AnyOf | Not, words: Words) -> str:
    """Return a condition as a sentence part, with the words of questions and options."""
    match when:
        case AnsweredWith(question=question, options=options):
            return words("when.answered", **_said(model, question, options, words))
        case All(all=parts):
            return words("when.and").join(in_words(model, part, words) for part in parts)
        case AnyOf(any=parts):
            return words("when.either").join(f"({in_words(model, part, words)})" for part in parts)
        case Not(part=AnsweredWith(question=question, options=options)):
            return words("when.not_answered", **_said(model, question, options, words))
        case Not(part=part):
            return words("when.not", condition=in_words(model, part, words))


def _said(model: Model, question: str, options: tuple[str, ...], words: Words) -> dict[str, str]:
    labels = [words("when.option", option=answer_label(model, words, question, option)) for option in options]
    return {"question": model.questions_by_id[question].text, "options": words("when.or").join(labels)}
