"""What ``docs/decision.md`` defines, word for word and slowly: every completion and every change is assessed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from itertools import combinations, product
from math import log2

from okr_assistant.decision.assess import assess, read_answers
from okr_assistant.decision.model import UNSURE, Model
from okr_assistant.decision.recommendation import Recommendation
from okr_assistant.decision.sheet import AnswerSheet

Answers = dict[str, str]
Changes = tuple[tuple[str, str], ...]


def result(model: Model, answers: Answers) -> Recommendation:
    return assess(model, AnswerSheet(answers))


def completions(model: Model, answers: Answers, *, unsure: bool) -> list[Answers]:
    """All distinct ones, each as the answers that count."""
    open_ = [question for question in model.questions if question.id not in answers]
    ways = [[choice for choice in question.choices if unsure or choice != UNSURE] for question in open_]
    ids = [question.id for question in open_]
    found = {}
    for given in product(*ways):
        counted = read_answers(model, answers | dict(zip(ids, given, strict=True))).counted
        found[tuple(counted.items())] = dict(counted)
    return list(found.values())


def outcomes(model: Model, answers: Answers, *, unsure: bool) -> list[tuple[str, ...]]:
    return [result(model, completed).outcome for completed in completions(model, answers, unsure=unsure)]


def possible(model: Model, answers: Answers) -> tuple[str, ...]:
    found = {approach for outcome in outcomes(model, answers, unsure=True) for approach in outcome}
    return tuple(approach for approach in model.approaches_by_id if approach in found)


def possible_of_mixes(model: Model, given: Mapping[str, Collection[str]]) -> tuple[str, ...]:
    """Every sheet with one of the answers given for each question that has some."""
    ids = [id_ for id_ in given if given[id_]]
    mixes = (dict(zip(ids, mix, strict=True)) for mix in product(*(given[id_] for id_ in ids)))
    found = {approach for mix in mixes for approach in result(model, mix).outcome}
    return tuple(approach for approach in model.approaches_by_id if approach in found)


def settled(model: Model, answers: Answers) -> bool:
    found = set(outcomes(model, answers, unsure=True))
    return len(found) == 1 and len(next(iter(found))) == 1


def shares(model: Model, answers: Answers) -> dict[str, float]:
    found = outcomes(model, answers, unsure=False)
    alone = Counter(outcome[0] for outcome in found if len(outcome) == 1)
    counts = {approach: alone[approach] for approach in model.approaches_by_id}
    counts["tie"] = len(found) - sum(alone.values())
    return {key: number / len(found) for key, number in counts.items()}


def next_question(model: Model, answers: Answers) -> str | None:
    """The open question with the lowest expected entropy of the outcome after its answer."""
    if settled(model, answers):
        return None
    completed = [
        (counted, result(model, counted).outcome) for counted in completions(model, answers, unsure=False)
    ]
    left = {id_: _entropy_after(model, id_, completed) for id_ in result(model, answers).open}
    return next((id_ for id_ in left if left[id_] < min(left.values()) + 1e-9), None)


def _entropy_after(model: Model, id_: str, completed: list[tuple[Answers, tuple[str, ...]]]) -> float:
    options = model.questions_by_id[id_].options
    total = 0.0
    for option in options:
        weights: Counter[tuple[str, ...]] = Counter()
        for counted, outcome in completed:
            if id_ not in counted:  # hidden there: any answer would do
                weights[outcome] += 1 / len(options)  # type: ignore[assignment]
            elif counted[id_] == option.id:
                weights[outcome] += 1
        mass = sum(weights.values())
        total -= sum(weight * log2(weight / mass) for weight in weights.values()) / len(completed)
    return total


def change_sets(model: Model, answers: Answers, most: int) -> Iterator[Changes]:
    """Sets of changes in questionnaire order, fewest first: a question to another option, never to unsure."""
    targets = [(question.id, option.id) for question in model.questions for option in question.options]
    useful = [target for target in targets if answers.get(target[0]) != target[1]]
    for size in range(1, most + 1):
        for changes in combinations(useful, size):
            if len({question for question, _ in changes}) == size:
                yield changes


def changeable(model: Model, target: tuple[str, str]) -> bool:
    option = model.questions_by_id[target[0]].option(target[1])
    return option is not None and option.changeable


def smallest(model: Model, answers: Answers, found: list[Changes], changes: Changes) -> bool:
    return not any(set(other) < set(changes) for other in found)


def flips(model: Model, answers: Answers, most: int = 3) -> list[tuple[Changes, Recommendation]]:
    now = result(model, answers).outcome
    every = {changes: result(model, answers | dict(changes)) for changes in change_sets(model, answers, most)}
    differ = [changes for changes, after in every.items() if after.outcome != now]
    found = []
    for changes in differ:
        asked = read_answers(model, answers | dict(changes)).asked
        if all(id_ in asked for id_, _ in changes) and smallest(model, answers, differ, changes):
            found.append((changes, every[changes]))
    order = {changes: place for place, changes in enumerate(every)}
    return sorted(found, key=lambda flip: (len(flip[0]), -_how_many_changeable(model, flip[0]), order[flip[0]]))


def _how_many_changeable(model: Model, changes: Changes) -> int:
    return sum(changeable(model, target) for target in changes)


def paths_to_okr(model: Model, answers: Answers) -> list[Changes]:
    """All smallest ones, in order."""
    if result(model, answers).approach == "okr":
        return []
    sets = [
        changes
        for changes in change_sets(model, answers, len(model.questions))
        if all(changeable(model, target) for target in changes)
    ]
    after = {changes: result(model, answers | dict(changes)) for changes in sets}
    reached = [changes for changes in sets if after[changes].approach == "okr"]
    found = [changes for changes in reached if smallest(model, answers, reached, changes)]
    return sorted(found, key=lambda changes: (len(changes), -lead(after[changes]), sets.index(changes)))


def lead(after: Recommendation) -> float:
    """Of the first over the next unblocked approach."""
    free = [entry.points for entry in after.ranking if not entry.blocked_by]
    return free[0] - free[1] if len(free) > 1 else float("inf")


def slips(model: Model, answers: Answers) -> list[tuple[str, ...]]:
    """The outcomes after each answer of an ordered question moved to a neighbouring option."""
    found = []
    for question in model.questions:
        options = [option.id for option in question.options]
        if question.scale == "ordered" and answers.get(question.id) in options:
            place = options.index(answers[question.id])
            near = [options[other] for other in (place - 1, place + 1) if 0 <= other < len(options)]
            found += [result(model, answers | {question.id: option}).outcome for option in near]
    return found


def rests_on(model: Model, answers: Answers) -> tuple[str, ...]:
    now = result(model, answers)
    return tuple(
        id_
        for id_ in answers_in_order(model, answers)
        if result(model, answers | {id_: UNSURE}).outcome != now.outcome
    )


def answers_in_order(model: Model, answers: Answers) -> list[str]:
    return [id_ for id_ in model.questions_by_id if id_ in answers]
