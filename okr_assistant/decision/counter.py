"""The strongest argument against a recommendation, chosen from the answers given."""

from __future__ import annotations

from dataclasses import dataclass

from okr_assistant.decision.recommendation import Contribution, Ranked, Recommendation


@dataclass(frozen=True, slots=True)
class Counter:
    """The one answer that speaks most for ``rival``, the closest approach that is not blocked.

    ``against`` is what the answer takes from the recommended approach, ``for_`` what it gives the rival; one of
    them may be missing. ``gain``, always more than zero, is how far the answer alone brings the rival forward.
    """

    approach: str
    rival: str
    question: str
    option: str
    gain: int
    against: Contribution | None
    for_: Contribution | None


def strongest_argument_against(result: Recommendation) -> Counter | None:
    """Return it; None for a tie, whose members stand side by side, and when no answer speaks for the rival.

    Of several equally strong answers the first of the questionnaire is taken.
    """
    rival = next((entry for entry in result.ranking if _is_rival(entry, result)), None)
    if result.approach is None or rival is None:
        return None
    ours = {given.question: given for given in result.ranked(result.approach).contributions}
    theirs = {given.question: given for given in rival.contributions}
    gains = {
        question: _points(theirs.get(question)) - _points(ours.get(question))
        for question in result.answers
        if question in ours or question in theirs
    }
    strongest = max(gains, key=gains.__getitem__, default=None)
    if strongest is None or gains[strongest] <= 0:
        return None
    against, for_ = ours.get(strongest), theirs.get(strongest)
    return Counter(
        approach=result.approach,
        rival=rival.approach,
        question=strongest,
        option=result.answers[strongest],
        gain=gains[strongest],
        against=against if _points(against) < 0 else None,
        for_=for_ if _points(for_) > 0 else None,
    )


def _is_rival(entry: Ranked, result: Recommendation) -> bool:
    return not entry.blocked_by and entry.approach != result.approach


def _points(given: Contribution | None) -> int:
    return given.points if given else 0
