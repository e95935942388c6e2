"""What ``reveal.py`` defines, word for word and slowly: every sheet is assessed, every way of moving is tried."""

from __future__ import annotations

from collections import Counter
from itertools import product

from okr_assistant.decision.assess import assess
from okr_assistant.decision.model import UNSURE, Model, Question
from okr_assistant.decision.sheet import AnswerSheet
from tests.decision import brute_force
from tests.workshop.rooms import Held

Counts = dict[str, int]
Outcome = tuple[str, ...]


def outcome(model: Model, answers: dict[str, str]) -> Outcome:
    return assess(model, AnswerSheet(answers)).outcome


def standing(found: Held, up_to: int = 99) -> dict[str, dict[int, str]]:
    """By question and seat: the latest choice in a revealed round of voting that counts it."""
    shown = [r for r in found.room.rounds if r.kind == "vote" and r.revealed_at and r.number <= up_to]
    stand: dict[str, dict[int, str]] = {question: {} for question in found.room.setup.questions}
    for round_ in sorted(shown, key=lambda r: r.number):
        for question in set(stand) - set(round_.uncounted):
            stand[question] |= {
                v.seat: v.choice for v in found.votes if (v.round, v.question) == (round_.number, question)
            }
    return stand


def shown(found: Held, up_to: int = 99) -> dict[str, dict[int, str]]:
    """Without the questions on which votes were cast, of which too few stand."""
    numbers = [r.number for r in found.room.rounds if r.kind == "vote" and r.revealed_at and r.number <= up_to]
    tried = {vote.question for vote in found.votes if vote.round in numbers}
    fewest = found.room.setup.smallest_group
    return {id_: c for id_, c in standing(found, up_to).items() if len(c) >= fewest or id_ not in tried}


def proposal(question: Question, choices: list[str]) -> str | None:
    options = [option.id for option in question.options]
    votes = sorted(options.index(choice) for choice in choices if choice != UNSURE)
    if not votes:
        return None
    if question.scale == "ordered":
        one, two = votes[(len(votes) - 1) // 2], votes[len(votes) // 2]
        return options[one] if one == two else None
    ranked = Counter(votes).most_common()
    return options[ranked[0][0]] if len(ranked) == 1 or ranked[0][1] > ranked[1][1] else None


def proposals(model: Model, found: Held) -> dict[str, str]:
    every = {id_: proposal(model.questions_by_id[id_], [*chose.values()]) for id_, chose in shown(found).items()}
    return {id_: option for id_, option in every.items() if option is not None}


def group_answers(model: Model, found: Held) -> dict[str, str]:
    return proposals(model, found) | dict(found.room.agreed)


def people(found: Held) -> set[int]:
    return {seat for chose in shown(found).values() for seat in chose}


def camps(model: Model, found: Held, question: str) -> dict[str, tuple[int, Outcome]]:
    """By option: how many chose it, and the outcome with it in the group's answers."""
    sizes = Counter(shown(found)[question].values())
    least = 1 if len(people(found)) < 6 else 2
    answers = group_answers(model, found)
    return {
        option.id: (sizes[option.id], outcome(model, answers | {question: option.id}))
        for option in model.questions_by_id[question].options
        if sizes[option.id] >= least
    }


def matters(model: Model, found: Held, question: str) -> bool:
    return len({leads for _, leads in camps(model, found, question).values()}) > 1


def fewest_who_move(question: Question, choices: list[str], option: str) -> int | None:
    """Try every way of letting some people choose the option instead."""
    sizes = Counter(choices)
    others = [choice for choice in sizes if choice != option]
    moved = [
        (sum(leave), [*(c for c, n in zip(others, leave, strict=True) for _ in range(sizes[c] - n))])
        for leave in product(*(range(sizes[choice] + 1) for choice in others))
    ]
    ways = [n for n, stay in moved if proposal(question, [*stay, *[option] * (sizes[option] + n)]) == option]
    return min(ways) if choices and ways else None


def shifts(model: Model, found: Held, question: str) -> list[tuple[str, int, Outcome]]:
    known, choices = model.questions_by_id[question], [*shown(found)[question].values()]
    answers = group_answers(model, found)
    proposed = proposal(known, choices)
    without = {id_: answer for id_, answer in answers.items() if id_ != question}
    ways = []
    for place, option in enumerate(known.options):
        leads = outcome(model, without | {question: option.id})
        if proposed:
            now = {outcome(model, without | {question: proposed})}
        else:
            others = {id_: camp for id_, camp in camps(model, found, question).items() if id_ != option.id}
            now = {there for _, there in others.values()} or {outcome(model, without)}
        number = fewest_who_move(known, choices, option.id)
        if leads not in now and number is not None:
            ways.append((number, place, option.id, leads))
    fewest = [(option, people, leads) for people, _, option, leads in sorted(ways) if people == min(ways)[0]]
    return fewest[:1] if proposed else fewest


def possible(model: Model, found: Held) -> tuple[str, ...]:
    return brute_force.possible_of_mixes(model, {id_: set(chose.values()) for id_, chose in shown(found).items()})


def by_person(model: Model, found: Held) -> Counter[Outcome]:
    visible = shown(found)
    sheets = [{id_: chose[seat] for id_, chose in visible.items() if seat in chose} for seat in people(found)]
    return Counter(outcome(model, sheet) for sheet in sheets)


def order(model: Model, found: Held) -> list[str]:
    """The questions in the order in which to talk about them."""
    group = outcome(model, group_answers(model, found))
    visible = shown(found)

    def decides(question: str) -> int:
        return sum(n for n, leads in camps(model, found, question).values() if leads != group)

    def apart(question: str) -> tuple[float, int]:
        sizes, known = Counter(visible[question].values()), model.questions_by_id[question]
        options = [place for place, option in enumerate(known.options) if sizes[option.id]]
        span = max(options) - min(options) if options and known.scale == "ordered" else 0
        return 1 - max(sizes.values()) / sizes.total(), span

    deciding = [id_ for id_ in visible if visible[id_] and matters(model, found, id_)]
    dividing = [id_ for id_ in visible if visible[id_] and not matters(model, found, id_)]
    deciding.sort(key=lambda id_: (decides(id_), *apart(id_)), reverse=True)
    dividing.sort(key=apart, reverse=True)
    return [*deciding, *dividing, *(id_ for id_ in visible if not visible[id_])]


def moves(found: Held, question: str, up_to: int = 99) -> Counter[tuple[str, str]]:
    """How many stood elsewhere before the last round in which the question was asked; no one if too few stood."""
    asked = [r.number for r in found.room.votes_shown if question in r.questions and r.number <= up_to]
    before = standing(found, asked[-1] - 1)[question] if asked else {}
    now = standing(found, up_to)[question]
    if len(before) < found.room.setup.smallest_group:
        return Counter()
    return Counter((before[seat], now[seat]) for seat in before if before[seat] != now[seat])
