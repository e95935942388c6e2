"""The page of a first draft: which form fits the answers, its fields with hints and findings, what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from okr_assistant.decision.assessment import Assessment
from okr_assistant.drafting.beside import Beside, findings_beside
from okr_assistant.drafting.forms import DraftForm, Field, WriterQuestion, form_for
from okr_assistant.drafting.goal_draft import GoalDraft
from okr_assistant.drafting.rules import Source
from okr_assistant.views.artefact import ArtefactView, artefact_view
from okr_assistant.views.parts import Citation, answer_label, citations, cited
from okr_assistant.views.result import Statement
from okr_assistant.words import Words


@dataclass(frozen=True, slots=True)
class FormChoice:
    """A form that a draft can be written into."""

    approach: str
    variant: str
    label: str

    @property
    def id(self) -> str:
        """Approach and variant in one word."""
        return f"{self.approach}.{self.variant}"


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
    """Return every form for the approaches and variants of this model, in its order."""
    model = found.model
    advised = {(id_, _variant(found, id_)) for id_ in _advised(found)}
    named = [(approach.id, "", "") for approach in model.approaches]
    named += [(rule.approach, rule.id, rule.name) for rule in model.variants]
    order = list(model.approaches_by_id)
    return tuple(
        FormChoice(approach, variant, _label(found, form, name, words, advised=(approach, variant) in advised))
        for approach, variant, name in sorted(named, key=lambda each: order.index(each[0]))
        if (form := form_for(approach, variant))
    )


def usual_choice(found: Assessment, choices: Iterable[FormChoice], wanted: str = "") -> FormChoice | None:
    """Return the one to begin with: the wanted approach, else the recommended or the first of those that tie."""
    known = {(choice.approach, choice.variant): choice for choice in choices}
    every = ((id_, _variant(found, id_)) for id_ in (wanted, *_advised(found)))
    return next((known[each] for each in every if each in known), None)


def goal_draft_view(found: Assessment, draft: GoalDraft, words: Words) -> GoalDraftView:
    """Return the page for what is written so far, beside the result of the same piece of work."""
    answers = found.result.counted
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
        questions=tuple(map(_question, form.questions)),
        sources=tuple(map(_cited, form.sources)),
        artefact=artefact_view(draft, words, answers),
    )


def _variant(found: Assessment, approach: str) -> str:
    """The first variant of the approach that the answers call for, if there is a form for it."""
    counted = found.result.counted
    return next(
        (
            rule.id
            for rule in found.model.variants
            if rule.approach == approach and rule.when.truth(counted) and form_for(approach, rule.id)
        ),
        "",
    )


def _advised(found: Assessment) -> tuple[str, ...]:
    """The approaches that the answers speak for; none while nothing is answered."""
    return found.result.outcome if found.result.answers else ()


def _label(found: Assessment, form: DraftForm, variant: str, words: Words, *, advised: bool) -> str:
    """The name of an approach with that of its variant or form, where that says more."""
    approach = found.model.approaches_by_id[form.approach].name
    own = variant or form.name
    if approach.casefold().startswith(own.casefold()):
        name = approach
    else:
        name = own if own.startswith(approach) else f"{approach}: {own}"
    if not advised:
        return name
    return words("goal_draft.choice.recommended" if found.result.approach else "goal_draft.choice.tied", name=name)


def _fit(found: Assessment, draft: GoalDraft, words: Words) -> str:
    """How the form stands to the result: nothing to say where it is the recommended one."""
    model = found.model
    if not found.result.answers:
        return words("goal_draft.no_answers")
    if draft.approach in found.result.outcome:
        return ""
    advised = words.listed([model.approaches_by_id[id_].phrase for id_ in found.result.outcome])
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
    return cited(source.author, source.year, source.title, source.url)
