"""Sentences about a level to hold: ``keep ... below``, ``stays above``, ``no more than``."""

from __future__ import annotations

from okr_assistant.drafting.reading import Reading
from okr_assistant.drafting.verbs import Head


def maintained(reading: Reading) -> tuple[int, int] | None:
    """The tokens that say that something stays as it is; None where a change is wanted."""
    head = reading.head
    if reading.measure.pairs or (head and head.has("up", "down", "better")):
        return None
    if head and head.has("stay") and _holds(reading, head):
        return head.at, head.last + 1
    return _limit(reading)


def _holds(reading: Reading, head: Head) -> bool:
    """Whether the verb is used in this sense: not *hold six workshops*, *retain customers*, *keep improving*."""
    following, words = reading.folds[head.last + 1 :], reading.words
    if not following:
        return True
    match head.verb.base:
        case "hold":
            number = reading.tokens[head.last + 1].kind == "number"
            time = following[0] in {"time", "times"}
            return not number and not time and bool(words.terms("stay.steady") & set(following))
        case "retain":
            return bool((words.terms("metric.other") | words.terms("stay.levels")) & set(following))
        case "continue":
            return following[0] == "to"
    return not (following[0].endswith("ing") and words.verb(following[0]))


def _limit(reading: Reading) -> tuple[int, int] | None:
    """A limit that is not to be passed, without a verb of this sense in front."""
    folds, words = reading.folds, reading.words
    if reading.first and words.terms("stay.promised") & set(folds):  # "Ensure 99.9% uptime"
        return 0, reading.first
    for at, fold in enumerate(folds):
        before, after = "".join(folds[at - 1 : at]), "".join(folds[at + 1 : at + 2])
        stays = fold in words.terms("stay.stays") and before not in words.terms("stay.before_noun")
        if stays and (after in words.terms("stay.where") or before == "to"):
            return at, at + 1
        if fold in words.terms("stay.kept"):
            alone = fold not in {"held", "kept"} and reading.head is None and reading.phrase_end(at + 1) == at + 1
            if alone or before in {"is", "are", "be"}:
                return at, at + 1
        if fold in {"not", "never", "no"} and after in words.terms("stay.passed"):
            return at, at + 2
        at_most = at <= 1 and (fold, after) in words.phrases("stay.at_most")
        if at_most and (fold == "at" or folds[at + 2 : at + 3] == ("than",)):
            return at, at + 2
    return None
