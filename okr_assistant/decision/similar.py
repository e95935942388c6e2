"""The published cases most like a sheet, and what is the same and different about them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from okr_assistant.decision.assess import read_answers
from okr_assistant.decision.cases import Case
from okr_assistant.decision.model import UNSURE, Model


@dataclass(frozen=True, slots=True)
class Similar:
    """A case, with the ids of the questions answered in both: alike, and not alike; in questionnaire order."""

    case: Case
    same: tuple[str, ...]
    differs: tuple[str, ...]


def similar(
    model: Model, cases: Iterable[Case], answers: Mapping[str, str], count: int = 3
) -> tuple[Similar, ...]:
    """Return the ``count`` closest cases, the closest first; ties in the order of the cases.

    A question weighs as much as it can decide: the widest range of points that its options give one approach.
    Closeness is the weight of the answers that are the same less the weight of those that differ. A case is
    left out when fewer than two questions are answered in both, or when it differs by as much as it agrees.
    ``unsure`` and hidden answers say nothing about a situation and are not compared.
    """
    ours = _told(model, answers)
    found = []
    for case in cases:
        theirs = _told(model, case.answers)
        shared = [id_ for id_ in model.questions_by_id if id_ in ours and id_ in theirs]
        same = tuple(id_ for id_ in shared if ours[id_] == theirs[id_])
        differs = tuple(id_ for id_ in shared if ours[id_] != theirs[id_])
        closeness = sum(_weight(model, id_) for id_ in same) - sum(_weight(model, id_) for id_ in differs)
        if len(shared) >= 2 and closeness > 0:
            found.append((closeness, Similar(case, same, differs)))
    found.sort(key=lambda entry: -entry[0])  # stable: equally close ones stay in the order of the cases
    return tuple(entry for _, entry in found[:count])


def _told(model: Model, answers: Mapping[str, str]) -> dict[str, str]:
    counted = read_answers(model, answers).counted
    return {question: answer for question, answer in counted.items() if answer != UNSURE}


def _weight(model: Model, question_id: str) -> int:
    question = model.questions_by_id[question_id]
    points = [
        {given.approach: given.points for given in question.points_of(option.id)} for option in question.options
    ]
    return max(
        max(option.get(approach, 0) for option in points) - min(option.get(approach, 0) for option in points)
        for approach in model.approaches_by_id
    )
