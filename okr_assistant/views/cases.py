"""Published cases beside a result: what is the same, what differs, and what their author concluded."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from okr_assistant.decision.cases import Case
from okr_assistant.decision.model import Model
from okr_assistant.decision.recommendation import Recommendation
from okr_assistant.decision.similar import similar
from okr_assistant.views.parts import Citation, answer_label, cited
from okr_assistant.words import Words


@dataclass(frozen=True, slots=True)
class CaseView:
    """One case as a reader meets it; ``same`` and ``differs`` are sentences about single answers."""

    id: str
    situation: str
    conclusion: str
    why: str
    source: Citation
    same: tuple[str, ...]
    differs: tuple[str, ...]


def similar_cases(
    model: Model, result: Recommendation, cases: Iterable[Case], words: Words
) -> tuple[CaseView, ...]:
    """Return the two or three closest published cases; none when none has enough in common."""
    views = []
    for found in similar(model, cases, result.answers):
        case = found.case
        same = tuple(
            words(
                "cases.answer",
                question=model.questions_by_id[id_].text,
                answer=answer_label(model, words, id_, case.answers[id_]),
            )
            for id_ in found.same
        )
        differs = tuple(
            words(
                "cases.difference",
                question=model.questions_by_id[id_].text,
                theirs=answer_label(model, words, id_, case.answers[id_]),
                ours=answer_label(model, words, id_, result.answers[id_]),
            )
            for id_ in found.differs
        )
        views.append(
            CaseView(
                case.id, case.situation, conclusion(model, case, words), case.why, source(case), same, differs
            )
        )
    return tuple(views)


def conclusion(model: Model, case: Case, words: Words) -> str:
    """Return what the author of the case concluded, in words."""
    verdict = words(f"cases.verdict.{case.verdict}", author=case.author)
    if not case.approaches:
        return verdict
    names = [model.approaches_by_id[id_].phrase for id_ in case.approaches]
    return words("cases.instead", verdict=verdict, approaches=words("cases.or").join(names))


def source(case: Case) -> Citation:
    """Return where the case was published."""
    return cited(case.author, case.year, case.title, case.url)
