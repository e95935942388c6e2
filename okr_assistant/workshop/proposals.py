"""The proposal that votes make, how few would have to be others for another one, and how far apart they are."""

from __future__ import annotations

from collections.abc import Mapping

from okr_assistant.decision.model import UNSURE, Question


def proposal(question: Question, counts: Mapping[str, int]) -> str | None:
    """Return the option that these votes propose, which ``reveal.py`` defines; ``counts`` are by choice."""
    options = [option.id for option in question.options]
    if question.scale == "ordered":
        return next((option for option in options if _is_median(*_sides(options, counts, option))), None)
    most = max(counts[option] for option in options)
    first = [option for option in options if counts[option] == most]
    return first[0] if most and len(first) == 1 else None


def fewest_moves(question: Question, counts: Mapping[str, int], option: str) -> int | None:
    """Return how many would have to vote for ``option`` instead to make it the proposal; None if nobody voted.

    Whoever voted for something else, or did not know, may be moved, and to nothing but ``option``.
    """
    if not any(counts.values()):
        return None
    options = [known.id for known in question.options]
    if question.scale == "ordered":
        return _moves_to_median(*_sides(options, counts, option), unsure=counts[UNSURE])
    return _moves_to_most(counts[option], [counts[other] for other in options if other != option])


def spread(question: Question, counts: Mapping[str, int]) -> tuple[str | None, str | None, int | None]:
    """Return the lowest and the highest option that somebody chose, and the steps between them.

    None where options have no order, or nobody chose one.
    """
    chosen = [place for place, option in enumerate(question.options) if counts[option.id]]
    if question.scale != "ordered" or not chosen:
        return None, None, None
    return question.options[chosen[0]].id, question.options[chosen[-1]].id, chosen[-1] - chosen[0]


def _sides(options: list[str], counts: Mapping[str, int], option: str) -> tuple[int, int, int]:
    """Return how many voted for an option below, for this one, and for one above."""
    place = options.index(option)
    below, above = (sum(counts[other] for other in side) for side in (options[:place], options[place + 1 :]))
    return below, counts[option], above


def _is_median(below: int, here: int, above: int) -> bool:
    """Both in the middle (one and the same, of an odd number) are here: on neither side is half of the votes."""
    return here > 0 and max(below, above) * 2 < below + here + above


def _moves_to_median(below: int, here: int, above: int, *, unsure: int) -> int:
    """Neither side may keep half of the votes; who moves from a side leaves it, and stays among the votes.

    Someone unsure becomes one vote more, which is better only where each side holds exactly half.
    """
    if unsure and below == above and here == 0:
        return 1
    may_keep = (below + here + above - 1) // 2
    return sum(max(0, side - may_keep) for side in (below, above))


def _moves_to_most(here: int, others: list[int]) -> int:
    """Move one after the other from the option that is ahead; fewer would not do."""
    moves, rivals = 0, sorted(others)
    while rivals[-1] >= here + moves:
        moves += 1
        rivals[-1] -= bool(rivals[-1])
        rivals.sort()
    return moves
