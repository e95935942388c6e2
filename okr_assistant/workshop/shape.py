"""What the votes on one question look like, beyond their statistic. The words, exactly:

- A question is *to find out* when more of those who voted on it do not know than chose an option.
- Its median lies *between two camps* when fewer people chose it than chose some option below it, and than chose
  some option above it: it is then the answer of few.
"""

from __future__ import annotations

from okr_assistant.decision.model import UNSURE
from okr_assistant.workshop.reveal import QuestionReveal


def is_to_find_out(found: QuestionReveal) -> bool:
    """Tell whether most of those who voted do not know."""
    return len(found.seats[UNSURE]) * 2 > found.voted


def camps_around_the_median(found: QuestionReveal) -> tuple[str, str] | None:
    """Return the largest option below and above a median between two camps; None where it lies in the middle."""
    if found.statistic != "median" or found.proposal is None:
        return None
    sizes = {choice: len(seats) for choice, seats in found.seats.items() if choice != UNSURE}
    options = list(sizes)
    place = options.index(found.proposal)
    sides = [max(side, key=sizes.__getitem__) for side in (options[:place], options[place + 1 :]) if side]
    if len(sides) < 2 or min(sizes[side] for side in sides) <= sizes[found.proposal]:
        return None
    return sides[0], sides[1]
