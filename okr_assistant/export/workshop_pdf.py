"""The workshop record as a PDF, laid out by ``workshop.typ``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from okr_assistant.charts.palette import OTHER, colour
from okr_assistant.export.typeset import Data, decision_part, head, strings, typed, typeset
from okr_assistant.paths import WORKSHOP_TEMPLATE
from okr_assistant.views.workshop.record import WorkshopRecordView
from okr_assistant.views.workshop.recorded import ReasonView, RecordedCheck, RecordedQuestion
from okr_assistant.words import Words

_VOTES = "#6b7f93"
"""Of the bars of votes, which stand for no approach."""


def workshop_pdf(view: WorkshopRecordView, words: Words) -> bytes:
    """Return the record as the bytes of a PDF file."""
    return typeset(WORKSHOP_TEMPLATE, workshop_pdf_data(view, words), view.finished_on, words)


def workshop_pdf_data(view: WorkshopRecordView, words: Words) -> Data:
    """Return what the template is given: strings, numbers and lists of them, in reading order."""
    return head(words("workshop_record.kind"), view.title, view.finished_on, view.facts, words) | {
        "about": typed(view.about),
        "people": [{"label": label, "names": list(map(typed, names))} for label, names in view.people],
        "parts": list(_parts(view, words)),
    }


def _colour(outcome: Sequence[str]) -> str:
    return colour(outcome[0]) if len(outcome) == 1 else OTHER


def _parts(view: WorkshopRecordView, words: Words) -> Iterator[Data]:
    yield decision_part(view.decision, words)
    yield {
        "kind": "advice",
        "heading": words("workshop_record.leads_to"),
        "colour": _colour(view.outcome),
        "sentence": view.sentence,
        "lines": list(view.summary),
    }
    conditions = words.counted("result.conditions", len(view.conditions))
    yield from strings(conditions, (f"{found.text} {found.because}" for found in view.conditions))
    yield _answers(view, words)
    yield _outcomes(view, words)
    if view.questions:
        shown = [_question(question, words) for question in view.questions]
        yield {"kind": "questions", "heading": words("workshop_record.questions"), "questions": shown}
    if view.checks:
        shown = [_check(check, words) for check in view.checks]
        yield {"kind": "questions", "heading": words("workshop_record.check"), "questions": shown}
    yield from strings(words("workshop_record.not_shown"), [*view.too_few, *view.rules])
    yield {
        "kind": "end",
        "heading": words("record.model"),
        "lead": [view.model, words("record.digest", digest=view.digest)],
        "open_again": words("workshop_record.open_again"),
        "address": view.address,
    }


def _answers(view: WorkshopRecordView, words: Words) -> Data:
    rows = [
        {"question": answer.question, "answer": answer.answer, "state": "", "given": answer.given}
        for answer in view.answers
    ]
    columns = [words("record.question"), words("record.answer")]
    return {"kind": "answers", "heading": words("workshop_record.answers"), "columns": columns, "rows": rows}


def _outcomes(view: WorkshopRecordView, words: Words) -> Data:
    rows = [
        _row(bar.label, [str(bar.people)], bar.share, colour=_colour(bar.approaches)) for bar in view.by_person
    ]
    columns = [words("workshop_record.outcome"), words("workshop_record.people")]
    rounds = [{"title": each.title, "said": f"{each.own}. {each.group}"} for each in view.rounds]
    return {
        "kind": "outcomes",
        "heading": words("workshop_record.before"),
        "said": list(view.before),
        "votes": {"columns": columns, "rows": rows},
        "rounds_title": words("workshop_record.rounds_title"),
        "rounds": rounds,
    }


def _question(question: RecordedQuestion, words: Words) -> Data:
    reasons = (
        _reasons(words("workshop_record.against"), question.against),
        _reasons(words("workshop_record.reasons"), question.reasons),
        _reasons(words("workshop_record.earlier"), question.earlier),
    )
    return _voted(question, words("workshop_record.choice")) | {
        "agreed": " ".join(question.agreed),
        "reasons": list(reasons),
    }


def _check(check: RecordedCheck, words: Words) -> Data:
    reasons = [_reasons(words("workshop_record.speak"), check.against)]
    return _voted(check, words("workshop_record.fingers")) | {"agreed": "", "reasons": reasons}


def _voted(found: RecordedQuestion | RecordedCheck, column: str) -> Data:
    rows = [
        _row(choice.label, choice.counts, choice.share, choice.names, choice.standing, strong=choice.agreed)
        for choice in found.choices
    ]
    votes = {"columns": [column, *found.rounds], "rows": rows}
    return {"text": found.text, "said": list(found.said), "votes": votes}


def _row(
    label: str,
    counts: Iterable[str],
    share: float,
    names: Iterable[str] = (),
    standing: str = "",
    *,
    strong: bool = False,
    colour: str = _VOTES,
) -> Data:
    return {
        "label": label,
        "standing": standing,
        "counts": list(counts),
        "share": round(share),
        "names": list(map(typed, names)),
        "strong": strong,
        "colour": colour,
    }


def _reasons(heading: str, found: Iterable[ReasonView]) -> Data:
    items = [{"reason": typed(said.reason), "name": typed(said.name), "choice": said.choice} for said in found]
    return {"heading": heading, "items": items}
