"""The page of a first draft: which form fits the answers, its fields with hints and findings, what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from okr_assistant.decision.assessment import Assessment
from okr_assistant.decision.model import Model
from okr_assistant.drafting.beside import Beside, findings_beside
from okr_assistant.drafting.forms import DraftForm, Field, WriterQuestion, form_for
from okr_assistant.drafting.goal_draft import GoalDraft
from okr_assistant.drafting.open_parts import questions_to_writer
from okr_assistant.drafting.rules import Source
from okr_assistant.views.artefact import ArtefactView, artefact_view
from okr_assistant.views.parts import Citation, answer_label, citations
from okr_assistant.views.result import Statement
from okr_assistant.words import Words


@dataclass(frozen=True, slots=True)
class FormChoice:
    """An approach that a draft can be written for, with the variant that the answers call for."""

    approach: str
    variant: str
    label: str


@dataclass(frozen=True, slots=True)
class FindingView:
    """What the linter saw, why it matters, how to mend it, and who says so. ``saw`` is text that people typed."""

    says: str
    saw: str
    why: str
    fix: str
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class FieldView:
    """A field that is asked for; ``found`` are findings by row, from 1, and column; row 0 is the field itself."""

    field: Field
    hint: str
    found: Mapping[tuple[int, str], tuple[FindingView, ...]]
    hints: Mapping[str, str]
    """Of its columns."""


@dataclass(frozen=True, slots=True)
class GoalDraftView:
    """Everything on the page, in reading order. ``said`` are questions with the answers that it starts from."""

    name: str
    about: str
    fit: str
    conditions: tuple[Statement, ...]
    said: tuple[tuple[str, str], ...]
    fields: tuple[FieldView, ...]
    questions: tuple[Statement, ...]
    sources: tuple[Citation, ...]
    artefact: ArtefactView


def form_choices(found: Assessment, words: Words) -> tuple[FormChoice, ...]:
    """Return what a draft can be written for, in the order of the model."""
    return tuple(
        FormChoice(approach.id, variant, _choice_label(found, form, words))
        for approach in found.model.approaches
        if (form := form_for(approach.id, variant := _variant(found, approach.id)))
    )


def usual_choice(found: Assessment, choices: Iterable[FormChoice], wanted: str = "") -> FormChoice | None:
    """Return the one to begin with: the wanted approach, else the recommended or the first of those that tie."""
    by_approach = {choice.approach: choice for choice in choices}
    advised = found.result.outcome if found.result.answers else ()
    return next((by_approach[id_] for id_ in (wanted, *advised) if id_ in by_approach), None)


def goal_draft_view(found: Assessment, draft: GoalDraft, words: Words) -> GoalDraftView:
    """Return the page for what is written so far, beside the result of the same piece of work."""
    answers = _counted(found)
    form, beside = draft.form, findings_beside(draft)
    conditions = (each for each in found.result.conditions if each.approach == draft.approach)
    return GoalDraftView(
        name=form.name,
        about=form.about,
        fit=_fit(found, draft, words),
        conditions=tuple(Statement(c.fix, c.because, citations(found.model, c.sources)) for c in conditions),
        said=tuple(
            (found.model.questions_by_id[id_].text, answer_label(found.model, words, id_, answers[id_]))
            for id_ in form.said
            if id_ in answers
        ),
        fields=tuple(
            _field(field, answers, beside)
            for field in draft.fields
            if field.is_asked(answers) or field.id in draft.values
        ),
        questions=tuple(map(_question, questions_to_writer(draft))),
        sources=tuple(map(_cited, form.sources)),
        artefact=artefact_view(draft, words, answers),
    )


def _variant(found: Assessment, approach: str) -> str:
    """The first variant of the approach that the answers call for, if there is a form for it."""
    counted = _counted(found)
    return next(
        (
            rule.id
            for rule in found.model.variants
            if rule.approach == approach and rule.when.truth(counted) and form_for(approach, rule.id)
        ),
        "",
    )


def _counted(found: Assessment) -> dict[str, str]:
    result = found.result
    return {id_: answer for id_, answer in result.answers.items() if id_ not in result.ignored}


def _choice_label(found: Assessment, form: DraftForm, words: Words) -> str:
    name = _names(found.model, form)
    result = found.result
    if not result.answers or form.approach not in result.outcome:
        return name
    return words("goal_draft.choice.recommended" if result.approach else "goal_draft.choice.tied", name=name)


def _names(model: Model, form: DraftForm) -> str:
    name = model.approaches_by_id[form.approach].name
    return name if name.casefold().startswith(form.name.casefold()) else f"{name}: {form.name}"


def _fit(found: Assessment, draft: GoalDraft, words: Words) -> str:
    """How the form stands to the result: nothing to say where it is the recommended one."""
    result, model = found.result, found.model
    if not result.answers:
        return words("goal_draft.no_answers")
    if draft.approach in result.outcome:
        return ""
    advised = words.listed([model.approaches_by_id[id_].phrase for id_ in result.outcome])
    return words("goal_draft.not_advised", advised=advised, chosen=model.approaches_by_id[draft.approach].phrase)


def _field(field: Field, answers: Mapping[str, str], beside: tuple[Beside, ...]) -> FieldView:
    found: dict[tuple[int, str], tuple[FindingView, ...]] = {}
    for each in beside:
        if each.field == field.id:
            place = (each.row, each.column)
            found[place] = (*found.get(place, ()), _finding(each))
    return FieldView(field, field.hint_for(answers), found, {c.id: c.hint_for(answers) for c in field.columns})


def _finding(each: Beside) -> FindingView:
    rule = each.finding.rule
    return FindingView(rule.says, each.finding.saw, rule.why, rule.fix, tuple(map(_cited, rule.sources)))


def _question(question: WriterQuestion) -> Statement:
    return Statement(question.text, "", tuple(map(_cited, question.sources)))


def _cited(source: Source) -> Citation:
    text = f"{source.author} {source.year}" if source.year else source.author
    return Citation(text, source.title, source.url)
