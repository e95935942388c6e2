"""A decision record: everything that a result says, what people decided, and the sources. Exports are made of it.

The sentences are those of the result and the outlook; here they only get their order and a few facts beside them.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from datetime import MAXYEAR, date

from okr_assistant.decision.assessment import Assessment
from okr_assistant.decision.model import Model
from okr_assistant.drafting.goal_draft import GoalDraft
from okr_assistant.sharing.record import Decision, Record
from okr_assistant.views.artefact import ArtefactView, artefact_view
from okr_assistant.views.outlook import OutlookView, outlook_view
from okr_assistant.views.parts import Citation
from okr_assistant.views.result import AnswerRow, RankedView, ResultView, result_view
from okr_assistant.words import Words

_REVIEW_MONTHS = 3


@dataclass(frozen=True, slots=True)
class SourceView:
    """A source that something in the record cites: how it is cited, and what it is. ``year`` may be empty."""

    cited: str
    author: str
    title: str
    year: str
    url: str


@dataclass(frozen=True, slots=True)
class DecisionView:
    """What people decided. All but ``note`` and ``review_on`` is text they typed; what is empty was not said."""

    note: str
    decided: str
    because: str
    owner: str
    review_on: str


@dataclass(frozen=True, slots=True)
class AnswerPoints:
    """A question with its answer, and the points it gives each of ``RecordView.approaches``; None is nothing."""

    row: AnswerRow
    points: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class RecordView:
    """Everything in a decision record, in reading order. ``title`` and ``notes`` are text that people typed.

    ``goal`` is the first draft of a goal that was written for this work. ``outlook`` is None while there is no
    advice to look out from. ``approaches`` are those of the ranking in the order of the model, in which all tables
    of one model agree. ``review_on`` is the chosen date, or three months after ``made_on``. ``address`` opens the
    result again; it is empty where there is none.
    """

    title: str
    heading: str
    made_on: date
    facts: tuple[tuple[str, str], ...]
    result: ResultView
    outlook: OutlookView | None
    decision: DecisionView | None
    goal: ArtefactView | None
    notes: str
    approaches: tuple[RankedView, ...]
    answers: tuple[AnswerPoints, ...]
    sources: tuple[SourceView, ...]
    review_on: date
    model: str
    digest: str
    address: str


def record_view(
    found: Assessment,
    record: Record,
    words: Words,
    made_on: date,
    *,
    address: str = "",
    goal: GoalDraft | None = None,
) -> RecordView:
    """Return the record of ``found``, which must come from the sheet of ``record``, as made on this day."""
    model = found.model
    result = result_view(model, found.result, words, settled=found.settled)
    outlook = outlook_view(found, words) if result.advice else None
    ranked = {entry.approach: entry for entry in result.ranking}
    approaches = tuple(ranked[approach.id] for approach in model.approaches)
    return RecordView(
        title=record.sheet.title,
        heading=record.sheet.title or words("record.untitled"),
        made_on=made_on,
        facts=_facts(found, words, made_on),
        result=result,
        outlook=outlook,
        decision=_decision(record.decision, words),
        goal=artefact_view(goal, words, found.result.answers) if goal else None,
        notes=record.notes,
        approaches=approaches,
        answers=_answers(found, result),
        sources=_sources(model, result, outlook),
        review_on=record.decision.review_on or _months_after(made_on, _REVIEW_MONTHS),
        model=model.version,
        digest=model.digest,
        address=address,
    )


def _facts(found: Assessment, words: Words, made_on: date) -> tuple[tuple[str, str], ...]:
    result = found.result
    answered = len(result.answers) - len(result.ignored)
    said = words("record.answered", answered=answered, of=answered + len(result.open))
    if result.unsure:
        said = words.counted("record.unsure", len(result.unsure), answered=said)
    return (
        (words("record.date"), words.date(made_on)),
        (words("record.questions"), said),
        (words("record.model"), found.model.version),
    )


def _decision(decision: Decision, words: Words) -> DecisionView | None:
    if not decision:
        return None
    return DecisionView(
        note=words("record.decision_note"),
        decided=decision.decided,
        because=decision.because,
        owner=decision.owner,
        review_on=words.date(decision.review_on) if decision.review_on else "",
    )


def _answers(found: Assessment, result: ResultView) -> tuple[AnswerPoints, ...]:
    given = {
        (part.question, entry.approach): part.points
        for entry in found.result.ranking
        for part in entry.contributions
    }
    return tuple(
        AnswerPoints(row, tuple(given.get((row.question_id, id_)) for id_ in found.model.approaches_by_id))
        for row in result.answers
    )


def _sources(model: Model, result: ResultView, outlook: OutlookView | None) -> tuple[SourceView, ...]:
    """Every source that is cited, in the order of the model."""
    shown = (result.contradictions, result.obstacles, result.ranking, result.conditions, result.contested)
    cited = {citation.text for citation in _citations((*shown, outlook))}
    return tuple(
        SourceView(model.cited[source.id], source.author, source.title, str(source.year or ""), source.url)
        for source in model.sources
        if model.cited[source.id] in cited
    )


def _citations(value: object) -> Iterator[Citation]:
    """Every citation in a view, however deep."""
    if isinstance(value, Citation):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from _citations(part)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _citations(getattr(value, field.name))


def _months_after(day: date, months: int) -> date:
    """The same day of a later month, or its last day where it is shorter."""
    years, month = divmod(day.month - 1 + months, 12)
    year = min(day.year + years, MAXYEAR)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
