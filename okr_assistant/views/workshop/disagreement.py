"""What there is to say of the votes on one question: whole sentences, or nothing where there is nothing to say."""

from __future__ import annotations

from collections.abc import Collection

from okr_assistant.decision.model import UNSURE, Model
from okr_assistant.views.workshop.vote_parts import move_texts, outcome_text, quoted_choice
from okr_assistant.words import Words
from okr_assistant.workshop.reveal import Outcomes, QuestionReveal
from okr_assistant.workshop.shape import camps_around_the_median, is_to_find_out


def disagree(found: QuestionReveal) -> bool:
    """Whether people chose differently; not to know is a choice too."""
    return sum(map(bool, found.seats.values())) > 1


def voted_text(found: QuestionReveal, words: Words) -> str:
    """Say how many voted, and how many of them do not know."""
    if not found.voted:
        return words("reveal.voted_nobody")
    voted = words.counted("reveal.voted", found.voted)
    unsure = len(found.seats[UNSURE])
    return words.counted("reveal.voted_unsure", unsure, voted=voted) if unsure else voted


def statistic_text(model: Model, found: QuestionReveal, words: Words) -> str:
    """Name the statistic with its value, or say why there is none, or why it says little."""
    count = _chose_an_option(found)
    if not found.voted:
        return ""
    if not count:
        return words("reveal.all_unsure")
    if found.proposal is None:
        return _no_statistic(model, found, count, words)
    choice = quoted_choice(model, found.question, found.proposal, words)
    if camps := camps_around_the_median(found):
        below, above = (_camp(model, found, option, words) for option in camps)
        return words("reveal.two_camps", below=below, above=above, choice=choice)
    answers = words.counted("reveal.answers", count)
    return words(f"reveal.statistic.{found.statistic}", answers=answers, choice=choice)


def spread_text(model: Model, found: QuestionReveal, words: Words) -> str:
    """Say how far apart people are who chose an option."""
    kinds = sum(1 for choice, seats in found.seats.items() if seats and choice != UNSURE)
    if not kinds:
        return ""
    if kinds == 1 or found.lowest is None or found.highest is None or found.span is None:
        return words.counted("reveal.kinds", kinds)
    lowest, highest = (quoted_choice(model, found.question, id_, words) for id_ in (found.lowest, found.highest))
    return words.counted("reveal.span", found.span, lowest=lowest, highest=highest)


def consequence_text(found: QuestionReveal, asked: Collection[str], words: Words) -> str:
    """Say whether the disagreement changes the result; ``asked`` are asked of the group."""
    if found.matters:
        return words("reveal.decides")
    if is_to_find_out(found):
        return words("reveal.find_out")
    if not disagree(found):
        return words("reveal.same") if found.voted else ""
    return words("reveal.changes_nothing" if found.question in asked else "reveal.dropped_out")


def sides_texts(model: Model, found: QuestionReveal, words: Words) -> tuple[str, ...]:
    """Say of a question that decides what its camps lead to, one line for each outcome."""
    sides: dict[Outcomes, list[str]] = {}
    for camp in found.camps if found.matters else ():
        sides.setdefault(camp.outcome, []).append(quoted_choice(model, found.question, camp.option, words))
    return tuple(
        words("reveal.side", choices=words("reveal.or").join(choices), outcome=outcome_text(model, outcome, words))
        for outcome, choices in sides.items()
    )


def shift_text(model: Model, found: QuestionReveal, words: Words) -> str:
    """Say how few would have to move for another result; of answers that are level, for each of them."""
    return " ".join(
        words.counted(
            "reveal.shift",
            shift.people,
            choice=quoted_choice(model, found.question, shift.option, words),
            outcome=outcome_text(model, shift.outcome, words),
        )
        for shift in found.shifts
    )


def again_text(found: QuestionReveal, words: Words) -> str:
    """Say how many voted again, and that the answers of the others still count."""
    if len(found.rounds) < 2:
        return ""
    if found.too_few:
        return words.counted("reveal.again_too_few", found.too_few)
    again, earlier = words.counted("reveal.again", found.again), found.voted - found.again
    return f"{again} {words.counted('reveal.earlier', earlier)}" if earlier else again


def moves_texts(model: Model, found: QuestionReveal, words: Words) -> tuple[str, ...]:
    """Say how people moved who voted again."""
    if len(found.rounds) < 2 or found.too_few:
        return ()
    if not found.moves_shown:
        return (words("reveal.too_few_before"),)
    return move_texts(model, found.question, found.moves, words) or (words("reveal.nobody_moved"),)


def _chose_an_option(found: QuestionReveal) -> int:
    return found.voted - len(found.seats[UNSURE])


def _no_statistic(model: Model, found: QuestionReveal, count: int, words: Words) -> str:
    """Why there is no proposal: half is on either side of the middle, or several are most frequent."""
    sizes = {choice: len(seats) for choice, seats in found.seats.items() if choice != UNSURE}
    if found.statistic == "median":
        in_order = [option for option, size in sizes.items() for _ in range(size)]
        middle = in_order[count // 2 - 1], in_order[count // 2]
        below, above = (quoted_choice(model, found.question, option, words) for option in middle)
        return words.counted("reveal.no_median", count // 2, below=below, above=above)
    most = [option for option, size in sizes.items() if size == max(sizes.values())]
    choices = words.listed([quoted_choice(model, found.question, option, words) for option in most])
    return words("reveal.no_most_frequent", count=count, choices=choices)


def _camp(model: Model, found: QuestionReveal, option: str, words: Words) -> str:
    return words(
        "reveal.camp",
        choice=quoted_choice(model, found.question, option, words),
        people=len(found.seats[option]),
    )
