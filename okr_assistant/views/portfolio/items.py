"""One work item as lists show it, and what is worked out only for those that are looked at."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from okr_assistant.decision.assess import assess
from okr_assistant.decision.foresight import Foresight, foresee
from okr_assistant.decision.model import OKR, Model
from okr_assistant.decision.recommendation import Contribution, Recommendation
from okr_assistant.decision.sheet import AnswerSheet
from okr_assistant.decision.tables import Tables, tables_of
from okr_assistant.portfolio.goal_map import UNDECIDED, GoalMap, Placed
from okr_assistant.portfolio.split import is_of_several_kinds
from okr_assistant.views.parts import citations
from okr_assistant.views.result import Statement
from okr_assistant.words import Words

_REASONS = 2
FORESEEN = 500
"""Different answers for which ``next_questions`` looks ahead; each takes some milliseconds."""
_KEPT = 4_096
"""Answers whose consequences are kept in memory, so that a second look costs nothing."""


@dataclass(frozen=True, slots=True)
class ItemView:
    """One piece of work in its place.

    ``goes`` is its place, with "so far" where that is not firm. ``today`` is how it is followed now, empty when
    nobody said. ``firm`` says how likely it is to stay there; ``note`` what is special about it, empty where
    nothing is.
    """

    id: str
    title: str
    team: str
    level: str
    result_for: str
    place: str
    place_name: str
    goes: str
    today: str
    firm: str
    note: str


@dataclass(frozen=True, slots=True)
class ItemDetails:
    """Why an item is where it is: the strongest ``reasons`` for its approach, or one for each where several lead.

    ``against`` is what speaks most against OKRs, for an item that has them today and belongs elsewhere.
    ``next_question`` is the one that tells most, empty when no answer can move the item; then ``settled`` says so.
    """

    reasons: tuple[Statement, ...]
    against: Statement | None
    next_question: str
    settled: str


def item_view(model: Model, placed: Placed, words: Words) -> ItemView:
    """Return what a list shows; cheap enough for ten thousand."""
    item, name = placed.item, place_name(model, words, placed.place)
    return ItemView(
        id=item.id,
        title=item.title,
        team=item.team,
        level=words(f"goal_map.level.{item.level}"),
        result_for=item.result_for,
        place=placed.place,
        place_name=name,
        goes=_goes(placed, name, words),
        today=model.approaches_by_id[item.today].name if item.today else "",
        firm=firm(placed, words),
        note=_note(model, placed, words),
    )


def item_details(model: Model, placed: Placed, words: Words) -> ItemDetails:
    """Return what there is to say about an item that somebody looks at; it takes some milliseconds, once."""
    result = recommended(model, placed)
    ahead = _ahead(model, placed)
    settled = ahead.settled and ahead.next_question is None
    return ItemDetails(
        reasons=strongest(model, placed, result),
        against=_against(model, placed, result),
        next_question=model.questions_by_id[ahead.next_question].text if ahead.next_question else "",
        settled=words("goal_map.settled") if settled and placed.has_place else "",
    )


def place_name(model: Model, words: Words, place: str) -> str:
    """Return the short name of a place; that of the model where the picture does not know it."""
    if f"goal_map.place.{place}.name" in words.entries:
        return words(f"goal_map.place.{place}.name")
    return model.approaches_by_id[place].name


def firm(placed: Placed, words: Words) -> str:
    """Say in how many ways of answering the rest an item stays where it is; rounded, but never up to all."""
    if placed.found is None:
        return ""
    if not placed.found.open:
        return words("goal_map.firm.tie" if placed.place == UNDECIDED else "goal_map.firm.complete")
    if placed.place == UNDECIDED:
        return words.counted("goal_map.firm.undecided", placed.found.open)
    if placed.found.share == 1:
        return words("goal_map.firm.all")
    ways = min(round(100 * placed.found.share), 99)
    return words("goal_map.firm.ways", ways=ways) if ways else words("goal_map.firm.few")


def next_questions(map_: GoalMap) -> dict[str, str]:
    """Return, by the id of the item, the question that tells most about it; none where no answer can move it.

    Of a map with more than ``FORESEEN`` different answers, only for the items with the first of them.
    """
    found: dict[tuple[tuple[str, str], ...], str | None] = {}
    for placed in map_.items:
        if len(found) == FORESEEN:
            break
        answers = _answers(placed)
        if answers not in found:
            found[answers] = _ahead(map_.model, placed).next_question
    asked = ((placed.item.id, found.get(_answers(placed))) for placed in map_.items)
    return {id_: question for id_, question in asked if question}


def recommended(model: Model, placed: Placed) -> Recommendation:
    """Return the full recommendation for the answers of an item."""
    return _recommended(tables_of(model), _answers(placed))


def strongest(model: Model, placed: Placed, result: Recommendation) -> tuple[Statement, ...]:
    """Return the strongest reasons for the approach that an item has, in the words of the model."""
    if not placed.item.answers:
        return ()
    if len(result.outcome) > 1:
        found = [given for id_ in result.outcome for given in _most(result, id_)[:1]]
    else:
        found = _most(result, result.outcome[0])[:_REASONS]
    return tuple(_statement(model, given) for given in found)


def _most(result: Recommendation, approach: str) -> list[Contribution]:
    """What speaks for an approach, the most points first; equals stay in the order of the questions."""
    given = [each for each in result.ranked(approach).contributions if each.points > 0]
    return sorted(given, key=lambda each: -each.points)


def _against(model: Model, placed: Placed, result: Recommendation) -> Statement | None:
    if placed.item.today != OKR or placed.place == OKR or not placed.has_place:
        return None
    okr = result.ranked(OKR)
    if okr.blocked_by:
        block = okr.blocked_by[0]
        return Statement(block.because, "", citations(model, block.sources))
    given = min(okr.contributions, key=lambda each: each.points, default=None)
    return _statement(model, given) if given and given.points < 0 else None


def _statement(model: Model, given: Contribution) -> Statement:
    return Statement(given.because, "", citations(model, given.sources))


def _goes(placed: Placed, name: str, words: Words) -> str:
    if placed.firm or not placed.has_place:
        return name
    never = placed.okr_blocked and placed.place != OKR
    return words("goal_map.goes.never_okr" if never else "goal_map.goes.so_far", place=name)


def _note(model: Model, placed: Placed, words: Words) -> str:
    if placed.until_it_holds:
        return words("goal_map.note.until_it_holds")
    if is_of_several_kinds(placed.item.answers):
        return words("goal_map.note.several")
    if placed.place == UNDECIDED and placed.found:
        names = [model.approaches_by_id[id_].phrase for id_ in placed.found.outcome]
        return words("goal_map.note.between", approaches=words.listed(names))
    if placed.found and placed.found.verdict == "okr_with_conditions":
        return words("goal_map.note.conditions")
    return ""


def _answers(placed: Placed) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(placed.item.answers.items()))


def _ahead(model: Model, placed: Placed) -> Foresight:
    return _foreseen(tables_of(model), _answers(placed))


@lru_cache(maxsize=_KEPT)
def _foreseen(tables: Tables, answers: tuple[tuple[str, str], ...]) -> Foresight:
    return foresee(tables.model, AnswerSheet(dict(answers)))


@lru_cache(maxsize=_KEPT)
def _recommended(tables: Tables, answers: tuple[tuple[str, str], ...]) -> Recommendation:
    return assess(tables.model, AnswerSheet(dict(answers)))
